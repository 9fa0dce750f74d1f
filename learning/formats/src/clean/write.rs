//! Tokens in, small HTML out.

mod blocks;
mod marks;

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
