//! The text of a page, in the order in which it is drawn.

use super::font::Font;
use super::object::{Document, Object, Parser};
use std::collections::BTreeMap;

/// What a page says.
#[derive(Default)]
pub(super) struct Told {
    pub text: String,
    /// Some codes stand for nothing that is known.
    pub lost: bool,
}

/// Bytes of text of one page.
const MOST: usize = 1 << 20;

pub(super) fn text(document: &mut Document, page: &Object) -> Told {
    let mut content = Vec::new();
    let contents = page.get("Contents").cloned().unwrap_or_default();
    let list = match document.resolve(&contents) {
        Object::Array(list) => list,
        _ => vec![contents],
    };
    for part in list.iter().take(1_000) {
        if let Some(bytes) = document.stream(part) {
            content.extend(bytes);
            content.push(b'\n');
        }
    }
    let resources = page
        .get("Resources")
        .map(|r| document.resolve(r))
        .unwrap_or_default();
    let fonts = resources
        .get("Font")
        .map(|f| document.resolve(f))
        .unwrap_or_default();
    let mut known = BTreeMap::new();
    if let Object::Fields(fonts) = fonts {
        for (name, font) in fonts.into_iter().take(200) {
            let font = document.resolve(&font);
            known.insert(name, Font::read(document, &font));
        }
    }
    let mut pen = Pen {
        told: Told::default(),
        fonts: known,
        font: None,
        size: 12.0,
        leading: 0.0,
        line: (0.0, 0.0),
        last: None,
    };
    pen.draw(&content);
    pen.told
}

struct Pen {
    told: Told,
    fonts: BTreeMap<String, Font>,
    font: Option<String>,
    size: f64,
    leading: f64,
    /// Where the line starts.
    line: (f64, f64),
    /// Where text was written last.
    last: Option<(f64, f64)>,
}

impl Pen {
    fn draw(&mut self, content: &[u8]) {
        let mut parser = Parser::new(content, 0);
        let mut held: Vec<Object> = Vec::new();
        loop {
            let Some(value) = parser.value(0) else {
                parser.at += 1;
                if parser.at >= content.len() {
                    return;
                }
                continue;
            };
            let Object::Word(word) = &value else {
                if held.len() < 100 {
                    held.push(value);
                }
                continue;
            };
            let number = |n: usize| held.get(n).map_or(0.0, Object::number);
            match word.as_slice() {
                b"BI" => {
                    // A picture inside the page: its bytes are no operators.
                    let rest = content.get(parser.at..).unwrap_or_default();
                    let Some(end) = crate::kind::find(rest, b"EI") else {
                        return;
                    };
                    parser.at += end + 2;
                }
                b"Tf" => {
                    if let Some(Object::Name(name)) = held.first() {
                        self.font = Some(name.clone());
                    }
                    self.size = number(1).abs().max(0.1);
                }
                b"TL" => self.leading = number(0),
                b"Td" => self.go(number(0), number(1)),
                b"TD" => {
                    self.leading = -number(1);
                    self.go(number(0), number(1));
                }
                b"Tm" => {
                    let scale = number(3).abs();
                    if scale > 0.0 && self.size <= 1.5 {
                        self.size = scale;
                    }
                    self.line = (number(4), number(5));
                }
                b"T*" => self.go(0.0, -self.leading),
                b"BT" => self.line = (0.0, 0.0),
                b"Tj" => self.show(held.first()),
                b"'" => {
                    self.go(0.0, -self.leading);
                    self.show(held.first());
                }
                b"\"" => {
                    self.go(0.0, -self.leading);
                    self.show(held.get(2));
                }
                b"TJ" => {
                    if let Some(Object::Array(parts)) = held.first() {
                        self.place();
                        for part in parts {
                            match part {
                                Object::Number(back) if *back < -180.0 => self.space(),
                                part => self.write(part),
                            }
                        }
                    }
                }
                _ => {}
            }
            held.clear();
            if self.told.text.len() > MOST {
                return;
            }
        }
    }

    fn go(&mut self, x: f64, y: f64) {
        self.line = (self.line.0 + x, self.line.1 + y);
    }
    fn space(&mut self) {
        if !self.told.text.is_empty() && !self.told.text.ends_with([' ', '\n']) {
            self.told.text.push(' ');
        }
    }
    /// Ends the line or the paragraph when the text moved on.
    fn place(&mut self) {
        if let Some((x, y)) = self.last {
            let down = (y - self.line.1).abs();
            if down > self.size * 1.7 {
                self.told.text.push_str("\n\n");
            } else if down > self.size * 0.4 {
                self.told.text.push('\n');
            } else if (self.line.0 - x).abs() > self.size * 0.2 {
                self.space();
            }
        }
        self.last = Some(self.line);
    }
    fn show(&mut self, text: Option<&Object>) {
        self.place();
        if let Some(text) = text {
            self.write(text);
        }
    }
    fn write(&mut self, text: &Object) {
        let Object::Text(bytes) = text else { return };
        match self.font.as_ref().and_then(|name| self.fonts.get(name)) {
            Some(font) => self.told.lost |= font.write(&mut self.told.text, bytes),
            None => self.told.lost |= Font::default().write(&mut self.told.text, bytes),
        }
    }
}
