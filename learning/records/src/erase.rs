//! Erasure and retention: a statement stays as a figure, without the person it was about.

use crate::shapes::time;
use crate::statement::{Held, Kept, Key, packed, stamp, timed, unpacked};
use crate::{check, own, rules, store, store_attachments, store_documents};
use base::{Id, Moment, Result};
use db::{Tx, args};
use serde_json::{Value, json};

/// Statements looked at in one go.
const SLICE: i64 = 500;

/// Who is taken out.
#[derive(Clone, Copy)]
enum Whom<'a> {
    One(&'a str),
    Everybody,
}

impl Whom<'_> {
    fn is(&self, identifier: &str) -> bool {
        match self {
            Self::One(one) => *one == identifier,
            Self::Everybody => true,
        }
    }
}

/// What was done.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Erased {
    pub statements: i64,
    pub documents: i64,
}

/// Takes a person out of everything kept: statements, documents, names.
pub(crate) fn person(tx: &mut Tx, home: &str, person: Id) -> Result<Erased> {
    let identifier = format!("account {home} {person}");
    let key = own::agent_key(home, person);
    let mut erased = Erased::default();
    loop {
        let search = crate::Search {
            keys: vec![(key, false)],
            after: 0,
            before: i64::MAX,
            ascending: true,
            limit: SLICE,
        };
        let found = crate::find(tx, &search)?;
        if found.is_empty() {
            break;
        }
        for kept in &found {
            one(tx, kept, Whom::One(&identifier), home)?;
        }
        erased.statements += i64::try_from(found.len()).unwrap_or(0);
    }
    let voided = store::voided_of(tx, &identifier)?;
    for kept in &voided {
        one(tx, kept, Whom::One(&identifier), home)?;
    }
    erased.statements += i64::try_from(voided.len()).unwrap_or(0);
    let documents = store_documents::remove_of_agent(tx, &identifier)?;
    erased.documents = i64::try_from(documents).unwrap_or(i64::MAX);
    tx.exec(
        "DELETE FROM record_agent WHERE key = $1",
        &args![key.number()],
    )?;
    tx.exec(
        "DELETE FROM record_consent WHERE learner_id = $1",
        &args![person],
    )?;
    Ok(erased)
}

/// Takes everybody out of what was stored before a moment, at most so many statements.
pub(crate) fn old(tx: &mut Tx, home: &str, before: Moment, most: i64) -> Result<i64> {
    let found = store::personal_before(tx, before, most)?;
    for kept in &found {
        one(tx, kept, Whom::Everybody, home)?;
    }
    Ok(i64::try_from(found.len()).unwrap_or(0))
}

fn one(tx: &mut Tx, kept: &Kept, whom: Whom<'_>, home: &str) -> Result<()> {
    let Ok(mut value) = serde_json::from_str::<Value>(&kept.raw) else {
        return Ok(());
    };
    let mut gone = Vec::new();
    let attachments = anonymous(&mut value, whom, home, &mut gone);
    for sha2 in attachments {
        store_attachments::forget(tx, &sha2)?;
    }
    let row = tx.one("SELECT keys FROM record WHERE seq = $1", &args![kept.seq])?;
    let bytes = row.read().bytes()?;
    let (out, left): (Vec<Held>, Vec<Held>) =
        unpacked(&bytes).partition(|held| gone.contains(&held.key));
    for held in out {
        tx.exec(
            "DELETE FROM record_index WHERE key = $1 AND seq = $2",
            &args![held.key.number(), kept.seq],
        )?;
    }
    let timestamp = value
        .as_object_mut()
        .and_then(|object| object.remove("timestamp"));
    let raw = match timestamp.as_ref().and_then(Value::as_str) {
        Some(timestamp) => timed(&value, timestamp),
        None => value.to_string(),
    };
    tx.exec(
        "UPDATE record SET raw = $2, keys = $3, digest = $4 WHERE seq = $1",
        &args![kept.seq, raw, packed(&left), Vec::<u8>::new()],
    )?;
    store::forget_tail(tx)
}

/// Takes the person out; answers the attachments that go with them. `gone` gains the keys no longer
/// true.
fn anonymous(value: &mut Value, whom: Whom<'_>, home: &str, gone: &mut Vec<Key>) -> Vec<String> {
    let actor = value["actor"].as_object().and_then(check::identifier);
    let about = value["object"].as_object().and_then(check::identifier);
    let theirs = [actor, about].into_iter().flatten().any(|id| whom.is(&id));
    let authority = value
        .as_object_mut()
        .and_then(|object| object.remove("authority"));
    replaced(value, whom, home, gone);
    let mut attachments = Vec::new();
    if let Some(object) = value.as_object_mut() {
        if let Some(authority) = authority {
            object.insert("authority".to_owned(), authority);
        }
        if theirs || matches!(whom, Whom::Everybody) {
            for part in ["result", "context"] {
                if let Some(part) = object.get_mut(part).and_then(Value::as_object_mut) {
                    part.remove("response");
                    part.remove("extensions");
                    let id = part.remove("registration");
                    let id = id.as_ref().and_then(Value::as_str).and_then(Id::parse);
                    gone.extend(id.map(Key::registration));
                }
            }
            if let Some(Value::Array(list)) = object.remove("attachments") {
                let named = list.iter().filter_map(|one| one["sha2"].as_str());
                attachments.extend(named.map(str::to_lowercase));
            }
            let at = object
                .get("timestamp")
                .and_then(Value::as_str)
                .and_then(time);
            if let Some(time) = at {
                let day = stamp(Moment::start_of_utc(time.at.utc_day()), 3);
                object.insert("timestamp".to_owned(), day.into());
            }
        }
    }
    attachments
}

/// Puts nobody in the place of every agent meant, however deep.
fn replaced(value: &mut Value, whom: Whom<'_>, home: &str, gone: &mut Vec<Key>) {
    match value {
        Value::Object(object) => {
            if let Some(identifier) = check::identifier(object).filter(|id| whom.is(id)) {
                gone.push(Key::agent(&identifier));
                let group = object.get("objectType").is_some_and(|kind| kind == "Group");
                *value = nobody(home);
                if group {
                    value["objectType"] = "Group".into();
                }
                return;
            }
            for inner in object.values_mut() {
                replaced(inner, whom, home, gone);
            }
        }
        Value::Array(list) => {
            for inner in list {
                replaced(inner, whom, home, gone);
            }
        }
        _ => {}
    }
}

/// The agent of nobody in particular.
pub(crate) fn nobody(home: &str) -> Value {
    json!({ "account": { "homePage": home, "name": "erased" } })
}

/// A statement for research: the same person is the same letters, and nobody can tell which.
pub(crate) fn for_research(mut value: Value, home: &str, salt: &[u8; 32]) -> Value {
    let identifier = value["actor"].as_object().and_then(check::identifier);
    let mut gone = Vec::new();
    anonymous(&mut value, Whom::Everybody, home, &mut gone);
    if let (Some(identifier), Some(object)) = (identifier, value.as_object_mut()) {
        let name = rules::veiled(salt, &identifier);
        let account = json!({ "account": { "homePage": home, "name": name } });
        object.insert("actor".to_owned(), account);
        object.remove("id");
        object.remove("stored");
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_person_is_taken_out_however_deep() {
        let home = "https://h.example";
        let account = json!({ "homePage": home, "name": "p" });
        let mut value = json!({
            "timestamp": "2026-03-09T14:05:00.123Z",
            "actor": { "account": account },
            "verb": { "id": "v:v" },
            "object": { "objectType": "SubStatement", "actor": { "account": account, "name": "Amina" },
                "verb": { "id": "v:v" }, "object": { "id": "a:a" } },
            "result": { "response": "secret", "score": { "scaled": 0.5 } },
            "context": { "registration": "01935000-0000-7000-8000-000000000901" },
        });
        let mut gone = Vec::new();
        anonymous(
            &mut value,
            Whom::One(&format!("account {home} p")),
            home,
            &mut gone,
        );
        let text = value.to_string();
        assert!(!text.contains("Amina") && !text.contains("secret") && !text.contains("14:05"));
        assert!(!text.contains("registration") && text.contains("0.5"));
        assert_eq!(value["timestamp"], "2026-03-09T00:00:00.000Z");
        assert!(gone.contains(&own::agent_key_text(home, "p")));
    }
}
