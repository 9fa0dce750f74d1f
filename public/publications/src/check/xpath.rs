//! The part of XPath 1.0 that IATI's rulesets and code list mappings use: paths of children and
//! attributes with conditions, `count`, `not`, `number`, comparisons, sums and unions.

use super::tree::Node;

/// What an expression comes to.
#[derive(Clone, Debug)]
pub(crate) enum Value<'a> {
    Found(Vec<Found<'a>>),
    Number(f64),
    Text(String),
    Truth(bool),
}

/// Something a path leads to.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Found<'a> {
    Element(&'a Node),
    Attribute(&'a str),
    Text(&'a str),
}

impl Found<'_> {
    /// Its text.
    pub(crate) fn text(&self) -> &str {
        match self {
            Self::Element(node) => &node.text,
            Self::Attribute(text) | Self::Text(text) => text,
        }
    }
}

impl Value<'_> {
    fn truth(&self) -> bool {
        match self {
            Self::Found(found) => !found.is_empty(),
            Self::Number(n) => *n != 0.0 && !n.is_nan(),
            Self::Text(text) => !text.is_empty(),
            Self::Truth(truth) => *truth,
        }
    }
    fn number(&self) -> f64 {
        match self {
            Self::Found(found) => found.first().map_or(f64::NAN, |one| {
                one.text().trim().parse().unwrap_or(f64::NAN)
            }),
            Self::Number(n) => *n,
            Self::Text(text) => text.trim().parse().unwrap_or(f64::NAN),
            Self::Truth(truth) => f64::from(u8::from(*truth)),
        }
    }
}

/// An expression that could not be read: our reader's fault or the ruleset's.
pub(crate) type Read<T> = Result<T, String>;

/// An expression, read once and asked often.
#[derive(Clone, Debug)]
pub(crate) struct Expression(Vec<Token>);

impl Expression {
    /// Reads it, and makes sure that all of it is understood.
    pub(crate) fn read(text: &str) -> Read<Self> {
        let read = Self(tokens(text)?);
        read.at(&Node::default())
            .map_err(|why| format!("«{text}»: {why}"))?;
        Ok(read)
    }
    /// What it comes to at a node.
    pub(crate) fn at<'a>(&self, node: &'a Node) -> Read<Value<'a>> {
        let mut parser = Parser {
            tokens: &self.0,
            at: 0,
        };
        let value = parser.or(node)?;
        if parser.at == self.0.len() {
            Ok(value)
        } else {
            Err("it goes on after its end".to_owned())
        }
    }
    /// Whether it holds at a node.
    pub(crate) fn holds(&self, node: &Node) -> Read<bool> {
        Ok(self.at(node)?.truth())
    }
    /// What it leads to from a node.
    pub(crate) fn find<'a>(&self, node: &'a Node) -> Read<Vec<Found<'a>>> {
        match self.at(node)? {
            Value::Found(found) => Ok(found),
            _ => Err("it is no path".to_owned()),
        }
    }
}

#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Token {
    Name(String),
    Text(String),
    Number(f64),
    Sign(&'static str),
}

const SIGNS: [&str; 16] = [
    "!=", "<=", ">=", "//", "..", "(", ")", "[", "]", "/", "@", "=", "<", ">", "+", "|",
];

fn tokens(text: &str) -> Read<Vec<Token>> {
    let mut out = Vec::new();
    let mut rest = text.trim_start();
    while let Some(first) = rest.chars().next() {
        if let Some(sign) = SIGNS.into_iter().find(|sign| rest.starts_with(sign)) {
            out.push(Token::Sign(sign));
            rest = rest.get(sign.len()..).unwrap_or_default();
        } else if first == '\'' || first == '"' {
            let inner = rest.get(1..).unwrap_or_default();
            let (inside, after) = inner.split_once(first).ok_or("a quote stays open")?;
            out.push(Token::Text(inside.to_owned()));
            rest = after;
        } else {
            let word = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | ':' | '.');
            let end = rest.find(|c: char| !word(c)).unwrap_or(rest.len());
            let (name, after) = rest.split_at(end);
            if name.is_empty() {
                return Err(format!("«{first}» in «{text}» is not understood"));
            }
            out.push(match name.parse() {
                Ok(number) => Token::Number(number),
                Err(_) => Token::Name(name.to_owned()),
            });
            rest = after;
        }
        rest = rest.trim_start();
    }
    Ok(out)
}

struct Parser<'t> {
    tokens: &'t [Token],
    at: usize,
}

impl<'t> Parser<'t> {
    fn peek(&self) -> Option<&'t Token> {
        self.tokens.get(self.at)
    }
    fn take(&mut self, sign: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Sign(s)) if *s == sign);
        self.at += usize::from(here);
        here
    }
    fn word(&mut self, word: &str) -> bool {
        let here = matches!(self.peek(), Some(Token::Name(name)) if name == word);
        self.at += usize::from(here);
        here
    }
    fn expect(&mut self, sign: &str) -> Read<()> {
        if self.take(sign) {
            Ok(())
        } else {
            Err(format!("«{sign}» is missing"))
        }
    }

    fn or<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        let mut left = self.and(at)?;
        while self.word("or") {
            let right = self.and(at)?;
            left = Value::Truth(left.truth() || right.truth());
        }
        Ok(left)
    }
    fn and<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        let mut left = self.comparison(at)?;
        while self.word("and") {
            let right = self.comparison(at)?;
            left = Value::Truth(left.truth() && right.truth());
        }
        Ok(left)
    }
    fn comparison<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        let left = self.sum(at)?;
        for sign in ["=", "!=", "<=", ">=", "<", ">"] {
            if self.take(sign) {
                let right = self.sum(at)?;
                return Ok(Value::Truth(compare(sign, &left, &right)));
            }
        }
        Ok(left)
    }
    fn sum<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        let mut left = self.union(at)?;
        while self.take("+") {
            let right = self.union(at)?;
            left = Value::Number(left.number() + right.number());
        }
        Ok(left)
    }
    fn union<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        let mut left = self.primary(at)?;
        while self.take("|") {
            match (&mut left, self.primary(at)?) {
                (Value::Found(all), Value::Found(more)) => all.extend(more),
                _ => return Err("only paths can be joined by «|»".to_owned()),
            }
        }
        Ok(left)
    }
    fn primary<'a>(&mut self, at: &'a Node) -> Read<Value<'a>> {
        match self.peek() {
            Some(Token::Number(n)) => {
                self.at += 1;
                Ok(Value::Number(*n))
            }
            Some(Token::Text(text)) => {
                self.at += 1;
                Ok(Value::Text(text.clone()))
            }
            Some(Token::Sign("(")) => {
                self.at += 1;
                let value = self.or(at)?;
                self.expect(")")?;
                Ok(value)
            }
            Some(Token::Name(name)) if self.calls() && name != "text" => {
                self.at += 2;
                let value = self.or(at)?;
                self.expect(")")?;
                match (name.as_str(), value) {
                    ("not", value) => Ok(Value::Truth(!value.truth())),
                    ("number", value) => Ok(Value::Number(value.number())),
                    ("count", Value::Found(found)) => {
                        #[expect(clippy::cast_precision_loss, reason = "elements are few")]
                        let count = found.len() as f64;
                        Ok(Value::Number(count))
                    }
                    (other, _) => Err(format!("no function is called {other}")),
                }
            }
            _ => Ok(Value::Found(self.path(at)?)),
        }
    }
    /// Whether a function's name stands here.
    fn calls(&self) -> bool {
        self.tokens.get(self.at + 1) == Some(&Token::Sign("("))
    }
    fn path<'a>(&mut self, at: &'a Node) -> Read<Vec<Found<'a>>> {
        let mut here = vec![Found::Element(at)];
        loop {
            here = self.step(&here)?;
            if !self.take("/") {
                return Ok(here);
            }
        }
    }
    fn step<'a>(&mut self, from: &[Found<'a>]) -> Read<Vec<Found<'a>>> {
        // Nothing stands above the element a rule is about: `..` leads nowhere.
        if self.take("..") {
            return Ok(Vec::new());
        }
        let attribute = self.take("@");
        let Some(Token::Name(name)) = self.peek() else {
            return Err("a step without a name".to_owned());
        };
        self.at += 1;
        if name == "text" && self.take("(") {
            self.expect(")")?;
            let texts = from.iter().filter_map(|found| match found {
                Found::Element(node) if !node.text.is_empty() => Some(Found::Text(&node.text)),
                _ => None,
            });
            return Ok(texts.collect());
        }
        let mut found = Vec::new();
        for one in from {
            let Found::Element(node) = one else { continue };
            if attribute {
                found.extend(node.attr(name).map(Found::Attribute));
            } else {
                let named = node.children.iter().filter(|child| child.name == *name);
                found.extend(named.map(Found::Element));
            }
        }
        while self.take("[") {
            found = self.chosen(found)?;
        }
        Ok(found)
    }
    /// Those for which the condition in brackets holds.
    fn chosen<'a>(&mut self, found: Vec<Found<'a>>) -> Read<Vec<Found<'a>>> {
        let condition = self.at;
        let nobody = Node::default();
        self.or(&nobody)?;
        let end = self.at;
        let mut kept = Vec::new();
        for (place, one) in found.into_iter().enumerate() {
            self.at = condition;
            let keep = match one {
                Found::Element(node) => match self.or(node)? {
                    #[expect(clippy::cast_precision_loss, reason = "elements are few")]
                    Value::Number(n) => n == (place + 1) as f64,
                    value => value.truth(),
                },
                Found::Attribute(_) | Found::Text(_) => false,
            };
            if keep {
                kept.push(one);
            }
        }
        self.at = end;
        self.expect("]")?;
        Ok(kept)
    }
}

fn compare(sign: &str, left: &Value<'_>, right: &Value<'_>) -> bool {
    let numbers = |a: f64, b: f64| match sign {
        "=" => a == b,
        "!=" => a != b,
        "<" => a < b,
        ">" => a > b,
        "<=" => a <= b,
        _ => a >= b,
    };
    match (left, right) {
        (Value::Found(all), other) | (other, Value::Found(all))
            if matches!(sign, "=" | "!=") && !matches!(other, Value::Truth(_)) =>
        {
            let equal = sign == "=";
            all.iter().any(|one| match other {
                Value::Text(text) => (one.text() == text) == equal,
                Value::Found(others) => others.iter().any(|o| (one.text() == o.text()) == equal),
                number => numbers(
                    one.text().trim().parse().unwrap_or(f64::NAN),
                    number.number(),
                ),
            })
        }
        (Value::Text(a), Value::Text(b)) if matches!(sign, "=" | "!=") => (a == b) == (sign == "="),
        _ => numbers(left.number(), right.number()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn activity() -> Node {
        let text = "<all><a xml:lang='en'><sector vocabulary='1' code='11120' percentage='60'/><sector code='11130' percentage='40'/>\
            <sector vocabulary='98' code='x'><narrative>Own</narrative></sector><date type='2'/></a></all>";
        let mut found = None;
        super::super::tree::each(text.as_bytes(), &mut |node| found = Some(node.clone())).unwrap();
        found.unwrap()
    }

    #[test]
    fn what_the_rulesets_ask_is_answered_as_xpath_does() {
        let a = activity();
        for (expression, truth) in [
            ("sector", true),
            ("count(sector) = 3", true),
            (
                "count(sector[@vocabulary = '1' or @vocabulary = '' or not(@vocabulary)]) = 2",
                true,
            ),
            ("sector[@vocabulary=98 or @vocabulary=99]/narrative", true),
            (
                "count(sector[@vocabulary=98]/narrative) >= count(sector[@vocabulary=98])",
                true,
            ),
            ("sector/@percentage = 60", true),
            ("sector/@percentage = 100", false),
            ("not(sector/@percentage) or sector/@percentage = 100", false),
            ("number(date/@type) = date/@type", true),
            ("number(sector/@code) = sector/@code", true),
            ("sector[1]/@code = '11120'", true),
            ("sector[2]/@code = '11120'", false),
            (
                "transaction[not(recipient-country or recipient-region)]",
                false,
            ),
            ("count(sector[not(@vocabulary='')]) + count(date) > 3", true),
            ("@xml:lang", true),
            ("sector/narrative/text()", true),
            ("../reference[1]", false),
            ("date[@type='1' or @type='2']", true),
            ("sector[@vocabulary != '1']/@vocabulary", true),
        ] {
            let read = Expression::read(expression).unwrap();
            assert_eq!(read.holds(&a), Ok(truth), "{expression}");
        }
    }

    #[test]
    fn what_is_not_understood_is_said() {
        for expression in ["sector[", "sum(sector)", "a b", "'open", "#"] {
            assert!(Expression::read(expression).is_err(), "{expression}");
        }
    }
}
