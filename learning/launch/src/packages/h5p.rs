//! H5P files that are played by their own program: the page in the box, and what xAPI events come to.

use super::outline::Outline;
use super::player::Player;
use super::report::{About, Report, span};
use super::wire;
use base::{Id, Moment, Refusal, Result};
use db::Tx;
use records::Statement;
use serde_json::{Map, Value, json};
use ui::html;

/// The page that plays, among the files of the package.
pub(super) const PAGE: &str = "~play";
/// Events of one report.
const EVENTS: usize = 300;
/// Signs of a part's name.
const NAME: usize = 200;
/// What is heard of all that is said.
const VERBS: [&str; 5] = ["answered", "completed", "passed", "failed", "mastered"];

/// Something the program said of the learner's work.
#[derive(Clone, Debug, Default, PartialEq)]
pub(crate) struct Event {
    /// Events of one opening count up: what is sent twice is heard once.
    pub number: i64,
    pub verb: &'static str,
    /// The part it is about; none for the whole.
    pub part: Option<String>,
    pub name: String,
    pub score: Option<Score>,
    pub success: Option<bool>,
    pub completion: Option<bool>,
    pub seconds: Option<i64>,
}

/// A score as it was said.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Score {
    /// From -1 to 1.
    pub scaled: f64,
    /// Points, the least and the most of them.
    pub points: Option<(f64, f64, f64)>,
}

impl Score {
    fn read(value: &Value) -> Option<Self> {
        let number = |name: &str| {
            let number = value.get(name).and_then(Value::as_f64);
            number.filter(|number| number.is_finite())
        };
        let points = number("raw")
            .zip(number("max"))
            .map(|(raw, max)| (raw, number("min").unwrap_or(0.0), max))
            .filter(|(raw, min, max)| min < max && (*min..=*max).contains(raw));
        let part = points.map(|(raw, min, max)| (raw - min) / (max - min));
        let scaled = number("scaled").or(part)?.clamp(-1.0, 1.0);
        Some(Self { scaled, points })
    }
}

impl Event {
    fn read(value: &Value) -> Option<Self> {
        let text = |name: &str| value.get(name).and_then(Value::as_str);
        let said = text("verb")?;
        let verb = VERBS.into_iter().find(|verb| *verb == said)?;
        let part = text("part").filter(|part| !part.is_empty());
        let result = value.get("result").unwrap_or(&Value::Null);
        let duration = result.get("duration").and_then(Value::as_str);
        Some(Self {
            number: value
                .get("n")
                .and_then(Value::as_i64)
                .filter(|n| (1..=1 << 53).contains(n))?,
            verb,
            part: part.map(named),
            name: text("name")
                .unwrap_or_default()
                .chars()
                .take(NAME)
                .collect(),
            score: result.get("score").and_then(Score::read),
            success: result.get("success").and_then(Value::as_bool),
            completion: result.get("completion").and_then(Value::as_bool),
            seconds: duration.map(span).filter(|seconds| *seconds > 0),
        })
    }
}

/// A part as it stands in an address.
fn named(part: &str) -> String {
    let plain = |c: &char| c.is_ascii_alphanumeric() || *c == '-';
    let out: String = part.chars().filter(plain).take(64).collect();
    if out.is_empty() {
        "part".to_owned()
    } else {
        out
    }
}

/// The events of what was sent; those that say nothing of the work are passed over.
///
/// # Errors
/// Refused when there are more than any report has.
pub(super) fn events(body: &[u8]) -> Result<Vec<Event>> {
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let all = sent.get("events").and_then(Value::as_array);
    let all = all.map_or(&[] as &[Value], Vec::as_slice);
    if all.len() > EVENTS {
        return Err(Refusal::whole("package-report-large").into());
    }
    Ok(all.iter().filter_map(Event::read).collect())
}

/// Puts what is said of the whole into the values every unit has. Whether an answer was right is not
/// whether the work is passed: only who says «completed», «passed» or «failed» judges the whole.
pub(super) fn put(report: &mut Report, events: &[Event]) {
    for event in events.iter().filter(|event| event.part.is_none()) {
        let mut set = |name: &str, value: String| report.set.insert(name.to_owned(), value);
        let done = event.completion != Some(false);
        let status = if done { "completed" } else { "incomplete" };
        set("cmi.completion_status", status.to_owned());
        if let Some(score) = event.score {
            set("cmi.score.scaled", format!("{:.4}", score.scaled));
        }
        let success = match event.verb {
            "passed" | "mastered" => Some(true),
            "failed" => Some(false),
            "completed" => event.success,
            _ => None,
        };
        if let Some(success) = success {
            let status = if success { "passed" } else { "failed" };
            set("cmi.success_status", status.to_owned());
        }
        if let Some(seconds) = event.seconds {
            set("cmi.session_time", format!("PT{seconds}S"));
        }
        if done {
            set("cmi.exit", String::new());
        }
        report.end = done;
    }
}

/// Keeps the answers themselves, each once however often it is sent.
pub(super) fn tell(
    tx: &mut Tx,
    person: Id,
    session: i64,
    (about, events): (&About<'_>, &[Event]),
    now: Moment,
) -> Result<()> {
    let mut statements = Vec::new();
    for event in events {
        // What is said of the whole besides is told by how the unit stands then.
        if event.part.is_none() && event.verb != "answered" {
            continue;
        }
        let name = format!("{}|{session}|{}|event", about.registration, event.number);
        let id = Id::named("package-statement", &name);
        match records::statement(tx, id) {
            Ok(_) => {}
            Err(base::Error::Missing) => {
                let said = statement(event, about);
                statements.push(Statement::told(tx, id, person, said, now)?);
            }
            Err(other) => return Err(other),
        }
    }
    if !statements.is_empty() {
        records::append(tx, &statements, now)?;
    }
    Ok(())
}

fn statement(event: &Event, about: &About<'_>) -> Value {
    let unit = format!("{}/units/{}", about.package(), about.unit + 1);
    let (object, kind) = match &event.part {
        Some(part) => (format!("{unit}/parts/{part}"), "interaction"),
        None => (unit.clone(), "lesson"),
    };
    let mut definition = json!({ "type": format!("http://adlnet.gov/expapi/activities/{kind}") });
    let name = if event.part.is_some() {
        &event.name
    } else {
        about.title
    };
    if !name.is_empty() {
        definition["name"] = json!({ "und": name });
    }
    let parent = if event.part.is_some() {
        unit
    } else {
        about.package()
    };
    let mut out = json!({
        "verb": { "id": format!("http://adlnet.gov/expapi/verbs/{}", event.verb) },
        "object": { "id": object, "definition": definition },
        "context": {
            "registration": about.registration.to_string(),
            "contextActivities": {
                "parent": [{ "id": parent }],
                "grouping": [{ "id": records::activity("resources", about.resource) }],
                "category": [{ "id": about.category() }],
            },
        },
    });
    let mut result = Map::new();
    if let Some(score) = event.score {
        let mut said = json!({ "scaled": score.scaled });
        if let Some((raw, min, max)) = score.points {
            said["raw"] = raw.into();
            said["min"] = min.into();
            said["max"] = max.into();
        }
        result.insert("score".to_owned(), said);
    }
    if let Some(success) = event.success {
        result.insert("success".to_owned(), success.into());
    }
    if let Some(completion) = event.completion {
        result.insert("completion".to_owned(), completion.into());
    }
    if let Some(seconds) = event.seconds {
        result.insert("duration".to_owned(), format!("PT{seconds}S").into());
    }
    if !result.is_empty() {
        out["result"] = result.into();
    }
    out
}

/// The page in the box that plays the file: the player, and what hears it.
pub(super) fn page(outline: &Outline, player: &Player) -> String {
    let lang = outline.play.as_ref().and_then(|play| play.lang.clone());
    let lang = lang.unwrap_or_else(|| "und".to_owned());
    let first = lang.split('-').next().unwrap_or_default();
    let dir = if ["ar", "fa", "he", "ur", "ps", "sd", "ckb", "yi", "dv"].contains(&first) {
        "rtl"
    } else {
        "ltr"
    };
    html!(
        "<!doctype html><html lang=\"{}\" dir=\"{}\"><head><meta charset=\"utf-8\"><title>H5P</title>\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\
         <style>body{{margin:0;padding:.5rem}}</style></head><body><div id=\"h5p\"></div>\
         <script src=\"{}/main.bundle.js\"></script><script src=\"{}\"></script></body></html>",
        lang,
        dir,
        player.base(),
        wire::h5p_path()
    )
    .into_string()
}

/// What the page is told: where to report, and where the work was left.
pub(super) fn given(
    base: &str,
    player: &Player,
    (session, recorded): (i64, bool),
    state: Option<&str>,
) -> Value {
    json!({ "version": "", "h5p": {
        "to": format!("{base}{}", wire::REPORT),
        "at": base.trim_end_matches('/'),
        "player": player.base(),
        "session": session,
        "recorded": recorded,
        "state": state,
    } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heard(events: &Value) -> Vec<Event> {
        let body = json!({ "events": events }).to_string();
        events_of(&body)
    }
    fn events_of(body: &str) -> Vec<Event> {
        events(body.as_bytes()).unwrap_or_default()
    }
    fn said(events: &Value) -> (Vec<(String, String)>, bool) {
        let mut report = Report::default();
        put(&mut report, &heard(events));
        (report.set.into_iter().collect(), report.end)
    }

    #[test]
    fn only_what_is_said_of_the_whole_judges_it() {
        let result = json!({ "score": { "raw": 3, "max": 4 }, "success": false, "completion": true, "duration": "PT65.4S" });
        let of = |verb: &str, part: &str| {
            said(&json!([{ "n": 1, "verb": verb, "part": part, "result": result }]))
        };
        let (set, end) = of("completed", "");
        let named = |name: &str| {
            let found = set.iter().find(|(own, _)| own == name);
            found.map(|(_, value)| value.as_str())
        };
        assert!(end);
        assert_eq!(named("cmi.completion_status"), Some("completed"));
        assert_eq!(named("cmi.success_status"), Some("failed"));
        assert_eq!(named("cmi.score.scaled"), Some("0.7500"));
        assert_eq!(named("cmi.session_time"), Some("PT65S"));
        // An answer that is not all right is no lesson failed.
        let (set, end) = of("answered", "");
        assert!(end && !set.iter().any(|(name, _)| name == "cmi.success_status"));
        assert_eq!(of("completed", "5f3a"), (Vec::new(), false));
        assert_eq!(of("interacted", ""), (Vec::new(), false));
        let half = json!([{ "n": 1, "verb": "answered", "result": { "completion": false } }]);
        let (set, end) = said(&half);
        assert!(!end && set.iter().any(|(_, value)| value == "incomplete"));
    }

    #[test]
    fn what_cannot_be_is_left_out() {
        let one = |result: Value| {
            let all =
                heard(&json!([{ "n": 1, "verb": "answered", "part": "../é", "result": result }]));
            all.into_iter().next().unwrap_or_default()
        };
        for score in [
            json!({ "raw": 5, "max": 4 }),
            json!({ "raw": 1, "max": 0 }),
            json!({ "raw": 1 }),
            json!("x"),
        ] {
            assert_eq!(one(json!({ "score": score })).score, None, "{score}");
        }
        let far = one(json!({ "score": { "scaled": 7 }, "duration": "yes", "success": "yes" }));
        assert_eq!(far.score.map(|score| score.scaled), Some(1.0));
        assert_eq!((far.seconds, far.success), (None, None));
        assert_eq!(far.part.as_deref(), Some("part"));
        assert!(
            heard(&json!([{ "verb": "answered" }, { "n": -1, "verb": "answered" }, 7])).is_empty()
        );
        assert!(events_of("no").is_empty());
    }
}
