//! What CASE calls grades, subjects and kinds of entries, and what this room calls them.

use crate::framework::GRADE_MAX;
use base::{Day, Moment};

/// A moment as ISO 8601 writes it, with its offset; a day alone begins it.
pub(crate) fn moment(text: &str) -> Option<Moment> {
    let day = Day::parse(text.get(..10)?)?;
    let start = Moment::start_of_utc(day);
    let rest = text.get(10..)?;
    if rest.is_empty() {
        return Some(start);
    }
    let rest = rest.strip_prefix(['T', 't', ' '])?;
    let (clock, offset) = match rest.find(['Z', 'z', '+', '-']) {
        Some(at) => rest.split_at(at),
        None => (rest, "Z"),
    };
    let mut parts = clock.splitn(3, ':');
    let whole = |text: Option<&str>, most: i64| -> Option<i64> {
        let number = text?.parse::<i64>().ok()?;
        (0..=most).contains(&number).then_some(number)
    };
    let hours = whole(parts.next(), 24)?;
    let minutes = whole(parts.next(), 59)?;
    let seconds = match parts.next() {
        None => 0,
        Some(text) => whole(text.split('.').next(), 60)?,
    };
    let shift = if offset.eq_ignore_ascii_case("z") {
        0
    } else {
        let digits: String = offset.get(1..)?.chars().filter(|c| *c != ':').collect();
        let hours = whole(digits.get(..2), 23)?;
        let minutes = whole(digits.get(2..4).or(Some("0")), 59)?;
        let sign = if offset.starts_with('-') { -1 } else { 1 };
        sign * (hours * 3600 + minutes * 60)
    };
    Some(start.plus_seconds(hours * 3600 + minutes * 60 + seconds - shift))
}

/// The grade of a level's code: `KG`, `04`, `4`; none for what is no single grade.
fn grade(code: &str) -> Option<i64> {
    let code = code.trim();
    match code.to_ascii_uppercase().as_str() {
        "KG" | "K" | "PK" | "TK" | "PR" => Some(0),
        _ if code.len() <= 2 => code.parse().ok().filter(|n| (0..=GRADE_MAX).contains(n)),
        _ => None,
    }
}

/// The first and last grade of levels; none when no grade is among them.
pub(crate) fn grades(codes: &[String]) -> Option<(i64, i64)> {
    let known: Vec<i64> = codes.iter().filter_map(|code| grade(code)).collect();
    Some((*known.iter().min()?, *known.iter().max()?))
}

/// The codes of levels from one grade to another.
pub(crate) fn codes(from: i64, to: i64) -> Vec<String> {
    let code = |grade| match grade {
        0 => "KG".to_owned(),
        grade => format!("{grade:02}"),
    };
    (from..=to).map(code).collect()
}

const SUBJECT_NAMES: [(&str, &str, &[&str]); 13] = [
    ("mathematics", "Mathematics", &["math", "رياضيات", "matem"]),
    (
        "language",
        "Language",
        &[
            "langu",
            "literacy",
            "read",
            "francais",
            "english",
            "arab",
            "kiswahili",
            "swahili",
            "lecture",
            "لغه",
        ],
    ),
    (
        "science",
        "Science",
        &["scien", "physic", "chimi", "chemi", "biolog", "علوم"],
    ),
    (
        "social_studies",
        "Social studies",
        &["social", "histor", "geogra", "civic", "civique", "اجتماع"],
    ),
    (
        "life_skills",
        "Life skills",
        &["life skill", "health", "sante", "مهارات"],
    ),
    ("arts", "Arts", &["art", "music", "musique", "فنون"]),
    (
        "physical_education",
        "Physical education",
        &["physical ed", "sport", "education physique", "بدنيه"],
    ),
    (
        "religion",
        "Religious education",
        &["relig", "islam", "دين"],
    ),
    (
        "technology",
        "Technology",
        &["technolog", "comput", "informati", "ict"],
    ),
    (
        "vocational",
        "Vocational training",
        &["vocation", "career", "professionnel", "trade", "agricult"],
    ),
    (
        "early_learning",
        "Early learning",
        &["early", "pre primary", "kindergarten"],
    ),
    (
        "teacher_training",
        "Training of teachers",
        &["teacher", "pedagog", "enseignant"],
    ),
    ("other", "Another subject", &[]),
];

/// The subject meant by what a document calls it.
pub(crate) fn subject(said: &[String]) -> &'static str {
    // What is more special comes first: physical education is not physics.
    const ORDER: [usize; 13] = [6, 11, 10, 3, 7, 4, 8, 9, 0, 2, 1, 5, 12];
    let folded: Vec<String> = said.iter().map(|text| base::fold(text)).collect();
    let exact = |(code, name, _): &&(&'static str, &str, &[&str])| {
        folded
            .iter()
            .any(|text| *text == base::fold(name) || *text == base::fold(code))
    };
    if let Some((code, ..)) = SUBJECT_NAMES.iter().find(exact) {
        return code;
    }
    let means = |at: &usize| {
        let (code, _, signs) = SUBJECT_NAMES.get(*at)?;
        let told = folded.iter().any(|text| {
            signs.iter().any(|sign| {
                text.starts_with(sign)
                    || text.contains(&format!(" {sign}"))
                    || (!sign.is_ascii() && text.contains(sign))
            })
        });
        told.then_some(*code)
    };
    ORDER.iter().find_map(means).unwrap_or("other")
}

/// What a subject is called in exchange.
pub(crate) fn subject_name(code: &str) -> &'static str {
    let found = SUBJECT_NAMES.iter().find(|(known, ..)| *known == code);
    found.map_or("Another subject", |(_, name, _)| *name)
}

const KIND_NAMES: [(&str, &str, &[&str]); 6] = [
    (
        "strand",
        "Strand",
        &[
            "strand",
            "domain",
            "section",
            "conceptual category",
            "area",
            "domaine",
        ],
    ),
    (
        "sub_strand",
        "Sub-strand",
        &["sub strand", "substrand", "cluster", "sous domaine"],
    ),
    (
        "topic",
        "Topic",
        &["topic", "unit", "theme", "chapter", "grade level", "course"],
    ),
    (
        "competency",
        "Competency",
        &[
            "competency",
            "competence",
            "standard",
            "content standard",
            "expectation",
            "component",
            "skill",
        ],
    ),
    (
        "outcome",
        "Learning outcome",
        &[
            "learning outcome",
            "specific learning outcome",
            "outcome",
            "objective",
            "indicator",
            "learning target",
        ],
    ),
    ("value", "Value", &["value", "attitude"]),
];

/// The kind of entry meant by what a document calls it.
pub(crate) fn kind(said: &str) -> &'static str {
    let folded = base::fold(said);
    let means = |(_, _, signs): &&(&str, &str, &[&str])| signs.contains(&folded.as_str());
    let found = KIND_NAMES.iter().find(means);
    found.map_or("competency", |(code, ..)| *code)
}

/// What a kind is called in exchange.
pub(crate) fn kind_name(code: &str) -> &'static str {
    let found = KIND_NAMES.iter().find(|(known, ..)| *known == code);
    found.map_or("Competency", |(_, name, _)| *name)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]
    use super::*;
    use crate::framework::{KINDS, SUBJECTS};

    #[test]
    fn every_code_comes_back_from_its_name() {
        for code in SUBJECTS {
            assert_eq!(subject(&[subject_name(code).to_owned()]), *code);
        }
        for code in KINDS {
            assert_eq!(kind(kind_name(code)), *code);
        }
        for (from, to) in [(0, 0), (0, 3), (4, 4), (3, 13)] {
            assert_eq!(grades(&codes(from, to)), Some((from, to)));
        }
    }

    #[test]
    fn subjects_are_known_by_many_names() {
        for (said, code) in [
            ("Math", "mathematics"),
            ("Mathématiques", "mathematics"),
            ("English Language Arts", "language"),
            ("Physics", "science"),
            ("Physical Education and Sports", "physical_education"),
            ("العلوم", "science"),
            ("Zoo", "other"),
        ] {
            assert_eq!(subject(&[said.to_owned()]), code, "{said}");
        }
    }

    #[test]
    fn moments_are_read_with_their_offsets() {
        for (text, read) in [
            ("2026-11-22T10:00:00Z", Some("2026-11-22T10:00:00Z")),
            (
                "2026-11-22T10:00:00.123+03:00",
                Some("2026-11-22T07:00:00Z"),
            ),
            ("2026-11-22T10:00:00-0530", Some("2026-11-22T15:30:00Z")),
            ("2026-11-22", Some("2026-11-22T00:00:00Z")),
            ("2026-11-22T25:00:00Z", None),
            ("yesterday", None),
            ("2026-11-22Tü", None),
        ] {
            assert_eq!(
                moment(text).map(|m| m.to_string()).as_deref(),
                read,
                "{text}"
            );
        }
    }
}
