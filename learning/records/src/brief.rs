//! Answers of ours as they are kept: what differs from one to the next, and nothing else. The statement
//! they stand for is told whole wherever one is read.
//!
//! The text: a sign, the score, whether it was right, the seconds, the mode, the moment, seven ids, the
//! home page of the agents, the response; a unit separator after each but the last.

use crate::own::{ANSWERED, Answered, ENTERED, HOME, MODE, Mode, write_activity};
use crate::statement::stamp;
use base::{Id, Moment, Uuid};
use data_encoding::BASE64URL_NOPAD as LETTERS;
use serde_json::Value;
use std::borrow::Cow;
use std::fmt::Write as _;

/// With what a kept answer begins; JSON begins otherwise.
const SIGN: &str = "a1";
const BETWEEN: char = '\u{1f}';

/// Whether a kept text is an answer in brief.
pub(crate) fn is_brief(raw: &str) -> bool {
    raw.strip_prefix(SIGN)
        .is_some_and(|rest| rest.starts_with(BETWEEN))
}

/// The JSON text a kept text stands for.
pub(crate) fn whole(id: Id, raw: &str) -> Cow<'_, str> {
    match read(id, raw) {
        Some((answered, home)) => Cow::Owned(told(&answered, home)),
        None => Cow::Borrowed(raw),
    }
}

/// An answer in brief, but for its own id; and what it says apart from its moment, hashed.
pub(crate) fn written(a: &Answered, home: &str) -> (String, [u8; 16]) {
    let mut out = String::with_capacity(224);
    let mut part = |text: &str| {
        out.push_str(text);
        out.push(BETWEEN);
    };
    part(SIGN);
    part(&a.score.map_or_else(String::new, |score| {
        Value::from(score.clamp(0.0, 1.0)).to_string()
    }));
    part(match a.success {
        Some(true) => "1",
        Some(false) => "0",
        None => "",
    });
    part(&a.seconds.map_or_else(String::new, |s| s.max(0).to_string()));
    part(a.mode.code());
    part(&a.at.micros().to_string());
    for id in [
        Some(a.learner),
        Some(a.item),
        a.lesson,
        a.competency,
        a.assignment,
        a.entered_by,
        a.corrects,
    ] {
        part(&id.map_or_else(String::new, |id| LETTERS.encode(id.0.as_bytes())));
    }
    part(if home == HOME { "" } else { home });
    out.push_str(&a.response);
    let mut hasher = blake3::Hasher::new();
    for (at, part) in out.split(BETWEEN).enumerate() {
        if at != 5 {
            hasher.update(part.as_bytes()).update(b"\x1f");
        }
    }
    let mut digest = [0; 16];
    hasher.finalize_xof().fill(&mut digest);
    (out, digest)
}

fn read(id: Id, raw: &str) -> Option<(Answered, &str)> {
    if !is_brief(raw) {
        return None;
    }
    let mut parts = raw.splitn(15, BETWEEN).skip(1);
    let mut next = || parts.next();
    let score = next()?;
    let success = next()?;
    let seconds = next()?;
    let mode = Mode::parse(next()?)?;
    let at = Moment::from_micros(next()?.parse().ok()?);
    let mut ids = [None; 7];
    for slot in &mut ids {
        let letters = next()?;
        if !letters.is_empty() {
            let bytes = LETTERS.decode(letters.as_bytes()).ok()?;
            *slot = Some(Id(Uuid::from_slice(&bytes).ok()?));
        }
    }
    let [
        learner,
        item,
        lesson,
        competency,
        assignment,
        entered_by,
        corrects,
    ] = ids;
    let home = next().filter(|home| !home.is_empty()).unwrap_or(HOME);
    let answered = Answered {
        id,
        learner: learner?,
        item: item?,
        lesson,
        competency,
        assignment,
        mode,
        response: next()?.to_owned(),
        score: score.parse().ok(),
        success: Some(success).filter(|s| !s.is_empty()).map(|s| s == "1"),
        seconds: seconds.parse().ok(),
        at,
        entered_by,
        corrects,
    };
    Some((answered, home))
}

/// The statement as JSON text: its timestamp first, then its members in the order of their names.
fn told(a: &Answered, home: &str) -> String {
    let mut out = String::with_capacity(1_200);
    let quoted = |text: &str| Value::from(text).to_string();
    let home = quoted(home);
    let _ = write!(
        out,
        "{{\"timestamp\":\"{}\",\"actor\":{{\"account\":{{\"homePage\":{home},\"name\":\"{}\"}}}},\
         \"authority\":{{\"account\":{{\"homePage\":{home},\"name\":\"harambee\"}}}},\"context\":{{",
        stamp(a.at, 3),
        a.learner
    );
    let around = [
        ("category", "competencies", a.competency),
        ("grouping", "assignments", a.assignment),
        ("parent", "lessons", a.lesson),
    ];
    let mut between = "\"contextActivities\":{";
    for (name, kind, id) in around {
        if let Some(id) = id {
            let _ = write!(out, "{between}\"{name}\":[{{\"id\":\"");
            write_activity(&mut out, kind, id);
            out.push_str("\"}]");
            between = ",";
        }
    }
    if between == "," {
        out.push_str("},");
    }
    out.push_str("\"extensions\":{");
    if let Some(person) = a.entered_by {
        let _ = write!(out, "\"{ENTERED}\":\"{person}\",");
    }
    let _ = write!(out, "\"{MODE}\":\"{}\"}}", a.mode.code());
    if let Some(earlier) = a.corrects {
        let _ = write!(
            out,
            ",\"statement\":{{\"id\":\"{earlier}\",\"objectType\":\"StatementRef\"}}"
        );
    }
    let _ = write!(out, "}},\"id\":\"{}\",\"object\":{{\"id\":\"", a.id);
    write_activity(&mut out, "items", a.item);
    out.push_str("\"},\"result\":{");
    if let Some(seconds) = a.seconds {
        let _ = write!(out, "\"duration\":\"PT{}S\",", seconds.max(0));
    }
    let _ = write!(out, "\"response\":{}", quoted(&a.response));
    if let Some(score) = a.score {
        let _ = write!(
            out,
            ",\"score\":{{\"scaled\":{}}}",
            Value::from(score.clamp(0.0, 1.0))
        );
    }
    if let Some(success) = a.success {
        let _ = write!(out, ",\"success\":{success}");
    }
    let _ = write!(
        out,
        "}},\"verb\":{{\"id\":\"{ANSWERED}\"}},\"version\":\"2.0.0\"}}"
    );
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::own::{activity, agent};
    use crate::statement::timed;
    use proptest::prelude::*;
    use serde_json::json;

    /// The statement as it is put together member by member.
    fn composed(a: &Answered, home: &str) -> String {
        let mut context = json!({ "extensions": { MODE: a.mode.code() } });
        if let Some(person) = a.entered_by {
            context["extensions"][ENTERED] = person.to_string().into();
        }
        for (name, kind, id) in [
            ("parent", "lessons", a.lesson),
            ("grouping", "assignments", a.assignment),
            ("category", "competencies", a.competency),
        ] {
            if let Some(id) = id {
                context["contextActivities"][name] = json!([{ "id": activity(kind, id) }]);
            }
        }
        if let Some(earlier) = a.corrects {
            context["statement"] =
                json!({ "objectType": "StatementRef", "id": earlier.to_string() });
        }
        let mut result = json!({ "response": a.response });
        if let Some(score) = a.score {
            result["score"] = json!({ "scaled": score.clamp(0.0, 1.0) });
        }
        if let Some(success) = a.success {
            result["success"] = success.into();
        }
        if let Some(seconds) = a.seconds {
            result["duration"] = format!("PT{}S", seconds.max(0)).into();
        }
        let whole = json!({
            "actor": agent(home, a.learner),
            "verb": { "id": ANSWERED },
            "object": { "id": activity("items", a.item) },
            "result": result,
            "context": context,
            "id": a.id.to_string(),
            "version": "2.0.0",
            "authority": { "account": { "homePage": home, "name": "harambee" } },
        });
        timed(&whole, &stamp(a.at, 3))
    }

    proptest! {
        #[test]
        fn a_brief_answer_is_told_as_the_whole_statement(
            response in "\\PC{0,12}|a\u{1f}b\n\"|",
            score in proptest::option::of(-0.5_f64..1.5),
            success in any::<Option<bool>>(),
            seconds in proptest::option::of(-3_i64..9_000),
            mode in 0_usize..6,
            micros in 0_i64..2_000_000_000_000_000,
            has in proptest::collection::vec(any::<bool>(), 5),
            home in prop_oneof![Just(HOME.to_owned()), Just("https://h.example/\"q\"".to_owned())],
        ) {
            let id = |n: usize| Id::named("test", &n.to_string());
            let some = |n: usize| has[n].then(|| id(n));
            let a = Answered {
                id: id(10), learner: id(11), item: id(12), lesson: some(0), competency: some(1),
                assignment: some(2), mode: Mode::ALL[mode], response, score, success, seconds,
                at: Moment::from_micros(micros), entered_by: some(3), corrects: some(4),
            };
            let (raw, digest) = written(&a, &home);
            prop_assert!(is_brief(&raw));
            prop_assert_eq!(whole(a.id, &raw).into_owned(), composed(&a, &home));
            let later = Answered { at: Moment::from_micros(micros + 1), ..a.clone() };
            prop_assert_eq!(written(&later, &home).1, digest);
            let other = Answered { response: format!("{}x", a.response), ..a.clone() };
            prop_assert_ne!(written(&other, &home).1, digest);
        }
    }

    #[test]
    fn json_stays_as_it_is() {
        let id = Id::named("test", "1");
        assert_eq!(whole(id, "{\"a\":1}"), "{\"a\":1}");
        assert!(!is_brief("a1"));
    }
}
