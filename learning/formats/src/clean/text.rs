//! Escaping, the plain text of HTML, and its addresses.

use super::clean;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::{
    BufferQueue, CharacterTokens, StartTag, TagToken, Token, TokenSink, TokenSinkResult, Tokenizer,
    TokenizerOpts,
};
use std::cell::RefCell;

pub(crate) fn escape_into(out: &mut String, text: &str, quoted: bool) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' if quoted => out.push_str("&quot;"),
            '\0' => {}
            '\n' | '\t' => out.push(c),
            _ if c.is_control() => {}
            _ => out.push(c),
        }
    }
}
/// Text as HTML.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    escape_into(&mut out, text, true);
    out
}

/// The page's HTML with the addresses of its assets and of other pages put in.
pub fn linked(
    html: &str,
    asset: &dyn Fn(&str) -> String,
    page: &dyn Fn(usize) -> String,
) -> String {
    rewrite(html, &|address| {
        if let Some(name) = address.strip_prefix("asset:") {
            return Some(asset(name));
        }
        if let Some(rest) = address.strip_prefix("page:") {
            let (number, mark) = rest
                .split_once('#')
                .map_or((rest, None), |(n, m)| (n, Some(m)));
            let address = page(number.parse().ok()?);
            return Some(match mark {
                Some(mark) => format!("{address}#{mark}"),
                None => address,
            });
        }
        Some(address.to_owned())
    })
}

/// Small HTML with each `src` and `href` changed; those for which there is none are taken away.
pub(crate) fn rewrite(html: &str, change: &dyn Fn(&str) -> Option<String>) -> String {
    let mut out = String::with_capacity(html.len() + 64);
    let mut rest = html;
    while let Some(start) = rest.find('<') {
        let Some(size) = rest.get(start..).and_then(|tag| tag.find('>')) else {
            break;
        };
        let (before, tail) = rest.split_at(start);
        let (tag, after) = tail.split_at(size);
        out.push_str(before);
        rewrite_tag(&mut out, tag, change);
        rest = after;
    }
    out.push_str(rest);
    out
}

fn rewrite_tag(out: &mut String, tag: &str, change: &dyn Fn(&str) -> Option<String>) {
    let mut rest = tag;
    loop {
        let found = [" src=\"", " href=\""]
            .into_iter()
            .filter_map(|name| rest.find(name).map(|at| (at, name)))
            .min();
        let Some((at, name)) = found else { break };
        let (before, tail) = rest.split_at(at);
        let Some(value) = tail.get(name.len()..).and_then(|v| v.split('"').next()) else {
            break;
        };
        out.push_str(before);
        let address = value
            .replace("&quot;", "\"")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&");
        if let Some(changed) = change(&address) {
            out.push_str(name);
            escape_into(out, &changed, true);
            out.push('"');
        }
        rest = tail.get(name.len() + value.len() + 1..).unwrap_or_default();
    }
    out.push_str(rest);
}

/// The text of HTML, with line breaks between blocks: for search, print and short messages.
pub fn plain(html: &str) -> String {
    let sink = Plain {
        state: RefCell::new(Lines::default()),
    };
    let small = clean(super::cut(html), false, &|address| match address {
        super::Address::Shown(src) => Some(src.to_owned()),
        super::Address::Goes(href) => Some(href.to_owned()),
    });
    let input = BufferQueue::default();
    input.push_back(StrTendril::from(small.html.as_str()));
    let tokenizer = Tokenizer::new(sink, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    let out = tokenizer.sink.state.into_inner().out;
    out.trim().to_owned()
}

#[derive(Default)]
struct Lines {
    out: String,
    /// The lists that are open: numbered ones with their count.
    lists: Vec<Option<u32>>,
    pre: bool,
    /// What stands between the parts of a formula, innermost last.
    between: Vec<(&'static str, usize)>,
}

struct Plain {
    state: RefCell<Lines>,
}

impl TokenSink for Plain {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            CharacterTokens(text) => {
                if state.pre {
                    state.out.push_str(&text);
                } else {
                    state.words(&text);
                }
            }
            TagToken(tag) if tag.kind == StartTag => {
                let alt = tag.attrs.iter().find(|attr| &*attr.name.local == "alt");
                let alt = alt.map(|attr| attr.value.to_string()).unwrap_or_default();
                state.start(&tag.name, &alt);
            }
            TagToken(tag) => state.end(&tag.name),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl Lines {
    fn words(&mut self, text: &str) {
        for part in text.split_inclusive(|c: char| c.is_ascii_whitespace()) {
            let word = part.trim_ascii_end();
            self.out.push_str(word);
            if word.len() < part.len() && !self.out.ends_with([' ', '\n']) && !self.out.is_empty() {
                self.out.push(' ');
            }
        }
    }
    fn line(&mut self) {
        let kept = self.out.trim_end_matches(' ').len();
        self.out.truncate(kept);
        if !self.out.is_empty() && !self.out.ends_with('\n') {
            self.out.push('\n');
        }
    }
    fn formula(&mut self) {
        if let Some((sign, count)) = self.between.last_mut() {
            *count += 1;
            if *count == 2 {
                let sign = *sign;
                self.out.push_str(sign);
            }
        }
    }
    fn start(&mut self, name: &str, alt: &str) {
        if name.starts_with('m') && name != "math" {
            self.formula();
        }
        match name {
            "p" | "h2" | "h3" | "h4" | "table" | "blockquote" | "figure" | "dl" => {
                let item = self.out.ends_with("• ") || self.out.ends_with(". ");
                if !(item && self.lists.last().is_some()) {
                    self.line();
                }
            }
            "tr" | "dt" | "dd" | "figcaption" | "caption" | "hr" => self.line(),
            "pre" => {
                self.line();
                self.pre = true;
            }
            "ul" | "ol" => {
                self.line();
                self.lists.push((name == "ol").then_some(0));
            }
            "li" => {
                self.line();
                let mark = match self.lists.last_mut() {
                    Some(Some(count)) => {
                        *count += 1;
                        format!("{count}. ")
                    }
                    _ => "• ".to_owned(),
                };
                self.out.push_str(&mark);
            }
            "td" | "th" if !self.out.is_empty() && !self.out.ends_with('\n') => {
                self.out.push_str(" | ");
            }
            "br" => self.out.push('\n'),
            "img" if !alt.is_empty() => {
                self.out.push('[');
                self.words(alt);
                self.out.push(']');
            }
            "mfrac" => self.between.push(("/", 0)),
            "msup" | "mover" => self.between.push(("^", 0)),
            "msub" | "munder" => self.between.push(("_", 0)),
            "msqrt" => {
                self.out.push_str("√(");
                self.between.push(("", 0));
            }
            "mrow" | "mtd" | "mstyle" | "mpadded" => self.between.push(("", 0)),
            _ => {}
        }
    }
    fn end(&mut self, name: &str) {
        match name {
            "p" | "h2" | "h3" | "h4" | "li" | "tr" | "dt" | "dd" | "table" | "blockquote"
            | "figure" | "figcaption" | "caption" => self.line(),
            "pre" => {
                self.pre = false;
                self.line();
            }
            "ul" | "ol" => {
                self.lists.pop();
                self.line();
            }
            "msqrt" => {
                self.between.pop();
                self.out.push(')');
            }
            "mfrac" | "msup" | "mover" | "msub" | "munder" | "mrow" | "mtd" | "mstyle"
            | "mpadded" => {
                self.between.pop();
            }
            _ => {}
        }
    }
}

/// The text of the first heading.
pub(crate) fn title_of(html: &str) -> Option<String> {
    let start = ["<h2", "<h3", "<h4"]
        .iter()
        .filter_map(|tag| html.find(tag))
        .min()?;
    let tail = html.get(start..)?;
    let end = tail.find("</h")?;
    let title = plain(tail.get(..end)?).replace('\n', " ");
    (!title.is_empty()).then_some(title)
}
