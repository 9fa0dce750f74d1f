//! The objects of a PDF file.

use flate2::read::ZlibDecoder;
use std::collections::BTreeMap;
use std::io::Read;

#[derive(Clone, Debug, Default, PartialEq)]
pub(super) enum Object {
    #[default]
    Null,
    Number(f64),
    Text(Vec<u8>),
    Name(String),
    Array(Vec<Object>),
    Fields(BTreeMap<String, Object>),
    Reference(u32),
    /// A word that is no value: an operator.
    Word(Vec<u8>),
}

impl Object {
    pub fn get(&self, key: &str) -> Option<&Self> {
        match self {
            Self::Fields(fields) => fields.get(key),
            _ => None,
        }
    }
    pub fn set(&mut self, key: &str, value: Self) {
        if let Self::Fields(fields) = self {
            fields.insert(key.to_owned(), value);
        }
    }
    pub fn is(&self, key: &str, name: &str) -> bool {
        matches!(self.get(key), Some(Self::Name(own)) if own == name)
    }
    pub fn number(&self) -> f64 {
        match self {
            Self::Number(number) => *number,
            _ => 0.0,
        }
    }
}

/// Bytes of one unpacked stream, and of all together.
const STREAM: u64 = 16 << 20;
const TOGETHER: usize = 128 << 20;
/// Objects that are looked for.
const MOST: usize = 300_000;

pub(super) struct Document<'a> {
    bytes: &'a [u8],
    /// Where each object starts; the last of a number counts.
    places: BTreeMap<u32, usize>,
    /// Objects that stood inside streams.
    inner: BTreeMap<u32, Object>,
    trailers: Vec<Object>,
    unpacked: usize,
    pub locked: bool,
}

impl<'a> Document<'a> {
    pub fn open(bytes: &'a [u8]) -> Self {
        let mut out = Self {
            bytes,
            places: BTreeMap::new(),
            inner: BTreeMap::new(),
            trailers: Vec::new(),
            unpacked: 0,
            locked: false,
        };
        out.look_through();
        out.locked = out
            .trailers
            .iter()
            .any(|trailer| trailer.get("Encrypt").is_some());
        if !out.locked {
            out.unpack_objects();
        }
        out
    }

    fn look_through(&mut self) {
        let mut at = 0;
        while let Some(found) = self
            .bytes
            .get(at..)
            .and_then(|rest| crate::kind::find(rest, b"obj"))
        {
            let place = at + found;
            at = place + 3;
            if let Some(number) = number_before(self.bytes, place)
                && self.places.len() < MOST
            {
                self.places.insert(number, at);
            }
        }
        let mut at = 0;
        while let Some(found) = self
            .bytes
            .get(at..)
            .and_then(|rest| crate::kind::find(rest, b"trailer"))
        {
            at += found + 7;
            let trailer = Parser::new(self.bytes, at).value(0);
            if let Some(trailer @ Object::Fields(_)) = trailer
                && self.trailers.len() < 1_000
            {
                self.trailers.push(trailer);
            }
        }
        // Newer files write the trailer's fields into the table of contents itself.
        let places: Vec<usize> = self.places.values().copied().collect();
        for place in places {
            let near = self
                .bytes
                .get(place..self.bytes.len().min(place + 600))
                .unwrap_or_default();
            if crate::kind::find(near, b"/XRef").is_some()
                && let Some(fields @ Object::Fields(_)) = Parser::new(self.bytes, place).value(0)
                && fields.is("Type", "XRef")
            {
                self.trailers.push(fields);
            }
        }
    }

    fn unpack_objects(&mut self) {
        let places: Vec<usize> = self.places.values().copied().collect();
        for place in places {
            let near = self
                .bytes
                .get(place..self.bytes.len().min(place + 600))
                .unwrap_or_default();
            if crate::kind::find(near, b"/ObjStm").is_none() {
                continue;
            }
            let Some((fields, body)) = self.stream_at(place) else {
                continue;
            };
            if !fields.is("Type", "ObjStm") {
                continue;
            }
            let count = fields
                .get("N")
                .map_or(0.0, Object::number)
                .clamp(0.0, 100_000.0);
            let first = fields
                .get("First")
                .map_or(0.0, Object::number)
                .clamp(0.0, 1e9);
            #[expect(
                clippy::cast_possible_truncation,
                clippy::cast_sign_loss,
                reason = "held between bounds"
            )]
            let (count, first) = (count as usize, first as usize);
            let mut parser = Parser::new(&body, 0);
            let mut heads = Vec::new();
            for _ in 0..count {
                let (Some(Object::Number(number)), Some(Object::Number(offset))) =
                    (parser.value(0), parser.value(0))
                else {
                    break;
                };
                #[expect(
                    clippy::cast_possible_truncation,
                    clippy::cast_sign_loss,
                    reason = "a cast stops at its bounds"
                )]
                heads.push((number as u32, offset as usize));
            }
            for (number, offset) in heads {
                if self.inner.len() < MOST
                    && let Some(object) = Parser::new(&body, first.saturating_add(offset)).value(0)
                {
                    self.inner.insert(number, object);
                }
            }
        }
    }

    /// A field of the last trailer that has it.
    pub fn trailer(&self, key: &str) -> Object {
        let found = self
            .trailers
            .iter()
            .rev()
            .find_map(|trailer| trailer.get(key));
        found.cloned().unwrap_or_else(|| {
            // No trailer was found: the catalogue is told by its type.
            let root = self.places.iter().find(|(_, place)| {
                let near = self
                    .bytes
                    .get(**place..self.bytes.len().min(**place + 300))
                    .unwrap_or_default();
                key == "Root" && crate::kind::find(near, b"/Catalog").is_some()
            });
            root.map_or(Object::Null, |(number, _)| Object::Reference(*number))
        })
    }

    /// The object itself, however far around it is named.
    pub fn resolve(&self, object: &Object) -> Object {
        let mut object = object.clone();
        for _ in 0..20 {
            let Object::Reference(number) = object else {
                return object;
            };
            object = match self.places.get(&number) {
                Some(place) => Parser::new(self.bytes, *place).value(0).unwrap_or_default(),
                None => self.inner.get(&number).cloned().unwrap_or_default(),
            };
        }
        Object::Null
    }

    /// The unpacked bytes of a stream.
    pub fn stream(&mut self, object: &Object) -> Option<Vec<u8>> {
        let Object::Reference(number) = object else {
            return None;
        };
        let place = *self.places.get(number)?;
        self.stream_at(place).map(|(_, body)| body)
    }

    fn stream_at(&mut self, place: usize) -> Option<(Object, Vec<u8>)> {
        let mut parser = Parser::new(self.bytes, place);
        let fields = parser.value(0)?;
        parser.blanks();
        let rest = self.bytes.get(parser.at..)?.strip_prefix(b"stream")?;
        let rest = rest
            .strip_prefix(b"\r\n")
            .or_else(|| rest.strip_prefix(b"\n"))
            .unwrap_or(rest);
        let length = fields
            .get("Length")
            .map(|length| self.resolve(length).number());
        #[expect(
            clippy::cast_possible_truncation,
            clippy::cast_sign_loss,
            reason = "a cast stops at its bounds"
        )]
        let told = length.map(|length| length as usize).and_then(|length| {
            let after = rest.get(length..rest.len().min(length.saturating_add(20)))?;
            crate::kind::find(after, b"endstream")
                .is_some()
                .then(|| rest.get(..length))?
        });
        let raw = match told {
            Some(raw) => raw,
            None => rest.get(..crate::kind::find(rest, b"endstream")?)?,
        };
        let filter = fields.get("Filter").map(|filter| self.resolve(filter));
        let names: Vec<String> = match filter {
            None | Some(Object::Null) => Vec::new(),
            Some(Object::Name(name)) => vec![name],
            Some(Object::Array(list)) => list
                .into_iter()
                .filter_map(|one| match one {
                    Object::Name(name) => Some(name),
                    _ => None,
                })
                .collect(),
            Some(_) => return None,
        };
        let body = match names.as_slice() {
            [] => raw.to_vec(),
            [name] if name == "FlateDecode" || name == "Fl" => {
                let mut out = Vec::new();
                // What was unpacked before damage is kept.
                let _ = ZlibDecoder::new(raw).take(STREAM).read_to_end(&mut out);
                out
            }
            _ => return None,
        };
        self.unpacked += body.len();
        (self.unpacked <= TOGETHER).then_some((fields, body))
    }

    /// Every object of a type.
    pub fn all_of(&self, kind: &str) -> Vec<Object> {
        let numbers = self.places.keys().chain(self.inner.keys()).take(20_000);
        let objects = numbers.map(|number| self.resolve(&Object::Reference(*number)));
        objects
            .filter(|object| object.is("Type", kind))
            .take(crate::limits::PAGES)
            .collect()
    }
}

/// `12 0 obj`: the number before the word.
fn number_before(bytes: &[u8], place: usize) -> Option<u32> {
    let start = place.saturating_sub(24);
    let before = bytes.get(start..place)?;
    let mut words = before
        .rsplit(|byte| byte.is_ascii_whitespace())
        .filter(|word| !word.is_empty());
    if !before.ends_with(b" ") {
        return None;
    }
    let (generation, number) = (words.next()?, words.next()?);
    if generation.is_empty() || !generation.iter().all(u8::is_ascii_digit) {
        return None;
    }
    let digits = number
        .iter()
        .rposition(|byte| !byte.is_ascii_digit())
        .map_or(0, |at| at + 1);
    std::str::from_utf8(number.get(digits..)?)
        .ok()?
        .parse()
        .ok()
}

pub(super) struct Parser<'a> {
    bytes: &'a [u8],
    pub at: usize,
}

impl<'a> Parser<'a> {
    pub const fn new(bytes: &'a [u8], at: usize) -> Self {
        Self { bytes, at }
    }
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }
    pub fn blanks(&mut self) {
        while let Some(byte) = self.peek() {
            if byte == b'%' {
                while self
                    .peek()
                    .is_some_and(|byte| byte != b'\n' && byte != b'\r')
                {
                    self.at += 1;
                }
            } else if byte.is_ascii_whitespace() || byte == 0 {
                self.at += 1;
            } else {
                break;
            }
        }
    }
    /// The next value or word; none at the end, or where a list ends.
    pub fn value(&mut self, depth: usize) -> Option<Object> {
        self.blanks();
        let rest = self.bytes.get(self.at..)?;
        if depth > 40 {
            return None;
        }
        match rest {
            [b'<', b'<', ..] => {
                self.at += 2;
                Some(self.fields(depth))
            }
            [b'<', ..] => {
                self.at += 1;
                Some(self.hex())
            }
            [b'(', ..] => {
                self.at += 1;
                Some(self.text())
            }
            [b'[', ..] => {
                self.at += 1;
                let mut list = Vec::new();
                while let Some(value) = self.value(depth + 1) {
                    if list.len() < 100_000 {
                        list.push(value);
                    }
                }
                if self.peek() == Some(b']') {
                    self.at += 1;
                }
                Some(Object::Array(list))
            }
            [b'/', ..] => {
                self.at += 1;
                let name = self.word();
                Some(Object::Name(String::from_utf8_lossy(name).into_owned()))
            }
            [b']' | b'>' | b')' | b'}' | b'{', ..] | [] => None,
            _ => Some(self.number_or_word()),
        }
    }
    fn word(&mut self) -> &'a [u8] {
        let start = self.at;
        while self.peek().is_some_and(|byte| {
            !byte.is_ascii_whitespace() && byte != 0 && !b"()<>[]{}/%".contains(&byte)
        }) {
            self.at += 1;
        }
        self.bytes.get(start..self.at).unwrap_or_default()
    }
    fn number_or_word(&mut self) -> Object {
        let word = self.word();
        let text = std::str::from_utf8(word).unwrap_or_default();
        let Ok(number) = text.parse::<f64>() else {
            return if word == b"null" {
                Object::Null
            } else {
                Object::Word(word.to_vec())
            };
        };
        if !number.is_finite() || text.starts_with(|c: char| c.is_ascii_alphabetic()) {
            return Object::Word(word.to_vec());
        }
        // `12 0 R` is a reference.
        if let Ok(number) = text.parse::<u32>() {
            let start = self.at;
            self.blanks();
            let generation = self.word();
            if !generation.is_empty() && generation.iter().all(u8::is_ascii_digit) {
                self.blanks();
                if self.word() == b"R" {
                    return Object::Reference(number);
                }
            }
            self.at = start;
        }
        Object::Number(number)
    }
    fn fields(&mut self, depth: usize) -> Object {
        let mut out = BTreeMap::new();
        while let Some(key) = self.value(depth + 1) {
            let Object::Name(key) = key else { continue };
            let Some(value) = self.value(depth + 1) else {
                break;
            };
            if out.len() < 10_000 {
                out.insert(key, value);
            }
        }
        if self
            .bytes
            .get(self.at..)
            .is_some_and(|rest| rest.starts_with(b">>"))
        {
            self.at += 2;
        }
        Object::Fields(out)
    }
    fn hex(&mut self) -> Object {
        let mut digits = Vec::new();
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'>' => break,
                _ => digits.extend(
                    char::from(byte)
                        .to_digit(16)
                        .and_then(|d| u8::try_from(d).ok()),
                ),
            }
        }
        let bytes = digits.chunks(2).map(|pair| match pair {
            [high, low] => high << 4 | low,
            [high] => high << 4,
            _ => 0,
        });
        Object::Text(bytes.collect())
    }
    fn text(&mut self) -> Object {
        let (mut out, mut depth) = (Vec::new(), 0_u32);
        while let Some(byte) = self.peek() {
            self.at += 1;
            match byte {
                b'(' => {
                    depth += 1;
                    out.push(byte);
                }
                b')' if depth == 0 => break,
                b')' => {
                    depth -= 1;
                    out.push(byte);
                }
                b'\\' => self.escaped(&mut out),
                _ => out.push(byte),
            }
        }
        Object::Text(out)
    }
    fn escaped(&mut self, out: &mut Vec<u8>) {
        let Some(byte) = self.peek() else { return };
        self.at += 1;
        match byte {
            b'n' => out.push(b'\n'),
            b'r' => out.push(b'\r'),
            b't' => out.push(b'\t'),
            b'b' | b'f' | b'\n' => {}
            b'\r' => {
                if self.peek() == Some(b'\n') {
                    self.at += 1;
                }
            }
            b'0'..=b'7' => {
                let mut value = u32::from(byte - b'0');
                for _ in 0..2 {
                    if let Some(next @ b'0'..=b'7') = self.peek() {
                        value = value * 8 + u32::from(next - b'0');
                        self.at += 1;
                    }
                }
                out.push(u8::try_from(value & 0xff).unwrap_or_default());
            }
            other => out.push(other),
        }
    }
}
