//! Tokens in, small HTML out.

use super::tags::{Role, is_block, is_wall, needs_content, role, takes_text};
use super::text::escape_into;
use super::{Address, mark_of};
use crate::limits;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, Tag, TagToken, Token, TokenSink, TokenSinkResult,
    Tokenizer, TokenizerOpts,
};
use std::cell::RefCell;

/// What came of a document.
#[derive(Clone, Debug, Default)]
pub(crate) struct Cleaned {
    pub html: String,
    /// From its `title`.
    pub title: Option<String>,
    /// From its root.
    pub lang: Option<String>,
    pub dir: Option<&'static str>,
    /// Where the blocks of the outermost level start, and the level of the heading that does.
    pub blocks: Vec<(usize, u8)>,
    /// Scripts, forms or frames were left out.
    pub active: bool,
    /// Names and contents of `meta` elements.
    pub meta: Vec<(String, String)>,
    /// Where `link rel="license"` goes.
    pub licence: Option<String>,
}

/// Writes the document anew. `address` says what becomes of each address.
pub(crate) fn clean(html: &str, xml: bool, address: &dyn Fn(Address) -> Option<String>) -> Cleaned {
    let sink = Sink {
        state: RefCell::new(State {
            out: Cleaned {
                html: String::with_capacity(html.len() / 2),
                ..Cleaned::default()
            },
            stack: Vec::new(),
            skip: None,
            title: None,
            broken: false,
            xml,
            address,
        }),
    };
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(html));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let mut state = tokenizer.sink.state.into_inner();
    state.close_to(0);
    state.out
}

struct Sink<'a> {
    state: RefCell<State<'a>>,
}

impl TokenSink for Sink<'_> {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            TagToken(tag) => return state.tag(&tag),
            CharacterTokens(text) => state.text(&text),
            _ => {}
        }
        TokenSinkResult::Continue
    }
    fn adjusted_current_node_present_but_not_in_html_namespace(&self) -> bool {
        let state = self.state.borrow();
        state.xml || state.stack.iter().any(|open| open.name == "math")
    }
}

struct Open {
    name: &'static str,
    /// Where its tag starts and ends.
    from: usize,
    to: usize,
    /// It has a mark of its own.
    marked: bool,
}

struct State<'a> {
    out: Cleaned,
    stack: Vec<Open>,
    /// The element that is left out, and how many of its name are open in it.
    skip: Option<(String, usize)>,
    /// The title as far as it was read.
    title: Option<String>,
    /// A block ended inside an element that holds text: a line ends there.
    broken: bool,
    xml: bool,
    address: &'a dyn Fn(Address) -> Option<String>,
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    let found = tag.attrs.iter().find(|attr| &*attr.name.local == name)?;
    Some(&found.value)
}

impl State<'_> {
    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let full: &str = &tag.name;
        let name = match full.rsplit_once(':') {
            Some((_, local)) => local,
            None => full,
        };
        let empty = self.xml && tag.self_closing;
        let start = tag.kind == StartTag;
        if let Some((skipped, depth)) = &mut self.skip {
            if *skipped == name {
                if start && !empty {
                    *depth += 1;
                } else if !start {
                    *depth -= 1;
                    if *depth == 0 {
                        self.skip = None;
                        if let (Some(title), None) = (self.title.take(), &self.out.title) {
                            self.out.title = one_line(&title);
                        }
                    }
                }
            } else if start && name == "image" {
                self.picture(tag);
            }
            return TokenSinkResult::Continue;
        }
        if start {
            return self.start(name, tag, empty);
        }
        self.end(name);
        TokenSinkResult::Continue
    }

    fn start(&mut self, name: &str, tag: &Tag, empty: bool) -> TokenSinkResult<()> {
        match role(name) {
            Role::Gone => return self.leave_out(name, empty),
            Role::Break => {
                if name == "body" {
                    self.root(tag);
                }
                self.out.active |= name == "form";
                self.end_block();
            }
            Role::Through => {
                if name == "html" {
                    self.root(tag);
                } else if name == "svg" && !empty {
                    return self.leave_out(name, empty);
                }
            }
            Role::Void => self.void(name, tag),
            Role::Block(kept) => {
                if kept == "figcaption" && self.find("figure").is_none() {
                    self.start_block("p", tag);
                } else {
                    self.start_block(kept, tag);
                }
                if empty {
                    self.end(name);
                }
            }
            Role::Flow(kept) => {
                self.start_block(kept, tag);
                if empty {
                    self.end(name);
                }
            }
            Role::Part(kept) => {
                self.part(kept, tag);
                if empty {
                    self.end(name);
                }
            }
            Role::Inline(kept) => {
                if kept == "a" {
                    self.close_inline("a");
                }
                if matches!(kept, "rt" | "rp") && self.find("ruby").is_none() {
                    return TokenSinkResult::Continue;
                }
                if !(empty && attribute(tag, "id").is_none()) {
                    self.open_inline(kept, tag);
                    if empty {
                        self.end(name);
                    }
                }
            }
            Role::Math(kept) => {
                if kept == "math" || self.find("math").is_some() {
                    self.open_inline(kept, tag);
                    if empty || matches!(kept, "mspace" | "none" | "mprescripts") {
                        self.end(name);
                    }
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn leave_out(&mut self, name: &str, empty: bool) -> TokenSinkResult<()> {
        self.out.active |= matches!(
            name,
            "script" | "iframe" | "object" | "applet" | "textarea" | "select" | "button" | "canvas"
        );
        if empty {
            return TokenSinkResult::Continue;
        }
        if name == "title" && self.out.title.is_none() {
            self.title = Some(String::new());
        }
        self.skip = Some((name.to_owned(), 1));
        match name {
            "title" | "textarea" => TokenSinkResult::RawData(RawKind::Rcdata),
            "script" => TokenSinkResult::RawData(RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => {
                TokenSinkResult::RawData(RawKind::Rawtext)
            }
            _ => TokenSinkResult::Continue,
        }
    }

    fn root(&mut self, tag: &Tag) {
        let lang = attribute(tag, "lang").or_else(|| attribute(tag, "xml:lang"));
        if let Some(lang) = lang.filter(|lang| is_lang(lang)) {
            self.out.lang = Some(lang.to_owned());
        }
        if let Some(dir) = attribute(tag, "dir").and_then(direction) {
            self.out.dir = Some(dir);
        }
    }

    /// The place of the nearest open element of this name, from the top.
    fn find(&self, name: &str) -> Option<usize> {
        self.stack.iter().rposition(|open| open.name == name)
    }

    fn end(&mut self, name: &str) {
        let kept = match role(name) {
            Role::Block(kept) | Role::Flow(kept) | Role::Part(kept) => {
                let walls = !matches!(
                    kept,
                    "td" | "th" | "tr" | "table" | "caption" | "thead" | "tbody" | "tfoot"
                );
                if let Some(at) = self.find(kept)
                    && !(walls && self.stack.iter().skip(at + 1).any(|o| is_wall(o.name)))
                {
                    self.close_to(at);
                }
                return;
            }
            Role::Break => return self.end_block(),
            Role::Inline(kept) | Role::Math(kept) => kept,
            Role::Void | Role::Gone | Role::Through => return,
        };
        self.close_inline(kept);
    }

    fn close_inline(&mut self, kept: &str) {
        if let Some(at) = self.find(kept)
            && !self
                .stack
                .iter()
                .skip(at + 1)
                .any(|open| is_block(open.name))
        {
            self.close_to(at);
        }
    }

    /// Ends the paragraph that is open, if one is.
    fn end_block(&mut self) {
        let at = self
            .stack
            .iter()
            .rposition(|open| matches!(open.name, "p" | "h2" | "h3" | "h4" | "pre" | "figcaption"));
        match at {
            Some(at) if !self.stack.iter().skip(at + 1).any(|o| is_wall(o.name)) => {
                self.close_to(at);
            }
            _ => {
                let holder = self.stack.iter().rposition(|open| is_block(open.name));
                if let Some(at) = holder
                    && self.stack.get(at).is_some_and(|open| takes_text(open.name))
                {
                    self.close_to(at + 1);
                    self.broken = true;
                } else if holder.is_none() {
                    self.close_to(0);
                }
            }
        }
    }

    fn close_to(&mut self, depth: usize) {
        while self.stack.len() > depth {
            let Some(open) = self.stack.pop() else { return };
            if is_block(open.name) {
                let kept = self.out.html.trim_end_matches(' ').len();
                self.out.html.truncate(kept.max(open.to));
                self.broken = false;
            }
            if self.out.html.len() <= open.to
                && !open.marked
                && (needs_content(open.name) || open.name == "a")
            {
                self.out.html.truncate(open.from);
                while self
                    .out
                    .blocks
                    .last()
                    .is_some_and(|(at, _)| *at >= open.from)
                {
                    self.out.blocks.pop();
                }
                continue;
            }
            self.out.html.push_str("</");
            self.out.html.push_str(open.name);
            self.out.html.push('>');
        }
    }

    /// Whether the next text stands at the start of a block.
    fn at_start(&self) -> bool {
        let end = self.out.html.len();
        self.out.html.ends_with("<br>")
            || self
                .stack
                .iter()
                .rev()
                .take_while(|open| open.to == end || !is_block(open.name))
                .any(|open| is_block(open.name) && open.to == end)
            || self.stack.is_empty()
    }

    fn start_block(&mut self, kept: &'static str, tag: &Tag) {
        self.end_block();
        self.hold_block();
        self.push(kept, Some(tag));
    }

    /// Opens what a block must stand in.
    fn hold_block(&mut self) {
        match self.stack.last().map(|open| open.name) {
            Some("ul" | "ol") => self.push("li", None),
            Some("dl") => self.push("dd", None),
            Some("table" | "thead" | "tbody" | "tfoot") => {
                self.push("tr", None);
                self.push("td", None);
            }
            Some("tr") => self.push("td", None),
            _ => {}
        }
    }

    fn part(&mut self, kept: &'static str, tag: &Tag) {
        match kept {
            "ul" | "ol" | "dl" | "table" => {
                let inside = self
                    .stack
                    .last()
                    .is_some_and(|open| matches!(open.name, "li" | "td" | "th" | "dd"));
                if !inside {
                    self.end_block();
                }
                self.broken = false;
                self.hold_block();
            }
            "li" => match self.nearest(&["ul", "ol"]) {
                Some(at) => self.close_to(at + 1),
                None => {
                    self.end_block();
                    self.hold_block();
                    self.push("ul", None);
                }
            },
            "dt" | "dd" => match self.nearest(&["dl"]) {
                Some(at) => self.close_to(at + 1),
                None => {
                    self.end_block();
                    self.hold_block();
                    self.push("dl", None);
                }
            },
            _ => match self.find("table") {
                None => return self.end_block(),
                Some(table) => self.table_part(kept, table),
            },
        }
        self.push(kept, Some(tag));
    }

    fn table_part(&mut self, kept: &str, table: usize) {
        match kept {
            "caption" | "thead" | "tbody" | "tfoot" => self.close_to(table + 1),
            "tr" => {
                let group = self
                    .stack
                    .iter()
                    .skip(table + 1)
                    .position(|open| matches!(open.name, "thead" | "tbody" | "tfoot"));
                self.close_to(table + 1 + usize::from(group == Some(0)));
            }
            _ => match self.find("tr").filter(|at| *at > table) {
                Some(at) => self.close_to(at + 1),
                None => {
                    let group = self
                        .stack
                        .iter()
                        .skip(table + 1)
                        .position(|open| matches!(open.name, "thead" | "tbody" | "tfoot"));
                    self.close_to(table + 1 + usize::from(group == Some(0)));
                    self.push("tr", None);
                }
            },
        }
    }

    /// The place of the nearest of these lists that is not behind a wall.
    fn nearest(&self, names: &[&str]) -> Option<usize> {
        let at = self
            .stack
            .iter()
            .rposition(|open| names.contains(&open.name) || is_wall(open.name))?;
        names.contains(&self.stack.get(at)?.name).then_some(at)
    }

    fn open_inline(&mut self, kept: &'static str, tag: &Tag) {
        self.hold_text();
        self.push(kept, Some(tag));
    }

    /// Opens what text must stand in, and ends a line that was broken.
    fn hold_text(&mut self) {
        self.hold_block();
        match self.stack.last().map(|open| open.name) {
            None | Some("blockquote" | "figure") => {
                self.push("p", None);
                self.broken = false;
            }
            _ => {}
        }
        if std::mem::take(&mut self.broken) && !self.at_start() {
            let kept = self.out.html.trim_end_matches(' ').len();
            self.out.html.truncate(kept);
            self.out.html.push_str("<br>");
        }
    }

    fn push(&mut self, kept: &'static str, tag: Option<&Tag>) {
        if self.stack.len() >= limits::DEPTH {
            return;
        }
        if is_block(kept) {
            self.broken = false;
            let kept = self.out.html.trim_end_matches(' ').len();
            self.out.html.truncate(kept);
        }
        let from = self.out.html.len();
        if self.stack.is_empty() {
            let level = match kept {
                "h2" => 2,
                "h3" => 3,
                "h4" => 4,
                _ => 9,
            };
            self.out.blocks.push((from, level));
        }
        self.out.html.push('<');
        self.out.html.push_str(kept);
        let marked = tag.is_some_and(|tag| self.attributes(kept, tag));
        self.out.html.push('>');
        let to = self.out.html.len();
        self.stack.push(Open {
            name: kept,
            from,
            to,
            marked,
        });
    }

    fn set(&mut self, name: &str, value: &str) {
        let html = &mut self.out.html;
        html.push(' ');
        html.push_str(name);
        html.push_str("=\"");
        escape_into(html, value, true);
        html.push('"');
    }

    /// Writes the attributes that are kept; says whether there is a mark.
    fn attributes(&mut self, kept: &str, tag: &Tag) -> bool {
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

    fn void(&mut self, name: &str, tag: &Tag) {
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

    fn picture(&mut self, tag: &Tag) {
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

    fn sound(&mut self, name: &str, tag: &Tag) {
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

    fn text(&mut self, text: &str) {
        if let Some(title) = &mut self.title {
            if title.len() < 1_000 {
                title.push_str(text);
            }
            return;
        }
        if self.skip.is_some() {
            return;
        }
        if self.find("pre").is_some() {
            escape_into(&mut self.out.html, text, false);
            return;
        }
        let blank = |c: char| c.is_ascii_whitespace();
        let mut words = text.split(blank).filter(|word| !word.is_empty()).peekable();
        let leads = text.starts_with(blank);
        if words.peek().is_none() {
            if leads && self.stack.last().is_some_and(|open| takes_text(open.name)) {
                self.space();
            }
            return;
        }
        self.hold_text();
        if leads {
            self.space();
        }
        while let Some(word) = words.next() {
            escape_into(&mut self.out.html, word, false);
            if words.peek().is_some() || text.ends_with(blank) {
                self.out.html.push(' ');
            }
        }
    }

    fn space(&mut self) {
        if !self.at_start() && !self.out.html.ends_with(' ') {
            self.out.html.push(' ');
        }
    }
}

fn one_line(text: &str) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    (!line.is_empty()).then_some(line)
}

/// An address without the blanks and control characters by which schemes are hidden.
fn trimmed(address: &str) -> String {
    address.trim().chars().filter(|c| !c.is_control()).collect()
}

fn direction(value: &str) -> Option<&'static str> {
    ["ltr", "rtl", "auto"]
        .into_iter()
        .find(|dir| value.trim().eq_ignore_ascii_case(dir))
}

/// Whether it looks like a BCP 47 code.
pub(crate) fn is_lang(code: &str) -> bool {
    let mut parts = code.split('-');
    let first = parts.next().unwrap_or_default();
    (2..=8).contains(&first.len())
        && code.len() <= 35
        && first.bytes().all(|b| b.is_ascii_alphabetic())
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
