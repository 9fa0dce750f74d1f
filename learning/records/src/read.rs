//! Reading a statement that another program sent: all of it looked through, then made ready to keep.

use crate::check::{At, Check, Version};
use crate::shapes::{is_duration, time};
use crate::statement::{Key, Statement, VOIDED, stamp, tidied, timed};
use base::{Id, Moment};
use serde_json::{Map, Value};

/// Who sends a statement, and how.
pub(crate) struct Sender<'a> {
    pub version: Version,
    pub authority: &'a Value,
    pub now: Moment,
}

/// Reads a statement; the words name everything that is wrong with it.
pub(crate) fn statement(mut value: Value, sender: &Sender<'_>) -> Result<Statement, Vec<String>> {
    let mut check = Check::new(sender.version);
    whole(&mut check, &value);
    if !check.wrong.is_empty() {
        return Err(check.wrong);
    }
    let digest = crate::rules::digest(&value);
    let Some(object) = value.as_object_mut() else {
        return Err(vec!["statement: must be an object".to_owned()]);
    };
    tidy(object, sender.version);
    let text = |name: &str| object.get(name).and_then(Value::as_str);
    let id = text("id")
        .and_then(Id::parse)
        .unwrap_or_else(|| Id::new(sender.now));
    let timestamp = text("timestamp").map(str::to_owned);
    let target = object
        .get("object")
        .filter(|object| object["objectType"] == "StatementRef")
        .and_then(|object| object["id"].as_str())
        .and_then(Id::parse);
    let voids = target.is_some() && object["verb"]["id"] == VOIDED;
    let written = text("id").map_or_else(|| id.to_string(), str::to_owned);
    object.insert("id".to_owned(), written.into());
    object.insert("authority".to_owned(), sender.authority.clone());
    object.entry("version").or_insert_with(|| {
        match sender.version {
            Version::One => "1.0.0",
            Version::Two => "2.0.0",
        }
        .into()
    });
    object.remove("stored");
    object.remove("timestamp");
    check.far = true;
    check.actor(sender.authority, &At::of("authority"));
    let raw = match timestamp {
        Some(timestamp) => timed(&value, &timestamp),
        None => value.to_string(),
    };
    Ok(Statement {
        id,
        raw,
        keys: tidied(check.keys),
        digest,
        target,
        voids,
        definitions: check.definitions,
        names: check.names,
    })
}

/// Single activities of the context become lists; in the newer version times are told in UTC.
fn tidy(object: &mut Map<String, Value>, version: Version) {
    if let Some(Value::Object(around)) = object
        .get_mut("context")
        .and_then(|context| context.get_mut("contextActivities"))
    {
        for list in around.values_mut() {
            if list.is_object() {
                *list = Value::Array(vec![list.take()]);
            }
        }
    }
    if let Some(text) = object.get("timestamp").and_then(Value::as_str)
        && version == Version::Two
        && let Some(time) = time(text).filter(|time| time.offset != 0)
    {
        let text = stamp(time.at, 6);
        object.insert("timestamp".to_owned(), text.into());
    }
    if let Some(Value::Object(inner)) = object.get_mut("object")
        && inner
            .get("objectType")
            .is_some_and(|kind| kind == "SubStatement")
    {
        tidy(inner, version);
    }
}

fn whole(check: &mut Check, value: &Value) {
    const KNOWN: [&str; 11] = [
        "id",
        "actor",
        "verb",
        "object",
        "result",
        "context",
        "timestamp",
        "stored",
        "authority",
        "version",
        "attachments",
    ];
    let top = At::TOP;
    let Some(statement) = check.object(value, &top, &KNOWN, &["actor", "verb", "object"]) else {
        return;
    };
    core(check, statement, &top, false);
    for (name, value) in statement {
        let at = top.in_it(name);
        match name.as_str() {
            "id" => check.uuid(value, &at),
            "stored" => moment(check, value, &at),
            "version" => version(check, value, &at),
            "authority" => {
                // What the sender says of itself is looked at and then replaced.
                let (keys, names) = (check.keys.len(), check.names.len());
                if check.actor(value, &at) {
                    let members = value["member"].as_array().map_or(0, Vec::len);
                    let anonymous = value
                        .as_object()
                        .and_then(crate::check::identifier)
                        .is_none();
                    if !anonymous || members != 2 {
                        check.say(&at, "must be an anonymous group of exactly two");
                    }
                }
                check.keys.truncate(keys);
                check.names.truncate(names);
            }
            _ => {}
        }
    }
}

/// What statements and statements within statements have in common.
fn core(check: &mut Check, statement: &Map<String, Value>, at: &At<'_>, within: bool) {
    for (name, value) in statement {
        let at = at.in_it(name);
        match name.as_str() {
            "actor" => {
                check.actor(value, &at);
            }
            "verb" => {
                check.verb(value, &at);
                if !within && let Some(iri) = value["id"].as_str() {
                    check.hold(Key::verb(iri));
                }
            }
            "object" => object(check, value, &at, within),
            "result" => result(check, value, &at),
            "context" => {
                let about_activity = statement
                    .get("object")
                    .and_then(|object| object.get("objectType"))
                    .is_none_or(|kind| kind == "Activity");
                let far = std::mem::replace(&mut check.far, true);
                context(check, value, &at, about_activity);
                check.far = far;
                let registration = value["registration"].as_str().and_then(Id::parse);
                if let Some(id) = registration.filter(|_| !within) {
                    check.hold(Key::registration(id));
                }
            }
            "timestamp" => moment(check, value, &at),
            "attachments" => check.attachments(value, &at),
            _ => {}
        }
    }
    let voids = statement
        .get("verb")
        .is_some_and(|verb| verb["id"] == VOIDED);
    let target = statement.get("object").map(|object| &object["objectType"]);
    if voids && !within && target.is_none_or(|kind| kind != "StatementRef") {
        check.say(
            &at.in_it("object"),
            "must be a StatementRef when the verb is voided",
        );
    }
}

fn object(check: &mut Check, value: &Value, at: &At<'_>, within: bool) {
    match value.get("objectType").map(Value::as_str) {
        None | Some(Some("Activity")) => check.activity(value, at),
        Some(Some("Agent")) => check.agent(value, at),
        Some(Some("Group")) => check.group(value, at),
        Some(Some("StatementRef")) => check.statement_ref(value, at),
        Some(Some("SubStatement")) if !within => {
            const KNOWN: [&str; 8] = [
                "objectType",
                "actor",
                "verb",
                "object",
                "result",
                "context",
                "timestamp",
                "attachments",
            ];
            let needed = ["actor", "verb", "object"];
            if let Some(inner) = check.object(value, at, &KNOWN, &needed) {
                let far = std::mem::replace(&mut check.far, true);
                core(check, inner, at, true);
                check.far = far;
            }
        }
        Some(_) => check.say(&at.in_it("objectType"), "is no type that may stand here"),
    }
}

fn result(check: &mut Check, value: &Value, at: &At<'_>) {
    const KNOWN: [&str; 6] = [
        "score",
        "success",
        "completion",
        "response",
        "duration",
        "extensions",
    ];
    let Some(result) = check.object(value, at, &KNOWN, &[]) else {
        return;
    };
    for (name, value) in result {
        let at = at.in_it(name);
        match name.as_str() {
            "score" => score(check, value, &at),
            "success" | "completion" if !value.is_boolean() => check.say(&at, "must be a boolean"),
            "response" => check.text(value, &at),
            "duration" if !value.as_str().is_some_and(is_duration) => {
                check.say(&at, "must be a duration of ISO 8601");
            }
            "extensions" => check.extensions(value, &at),
            _ => {}
        }
    }
}

fn score(check: &mut Check, value: &Value, at: &At<'_>) {
    let known = ["scaled", "raw", "min", "max"];
    let Some(score) = check.object(value, at, &known, &[]) else {
        return;
    };
    for (name, value) in score {
        if !value.is_number() {
            check.say(&at.in_it(name), "must be a number");
        }
    }
    let number = |name: &str| score.get(name).and_then(Value::as_f64);
    if number("scaled").is_some_and(|scaled| !(-1.0..=1.0).contains(&scaled)) {
        check.say(&at.in_it("scaled"), "must lie between -1 and 1");
    }
    let (raw, min, max) = (number("raw"), number("min"), number("max"));
    if min.zip(max).is_some_and(|(min, max)| min >= max) {
        check.say(&at.in_it("min"), "must be less than max");
    }
    if raw.zip(min).is_some_and(|(raw, min)| raw < min) {
        check.say(&at.in_it("raw"), "must not be less than min");
    }
    if raw.zip(max).is_some_and(|(raw, max)| raw > max) {
        check.say(&at.in_it("raw"), "must not be more than max");
    }
}

fn context(check: &mut Check, value: &Value, at: &At<'_>, about_activity: bool) {
    const ONE: [&str; 9] = [
        "registration",
        "instructor",
        "team",
        "contextActivities",
        "revision",
        "platform",
        "language",
        "statement",
        "extensions",
    ];
    const TWO: [&str; 11] = [
        "registration",
        "instructor",
        "team",
        "contextActivities",
        "revision",
        "platform",
        "language",
        "statement",
        "extensions",
        "contextAgents",
        "contextGroups",
    ];
    let known: &[&str] = match check.version {
        Version::One => &ONE,
        Version::Two => &TWO,
    };
    let Some(context) = check.object(value, at, known, &[]) else {
        return;
    };
    for (name, value) in context {
        let at = at.in_it(name);
        match name.as_str() {
            "registration" => check.uuid(value, &at),
            "instructor" => {
                check.actor(value, &at);
            }
            "team" => check.group(value, &at),
            "contextActivities" => around(check, value, &at),
            "revision" | "platform" => {
                check.text(value, &at);
                if !about_activity {
                    check.say(&at, "is only for statements about activities");
                }
            }
            "language" => check.language(value, &at),
            "statement" => check.statement_ref(value, &at),
            "extensions" => check.extensions(value, &at),
            "contextAgents" => check.list(value, &at, |check, value, at| {
                beside(check, value, at, ("contextAgent", "agent"), Check::agent);
            }),
            "contextGroups" => check.list(value, &at, |check, value, at| {
                beside(check, value, at, ("contextGroup", "group"), Check::group);
            }),
            _ => {}
        }
    }
}

fn around(check: &mut Check, value: &Value, at: &At<'_>) {
    let known = ["parent", "grouping", "category", "other"];
    let Some(around) = check.object(value, at, &known, &[]) else {
        return;
    };
    for (name, value) in around {
        let at = at.in_it(name);
        if value.is_array() {
            check.list(value, &at, Check::activity);
        } else {
            check.activity(value, &at);
        }
    }
}

fn beside(
    check: &mut Check,
    value: &Value,
    at: &At<'_>,
    (kind, name): (&str, &str),
    look: fn(&mut Check, &Value, &At<'_>),
) {
    let known = ["objectType", name, "relevantTypes"];
    let Some(object) = check.object(value, at, &known, &["objectType", name]) else {
        return;
    };
    if object.get("objectType").is_some_and(|said| said != kind) {
        check.say(&at.in_it("objectType"), &format!("must be {kind}"));
    }
    if let Some(who) = object.get(name) {
        look(check, who, &at.in_it(name));
    }
    if let Some(types) = object.get("relevantTypes") {
        let at = at.in_it("relevantTypes");
        if types.as_array().is_some_and(Vec::is_empty) {
            check.say(&at, "must not be empty");
        }
        check.list(types, &at, Check::iri);
    }
}

fn moment(check: &mut Check, value: &Value, at: &At<'_>) {
    if value.as_str().and_then(time).is_none() {
        check.say(at, "must be a time of ISO 8601 and RFC 3339");
    }
}

fn version(check: &mut Check, value: &Value, at: &At<'_>) {
    let text = value.as_str().unwrap_or("");
    let patch = |head: &str| {
        text == head
            || text
                .strip_prefix(head)
                .and_then(|rest| rest.strip_prefix('.'))
                .is_some_and(|rest| !rest.is_empty() && rest.bytes().all(|b| b.is_ascii_digit()))
    };
    let good = patch("1.0") || (check.version == Version::Two && patch("2.0"));
    if !good {
        check.say(at, "is a version that is not spoken here");
    }
}

/// Reads an agent or group that stands in a parameter: its key.
pub(crate) fn agent_key(value: &Value) -> Result<Key, Vec<String>> {
    let mut check = Check::new(Version::Two);
    check.actor(value, &At::of("agent"));
    let key = value
        .as_object()
        .and_then(crate::check::identifier)
        .map(|text| Key::agent(&text));
    match key {
        Some(key) if check.wrong.is_empty() => Ok(key),
        _ if check.wrong.is_empty() => Err(vec!["agent: needs an identifier".to_owned()]),
        _ => Err(check.wrong),
    }
}
