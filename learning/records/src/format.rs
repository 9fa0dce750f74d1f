//! The forms in which statements go out: exact, ids only, canonical.

use serde_json::{Map, Value};

/// The form asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Format {
    Exact,
    Ids,
    /// With one language of each language map: the first of these that is there.
    Canonical(Vec<String>),
}

/// The languages of an `Accept-Language` header, best first.
pub(crate) fn languages(header: &str) -> Vec<String> {
    let mut all: Vec<(f64, String)> = header
        .split(',')
        .filter_map(|part| {
            let mut parts = part.trim().split(';');
            let tag = parts.next()?.trim().to_lowercase();
            let weight = parts
                .find_map(|p| p.trim().strip_prefix("q=")?.parse::<f64>().ok())
                .unwrap_or(1.0);
            (!tag.is_empty() && weight > 0.0).then_some((weight, tag))
        })
        .collect();
    all.sort_by(|a, b| b.0.total_cmp(&a.0));
    all.into_iter().map(|(_, tag)| tag).collect()
}

/// Puts a statement into the form asked for; `known` tells what is known of an activity.
pub(crate) fn put(
    statement: &mut Value,
    format: &Format,
    known: &mut dyn FnMut(&str) -> base::Result<Option<Value>>,
) -> base::Result<()> {
    match format {
        Format::Exact => Ok(()),
        Format::Ids => {
            ids(statement);
            Ok(())
        }
        Format::Canonical(languages) => canonical(statement, languages, known),
    }
}

/// Everything that names an actor, within a statement.
fn actors(statement: &mut Map<String, Value>, change: &mut dyn FnMut(&mut Value)) {
    for name in ["actor", "authority"] {
        if let Some(actor) = statement.get_mut(name) {
            change(actor);
        }
    }
    if let Some(context) = statement.get_mut("context") {
        for name in ["instructor", "team"] {
            if let Some(actor) = context.get_mut(name) {
                change(actor);
            }
        }
        for (list, name) in [("contextAgents", "agent"), ("contextGroups", "group")] {
            let list = context.get_mut(list).and_then(Value::as_array_mut);
            for actor in list
                .into_iter()
                .flatten()
                .filter_map(|one| one.get_mut(name))
            {
                change(actor);
            }
        }
    }
}

/// Every activity, within a statement.
fn activities(
    statement: &mut Map<String, Value>,
    change: &mut dyn FnMut(&mut Map<String, Value>) -> base::Result<()>,
) -> base::Result<()> {
    if let Some(Value::Object(object)) = statement.get_mut("object")
        && object
            .get("objectType")
            .is_none_or(|kind| kind == "Activity")
    {
        change(object)?;
    }
    let around = statement
        .get_mut("context")
        .and_then(|context| context.get_mut("contextActivities"))
        .and_then(Value::as_object_mut);
    for list in around.into_iter().flat_map(Map::values_mut) {
        for activity in list.as_array_mut().into_iter().flatten() {
            if let Some(activity) = activity.as_object_mut() {
                change(activity)?;
            }
        }
    }
    Ok(())
}

fn ids(statement: &mut Value) {
    let Some(object) = statement.as_object_mut() else {
        return;
    };
    actors(object, &mut only_identifier);
    if let Some(verb) = object.get_mut("verb").and_then(Value::as_object_mut) {
        verb.retain(|name, _| name == "id");
    }
    let done = activities(object, &mut |activity| {
        activity.retain(|name, _| name == "id");
        Ok(())
    });
    debug_assert!(done.is_ok(), "nothing can fail here");
    if let Some(inner) = object.get_mut("object") {
        match inner["objectType"].as_str() {
            Some("SubStatement") => ids(inner),
            Some("Agent" | "Group") => only_identifier(inner),
            _ => {}
        }
    }
}

fn only_identifier(actor: &mut Value) {
    const KEPT: [&str; 5] = ["objectType", "mbox", "mbox_sha1sum", "openid", "account"];
    let Some(actor) = actor.as_object_mut() else {
        return;
    };
    let named = crate::check::identifier(actor).is_some();
    actor.retain(|name, _| KEPT.contains(&name.as_str()) || (!named && name == "member"));
    let members = actor.get_mut("member").and_then(Value::as_array_mut);
    for member in members.into_iter().flatten() {
        only_identifier(member);
    }
}

fn canonical(
    statement: &mut Value,
    languages: &[String],
    known: &mut dyn FnMut(&str) -> base::Result<Option<Value>>,
) -> base::Result<()> {
    let Some(object) = statement.as_object_mut() else {
        return Ok(());
    };
    if let Some(display) = object
        .get_mut("verb")
        .and_then(|verb| verb.get_mut("display"))
    {
        one_language(display, languages);
    }
    activities(object, &mut |activity| {
        let iri = activity.get("id").and_then(Value::as_str).unwrap_or("");
        if let Some(definition) = known(iri)? {
            activity.insert("definition".to_owned(), definition);
        }
        if let Some(definition) = activity.get_mut("definition") {
            one_language_each(definition, languages);
        }
        Ok(())
    })?;
    if let Some(list) = object.get_mut("attachments").and_then(Value::as_array_mut) {
        for attachment in list {
            for name in ["display", "description"] {
                if let Some(map) = attachment.get_mut(name) {
                    one_language(map, languages);
                }
            }
        }
    }
    match object.get_mut("object") {
        Some(inner) if inner["objectType"] == "SubStatement" => canonical(inner, languages, known),
        _ => Ok(()),
    }
}

fn one_language_each(definition: &mut Value, languages: &[String]) {
    for name in ["name", "description"] {
        if let Some(map) = definition.get_mut(name) {
            one_language(map, languages);
        }
    }
    for name in ["choices", "scale", "source", "target", "steps"] {
        let list = definition.get_mut(name).and_then(Value::as_array_mut);
        for component in list.into_iter().flatten() {
            if let Some(map) = component.get_mut("description") {
                one_language(map, languages);
            }
        }
    }
}

/// Leaves one language: the first wanted that is there or shares its first part, else any.
fn one_language(map: &mut Value, languages: &[String]) {
    let Some(object) = map.as_object_mut() else {
        return;
    };
    let first = |tag: &str| tag.split('-').next().unwrap_or("").to_lowercase();
    let chosen = languages
        .iter()
        .find_map(|wanted| object.keys().find(|tag| tag.to_lowercase() == *wanted))
        .or_else(|| {
            languages
                .iter()
                .find_map(|wanted| object.keys().find(|tag| first(tag) == first(wanted)))
        })
        .or_else(|| object.keys().next())
        .cloned();
    if let Some(chosen) = chosen {
        object.retain(|tag, _| *tag == chosen);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn the_best_language_is_left() {
        let wanted = languages("fr;q=0.5, sw, *;q=0.1");
        assert_eq!(wanted, ["sw", "fr", "*"]);
        let mut map = json!({ "en": "a", "fr-CA": "b" });
        one_language(&mut map, &wanted);
        assert_eq!(map, json!({ "fr-CA": "b" }));
    }

    #[test]
    fn ids_leave_what_identifies() {
        let mut statement = json!({
            "actor": { "objectType": "Group", "name": "x", "member": [{ "name": "n", "mbox": "mailto:a@b.c" }] },
            "verb": { "id": "v:v", "display": { "en": "v" } },
            "object": { "id": "a:a", "definition": {} },
        });
        ids(&mut statement);
        assert_eq!(
            statement,
            json!({
                "actor": { "objectType": "Group", "member": [{ "mbox": "mailto:a@b.c" }] },
                "verb": { "id": "v:v" },
                "object": { "id": "a:a" },
            })
        );
    }
}
