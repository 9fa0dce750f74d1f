//! Numbers as children write them: any digits, decimal points and commas, fractions, mixed numbers. Exact, never floats.

/// A number with the way it was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Written {
    pub value: Ratio,
    pub shape: Shape,
}

/// The way a number was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Shape {
    Whole,
    Decimal,
    /// Upper and lower number as written, with the whole number before them, where there is one.
    Fraction {
        whole: Option<i128>,
        upper: i128,
        lower: i128,
    },
}

/// An exact number in lowest terms; the lower part is positive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Ratio {
    upper: i128,
    lower: i128,
}

/// Digits that are read; more cannot be meant.
const DIGITS_MAX: usize = 15;

fn gcd(a: i128, b: i128) -> i128 {
    if b == 0 { a.abs() } else { gcd(b, a % b) }
}

impl Ratio {
    fn new(upper: i128, lower: i128) -> Option<Self> {
        if lower == 0 {
            return None;
        }
        let by = gcd(upper, lower).max(1) * lower.signum();
        Some(Self {
            upper: upper / by,
            lower: lower / by,
        })
    }
    /// Whether it is a whole number.
    pub(crate) const fn is_whole(self) -> bool {
        self.lower == 1
    }
    /// Whether the two lie at most `by` apart.
    pub(crate) fn is_near(self, other: Self, by: Self) -> bool {
        let apart = || {
            let left = self.upper.checked_mul(other.lower)?;
            let right = other.upper.checked_mul(self.lower)?;
            let upper = left.checked_sub(right)?.checked_abs()?;
            let lower = self.lower.checked_mul(other.lower)?;
            Some(upper.checked_mul(by.lower)? <= by.upper.checked_mul(lower)?)
        };
        apart().unwrap_or(false)
    }
}

impl Written {
    /// Whether a fraction cannot be made simpler, nor be a whole number.
    pub(crate) fn is_simplest(self) -> bool {
        match self.shape {
            Shape::Whole => true,
            Shape::Decimal => false,
            Shape::Fraction { upper, lower, .. } => {
                gcd(upper, lower) == 1 && lower != 1 && upper != 0
            }
        }
    }
}

/// Reads a number; `lang` tells a comma between thousands from a decimal one; `unit` may stand behind it.
pub(crate) fn parse(text: &str, lang: &str, unit: &str) -> Option<Written> {
    let plain = plain(text, unit);
    let (minus, rest) = match plain.strip_prefix(['-', '−', '–']) {
        Some(rest) => (true, rest.trim_start()),
        None => (
            false,
            plain.strip_prefix('+').unwrap_or(&plain).trim_start(),
        ),
    };
    let sign = if minus { -1 } else { 1 };
    if let Some((before, lower)) = rest.split_once('/') {
        let lower = digits(lower.trim())?;
        let before = before.trim();
        let (whole, upper) = match before.rsplit_once(' ') {
            Some((whole, upper)) => (Some(digits(&whole.replace(' ', ""))?), digits(upper)?),
            None => (None, digits(before)?),
        };
        let all = whole.unwrap_or(0).checked_mul(lower)?.checked_add(upper)?;
        return Some(Written {
            value: Ratio::new(sign * all, lower)?,
            shape: Shape::Fraction {
                whole,
                upper,
                lower,
            },
        });
    }
    let tight = without_thousands(rest, lang);
    match tight.split_once('.') {
        None => Some(Written {
            value: Ratio::new(sign * digits(&tight)?, 1)?,
            shape: Shape::Whole,
        }),
        Some((whole, part)) => {
            let whole = if whole.is_empty() { 0 } else { digits(whole)? };
            let places = u32::try_from(part.len()).ok()?;
            let scale = 10_i128.checked_pow(places)?;
            let all = whole.checked_mul(scale)?.checked_add(digits(part)?)?;
            Some(Written {
                value: Ratio::new(sign * all, scale)?,
                shape: Shape::Decimal,
            })
        }
    }
}

/// One writing of digits, spaces, fractions and marks; the unit taken off.
fn plain(text: &str, unit: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '٠'..='٩' => out.push(latin(c, '٠')),
            '۰'..='۹' => out.push(latin(c, '۰')),
            '\u{ff10}'..='\u{ff19}' => out.push(latin(c, '\u{ff10}')),
            '⁄' | '∕' | '÷' => out.push('/'),
            '٫' => out.push('.'),
            '٬' | '’' | '\'' => {}
            '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2066}'..='\u{2069}' => {}
            c if c.is_whitespace() => out.push(' '),
            c => match vulgar(c) {
                Some(fraction) => {
                    out.push(' ');
                    out.push_str(fraction);
                }
                None => out.push(c),
            },
        }
    }
    let trimmed = out.trim();
    let unit = unit.trim();
    let lower = trimmed.to_lowercase();
    let bare = match lower.strip_suffix(&unit.to_lowercase()) {
        Some(bare) if !unit.is_empty() && !bare.trim().is_empty() => bare,
        _ => lower.as_str(),
    };
    bare.split(' ')
        .filter(|part| !part.is_empty())
        .collect::<Vec<_>>()
        .join(" ")
        .replace(" /", "/")
        .replace("/ ", "/")
}

fn latin(c: char, zero: char) -> char {
    let digit = u32::from(c).saturating_sub(u32::from(zero));
    char::from_digit(digit, 10).unwrap_or('0')
}

const fn vulgar(c: char) -> Option<&'static str> {
    Some(match c {
        '½' => "1/2",
        '⅓' => "1/3",
        '⅔' => "2/3",
        '¼' => "1/4",
        '¾' => "3/4",
        '⅕' => "1/5",
        '⅖' => "2/5",
        '⅗' => "3/5",
        '⅘' => "4/5",
        '⅙' => "1/6",
        '⅚' => "5/6",
        '⅐' => "1/7",
        '⅛' => "1/8",
        '⅜' => "3/8",
        '⅝' => "5/8",
        '⅞' => "7/8",
        '⅑' => "1/9",
        '⅒' => "1/10",
        _ => return None,
    })
}

/// Digits with at most one point: what parts thousands is taken out.
fn without_thousands(text: &str, lang: &str) -> String {
    let groups = |text: &str, by: char| {
        let mut parts = text.split(by);
        let first = parts.next().is_some_and(|p| (1..=3).contains(&p.len()));
        first && text.contains(by) && parts.all(|p| p.len() == 3)
    };
    let text = if groups(text.split(['.', ',']).next().unwrap_or(""), ' ') {
        text.replace(' ', "")
    } else {
        text.to_owned()
    };
    let (commas, points) = (text.matches(',').count(), text.matches('.').count());
    match (commas, points) {
        (0, 0 | 1) => text,
        (1, 0) if lang.starts_with("en") && groups(&text, ',') => text.replace(',', ""),
        (1, 0) => text.replace(',', "."),
        (_, 0) if groups(&text, ',') => text.replace(',', ""),
        (0, _) if groups(&text, '.') => text.replace('.', ""),
        (_, 1) if text.rfind('.') > text.rfind(',') => text.replace(',', ""),
        (1, _) if text.rfind(',') > text.rfind('.') => text.replace('.', "").replace(',', "."),
        _ => text,
    }
}

fn digits(text: &str) -> Option<i128> {
    let good = (1..=DIGITS_MAX).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    good.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn same(a: &str, b: &str, lang: &str) -> bool {
        let (a, b) = (parse(a, lang, "kg"), parse(b, "en", ""));
        a.is_some() && a.map(|n| n.value) == b.map(|n| n.value)
    }

    #[test]
    fn a_number_is_read_however_it_is_written() {
        for (written, meant, lang) in [
            ("3/4", "0.75", "en"),
            (" 3 / 4 ", "3/4", "en"),
            ("٣/٤", "3/4", "ar"),
            ("۳⁄۴", "3/4", "fa"),
            ("¾", "3/4", "fr"),
            ("1½", "3/2", "fr"),
            ("1 1/2", "3/2", "en"),
            ("0,75", "3/4", "fr"),
            ("0٫75", "3/4", "ar"),
            (".5", "1/2", "en"),
            ("1,000", "1000", "en"),
            ("1,000", "1", "fr"),
            ("1 000", "1000", "fr"),
            ("1\u{202f}000,5", "1000.5", "fr"),
            ("1,234,567.5", "1234567.5", "en"),
            ("1.234.567", "1234567", "fr"),
            ("−3", "-3", "en"),
            ("12 kg", "12", "en"),
            ("12KG", "12", "en"),
            ("\u{200f}12", "12", "ar"),
            ("6/3", "2", "en"),
            ("007", "7", "en"),
        ] {
            assert!(
                same(written, meant, lang),
                "{written} is {meant}: {:?}",
                parse(written, lang, "kg")
            );
        }
        for strange in [
            "",
            "x",
            "3/0",
            "1/2/3",
            "--1",
            "1 2",
            "1,2,3",
            "3.4.5",
            "kg",
            "½/2",
            "/",
            "1/",
            "9999999999999999",
        ] {
            assert_eq!(parse(strange, "en", "kg"), None, "{strange}");
        }
    }

    #[test]
    fn the_simplest_way_is_known() {
        let simplest = |text| parse(text, "en", "").map(Written::is_simplest);
        for (text, is) in [
            ("1/2", true),
            ("2/4", false),
            ("3/2", true),
            ("1 1/2", true),
            ("4/4", false),
            ("3", true),
            ("0.5", false),
            ("3/1", false),
        ] {
            assert_eq!(simplest(text), Some(is), "{text}");
        }
    }

    proptest! {
        #[test]
        fn whatever_is_written_is_read_or_not(text in "\\PC{0,24}") {
            let _ = parse(&text, "en", "kg");
            let _ = parse(&text, "ar", "");
        }

        #[test]
        fn a_fraction_keeps_its_value(a in 0_i64..10_000, b in 1_i64..10_000, by in 1_i64..50) {
            let one = parse(&format!("{a}/{b}"), "en", "").map(|n| n.value);
            let wider = parse(&format!("{}/{}", a * by, b * by), "en", "").map(|n| n.value);
            prop_assert_eq!(one, wider);
        }
    }
}
