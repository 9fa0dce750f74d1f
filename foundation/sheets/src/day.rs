//! Days as people write them; a day that could be two days is refused.

use jiff::ToSpan;
use jiff::civil::Date;

use crate::fold::{digit, fold};

/// Which of two numbers is the day, as far as the cells of a column prove it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum DayOrder {
    /// Nothing proves either.
    #[default]
    Unproved,
    /// 09/03/2026 is in March.
    DayFirst,
    /// 09/03/2026 is in September.
    MonthFirst,
    /// Some cells prove one and some the other.
    Mixed,
}

/// Why a text is no day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Fault {
    NotDay,
    Ambiguous,
    /// A year of two digits.
    ShortYear,
}

/// Names of months, folded: English, French, Spanish, Portuguese, Arabic of Egypt and the
/// Gulf, Arabic of the Levant, Arabic of the Maghreb. Shorter forms are recognised by their
/// beginning.
const MONTHS: [&[&str]; 12] = [
    &[
        "january",
        "janvier",
        "enero",
        "janeiro",
        "يناير",
        "كانونالثاني",
        "جانفي",
    ],
    &[
        "february",
        "fevrier",
        "febrero",
        "fevereiro",
        "فبراير",
        "شباط",
        "فيفري",
    ],
    &["march", "mars", "marzo", "marco", "مارس", "اذار"],
    &["april", "avril", "abril", "ابريل", "نيسان", "افريل"],
    &["may", "mai", "mayo", "maio", "مايو", "ايار", "ماي"],
    &["june", "juin", "junio", "junho", "يونيو", "حزيران", "جوان"],
    &[
        "july",
        "juillet",
        "julio",
        "julho",
        "يوليو",
        "تموز",
        "جويليه",
    ],
    &["august", "aout", "agosto", "اغسطس", "اب", "اوت"],
    &[
        "september",
        "septembre",
        "septiembre",
        "setiembre",
        "setembro",
        "سبتمبر",
        "ايلول",
    ],
    &[
        "october",
        "octobre",
        "octubre",
        "outubro",
        "اكتوبر",
        "تشرينالاول",
    ],
    &[
        "november",
        "novembre",
        "noviembre",
        "novembro",
        "نوفمبر",
        "تشرينالثاني",
    ],
    &[
        "december",
        "decembre",
        "diciembre",
        "dezembro",
        "ديسمبر",
        "كانونالاول",
    ],
];

/// Reads a day.
pub(crate) fn parse(text: &str, order: DayOrder) -> Result<Date, Fault> {
    let text = without_time(text);
    if let Some((first, second, year)) = numbers(&text) {
        return by_numbers(first, second, &year, order);
    }
    if let Some(serial) = serial(&text) {
        return serial_day(serial).ok_or(Fault::NotDay);
    }
    by_words(&text)
}

/// What one cell proves about the order of its column.
pub(crate) fn proof(text: &str) -> DayOrder {
    match numbers(&without_time(text)) {
        Some((first, second, year)) if year.len() <= 4 && first <= 31 && second <= 31 => {
            match (first > 12, second > 12) {
                (true, false) => DayOrder::DayFirst,
                (false, true) => DayOrder::MonthFirst,
                _ => DayOrder::Unproved,
            }
        }
        _ => DayOrder::Unproved,
    }
}

/// ASCII digits, and the time of day cut off: "2026-03-09T00:00:00", "9/3/2026 00:00".
fn without_time(text: &str) -> String {
    let plain: String = text
        .trim()
        .chars()
        .map(|letter| digit(letter).unwrap_or(letter))
        .collect();
    if let Some((day, time)) = plain.split_once('T')
        && day.len() == 10
        && time.starts_with(|c: char| c.is_ascii_digit())
    {
        return day.to_owned();
    }
    match plain.rsplit_once(' ') {
        Some((day, time)) if time.contains(':') => without_time(day),
        _ => plain,
    }
}

/// Three numbers with one separator between them, the year last or first. A year that comes
/// first is marked by its fifth letter.
fn numbers(text: &str) -> Option<(u8, u8, String)> {
    let separator = text
        .chars()
        .find(|letter| matches!(letter, '-' | '/' | '.'))?;
    let parts: Vec<&str> = text.split(separator).map(str::trim).collect();
    let [first, second, third] = parts.as_slice() else {
        return None;
    };
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if ![first, second, third]
        .into_iter()
        .all(|part| is_number(part))
    {
        return None;
    }
    if first.len() == 4 {
        return Some((
            second.parse().ok()?,
            third.parse().ok()?,
            format!("{first}y"),
        ));
    }
    Some((
        first.parse().ok()?,
        second.parse().ok()?,
        (*third).to_owned(),
    ))
}

fn by_numbers(first: u8, second: u8, year: &str, order: DayOrder) -> Result<Date, Fault> {
    if let Some(year) = year.strip_suffix('y') {
        return date(year, first, second);
    }
    if year.len() == 2 {
        return Err(Fault::ShortYear);
    }
    let day_first = match (first > 12, second > 12) {
        (true, false) => true,
        (false, true) => false,
        (true, true) => return Err(Fault::NotDay),
        (false, false) if first == second => true,
        (false, false) => match order {
            DayOrder::DayFirst => true,
            DayOrder::MonthFirst => false,
            DayOrder::Unproved | DayOrder::Mixed => return Err(Fault::Ambiguous),
        },
    };
    let (day, month) = if day_first {
        (first, second)
    } else {
        (second, first)
    };
    date(year, month, day)
}

/// "9 March 2026", "March 9, 2026", "1er mars 2026", "9 de marzo de 2026", "٩ مارس ٢٠٢٦".
fn by_words(text: &str) -> Result<Date, Fault> {
    let words: Vec<String> = text
        .split([' ', '-', '/', ',', '.', '\u{A0}'])
        .filter(|word| !word.is_empty())
        .map(fold)
        .filter(|word| !matches!(word.as_str(), "de" | "del" | "of" | "le"))
        .collect();
    let month_name: String = words
        .iter()
        .filter(|word| !word.starts_with(|c: char| c.is_ascii_digit()))
        .map(String::as_str)
        .collect();
    let month = month_named(&month_name).ok_or(Fault::NotDay)?;
    let numbers: Vec<&str> = words
        .iter()
        .filter(|word| word.starts_with(|c: char| c.is_ascii_digit()))
        .map(|word| {
            ["st", "nd", "rd", "th", "er"]
                .iter()
                .find_map(|ending| word.strip_suffix(ending))
                .unwrap_or(word)
        })
        .collect();
    match numbers.as_slice() {
        [year, day] | [day, year] if year.len() == 4 && day.len() <= 2 => {
            date(year, month, day.parse().map_err(|_| Fault::NotDay)?)
        }
        [_, year] if year.len() == 2 => Err(Fault::ShortYear),
        _ => Err(Fault::NotDay),
    }
}

/// The month whose name this is, or whose name begins so and no other's.
fn month_named(name: &str) -> Option<u8> {
    let mut found = (1..).zip(MONTHS).filter(|(_, names)| {
        names
            .iter()
            .any(|full| *full == name || (name.len() >= 3 && full.starts_with(name)))
    });
    let exact = (1..).zip(MONTHS).find(|(_, names)| names.contains(&name));
    if let Some((month, _)) = exact {
        return Some(month);
    }
    let (month, _) = found.next()?;
    found.next().is_none().then_some(month)
}

/// A day counted by a spreadsheet program, 1927 to 2119; smaller and larger numbers are
/// something else.
fn serial(text: &str) -> Option<i64> {
    let whole = text.split_once('.').map_or(text, |(whole, _)| whole);
    whole
        .parse()
        .ok()
        .filter(|days| (10_000..=80_000).contains(days))
}

fn serial_day(days: i64) -> Option<Date> {
    // Excel counts 1900 as a leap year, so from March 1900 its first day is 30 December 1899.
    Date::new(1899, 12, 30).ok()?.checked_add(days.days()).ok()
}

fn date(year: &str, month: u8, day: u8) -> Result<Date, Fault> {
    let year = year
        .parse()
        .ok()
        .filter(|year| (1000..=2999).contains(year));
    let (month, day) = (i8::try_from(month), i8::try_from(day));
    match (year, month, day) {
        (Some(year), Ok(month), Ok(day)) => Date::new(year, month, day).map_err(|_| Fault::NotDay),
        _ => Err(Fault::NotDay),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_as_people_write_them() {
        for text in [
            "2026-03-09",
            "2026/03/09",
            "2026-03-09T00:00:00",
            "2026-03-09 08:30",
            "9 March 2026",
            "9th Mar 2026",
            "March 9, 2026",
            "9-Mar-2026",
            "9 mars 2026",
            "le 9 mars 2026",
            "9 de marzo de 2026",
            "٩ مارس ٢٠٢٦",
            "9 آذار 2026",
            "٢٠٢٦-٠٣-٠٩",
            "46090",
        ] {
            assert_eq!(
                parse(text, DayOrder::Unproved),
                Ok(Date::constant(2026, 3, 9)),
                "{text}"
            );
        }
        assert_eq!(
            parse("1er août 2026", DayOrder::Mixed),
            Ok(Date::constant(2026, 8, 1))
        );
        assert_eq!(
            parse("13/03/2026", DayOrder::Mixed),
            Ok(Date::constant(2026, 3, 13))
        );
        assert_eq!(
            parse("3.3.2026", DayOrder::Unproved),
            Ok(Date::constant(2026, 3, 3))
        );
    }

    #[test]
    fn an_ambiguous_day_needs_proof() {
        assert_eq!(
            parse("09/03/2026", DayOrder::Unproved),
            Err(Fault::Ambiguous)
        );
        assert_eq!(parse("09/03/2026", DayOrder::Mixed), Err(Fault::Ambiguous));
        assert_eq!(
            parse("09/03/2026", DayOrder::DayFirst),
            Ok(Date::constant(2026, 3, 9))
        );
        assert_eq!(
            parse("09/03/2026", DayOrder::MonthFirst),
            Ok(Date::constant(2026, 9, 3))
        );
    }

    #[test]
    fn what_is_no_day_is_refused() {
        for text in [
            "30/02/2026",
            "2026-13-01",
            "soon",
            "32/01/2026",
            "5",
            "13/13/2026",
            "ma 2026",
        ] {
            assert_eq!(
                parse(text, DayOrder::DayFirst),
                Err(Fault::NotDay),
                "{text}"
            );
        }
        assert_eq!(parse("13/03/26", DayOrder::DayFirst), Err(Fault::ShortYear));
        assert_eq!(parse("9 ju 2026", DayOrder::DayFirst), Err(Fault::NotDay));
    }
}
