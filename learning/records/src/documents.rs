//! Documents beside statements: states of activities, profiles of activities and of agents.

use crate::check::{Version, identifier};
use crate::keys::Scope;
use crate::said::{Said, Told, Turned};
use crate::shapes::{is_iri, is_uuid, time};
use crate::wire::{Answer, forbidden, not_allowed, read, write};
use crate::{around, rules, store_documents as store};
use base::Moment;
use data_encoding::HEXLOWER;
use sha1::{Digest, Sha1};
use web::Site;

/// Where a document lies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Place {
    pub kind: &'static str,
    pub activity: String,
    pub agent: String,
    pub registration: String,
    /// Empty when all of them are meant.
    pub name: String,
}

/// A document.
#[derive(Clone, Debug)]
pub(crate) struct Document {
    pub mime: String,
    pub etag: String,
    pub bytes: Vec<u8>,
    pub updated_at: Moment,
}

pub(crate) fn etag(bytes: &[u8]) -> String {
    HEXLOWER.encode(&Sha1::digest(bytes))
}

fn place(said: &Said) -> Told<Place> {
    let (kind, known, name): (_, &[&str], _) = match said.resource.as_str() {
        "activities/state" => (
            "state",
            &["activityId", "agent", "registration", "stateId", "since"],
            "stateId",
        ),
        "activities/profile" => (
            "activity",
            &["activityId", "profileId", "since"],
            "profileId",
        ),
        _ => ("agent", &["agent", "profileId", "since"], "profileId"),
    };
    said.only(known)?;
    let mut place = Place {
        kind,
        ..Place::default()
    };
    if known.contains(&"activityId") {
        let iri = said.needed("activityId")?;
        if !is_iri(iri) {
            return Err(Turned::bad("activityId must be an IRI"));
        }
        iri.clone_into(&mut place.activity);
    }
    if known.contains(&"agent") {
        let agent = around::agent(said)?;
        place.agent = agent.as_object().and_then(identifier).unwrap_or_default();
    }
    if let Some(registration) = said.param("registration") {
        if !is_uuid(registration) {
            return Err(Turned::bad("registration must be a UUID"));
        }
        place.registration = registration.to_lowercase();
    }
    said.param(name).unwrap_or("").clone_into(&mut place.name);
    if said.params.contains_key(name) && place.name.is_empty() {
        return Err(Turned::bad(format!("{name} must not be empty")));
    }
    Ok(place)
}

/// Reads, writes, merges and removes documents.
pub(crate) async fn answer(site: &Site, said: Said) -> Told<Answer> {
    let place = place(&said)?;
    let scope = if place.kind == "state" {
        Scope::State
    } else {
        Scope::Profile
    };
    let one = !place.name.is_empty();
    match said.method.as_str() {
        "GET" | "HEAD" => look(site, said, place, scope).await,
        "PUT" | "POST" => {
            if !one {
                return Err(Turned::bad("the document's id is missing"));
            }
            if said.params.contains_key("since") {
                return Err(Turned::bad("since may not stand here"));
            }
            keep(site, said, place, scope).await
        }
        "DELETE" => {
            if !one && place.kind != "state" {
                return Err(Turned::bad("profileId is missing"));
            }
            let now = site.clock.now();
            write(site, said, now, move |tx, said, grant| {
                if !grant.may_change_documents(scope) {
                    return Ok(Err(forbidden()));
                }
                if one {
                    let there = store::find_held(tx, &place)?;
                    if let Err(turned) = may_change(said, there.as_ref()) {
                        return Ok(Err(turned));
                    }
                }
                let every = !said.params.contains_key("registration");
                store::remove(tx, &place, every)?;
                Ok(Ok(Answer::done()))
            })
            .await
        }
        _ => Err(not_allowed()),
    }
}

async fn look(site: &Site, said: Said, place: Place, scope: Scope) -> Told<Answer> {
    let since = match said.param("since") {
        Some(text) => {
            time(text)
                .ok_or_else(|| Turned::bad("since must be a time"))?
                .at
        }
        None => Moment::from_micros(i64::MIN),
    };
    read(site, said, move |tx, said, grant| {
        if !grant.may_see_documents(scope) {
            return Ok(Err(forbidden()));
        }
        if place.name.is_empty() {
            let every = !said.params.contains_key("registration");
            let (names, last) = store::names(tx, &place, every, since)?;
            let body = serde_json::Value::from(names).to_string();
            let answer = Answer::json(body);
            return Ok(Ok(match last {
                Some(last) => answer.changed(last),
                None => answer,
            }));
        }
        Ok(match store::find(tx, &place)? {
            Some(document) => Ok(Answer {
                status: 200,
                mime: document.mime,
                headers: vec![("etag", format!("\"{}\"", document.etag))],
                body: document.bytes,
            }
            .changed(document.updated_at)),
            None => Err(Turned::new(404, "there is no such document")),
        })
    })
    .await
}

/// Whether the conditions of the request hold for what is there.
fn may_change(said: &Said, there: Option<&Document>) -> Told<()> {
    let failed = || Turned::new(412, "the document is another than the one you have seen");
    let among = |header: &str, etag: &str| {
        header.split(',').any(|one| {
            let one = one.trim();
            let one = one.strip_prefix("W/").unwrap_or(one);
            one == "*" || one.trim_matches('"') == etag
        })
    };
    if let Some(header) = said.header("if-match") {
        let holds = there.is_some_and(|there| among(header, &there.etag));
        return if holds { Ok(()) } else { Err(failed()) };
    }
    if let Some(header) = said.header("if-none-match") {
        let holds = there.is_none_or(|there| !among(header, &there.etag));
        return if holds { Ok(()) } else { Err(failed()) };
    }
    if said.version == Version::One
        && said.method == "PUT"
        && said.resource != "activities/state"
        && there.is_none()
    {
        return Err(Turned::bad("send If-Match or If-None-Match"));
    }
    // Overwriting unseen: profiles in both versions, states too in the newer one.
    let guarded = said.version == Version::Two || said.resource != "activities/state";
    if said.method == "PUT" && guarded && there.is_some() {
        return Err(Turned::new(
            409,
            "there is such a document already: read it, then send If-Match with its ETag, or \
             If-None-Match: * to write only where there is none",
        ));
    }
    Ok(())
}

async fn keep(site: &Site, said: Said, place: Place, scope: Scope) -> Told<Answer> {
    let mime = said
        .header("content-type")
        .unwrap_or("application/octet-stream")
        .to_owned();
    let is_json = said.kind() == "application/json";
    let sent = if is_json {
        Some(crate::parts::json(&said.body)?)
    } else {
        None
    };
    if said.method == "POST" && is_json && !sent.as_ref().is_some_and(serde_json::Value::is_object)
    {
        return Err(Turned::bad("only JSON objects are merged"));
    }
    let now = site.clock.now();
    write(site, said, now, move |tx, said, grant| {
        if !grant.may_change_documents(scope) {
            return Ok(Err(forbidden()));
        }
        let there = store::find_held(tx, &place)?;
        if let Err(turned) = may_change(said, there.as_ref()) {
            return Ok(Err(turned));
        }
        let mut bytes = said.body.to_vec();
        if let Some(there) = there.as_ref().filter(|_| said.method == "POST") {
            let kind = there.mime.split(';').next().unwrap_or("").trim();
            let before = serde_json::from_slice(&there.bytes).ok();
            let before = before.filter(serde_json::Value::is_object);
            match (before, &sent) {
                (Some(before), Some(sent)) if kind == "application/json" => {
                    bytes = rules::laid_over(before, sent).to_string().into_bytes();
                }
                _ => return Ok(Err(Turned::bad("only JSON objects are merged"))),
            }
        }
        let document = Document {
            mime: mime.clone(),
            etag: etag(&bytes),
            bytes,
            updated_at: now,
        };
        store::put(tx, &place, &document)?;
        Ok(Ok(
            Answer::done().with("etag", format!("\"{}\"", document.etag))
        ))
    })
    .await
}
