//! A strict reader for the small JSON of `meta.json`. Refuses comments, trailing commas, repeated keys and deep nests.

/// A JSON value; object keys keep their order.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Json {
    Null,
    Bool(bool),
    Number(f64),
    Text(String),
    List(Vec<Json>),
    Object(Vec<(String, Json)>),
}

const DEPTH_MAX: usize = 32;

impl Json {
    pub(crate) fn get(&self, key: &str) -> Option<&Json> {
        match self {
            Json::Object(pairs) => pairs.iter().find(|(k, _)| k == key).map(|(_, v)| v),
            _ => None,
        }
    }

    pub(crate) fn number(&self) -> Option<f64> {
        match self {
            Json::Number(n) => Some(*n),
            _ => None,
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match self {
            Json::Text(t) => Some(t),
            _ => None,
        }
    }

    pub(crate) fn list(&self) -> Option<&[Json]> {
        match self {
            Json::List(items) => Some(items),
            _ => None,
        }
    }

    /// True for `true` and for any number but 0, as the files write flags either way.
    pub(crate) fn flag(&self) -> Option<bool> {
        match self {
            Json::Bool(b) => Some(*b),
            Json::Number(n) => Some(*n != 0.0),
            _ => None,
        }
    }
}

/// Reads one JSON value; the error is the byte where reading stopped and why.
pub(crate) fn read(text: &str) -> Result<Json, (usize, &'static str)> {
    let mut reader = Reader {
        bytes: text.as_bytes(),
        text,
        at: 0,
    };
    let value = reader.value(0)?;
    reader.space();
    if reader.at < reader.bytes.len() {
        Err((reader.at, "text after the end"))
    } else {
        Ok(value)
    }
}

struct Reader<'t> {
    bytes: &'t [u8],
    text: &'t str,
    at: usize,
}

type Read<T> = Result<T, (usize, &'static str)>;

impl Reader<'_> {
    fn space(&mut self) {
        while matches!(self.bytes.get(self.at), Some(b' ' | b'\t' | b'\n' | b'\r')) {
            self.at += 1;
        }
    }

    fn stop<T>(&self, why: &'static str) -> Read<T> {
        Err((self.at, why))
    }

    fn take(&mut self, byte: u8) -> bool {
        let found = self.bytes.get(self.at) == Some(&byte);
        self.at += usize::from(found);
        found
    }

    fn word(&mut self, word: &str, value: Json) -> Read<Json> {
        if self.bytes[self.at..].starts_with(word.as_bytes()) {
            self.at += word.len();
            Ok(value)
        } else {
            self.stop("unknown word")
        }
    }

    fn value(&mut self, depth: usize) -> Read<Json> {
        if depth > DEPTH_MAX {
            return self.stop("nested too deep");
        }
        self.space();
        match self.bytes.get(self.at) {
            Some(b'{') => self.object(depth),
            Some(b'[') => self.items(depth),
            Some(b'"') => self.string().map(Json::Text),
            Some(b't') => self.word("true", Json::Bool(true)),
            Some(b'f') => self.word("false", Json::Bool(false)),
            Some(b'n') => self.word("null", Json::Null),
            Some(b'-' | b'0'..=b'9') => self.digits(),
            _ => self.stop("a value was expected"),
        }
    }

    fn digits(&mut self) -> Read<Json> {
        let start = self.at;
        while matches!(
            self.bytes.get(self.at),
            Some(b'-' | b'+' | b'.' | b'e' | b'E' | b'0'..=b'9')
        ) {
            self.at += 1;
        }
        match self.text[start..self.at].parse::<f64>() {
            Ok(number) if number.is_finite() => Ok(Json::Number(number)),
            _ => Err((start, "not a finite number")),
        }
    }

    fn string(&mut self) -> Read<String> {
        self.at += 1;
        let mut out = String::new();
        loop {
            let rest = &self.text[self.at..];
            let Some(next) = rest.chars().next() else {
                return self.stop("the text is not closed");
            };
            self.at += next.len_utf8();
            match next {
                '"' => return Ok(out),
                '\\' => out.push(self.escape()?),
                c if (c as u32) < 0x20 => return self.stop("a control character in a text"),
                c => out.push(c),
            }
        }
    }

    fn escape(&mut self) -> Read<char> {
        let Some(&kind) = self.bytes.get(self.at) else {
            return self.stop("the text is not closed");
        };
        self.at += 1;
        Ok(match kind {
            b'"' => '"',
            b'\\' => '\\',
            b'/' => '/',
            b'b' => '\u{8}',
            b'f' => '\u{c}',
            b'n' => '\n',
            b'r' => '\r',
            b't' => '\t',
            b'u' => {
                let code = self
                    .text
                    .get(self.at..self.at + 4)
                    .and_then(|hex| u32::from_str_radix(hex, 16).ok());
                self.at += 4;
                let Some(found) = code.and_then(char::from_u32) else {
                    return self.stop("an unknown \\u code");
                };
                found
            }
            _ => return self.stop("an unknown escape"),
        })
    }

    fn items(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        let mut items = Vec::new();
        self.space();
        if self.take(b']') {
            return Ok(Json::List(items));
        }
        loop {
            items.push(self.value(depth + 1)?);
            self.space();
            if self.take(b']') {
                return Ok(Json::List(items));
            }
            if !self.take(b',') {
                return self.stop("a comma or ] was expected");
            }
        }
    }

    fn object(&mut self, depth: usize) -> Read<Json> {
        self.at += 1;
        let mut pairs: Vec<(String, Json)> = Vec::new();
        self.space();
        if self.take(b'}') {
            return Ok(Json::Object(pairs));
        }
        loop {
            self.space();
            if self.bytes.get(self.at) != Some(&b'"') {
                return self.stop("a key was expected");
            }
            let key = self.string()?;
            if pairs.iter().any(|(k, _)| *k == key) {
                return self.stop("a key stands twice");
            }
            self.space();
            if !self.take(b':') {
                return self.stop("a colon was expected");
            }
            let value = self.value(depth + 1)?;
            pairs.push((key, value));
            self.space();
            if self.take(b'}') {
                return Ok(Json::Object(pairs));
            }
            if !self.take(b',') {
                return self.stop("a comma or } was expected");
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_values_are_read() {
        let found = read(r#"{"a":[1,-2.5e1,true,null],"b":"x\u00e9\n"}"#).unwrap();
        assert_eq!(found.get("b").and_then(Json::text), Some("xé\n"));
        assert_eq!(
            found.get("a").and_then(Json::list).map(<[Json]>::len),
            Some(4)
        );
    }

    #[test]
    fn sloppy_text_is_refused() {
        for text in [
            "",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{\"a\":1,\"a\":2}",
            "nul",
            "1 2",
            "[1e999]",
            "\"a",
            "{a:1}",
            "\"\\q\"",
        ] {
            assert!(read(text).is_err(), "{text}");
        }
        assert!(read(&"[".repeat(100)).is_err());
    }
}
