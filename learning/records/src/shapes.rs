//! What a text must look like to be an address, a language, a time, a duration.

use base::{Day, Moment};

/// An absolute address: a scheme, a colon, and something without blanks.
pub(crate) fn is_iri(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else {
        return false;
    };
    let mut bytes = scheme.bytes();
    let begins = bytes.next().is_some_and(|b| b.is_ascii_alphabetic());
    begins
        && bytes.all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'))
        && !rest.is_empty()
        && !text
            .chars()
            .any(|c| c.is_whitespace() || c.is_control() || "<>\"{}|\\^`".contains(c))
}

/// `mailto:` and an address.
pub(crate) fn is_mailbox(text: &str) -> bool {
    let address = text.strip_prefix("mailto:").filter(|_| is_iri(text));
    address
        .and_then(|address| address.rsplit_once('@'))
        .is_some_and(|(local, host)| {
            !local.is_empty()
                && !host.is_empty()
                && !host.starts_with('.')
                && !host.ends_with('.')
                && !local.contains('@')
        })
}

/// Forty hexadecimal digits.
pub(crate) fn is_sha1(text: &str) -> bool {
    text.len() == 40 && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A digest of 224 to 512 bits.
pub(crate) fn is_sha2(text: &str) -> bool {
    matches!(text.len(), 56 | 64 | 96 | 128) && text.bytes().all(|b| b.is_ascii_hexdigit())
}

/// A UUID in its usual form.
pub(crate) fn is_uuid(text: &str) -> bool {
    text.len() == 36
        && text.bytes().enumerate().all(|(at, b)| match at {
            8 | 13 | 18 | 23 => b == b'-',
            _ => b.is_ascii_hexdigit(),
        })
}

/// A tag for a language: RFC 5646, by its grammar.
pub(crate) fn is_language(text: &str) -> bool {
    let mut parts = text.split('-');
    let first = parts.next().unwrap_or("");
    let alpha = |part: &str| part.bytes().all(|b| b.is_ascii_alphabetic());
    let begins = ((2..=8).contains(&first.len()) && alpha(first))
        || (matches!(first, "x" | "i" | "X" | "I") && text.len() > 2);
    begins
        && parts.all(|part| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        })
}

/// A media type.
pub(crate) fn is_media_type(text: &str) -> bool {
    let kind = text.split(';').next().unwrap_or("").trim();
    let token = |part: &str| {
        !part.is_empty()
            && part
                .bytes()
                .all(|b| b.is_ascii_alphanumeric() || b"!#$&^_.+-*".contains(&b))
    };
    kind.split_once('/')
        .is_some_and(|(kind, sub)| token(kind) && token(sub))
}

/// A moment with the distance from UTC it was written with, in minutes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Time {
    pub at: Moment,
    pub offset: i64,
}

/// Reads `2026-03-09T14:05:00.123+02:00`; a negative distance of nothing is no distance.
pub(crate) fn time(text: &str) -> Option<Time> {
    let (day, rest) = text.split_at_checked(10)?;
    let day = Day::parse(day)?;
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let end = rest.find(['Z', 'z', '+', '-']).unwrap_or(rest.len());
    let (clock, zone) = rest.split_at(end);
    let (whole, fraction) = clock.split_once(['.', ',']).unwrap_or((clock, ""));
    if clock.ends_with(['.', ',']) || !fraction.bytes().all(|b| b.is_ascii_digit()) {
        return None;
    }
    let mut parts = whole.split(':');
    let (hours, minutes) = (two(parts.next()?, 24)?, two(parts.next()?, 59)?);
    let seconds = parts.next().map_or(Some(0), |s| two(s, 60))?;
    if parts.next().is_some() || (hours == 24 && (minutes, seconds) != (0, 0)) {
        return None;
    }
    let micros = fraction
        .bytes()
        .chain(std::iter::repeat(b'0'))
        .take(6)
        .fold(0, |sum, digit| sum * 10 + i64::from(digit - b'0'));
    let offset = zone_minutes(zone)?;
    let start = Moment::start_of_utc(day).micros();
    let local = start + ((hours * 60 + minutes) * 60 + seconds) * 1_000_000 + micros;
    Some(Time {
        at: Moment::from_micros(local - offset * 60_000_000),
        offset,
    })
}

fn two(text: &str, most: i64) -> Option<i64> {
    let good = text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit());
    let number: i64 = good.then(|| text.parse().ok()).flatten()?;
    (number <= most).then_some(number)
}

fn zone_minutes(zone: &str) -> Option<i64> {
    if matches!(zone, "" | "Z" | "z") {
        return Some(0);
    }
    let (sign, digits) = match zone.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match digits.len() {
        2 => (digits, "00"),
        4 => digits.split_at(2),
        5 => digits.split_once(':')?,
        _ => return None,
    };
    let minutes = two(hours, 23)? * 60 + two(minutes, 59)?;
    (sign == 1 || minutes != 0).then_some(sign * minutes)
}

/// A duration of ISO 8601: `PT4H35M59.14S`, `P4W`; a fraction in the last part only.
pub(crate) fn is_duration(text: &str) -> bool {
    let Some(rest) = text.strip_prefix('P') else {
        return false;
    };
    if let Some(weeks) = rest.strip_suffix('W') {
        return number(weeks).is_some();
    }
    let (days, clock) = match rest.split_once('T') {
        Some((_, "")) => return false,
        Some((days, clock)) => (days, clock),
        None => (rest, ""),
    };
    if days.is_empty() && clock.is_empty() {
        return false;
    }
    let mut broken = false;
    parts(days, "YMD", &mut broken) && parts(clock, "HMS", &mut broken)
}

fn parts(text: &str, units: &str, broken: &mut bool) -> bool {
    let mut units = units.chars();
    let mut rest = text;
    while !rest.is_empty() {
        let Some(end) = rest.find(|c: char| c.is_ascii_alphabetic()) else {
            return false;
        };
        let (digits, tail) = rest.split_at(end);
        let unit = tail.chars().next().unwrap_or(' ');
        let fits = units.any(|known| known == unit);
        let Some(whole) = number(digits).filter(|_| fits && !*broken) else {
            return false;
        };
        *broken = !whole;
        rest = tail.get(1..).unwrap_or("");
    }
    true
}

/// Whether the digits are a whole number; none when they are no number.
fn number(text: &str) -> Option<bool> {
    let (whole, fraction) = match text.split_once(['.', ',']) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (text, None),
    };
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    (digits(whole) && fraction.is_none_or(digits)).then_some(fraction.is_none())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_a_scheme_and_no_blanks() {
        for (text, good) in [
            ("http://a.example/b?c#d", true),
            ("act:x", true),
            ("urn:uuid:1", true),
            ("ab=c://should.fail.com", false),
            ("should fail", false),
            ("should.fail.com", false),
            ("1a:b", false),
            ("http:", false),
            ("http://مثال.example/س", true),
        ] {
            assert_eq!(is_iri(text), good, "{text}");
        }
    }

    #[test]
    fn times_are_read_whatever_their_zone() {
        for (text, micros) in [
            ("1970-01-01T00:00:01Z", Some(1_000_000)),
            ("1970-01-01T02:00:00.5+02:00", Some(500_000)),
            ("1970-01-01T00:00:00-0100", Some(3_600_000_000)),
            ("1970-01-01T00:00:00", Some(0)),
            ("2008-09-15T15:53:00.601-00", None),
            ("2008-09-15T15:53:00.601-0000", None),
            ("2008-09-15T15:53:00.601-00:00", None),
            ("01/011/2015", None),
            ("2008-09-15T25:53:00Z", None),
            ("2008-02-30T00:00:00Z", None),
            ("2008-09-15", None),
        ] {
            assert_eq!(time(text).map(|t| t.at.micros()), micros, "{text}");
        }
    }

    #[test]
    fn durations_follow_their_grammar() {
        for (text, good) in [
            ("PT4H35M59.14S", true),
            ("P3Y1M29DT4H35M59.14S", true),
            ("P3Y", true),
            ("P4W", true),
            ("PT1H0M0.1S", true),
            ("P4W1D", false),
            ("PA1H0M0S", false),
            ("P", false),
            ("PT", false),
            ("PT1.5H3S", false),
            ("P1S", false),
            ("PT1M1H", false),
            ("", false),
        ] {
            assert_eq!(is_duration(text), good, "{text}");
        }
    }

    #[test]
    fn languages_follow_their_grammar() {
        for (text, good) in [
            ("en", true),
            ("zh-Hant-TW", true),
            ("x-klingon", true),
            ("a12345", false),
            ("a12345678", false),
            ("", false),
            ("en_US", false),
        ] {
            assert_eq!(is_language(text), good, "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn nothing_makes_the_readers_panic(text in ".{0,40}") {
            let _ = (is_iri(&text), is_mailbox(&text), is_language(&text), time(&text), is_duration(&text));
        }
    }
}
