//! The small resources: about, activities, agents.

use crate::check::Version;
use crate::said::{Said, Told, Turned};
use crate::shapes::is_iri;
use crate::wire::{Answer, forbidden, not_allowed, read};
use crate::{read as reading, store};
use serde_json::{Value, json};
use web::Site;

/// What is spoken here.
pub(crate) fn about(said: &Said) -> Told<Answer> {
    if !matches!(said.method.as_str(), "GET" | "HEAD") {
        return Err(not_allowed());
    }
    let versions: &[&str] = match said.version {
        Version::One => &["1.0.3", "1.0.2", "1.0.1", "1.0.0"],
        Version::Two => &["2.0.0"],
    };
    Ok(Answer::json(
        json!({ "version": versions, "extensions": {} }).to_string(),
    ))
}

/// Activities and agents: what is known of them.
pub(crate) async fn answer(site: &Site, said: Said) -> Told<Answer> {
    if !matches!(said.method.as_str(), "GET" | "HEAD") {
        return Err(not_allowed());
    }
    if said.resource == "agents" {
        said.only(&["agent"])?;
        let agent = agent(&said)?;
        return read(site, said, move |tx, _, grant| {
            if !grant.may_look_around() {
                return Ok(Err(forbidden()));
            }
            let names = match reading::agent_key(&agent) {
                Ok(key) => store::names(tx, key)?,
                Err(wrong) => return Ok(Err(Turned::bad(wrong.join("; ")))),
            };
            Ok(Ok(Answer::json(person(&agent, names).to_string())))
        })
        .await;
    }
    said.only(&["activityId"])?;
    let iri = said.needed("activityId")?.to_owned();
    if !is_iri(&iri) {
        return Err(Turned::bad("activityId must be an IRI"));
    }
    read(site, said, move |tx, _, grant| {
        if !grant.may_look_around() {
            return Ok(Err(forbidden()));
        }
        let mut activity = json!({ "objectType": "Activity", "id": iri });
        if let Some(definition) = store::definition(tx, &iri)? {
            activity["definition"] = definition;
        }
        Ok(Ok(Answer::json(activity.to_string())))
    })
    .await
}

/// The agent of a request, looked through.
pub(crate) fn agent(said: &Said) -> Told<Value> {
    let text = said.needed("agent")?;
    let agent: Value = serde_json::from_str(text).map_err(|_| Turned::bad("agent must be JSON"))?;
    match reading::agent_key(&agent) {
        Ok(_) => Ok(agent),
        Err(wrong) => Err(Turned::bad(wrong.join("; "))),
    }
}

/// A person: everything known of an agent, each property a list.
fn person(agent: &Value, names: Vec<String>) -> Value {
    let mut person = json!({ "objectType": "Person" });
    for name in ["mbox", "mbox_sha1sum", "openid", "account"] {
        if let Some(value) = agent.get(name) {
            person[name] = json!([value]);
        }
    }
    let mut names: Vec<Value> = names.into_iter().map(Value::from).collect();
    if let Some(name) = agent.get("name").filter(|name| !names.contains(name)) {
        names.insert(0, name.clone());
    }
    if !names.is_empty() {
        person["name"] = names.into();
    }
    person
}
