//! What a unit reports, as rules: what is taken, what it comes to, what is told to the record store.

use base::{Id, Refusal, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;

/// Elements one report may set.
const ELEMENTS: usize = 4_000;
/// Bytes of one value: 64,000 signs of any script.
const VALUE: usize = 256_000;
/// Elements and bytes kept for one learner's unit.
pub(crate) const MOST: (i64, i64) = (10_000, 2_000_000);
/// The mark by which a unit says that it has begun; it is kept nowhere.
const BEGUN: &str = "cmi.begun";

/// One report: what was set since the last one.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Report {
    /// When the page was opened: a later opening is the one that counts.
    pub session: i64,
    /// The reports of an opening count up.
    pub number: i64,
    pub set: BTreeMap<String, String>,
    pub begun: bool,
    /// The unit has said that it is over.
    pub end: bool,
}

impl Report {
    /// Whether it says anything of how the work is.
    pub(crate) fn judges(&self) -> bool {
        JUDGING.iter().any(|name| self.set.contains_key(*name))
    }

    /// Whether it says anything of objectives or of progress.
    pub(crate) fn speaks_of_objectives(&self) -> bool {
        let mut names = self.set.keys();
        names.any(|name| name.starts_with("cmi.objectives.") || name == "cmi.progress_measure")
    }

    /// Reads what was sent.
    ///
    /// # Errors
    /// Refused when it is no report or larger than any.
    pub(crate) fn read(body: &[u8]) -> Result<Self> {
        let no = || Refusal::whole("package-report-unreadable");
        let sent: Value = serde_json::from_slice(body).map_err(|_| no())?;
        let whole = |name: &str| {
            let number = sent.get(name).and_then(Value::as_i64);
            number.filter(|n| (0..=1 << 53).contains(n)).ok_or_else(no)
        };
        let set = sent.get("set").and_then(Value::as_object).ok_or_else(no)?;
        if set.len() > ELEMENTS {
            return Err(Refusal::whole("package-report-large").into());
        }
        let mut out = Self {
            session: whole("session")?,
            number: whole("number")?,
            end: sent.get("end").and_then(Value::as_bool).unwrap_or_default(),
            ..Self::default()
        };
        for (element, value) in set {
            let value = value.as_str().ok_or_else(no)?;
            if element == BEGUN {
                out.begun = true;
                continue;
            }
            if !is_element(element) {
                return Err(no().into());
            }
            if value.len() > VALUE {
                return Err(Refusal::whole("package-report-large").into());
            }
            out.set.insert(element.clone(), value.replace('\0', ""));
        }
        Ok(out)
    }
}

fn is_element(name: &str) -> bool {
    let sign = |c: u8| c.is_ascii_lowercase() || c.is_ascii_digit() || b"._".contains(&c);
    (name.starts_with("cmi.") || name.starts_with("adl."))
        && name.len() <= 250
        && name.bytes().all(sign)
}

/// What the elements that matter come to; the names of both versions.
pub(crate) const SUMMARY: [&str; 15] = [
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.score.min",
    "cmi.core.score.max",
    "cmi.core.session_time",
    "cmi.core.exit",
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.score.raw",
    "cmi.score.min",
    "cmi.score.max",
    "cmi.session_time",
    "cmi.exit",
    "cmi.progress_measure",
];

/// Elements by which a unit judges the learner's work.
const JUDGING: [&str; 8] = [
    "cmi.core.lesson_status",
    "cmi.core.score.raw",
    "cmi.core.score.max",
    "cmi.completion_status",
    "cmi.success_status",
    "cmi.score.scaled",
    "cmi.score.raw",
    "cmi.score.max",
];

/// Elements of one session only: they are never handed back.
pub(crate) const PASSING: [&str; 5] = [
    "cmi.core.session_time",
    "cmi.core.exit",
    "cmi.session_time",
    "cmi.exit",
    "adl.nav.request",
];

/// How a learner's unit stands.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Standing {
    /// Whether it is completed; none when the unit never said.
    pub completed: Option<bool>,
    pub passed: Option<bool>,
    /// From -1 to 1.
    pub score: Option<f64>,
    pub seconds: i64,
    pub suspended: bool,
}

/// A number as packages write it.
pub(crate) fn number(text: &str) -> Option<f64> {
    text.parse::<f64>().ok().filter(|value| value.is_finite())
}

/// What the values come to.
pub(crate) fn standing(version: &str, values: &BTreeMap<String, String>, end: bool) -> Standing {
    let get = |name: &str| {
        values
            .get(name)
            .map(String::as_str)
            .filter(|v| !v.is_empty())
    };
    let number = |name: &str| get(name).and_then(number);
    if version == "1.2" {
        let (completed, passed) = match get("cmi.core.lesson_status") {
            Some("passed") => (Some(true), Some(true)),
            Some("failed") => (Some(true), Some(false)),
            Some("completed") => (Some(true), None),
            Some("incomplete" | "browsed") => (Some(false), None),
            _ => (None, None),
        };
        return Standing {
            completed,
            passed,
            score: part(
                number("cmi.core.score.raw"),
                number("cmi.core.score.min"),
                number("cmi.core.score.max"),
                true,
            ),
            seconds: get("cmi.core.session_time").map_or(0, clock),
            suspended: get("cmi.core.exit") == Some("suspend"),
        };
    }
    let suspended = get("cmi.exit") == Some("suspend");
    let completed = match get("cmi.completion_status") {
        Some("completed") => Some(true),
        Some("incomplete" | "not attempted") => Some(false),
        // What says nothing of itself and has ended is done with.
        _ if end && !suspended => Some(true),
        _ => None,
    };
    let passed = match get("cmi.success_status") {
        Some("passed") => Some(true),
        Some("failed") => Some(false),
        _ => None,
    };
    let scaled = number("cmi.score.scaled").map(|score| score.clamp(-1.0, 1.0));
    Standing {
        completed,
        passed,
        score: scaled.or_else(|| {
            part(
                number("cmi.score.raw"),
                number("cmi.score.min"),
                number("cmi.score.max"),
                false,
            )
        }),
        seconds: get("cmi.session_time").map_or(0, span),
        suspended,
    }
}

/// A raw score as a part of what could be had; of a hundred where the older version says no bounds.
fn part(raw: Option<f64>, min: Option<f64>, max: Option<f64>, hundred: bool) -> Option<f64> {
    let (raw, low) = (raw?, min.unwrap_or(0.0));
    let high = max.or_else(|| hundred.then_some(100.0))?;
    (high > low).then(|| ((raw - low) / (high - low)).clamp(0.0, 1.0))
}

/// Most seconds one session is taken to have lasted.
const LONGEST: i64 = 86_400;

/// Seconds of `HHHH:MM:SS.ss`.
fn clock(text: &str) -> i64 {
    let whole = text.split('.').next().unwrap_or_default();
    let seconds = whole.split(':').try_fold(0_i64, |sum, part| {
        let value = part
            .parse::<i64>()
            .ok()
            .filter(|n| (0..=9_999).contains(n))?;
        sum.checked_mul(60)?.checked_add(value)
    });
    seconds.unwrap_or(0).clamp(0, LONGEST)
}

/// Seconds of `PT1H2M3.5S` and the like.
pub(crate) fn span(text: &str) -> i64 {
    #[expect(clippy::cast_possible_truncation, reason = "at most a day")]
    let seconds = formats::scorm::seconds(text).map_or(0, |all| all.min(86_400.0).round() as i64);
    seconds
}

/// Seconds as a version writes a length of time.
pub(crate) fn length(version: &str, seconds: i64) -> String {
    let (hours, minutes, rest) = (seconds / 3_600, seconds / 60 % 60, seconds % 60);
    if version == "1.2" {
        format!("{:04}:{minutes:02}:{rest:02}.00", hours.min(9_999))
    } else {
        format!("PT{hours}H{minutes}M{rest}S")
    }
}

/// What is told to the record store.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Told {
    Initialized,
    Completed,
    Passed,
    Failed,
    Suspended,
    Terminated,
}

impl Told {
    /// The last part of the verb's address.
    pub(crate) const fn verb(self) -> &'static str {
        match self {
            Self::Initialized => "initialized",
            Self::Completed => "completed",
            Self::Passed => "passed",
            Self::Failed => "failed",
            Self::Suspended => "suspended",
            Self::Terminated => "terminated",
        }
    }
}

/// What has happened between two standings.
pub(crate) fn happened(before: &Standing, now: &Standing, report: &Report) -> Vec<Told> {
    let mut out = Vec::new();
    if report.begun {
        out.push(Told::Initialized);
    }
    if now.completed == Some(true) && before.completed != Some(true) {
        out.push(Told::Completed);
    }
    if now.passed.is_some() && (now.passed != before.passed || moved(before.score, now.score)) {
        out.push(if now.passed == Some(true) {
            Told::Passed
        } else {
            Told::Failed
        });
    }
    if report.end {
        out.push(if now.suspended {
            Told::Suspended
        } else {
            Told::Terminated
        });
    }
    out
}

fn moved(before: Option<f64>, now: Option<f64>) -> bool {
    match (before, now) {
        (Some(before), Some(now)) => (before - now).abs() > 1e-9,
        (before, now) => before.is_some() != now.is_some(),
    }
}

/// Which unit of which resource a statement is about.
#[derive(Clone, Copy, Debug)]
pub(crate) struct About<'a> {
    pub resource: Id,
    pub form: Id,
    pub unit: i64,
    pub title: &'a str,
    /// Of the learner's work with this unit.
    pub registration: Id,
    pub version: &'static str,
}

impl About<'_> {
    /// The package as an activity.
    pub(crate) fn package(&self) -> String {
        records::activity("packages", self.form)
    }
    /// Whose way of speaking it follows.
    pub(crate) fn category(&self) -> &'static str {
        if self.version == "h5p" {
            "https://h5p.org/"
        } else {
            "https://w3id.org/xapi/scorm"
        }
    }
}

/// The statement of something that happened, without who and when.
pub(crate) fn statement(told: Told, about: &About<'_>, now: &Standing) -> Value {
    let package = about.package();
    let mut definition = json!({ "type": "http://adlnet.gov/expapi/activities/lesson" });
    if !about.title.is_empty() {
        definition["name"] = json!({ "und": about.title });
    }
    let mut out = json!({
        "verb": { "id": format!("http://adlnet.gov/expapi/verbs/{}", told.verb()) },
        "object": { "id": format!("{package}/units/{}", about.unit + 1), "definition": definition },
        "context": {
            "registration": about.registration.to_string(),
            "contextActivities": {
                "parent": [{ "id": package }],
                "grouping": [{ "id": records::activity("resources", about.resource) }],
                "category": [{ "id": about.category() }],
            },
        },
    });
    if told == Told::Initialized {
        return out;
    }
    let mut result = serde_json::Map::new();
    if let Some(score) = now.score.filter(|_| told != Told::Completed) {
        result.insert("score".to_owned(), json!({ "scaled": score }));
    }
    let ended = matches!(told, Told::Suspended | Told::Terminated);
    if let Some(passed) = now.passed.filter(|_| told != Told::Completed) {
        result.insert("success".to_owned(), passed.into());
    }
    if let Some(completed) = now.completed.filter(|_| ended || told == Told::Completed) {
        result.insert("completion".to_owned(), completed.into());
    }
    if ended && now.seconds > 0 {
        result.insert("duration".to_owned(), format!("PT{}S", now.seconds).into());
    }
    if !result.is_empty() {
        out["result"] = result.into();
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(pairs: &[(&str, &str)]) -> BTreeMap<String, String> {
        let own = pairs
            .iter()
            .map(|(n, v)| ((*n).to_owned(), (*v).to_owned()));
        own.collect()
    }

    #[test]
    fn both_versions_come_to_the_same() {
        let old = values(&[
            ("cmi.core.lesson_status", "passed"),
            ("cmi.core.score.raw", "85"),
            ("cmi.core.session_time", "0000:01:05.50"),
        ]);
        let new = values(&[
            ("cmi.completion_status", "completed"),
            ("cmi.success_status", "passed"),
            ("cmi.score.scaled", "0.85"),
            ("cmi.session_time", "PT1M5S"),
        ]);
        assert_eq!(standing("1.2", &old, true), standing("2004", &new, true));
        assert_eq!(standing("1.2", &old, true).score, Some(0.85));
    }

    #[test]
    fn scores_are_parts_of_what_could_be_had() {
        let of = |pairs: &[(&str, &str)]| standing("1.2", &values(pairs), false).score;
        assert_eq!(of(&[("cmi.core.score.raw", "")]), None);
        assert_eq!(of(&[("cmi.core.score.raw", "abc")]), None);
        let bounds = [("cmi.core.score.raw", "3"), ("cmi.core.score.max", "4")];
        assert_eq!(of(&bounds), Some(0.75));
        let none = [("cmi.core.score.raw", "3"), ("cmi.core.score.max", "0")];
        assert_eq!(of(&none), None);
        let raw = values(&[("cmi.score.raw", "3")]);
        assert_eq!(standing("2004", &raw, false).score, None);
    }

    #[test]
    fn what_says_nothing_of_itself_is_done_when_it_ends_and_not_before() {
        let none = BTreeMap::new();
        assert_eq!(standing("2004", &none, false).completed, None);
        assert_eq!(standing("2004", &none, true).completed, Some(true));
        let left = values(&[("cmi.exit", "suspend")]);
        assert_eq!(standing("2004", &left, true).completed, None);
    }

    #[test]
    fn times_are_read_and_written() {
        for (text, seconds) in [
            ("00:00:10", 10),
            ("0001:00:00.9", 3_600),
            ("x", 0),
            ("9999:00:00", LONGEST),
        ] {
            assert_eq!(clock(text), seconds, "{text}");
        }
        for (text, seconds) in [
            ("PT10S", 10),
            ("P1DT1S", LONGEST),
            ("PT1H30M", 5_400),
            ("PT0.6S", 1),
            ("", 0),
            ("P?", 0),
        ] {
            assert_eq!(span(text), seconds, "{text}");
        }
        assert_eq!(length("1.2", 3_725), "0001:02:05.00");
        assert_eq!(length("2004", 3_725), "PT1H2M5S");
        assert_eq!(span(&length("2004", 3_725)), 3_725);
        assert_eq!(clock(&length("1.2", 3_725)), 3_725);
    }

    #[test]
    fn each_thing_is_told_once() {
        let report = Report {
            begun: true,
            end: true,
            ..Report::default()
        };
        let now = Standing {
            completed: Some(true),
            passed: Some(true),
            score: Some(0.8),
            ..Standing::default()
        };
        let all = [
            Told::Initialized,
            Told::Completed,
            Told::Passed,
            Told::Terminated,
        ];
        assert_eq!(happened(&Standing::default(), &now, &report), all);
        assert_eq!(happened(&now, &now, &Report::default()), []);
        let better = Standing {
            score: Some(0.9),
            ..now.clone()
        };
        assert_eq!(happened(&now, &better, &Report::default()), [Told::Passed]);
    }

    #[test]
    fn only_reports_are_reports() {
        let read = |text: &str| Report::read(text.as_bytes());
        let good = read(
            r#"{"session":7,"number":1,"set":{"cmi.location":"a\u0000b","cmi.begun":"true"},"end":false}"#,
        );
        let good = good.unwrap_or_default();
        assert!(good.begun && good.session == 7 && good.set["cmi.location"] == "ab");
        for bad in [
            "",
            "[]",
            "{}",
            r#"{"session":-1,"number":1,"set":{}}"#,
            r#"{"session":1,"number":1,"set":{"cmi.location":3}}"#,
            r#"{"session":1,"number":1,"set":{"else.where":"a"}}"#,
            r#"{"session":1,"number":1,"set":{"cmi.<b>":"a"}}"#,
        ] {
            assert!(read(bad).is_err(), "{bad}");
        }
        let large = format!(
            r#"{{"session":1,"number":1,"set":{{"cmi.suspend_data":"{}"}}}}"#,
            "a".repeat(VALUE + 1)
        );
        assert!(read(&large).is_err());
    }
}
