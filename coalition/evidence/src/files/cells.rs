//! Cells as partners write them: periods in words, figures with «over» and «up to», groups, methods.

use crate::{Comparator, Figure};
use base::Day;

/// Words that stand before a figure, folded, the longer first.
const BEFORE: [(&str, Comparator); 34] = [
    ("nomorethan", Comparator::AtMost),
    ("morethan", Comparator::AtLeast),
    ("atleast", Comparator::AtLeast),
    ("atmost", Comparator::AtMost),
    ("plusde", Comparator::AtLeast),
    ("aumoins", Comparator::AtLeast),
    ("auplus", Comparator::AtMost),
    ("jusqua", Comparator::AtMost),
    ("environ", Comparator::About),
    ("presde", Comparator::About),
    ("masde", Comparator::AtLeast),
    ("almenos", Comparator::AtLeast),
    ("comomaximo", Comparator::AtMost),
    ("hasta", Comparator::AtMost),
    ("alrededorde", Comparator::About),
    ("unos", Comparator::About),
    ("upto", Comparator::AtMost),
    ("over", Comparator::AtLeast),
    ("about", Comparator::About),
    ("around", Comparator::About),
    ("approximately", Comparator::About),
    ("approx", Comparator::About),
    ("nearly", Comparator::About),
    ("some", Comparator::About),
    ("circa", Comparator::About),
    ("exactly", Comparator::Equal),
    ("exact", Comparator::Equal),
    ("equal", Comparator::Equal),
    ("اكثرمن", Comparator::AtLeast),
    ("علىالاقل", Comparator::AtLeast),
    ("حتى", Comparator::AtMost),
    ("حوالي", Comparator::About),
    ("نحو", Comparator::About),
    ("ca", Comparator::About),
];

/// Signs that stand before a figure, the longer first.
const SIGNS: [(&str, Comparator); 8] = [
    (">=", Comparator::AtLeast),
    ("<=", Comparator::AtMost),
    ("≥", Comparator::AtLeast),
    ("≤", Comparator::AtMost),
    (">", Comparator::AtLeast),
    ("<", Comparator::AtMost),
    ("~", Comparator::About),
    ("≈", Comparator::About),
];

/// The comparator a word or sign of its own column stands for.
pub(crate) fn comparator(text: &str) -> Option<Comparator> {
    let text = text.trim();
    if matches!(text, "" | "=") {
        return Some(Comparator::Equal);
    }
    let sign = SIGNS.iter().find(|(sign, _)| *sign == text);
    let folded = sheets::fold(text);
    let word = BEFORE.iter().find(|(word, _)| *word == folded);
    sign.or(word).map(|(_, comparator)| *comparator)
}

/// A figure in words: «over 200», «~ 300», «100–120», «up to 1 000».
pub(crate) fn figure(text: &str) -> Option<Figure> {
    let text = text.trim();
    let made = |comparator, low, high| {
        Some(Figure {
            comparator,
            low,
            high,
        })
    };
    for (sign, comparator) in SIGNS {
        if let Some(rest) = text.strip_prefix(sign) {
            return of(comparator, number(rest)?);
        }
    }
    if let Some(start) = text.find(|c: char| c.is_ascii_digit())
        && start > 0
    {
        let (word, rest) = text.split_at_checked(start)?;
        let folded = sheets::fold(word);
        let (_, comparator) = BEFORE.iter().find(|(word, _)| *word == folded)?;
        return of(*comparator, number(rest)?);
    }
    for between in ["–", "—", " - ", "-", " to ", " à ", " a "] {
        if let Some((low, high)) = text.split_once(between) {
            let (low, high) = (number(low)?, number(high)?);
            return (low <= high)
                .then_some(())
                .and_then(|()| made(Comparator::Equal, Some(low), Some(high)));
        }
    }
    of(Comparator::Equal, number(text)?)
}

fn of(comparator: Comparator, value: i64) -> Option<Figure> {
    crate::claims::rules::figure(comparator, Some(value), None, None).ok()
}

/// A whole number with spaces or marks between its thousands.
fn number(text: &str) -> Option<i64> {
    let text = text.trim().trim_end_matches('+');
    let parts: Vec<&str> = text
        .split([' ', '\u{a0}', '\u{202f}', ',', '.', '\''])
        .collect();
    let digits = |part: &&str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
    let (first, rest) = parts.split_first()?;
    let grouped =
        digits(first) && first.len() <= 3 && rest.iter().all(|p| digits(p) && p.len() == 3);
    if rest.is_empty() && digits(first) || grouped {
        parts.concat().parse().ok()
    } else {
        None
    }
}

const MONTHS: [[&str; 4]; 12] = [
    ["january", "janvier", "enero", "jan"],
    ["february", "fevrier", "febrero", "feb"],
    ["march", "mars", "marzo", "mar"],
    ["april", "avril", "abril", "apr"],
    ["may", "mai", "mayo", "may"],
    ["june", "juin", "junio", "jun"],
    ["july", "juillet", "julio", "jul"],
    ["august", "aout", "agosto", "aug"],
    ["september", "septembre", "septiembre", "sep"],
    ["october", "octobre", "octubre", "oct"],
    ["november", "novembre", "noviembre", "nov"],
    ["december", "decembre", "diciembre", "dec"],
];

/// The days a text speaks of: «2026-08-14», «2026-08», «2026», «Q3 2026», «T3 2026», «August 2026»,
/// «July – September 2026». None when it is none of these.
pub(crate) fn period(text: &str) -> Option<(Day, Day)> {
    let text = text.trim();
    let iso = text.split_once('T').map_or(text, |(day, _)| day);
    if let Some(day) = Day::parse(iso) {
        return Some((day, day));
    }
    let folded = base::fold(text);
    let words: Vec<&str> = folded
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .collect();
    let year = words.iter().find_map(|word| {
        let year: i16 = word.parse().ok()?;
        (word.len() == 4 && (1990..=2100).contains(&year)).then_some(year)
    })?;
    let months: Vec<i8> = words.iter().filter_map(|word| month(word)).collect();
    let quarter = words.iter().find_map(|word| quarter(word));
    let plain: Option<i8> = (words.len() == 2)
        .then(|| {
            words
                .iter()
                .find_map(|word| word.parse().ok().filter(|m| (1..=12).contains(m)))
        })
        .flatten();
    match (words.len(), quarter, months.as_slice(), plain) {
        (1, ..) => span(year, 1, 12),
        (2, Some(quarter), ..) => span(year, quarter * 3 - 2, quarter * 3),
        (2, None, [one], _) => span(year, *one, *one),
        (2, None, [], Some(month)) => span(year, month, month),
        (3, None, [first, last], _) => span(year, *first, *last),
        _ => None,
    }
}

fn month(word: &str) -> Option<i8> {
    let at = MONTHS.iter().position(|names| names.contains(&word))?;
    i8::try_from(at + 1).ok()
}

fn quarter(word: &str) -> Option<i8> {
    let rest = word.strip_prefix(['q', 't'])?;
    rest.parse()
        .ok()
        .filter(|quarter| (1..=4).contains(quarter))
}

/// From the first day of a month to the last of another of the same year.
fn span(year: i16, first: i8, last: i8) -> Option<(Day, Day)> {
    let from = Day::new(year, first, 1)?;
    let after = if last == 12 {
        Day::new(year + 1, 1, 1)?
    } else {
        Day::new(year, last + 1, 1)?
    };
    (first <= last).then(|| (from, after.plus(-1)))
}

/// Words partners use for the methods, folded.
const METHOD_WORDS: [(&str, &[&str]); 7] = [
    (
        "attendance",
        &[
            "attendance",
            "attendancelist",
            "attendancelists",
            "presence",
            "listesdepresence",
            "asistencia",
            "listasdeasistencia",
            "الحضور",
        ],
    ),
    (
        "register",
        &[
            "register",
            "schoolregister",
            "registre",
            "registro",
            "matricula",
            "السجل",
        ],
    ),
    (
        "head_count",
        &["headcount", "count", "comptage", "conteo", "عد"],
    ),
    (
        "platform_log",
        &[
            "platformlog",
            "log",
            "logs",
            "journal",
            "registrosdelaplataforma",
            "platform",
        ],
    ),
    (
        "delivery_note",
        &[
            "deliverynote",
            "deliverynotes",
            "bondelivraison",
            "notadeentrega",
        ],
    ),
    ("survey", &["survey", "enquete", "encuesta", "مسح"]),
    (
        "estimate",
        &["estimate", "estimation", "estimacion", "تقدير"],
    ),
];

/// The method a cell speaks of; anything else is another one.
pub(crate) fn method(text: &str) -> &'static str {
    let folded = sheets::fold(text);
    let known = METHOD_WORDS
        .iter()
        .find(|(code, words)| *code == text || words.contains(&folded.as_str()));
    known.map_or("other", |(code, _)| code)
}

/// Whether a cell says that the row adds up others.
pub(crate) fn is_total(text: &str) -> bool {
    let folded = sheets::fold(text);
    [
        "total",
        "totals",
        "grandtotal",
        "subtotal",
        "sum",
        "totaux",
        "soustotal",
        "ensemble",
        "suma",
        "totales",
        "المجموع",
        "الاجمالي",
    ]
    .contains(&folded.as_str())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn figures_in_words_keep_their_comparator() {
        let said = |text: &str| figure(text).map(|f| (f.comparator.sign(), f.low, f.high));
        assert_eq!(said("40"), Some(("=", Some(40), Some(40))));
        assert_eq!(said("over 1,200"), Some(("≥", Some(1_200), None)));
        assert_eq!(said("up to 1 000"), Some(("≤", None, Some(1_000))));
        assert_eq!(said("jusqu’à 55"), Some(("≤", None, Some(55))));
        assert_eq!(said("~300"), Some(("~", Some(300), Some(300))));
        assert_eq!(said("100–120"), Some(("=", Some(100), Some(120))));
        assert_eq!(said("some 200"), Some(("~", Some(200), Some(200))));
        for wrong in [
            "",
            "abc",
            "12,5",
            "1.23",
            "120-100",
            "forty",
            "12 learners",
            "over",
            "-5",
        ] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }

    #[test]
    fn periods_in_words() {
        let said = |text: &str| period(text).map(|(a, b)| format!("{a} {b}"));
        let is = |text: &str, days: &str| assert_eq!(said(text).as_deref(), Some(days), "{text}");
        is("2026-08-14", "2026-08-14 2026-08-14");
        is("2026-08-14T09:00:00", "2026-08-14 2026-08-14");
        is("2026-08", "2026-08-01 2026-08-31");
        is("2022", "2022-01-01 2022-12-31");
        is("Q3 2026", "2026-07-01 2026-09-30");
        is("2026-T4", "2026-10-01 2026-12-31");
        is("Août 2026", "2026-08-01 2026-08-31");
        is("July – September 2026", "2026-07-01 2026-09-30");
        for wrong in ["", "soon", "Q5 2026", "13/2026", "1/2/2026", "Sept"] {
            assert_eq!(said(wrong), None, "{wrong}");
        }
    }

    proptest! {
        #[test]
        fn nothing_makes_the_readers_stumble(text in "\\PC{0,24}") {
            if let Some(found) = figure(&text) {
                prop_assert!(found.low.is_some() || found.high.is_some());
                prop_assert!(found.low.unwrap_or(0) <= found.high.unwrap_or(i64::MAX));
            }
            if let Some((from, to)) = period(&text) {
                prop_assert!(from <= to);
            }
            let _ = (comparator(&text), method(&text), is_total(&text));
        }
    }
}
