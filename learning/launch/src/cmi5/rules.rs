//! What a unit may say, in which order, and what follows from it: pure.
//!
//! The words are for the makers of units, in English like the rest of xAPI.

use formats::cmi5::MoveOn;
use serde_json::Value;

pub(crate) const CMI5: &str = "https://w3id.org/xapi/cmi5/context/categories/cmi5";
pub(crate) const MOVEON: &str = "https://w3id.org/xapi/cmi5/context/categories/moveon";
pub(crate) const EXTENSION: &str = "https://w3id.org/xapi/cmi5/context/extensions/";
const ADL: &str = "http://adlnet.gov/expapi/verbs/";
const VOIDED: &str = "http://adlnet.gov/expapi/verbs/voided";

/// For what a unit is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Mode {
    Normal,
    /// To look at; nothing counts.
    Browse,
    /// To look at again; nothing counts.
    Review,
}

impl Mode {
    pub(crate) const ALL: [Self; 3] = [Self::Normal, Self::Browse, Self::Review];
    pub(crate) const fn code(self) -> &'static str {
        match self {
            Self::Normal => "Normal",
            Self::Browse => "Browse",
            Self::Review => "Review",
        }
    }
    pub(crate) fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|mode| mode.code() == code)
    }
}

/// What a statement of a unit says.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Said {
    Initialized,
    Completed,
    Passed(Option<f64>),
    Failed(Option<f64>),
    Terminated,
    /// Anything else that is allowed between the first and the last word.
    Other,
}

/// Where a session stands, with what its registration remembers of the unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Standing {
    pub mode: Mode,
    /// It has read what it was launched with, and the learner's preferences.
    pub knows: bool,
    pub initialized: bool,
    pub closed: bool,
    /// In this or an earlier session of the registration.
    pub completed: bool,
    /// In this or an earlier session of the registration.
    pub passed: bool,
    /// In this session the learner has passed or failed.
    pub judged: bool,
}

impl Standing {
    /// Where it stands after a word.
    pub(crate) fn hear(mut self, said: Said) -> Result<Self, &'static str> {
        if self.closed {
            return Err("the session is over");
        }
        match said {
            Said::Initialized if self.initialized => return Err("initialized was said already"),
            Said::Initialized if !self.knows => {
                return Err(
                    "read LMS.LaunchData and cmi5LearnerPreferences before saying initialized",
                );
            }
            Said::Initialized => self.initialized = true,
            _ if !self.initialized => return Err("initialized must be said first"),
            Said::Terminated => self.closed = true,
            Said::Other => {}
            _ if self.mode != Mode::Normal => {
                return Err("completed, passed and failed are said in Normal mode only");
            }
            Said::Completed if self.completed => {
                return Err("completed was said already in this registration");
            }
            Said::Completed => self.completed = true,
            Said::Passed(_) | Said::Failed(_) if self.passed => {
                return Err("passed was said already in this registration");
            }
            Said::Passed(_) | Said::Failed(_) if self.judged => {
                return Err("passed or failed was said already in this session");
            }
            Said::Passed(_) => (self.passed, self.judged) = (true, true),
            Said::Failed(_) => self.judged = true,
        }
        Ok(self)
    }
}

/// What every statement of a session must agree with.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Terms<'a> {
    pub home: &'a str,
    pub name: &'a str,
    /// The unit's activity, as launched.
    pub activity: &'a str,
    /// The unit's id as its publisher gave it.
    pub publisher: &'a str,
    pub registration: &'a str,
    pub session: &'a str,
    pub mastery: Option<f64>,
}

fn holds(list: &Value, id: &str) -> bool {
    match list {
        Value::Array(list) => list.iter().any(|one| one["id"] == id),
        one => one["id"] == id,
    }
}

fn same(value: &Value, text: &str) -> bool {
    value
        .as_str()
        .is_some_and(|one| one.eq_ignore_ascii_case(text))
}

type Read = Result<Said, &'static str>;

/// What a statement says, when its shape and its context are as agreed.
pub(crate) fn read(statement: &Value, terms: &Terms<'_>) -> Read {
    let unless = |good: bool, words| if good { Ok(()) } else { Err(words) };
    unless(statement["id"].is_string(), "the statement needs an id")?;
    let time = statement["timestamp"].as_str().unwrap_or_default();
    let utc = time.ends_with('Z') || time.ends_with("+00:00") || time.ends_with("-00:00");
    unless(utc, "the statement needs a timestamp in UTC")?;
    let (actor, context) = (&statement["actor"], &statement["context"]);
    let kind = actor.get("objectType").is_none_or(|kind| kind == "Agent");
    let other = ["mbox", "mbox_sha1sum", "openid"];
    let account = &actor["account"];
    unless(
        kind && account["homePage"] == terms.home
            && account["name"] == terms.name
            && other.iter().all(|name| actor.get(name).is_none()),
        "the actor must be the one of the launch",
    )?;
    let verb = statement["verb"]["id"].as_str().unwrap_or_default();
    unless(verb != VOIDED, "a unit may not void statements")?;
    unless(
        same(&context["registration"], terms.registration),
        "the registration must be the one of the launch",
    )?;
    unless(
        same(
            &context["extensions"][&*format!("{EXTENSION}sessionid")],
            terms.session,
        ),
        "the session id must be the one of the launch",
    )?;
    let around = &context["contextActivities"];
    let moves = holds(&around["category"], MOVEON);
    if !holds(&around["category"], CMI5) {
        unless(
            !moves,
            "only cmi5 defined statements bear the category moveon",
        )?;
        return Ok(Said::Other);
    }
    unless(
        holds(&around["grouping"], terms.publisher),
        "the context template's grouping is missing",
    )?;
    unless(
        statement["object"]["id"] == terms.activity,
        "the object must be the activity of the launch",
    )?;
    let said = defined(verb, statement, terms)?;
    let counts = matches!(said, Said::Completed | Said::Passed(_) | Said::Failed(_));
    unless(
        moves == counts,
        "the category moveon belongs to completed, passed and failed, and only there",
    )?;
    Ok(said)
}

fn defined(verb: &str, statement: &Value, terms: &Terms<'_>) -> Read {
    let result = &statement["result"];
    let (success, completion) = (result.get("success"), result.get("completion"));
    let score = result.get("score");
    let timed = result["duration"].is_string();
    let name = verb.strip_prefix(ADL).unwrap_or_default();
    let said = match name {
        "initialized" => Said::Initialized,
        "terminated" => Said::Terminated,
        "completed" => Said::Completed,
        "passed" => Said::Passed(scaled(score)?),
        "failed" => Said::Failed(scaled(score)?),
        _ => return Err("a unit may not say this verb as a cmi5 defined statement"),
    };
    if said != Said::Initialized && !timed {
        return Err("the result needs a duration");
    }
    match said {
        Said::Passed(_) if success != Some(&Value::Bool(true)) => {
            return Err("passed needs success true");
        }
        Said::Failed(_) if success != Some(&Value::Bool(false)) => {
            return Err("failed needs success false");
        }
        Said::Passed(_) | Said::Failed(_) if completion.is_some() => {
            return Err("completion belongs to completed only");
        }
        Said::Passed(_) | Said::Failed(_) => {}
        Said::Completed if completion != Some(&Value::Bool(true)) => {
            return Err("completed needs completion true");
        }
        _ if success.is_some() => return Err("success belongs to passed and failed only"),
        _ if score.is_some() => return Err("a score belongs to passed and failed only"),
        Said::Completed => {}
        _ if completion.is_some() => return Err("completion belongs to completed only"),
        _ => {}
    }
    mastered(said, statement, terms)?;
    Ok(said)
}

fn scaled(score: Option<&Value>) -> Result<Option<f64>, &'static str> {
    let Some(score) = score else { return Ok(None) };
    if score.get("raw").is_some() && (score.get("min").is_none() || score.get("max").is_none()) {
        return Err("a raw score needs min and max");
    }
    Ok(score["scaled"].as_f64())
}

/// The score against the mastery score, which the statement must repeat.
fn mastered(said: Said, statement: &Value, terms: &Terms<'_>) -> Result<(), &'static str> {
    let told = &statement["context"]["extensions"][&*format!("{EXTENSION}masteryscore")];
    let (Said::Passed(score) | Said::Failed(score), Some(mastery)) = (said, terms.mastery) else {
        return Ok(());
    };
    let is_told = told
        .as_f64()
        .is_some_and(|told| (told - mastery).abs() < 1e-9);
    if !(is_told || (told.is_null() && score.is_none())) {
        return Err("the context must repeat the mastery score of the launch");
    }
    match (said, score) {
        (Said::Passed(_), Some(score)) if score < mastery => {
            Err("passed needs a score at or above the mastery score")
        }
        (Said::Failed(_), Some(score)) if score >= mastery => {
            Err("failed needs a score below the mastery score")
        }
        _ => Ok(()),
    }
}

/// Whether preferences may be kept: languages separated by commas, sound on or off.
pub(crate) fn preferences(content: &Value) -> Result<(), &'static str> {
    let languages = content["languagePreference"].as_str().unwrap_or_default();
    let good = languages.split(',').all(|code| {
        let mut parts = code.split('-');
        let first = parts.next().unwrap_or_default();
        let letters =
            (2..=8).contains(&first.len()) && first.bytes().all(|b| b.is_ascii_alphabetic());
        let rest = |part: &str| {
            (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric())
        };
        letters && parts.all(rest)
    });
    if !good {
        return Err("languagePreference must hold language codes separated by commas");
    }
    match content["audioPreference"].as_str() {
        Some("on" | "off") => Ok(()),
        _ => Err("audioPreference must be on or off"),
    }
}

/// What is known of a unit in a registration.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Reached {
    pub completed: bool,
    pub passed: bool,
    pub waived: bool,
}

/// Whether a unit is satisfied.
pub(crate) const fn is_met(rule: MoveOn, reached: Reached) -> bool {
    reached.waived
        || match rule {
            MoveOn::NotApplicable => true,
            MoveOn::Passed => reached.passed,
            MoveOn::Completed => reached.completed,
            MoveOn::CompletedAndPassed => reached.completed && reached.passed,
            MoveOn::CompletedOrPassed => reached.completed || reached.passed,
        }
}

/// A part of a course as the rules see it: in the order of the course, parents before children.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub parent: Option<usize>,
    pub unit: bool,
    pub satisfied: bool,
}

/// The blocks that are satisfied now, inner ones first, the course last.
pub(crate) fn rising(parts: &[Part]) -> Vec<usize> {
    let mut open = vec![0_usize; parts.len()];
    let mut satisfied: Vec<bool> = parts.iter().map(|part| part.satisfied).collect();
    let mut new = Vec::new();
    for (n, part) in parts.iter().enumerate().rev() {
        let done = satisfied.get(n).copied().unwrap_or_default();
        let full = !part.unit && open.get(n) == Some(&0);
        if full && !done {
            new.push(n);
            if let Some(one) = satisfied.get_mut(n) {
                *one = true;
            }
        }
        if !(done || full)
            && let Some(above) = part.parent.and_then(|parent| open.get_mut(parent))
        {
            *above += 1;
        }
    }
    new
}
