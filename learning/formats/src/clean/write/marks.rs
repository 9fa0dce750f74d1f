//! Attributes that are kept, and what stands alone: breaks, pictures, sounds.

use super::*;

impl State<'_> {
    pub(super) fn set(&mut self, name: &str, value: &str) {
        let html = &mut self.out.html;
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape_into(html, value, true);
        html.push('"');
    }
    /// Writes the attributes that are kept; says whether there is a mark.
    pub(super) fn attributes(&mut self, kept: &str, tag: &Tag) -> bool {
        let mark = attribute(tag, "id").and_then(mark_of);
        if let Some(mark) = &mark {
            self.set("id", mark);
        }
        let lang = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
        if let Some(lang) = lang.filter(|lang| is_lang(lang)) {
            self.set("lang", lang);
        }
        if let Some(dir) = attribute(tag, "dir").and_then(direction) {
            self.set("dir", dir);
        }
        let number = |name: &str, least: u32, most: u32| {
            let value = attribute(tag, name)?.trim().parse::<u32>().ok()?;
            (least..=most).contains(&value).then(|| value.to_string())
        };
        match kept {
            "td" | "th" => {
                for name in ["colspan", "rowspan"] {
                    if let Some(value) = number(name, 2, 100) {
                        self.set(name, &value);
                    }
                }
                if let Some(scope @ ("col" | "row" | "colgroup" | "rowgroup")) =
                    attribute(tag, "scope")
                {
                    self.set("scope", scope);
                }
            }
            "ol" => {
                if let Some(value) = number("start", 0, 1_000_000) {
                    self.set("start", &value);
                }
                if let Some(kind @ ("a" | "A" | "i" | "I")) = attribute(tag, "type") {
                    self.set("type", kind);
                }
            }
            "a" => {
                let href = attribute(tag, "href").map(trimmed);
                if let Some(href) = href.and_then(|href| (self.address)(Address::Goes(&href))) {
                    let away = href.starts_with("http");
                    self.set("href", &href);
                    if away {
                        self.set("rel", "noreferrer");
                    }
                }
            }
            "math" if attribute(tag, "display") == Some("block") => self.set("display", "block"),
            _ => {}
        }
        mark.is_some()
    }
    pub(super) fn void(&mut self, name: &str, tag: &Tag) {
        match name {
            "br" if self.stack.last().is_some_and(|open| takes_text(open.name))
                && !self.at_start() =>
            {
                let kept = self.out.html.trim_end_matches(' ').len();
                self.out.html.truncate(kept);
                self.out.html.push_str("<br>");
            }
            "wbr" => self.out.html.push('\u{200b}'),
            "hr" => {
                self.end_block();
                if self.stack.is_empty() {
                    self.out.blocks.push((self.out.html.len(), 9));
                    self.out.html.push_str("<hr>");
                }
            }
            "img" | "image" => self.picture(tag),
            "audio" | "video" | "source" | "embed" => self.sound(name, tag),
            "meta" => {
                let name = attribute(tag, "name").or_else(|| attribute(tag, "property"));
                if let (Some(name), Some(content)) = (name, attribute(tag, "content"))
                    && self.out.meta.len() < 100
                {
                    let pair = (name.to_ascii_lowercase(), content.to_owned());
                    self.out.meta.push(pair);
                }
            }
            "link" => {
                let rel = attribute(tag, "rel").unwrap_or_default();
                if rel.eq_ignore_ascii_case("license") {
                    self.out.licence = attribute(tag, "href").map(str::to_owned);
                }
            }
            "input" => self.out.active = true,
            _ => {}
        }
    }
    pub(super) fn picture(&mut self, tag: &Tag) {
        let alt = attribute(tag, "alt").unwrap_or_default().to_owned();
        let src = attribute(tag, "src")
            .or_else(|| attribute(tag, "href"))
            .or_else(|| attribute(tag, "xlink:href"))
            .map(trimmed);
        let Some(src) = src.and_then(|src| (self.address)(Address::Shown(&src))) else {
            return self.text(&alt);
        };
        self.hold_text();
        self.out.html.push_str("<img");
        self.set("src", &src);
        self.set("alt", alt.trim());
        for name in ["width", "height"] {
            let size = attribute(tag, name).and_then(|size| size.trim().parse::<u16>().ok());
            if let Some(size) = size.filter(|size| *size > 0) {
                self.set(name, &size.to_string());
            }
        }
        self.out.html.push('>');
    }
    pub(super) fn sound(&mut self, name: &str, tag: &Tag) {
        let Some(src) = attribute(tag, "src").map(trimmed) else {
            return;
        };
        let film = name == "video"
            || [".mp4", ".webm", ".ogv", ".m4v"]
                .iter()
                .any(|e| src.ends_with(e));
        let Some(src) = (self.address)(Address::Shown(&src)) else {
            return;
        };
        if film {
            self.close_inline("a");
        }
        self.hold_text();
        if film {
            // A film is heavy: it is fetched by choice.
            let shown = src.rsplit(['/', ':']).next().unwrap_or_default().to_owned();
            self.out.html.push_str("<a");
            self.set("href", &src);
            self.out.html.push('>');
            escape_into(&mut self.out.html, &shown, false);
            self.out.html.push_str("</a>");
        } else {
            self.out.html.push_str("<audio controls preload=\"none\"");
            self.set("src", &src);
            self.out.html.push_str("></audio>");
        }
    }
}
