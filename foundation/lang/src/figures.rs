//! Numbers as text: grouping, decimal mark and sign of each language. Always Latin digits.

use base::Lang;

/// Narrow no-break space: groups digits in French.
const NARROW: &str = "\u{202f}";
/// Left-to-right mark: keeps a sign on its side of the number in Arabic.
const MARK: &str = "\u{200e}";

/// A whole number with its groups of three digits.
pub(crate) fn whole(lang: Lang, number: i64) -> String {
    signed(
        lang,
        number < 0,
        group(lang, &number.unsigned_abs().to_string()),
    )
}

/// A number with exactly `places` digits after the decimal mark.
pub(crate) fn decimal(lang: Lang, number: f64, places: usize) -> String {
    if !number.is_finite() {
        return "–".to_owned();
    }
    let plain = format!("{:.places$}", number.abs());
    let negative = number < 0.0 && plain.bytes().any(|b| (b'1'..=b'9').contains(&b));
    let (head, tail) = plain.split_once('.').unwrap_or((&plain, ""));
    let mut out = group(lang, head);
    if !tail.is_empty() {
        out.push(if lang == Lang::Fr { ',' } else { '.' });
        out.push_str(tail);
    }
    signed(lang, negative, out)
}

/// A fraction of one as a percentage: with one decimal where it has one.
pub(crate) fn share(lang: Lang, fraction: f64) -> String {
    let hundred = fraction * 100.0;
    let tenths = (hundred * 10.0).round();
    let places = usize::from(tenths % 10.0 != 0.0);
    let number = decimal(lang, hundred, places);
    match lang {
        Lang::En => format!("{number}%"),
        Lang::Fr => format!("{number}{NARROW}%"),
        Lang::Ar => format!("{number}{MARK}%{MARK}"),
    }
}

/// A difference to UTC in seconds, as hours and minutes: `UTC+5:45`. The same in every script, left to right.
pub(crate) fn ahead(seconds: i64) -> String {
    let minutes = seconds.unsigned_abs() / 60;
    let sign = if seconds < 0 { '\u{2212}' } else { '+' };
    match (minutes / 60, minutes % 60) {
        (0, 0) => "UTC".to_owned(),
        (hours, 0) => format!("UTC{sign}{hours}"),
        (hours, rest) => format!("UTC{sign}{hours}:{rest:02}"),
    }
}

fn group(lang: Lang, digits: &str) -> String {
    let mark = if lang == Lang::Fr { NARROW } else { "," };
    let mut out = String::with_capacity(digits.len() * 2);
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            out.push_str(mark);
        }
        out.push(digit);
    }
    out
}

fn signed(lang: Lang, negative: bool, number: String) -> String {
    match (negative, lang) {
        (false, _) => number,
        (true, Lang::Ar) => format!("{MARK}-{number}"),
        (true, Lang::En | Lang::Fr) => format!("\u{2212}{number}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_to_utc_has_minutes_only_where_they_are_needed() {
        for (seconds, text) in [
            (0, "UTC"),
            (43_200, "UTC+12"),
            (20_700, "UTC+5:45"),
            (-18_000, "UTC\u{2212}5"),
            (-12_600, "UTC\u{2212}3:30"),
            (-1_800, "UTC\u{2212}0:30"),
        ] {
            assert_eq!(ahead(seconds), text);
        }
    }

    #[test]
    fn a_number_is_written_as_each_language_writes_it() {
        for (lang, number, text) in [
            (Lang::En, 0, "0"),
            (Lang::En, 999, "999"),
            (Lang::En, 1_234_567, "1,234,567"),
            (Lang::En, -1_000, "\u{2212}1,000"),
            (Lang::Fr, 1_234, "1\u{202f}234"),
            (Lang::Ar, 16_000, "16,000"),
            (Lang::Ar, -5, "\u{200e}-5"),
            (Lang::En, i64::MIN, "\u{2212}9,223,372,036,854,775,808"),
        ] {
            assert_eq!(whole(lang, number), text);
        }
    }

    #[test]
    fn decimals_and_shares_keep_their_mark() {
        assert_eq!(decimal(Lang::En, 1234.5, 1), "1,234.5");
        assert_eq!(decimal(Lang::Fr, 1234.5, 2), "1\u{202f}234,50");
        assert_eq!(decimal(Lang::En, -0.04, 1), "0.0");
        assert_eq!(decimal(Lang::En, f64::NAN, 1), "–");
        assert_eq!(share(Lang::En, 0.123), "12.3%");
        assert_eq!(share(Lang::En, 1.0), "100%");
        assert_eq!(share(Lang::Fr, 0.5), "50\u{202f}%");
        assert_eq!(share(Lang::Ar, 0.5), "50\u{200e}%\u{200e}");
    }
}
