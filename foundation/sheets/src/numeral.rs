//! Numbers as people write them: groups of three, decimal commas, Arabic digits.

use crate::fold::digit;

/// Which sign separates the decimals of a column, as far as its cells prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Marks {
    /// Nothing proves either, or some cells prove one and some the other.
    #[default]
    Unproved,
    /// 1,234.5
    DotDecimal,
    /// 1.234,5
    CommaDecimal,
}

/// Why a text is no number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotNumber,
    /// Thousands or decimals: "1.234".
    Ambiguous,
    /// Digits were lost when a spreadsheet program shortened the number: "1.23E+11".
    Shortened,
}

/// A number taken apart; digits are ASCII.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Numeral {
    pub(crate) negative: bool,
    pub(crate) whole: String,
    pub(crate) decimals: String,
}

impl Numeral {
    /// The value where it has no decimals other than zeros.
    pub(crate) fn as_whole(&self) -> Option<i64> {
        if self.decimals.bytes().any(|digit| digit != b'0') {
            return None;
        }
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}", self.whole).parse().ok()
    }

    pub(crate) fn as_decimal(&self) -> Option<f64> {
        let sign = if self.negative { "-" } else { "" };
        format!("{sign}{}.{}", self.whole, self.decimals)
            .parse()
            .ok()
            .filter(|value: &f64| value.is_finite())
    }

    pub(crate) fn is_zero(&self) -> bool {
        self.whole
            .bytes()
            .chain(self.decimals.bytes())
            .all(|digit| digit == b'0')
    }
}

/// How one separator, met once with three digits behind it, is taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Lean {
    /// Whole numbers: a comma groups, a dot stays ambiguous.
    Whole,
    /// Decimal numbers: a dot is decimal, a comma stays ambiguous.
    Decimal,
    /// Coordinates: either is decimal, thousands are out of range.
    Coordinate,
}

/// Takes a text apart.
pub(crate) fn parse(text: &str, marks: Marks, lean: Lean) -> Result<Numeral, Fault> {
    let (negative, body) = plain(text)?;
    if body.contains(['e', 'E']) {
        return scientific(negative, &body);
    }
    if !body
        .bytes()
        .all(|byte| byte.is_ascii_digit() || matches!(byte, b'.' | b','))
    {
        return Err(Fault::NotNumber);
    }
    let decimal = decimal_mark(&body, marks, lean)?;
    let (whole, decimals) = match decimal {
        Some(mark) => body.rsplit_once(mark).unwrap_or((&body, "")),
        None => (body.as_str(), ""),
    };
    if whole.is_empty() && decimals.is_empty() || !is_grouped(whole) {
        return Err(Fault::NotNumber);
    }
    let whole: String = whole.chars().filter(char::is_ascii_digit).collect();
    let whole = if whole.is_empty() {
        "0".to_owned()
    } else {
        whole
    };
    Ok(Numeral {
        negative,
        whole,
        decimals: decimals.to_owned(),
    })
}

/// What one cell proves about the marks of its column.
pub(crate) fn proof(text: &str) -> Marks {
    let Ok((_, body)) = plain(text) else {
        return Marks::Unproved;
    };
    let (dots, commas) = (body.matches('.').count(), body.matches(',').count());
    let proved = match (dots, commas) {
        (0, 0) => None,
        (0, 1) | (1, 0) => match decimal_mark(&body, Marks::Unproved, Lean::Whole) {
            Ok(Some(mark)) => Some(mark),
            _ => None,
        },
        _ => decimal_mark(&body, Marks::Unproved, Lean::Whole)
            .ok()
            .and_then(|mark| mark.or(if dots > 1 { Some(',') } else { Some('.') })),
    };
    match proved {
        Some('.') => Marks::DotDecimal,
        Some(_) => Marks::CommaDecimal,
        None => Marks::Unproved,
    }
}

/// ASCII digits, without spaces between groups; the sign apart.
fn plain(text: &str) -> Result<(bool, String), Fault> {
    let text = text
        .trim()
        .trim_matches(['\u{200E}', '\u{200F}', '\u{61C}']);
    let (negative, text) = match text.strip_prefix(['-', '−', '\u{2011}']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let mut body = String::with_capacity(text.len());
    let mut run = 0;
    let mut after_space = false;
    for letter in text.trim_start().chars() {
        if let Some(digit) = digit(letter) {
            body.push(digit);
            run += 1;
            continue;
        }
        if matches!(
            letter,
            ' ' | '\u{A0}' | '\u{202F}' | '\u{2009}' | '\'' | '’'
        ) {
            // Groups but the first have three digits.
            if run == 0 || (after_space && run != 3) || run > 3 {
                return Err(Fault::NotNumber);
            }
            (run, after_space) = (0, true);
            continue;
        }
        if after_space && run != 3 {
            return Err(Fault::NotNumber);
        }
        after_space = false;
        match letter {
            '\u{66B}' => body.push('.'),
            '\u{66C}' => {}
            other => body.push(other),
        }
        run = 0;
    }
    if body.is_empty() || (after_space && run != 3) {
        return Err(Fault::NotNumber);
    }
    Ok((negative, body))
}

fn scientific(negative: bool, body: &str) -> Result<Numeral, Fault> {
    let value: f64 = body.parse().map_err(|_| Fault::NotNumber)?;
    if !value.is_finite() || value >= 1e15 {
        return Err(Fault::Shortened);
    }
    let written = value.to_string();
    let (whole, decimals) = written.split_once('.').unwrap_or((&written, ""));
    // "1.23E+11" stands for a number with more digits than are left.
    if body.contains('+') && value >= 1e9 {
        return Err(Fault::Shortened);
    }
    Ok(Numeral {
        negative,
        whole: whole.to_owned(),
        decimals: decimals.to_owned(),
    })
}

/// The sign that separates the decimals, if there are any.
fn decimal_mark(body: &str, marks: Marks, lean: Lean) -> Result<Option<char>, Fault> {
    let (dots, commas) = (body.matches('.').count(), body.matches(',').count());
    match (dots, commas) {
        (0, 0) => Ok(None),
        (1, 0) => single(body, '.', marks, lean),
        (0, 1) => single(body, ',', marks, lean),
        (_, 0) | (0, _) => Ok(None),
        _ => {
            let last = if body.rfind('.') > body.rfind(',') {
                '.'
            } else {
                ','
            };
            if body.matches(last).count() > 1 {
                Err(Fault::NotNumber)
            } else {
                Ok(Some(last))
            }
        }
    }
}

fn single(body: &str, mark: char, marks: Marks, lean: Lean) -> Result<Option<char>, Fault> {
    let (before, after) = body.split_once(mark).unwrap_or((body, ""));
    let could_group =
        after.len() == 3 && (1..=3).contains(&before.len()) && !before.starts_with('0');
    if !could_group {
        return Ok(Some(mark));
    }
    match (marks, mark, lean) {
        (_, _, Lean::Coordinate)
        | (Marks::DotDecimal, '.', _)
        | (Marks::CommaDecimal, ',', _)
        | (Marks::Unproved, '.', Lean::Decimal) => Ok(Some(mark)),
        (Marks::DotDecimal | Marks::CommaDecimal, _, _) | (Marks::Unproved, ',', Lean::Whole) => {
            Ok(None)
        }
        _ => Err(Fault::Ambiguous),
    }
}

/// True when separators, if any, stand before every group of three and are all the same.
fn is_grouped(whole: &str) -> bool {
    if whole.contains('.') && whole.contains(',') {
        return false;
    }
    let mut groups = whole.split(['.', ',']);
    let first = groups.next().unwrap_or_default();
    let mut more = false;
    for group in groups {
        more = true;
        if group.len() != 3 {
            return false;
        }
    }
    !more || (1..=3).contains(&first.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn whole(text: &str, marks: Marks) -> Result<Option<i64>, Fault> {
        parse(text, marks, Lean::Whole).map(|numeral| numeral.as_whole())
    }

    #[test]
    fn whole_numbers_as_people_write_them() {
        for (text, expected) in [
            ("557", 557),
            ("557.0", 557),
            ("1,234", 1_234),
            ("1 234", 1_234),
            ("1\u{202F}234\u{A0}567", 1_234_567),
            ("1.234.567", 1_234_567),
            ("1,234.00", 1_234),
            ("1.234,0", 1_234),
            ("1'234", 1_234),
            ("٥٥٧", 557),
            ("١٬٢٣٤", 1_234),
            ("-5", -5),
            ("+5", 5),
            ("− 5", -5),
            ("007", 7),
            ("5.57E+2", 557),
        ] {
            assert_eq!(whole(text, Marks::Unproved), Ok(Some(expected)), "{text}");
        }
    }

    #[test]
    fn a_lone_dot_before_three_digits_needs_proof() {
        assert_eq!(whole("1.234", Marks::Unproved), Err(Fault::Ambiguous));
        assert_eq!(whole("1.234", Marks::CommaDecimal), Ok(Some(1_234)));
        assert_eq!(whole("1.234", Marks::DotDecimal), Ok(None));
        assert_eq!(
            parse("1,234", Marks::Unproved, Lean::Decimal),
            Err(Fault::Ambiguous)
        );
        let coordinate = parse("35,797", Marks::Unproved, Lean::Coordinate).unwrap();
        assert_eq!(coordinate.as_decimal(), Some(35.797));
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for text in [
            "", "abc", "1 23", "12 34", "1,23,456", "1.2.3", "5 girls", "1-2", ".", "٫",
        ] {
            assert_eq!(
                whole(text, Marks::Unproved),
                Err(Fault::NotNumber),
                "{text}"
            );
        }
        assert_eq!(whole("1.23457E+11", Marks::Unproved), Err(Fault::Shortened));
    }

    #[test]
    fn cells_prove_the_marks_of_their_column() {
        for (text, expected) in [
            ("557", Marks::Unproved),
            ("1.234", Marks::Unproved),
            ("557.0", Marks::DotDecimal),
            ("0,125", Marks::CommaDecimal),
            ("1.234.567", Marks::CommaDecimal),
            ("1,234,567", Marks::DotDecimal),
            ("1.234,5", Marks::CommaDecimal),
            ("x", Marks::Unproved),
        ] {
            assert_eq!(proof(text), expected, "{text}");
        }
    }
}
