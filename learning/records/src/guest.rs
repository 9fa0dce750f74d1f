//! Guests: programs another room lets in for a while, for one person and one activity. That room says
//! what each of them may do; what it refuses is never kept.

use crate::check::{Version, identifier};
use crate::documents::{Document, Place, etag};
use crate::keys::{self, Grant};
use crate::read::Sender;
use crate::said::{Said, Told, Turned};
use crate::statement::Statement;
use crate::store::{self, Found};
use crate::{parts, read, store_documents, wire};
use base::{Error, Moment, Result};
use db::Tx;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::OnceLock;
use web::Site;

/// Why a guest is turned away: the status and the words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Denied {
    pub status: u16,
    pub words: String,
}

/// What a guest asks for, before any of it is done.
#[derive(Clone, Copy, Debug)]
pub struct Asked<'a> {
    pub method: &'a str,
    /// `statements`, `activities/state`, …
    pub resource: &'a str,
    pub params: &'a BTreeMap<String, String>,
    /// The media type of the body, without what follows it.
    pub mime: &'a str,
    pub body: &'a [u8],
    /// The statements it brings that are not kept yet.
    pub statements: &'a [Value],
}

/// Whether a guest may do something, and if not why.
pub type MayDo = std::result::Result<(), Denied>;

/// The room that lets guests in.
#[derive(Clone, Copy, Debug)]
pub struct Guests {
    /// What the user names of guests begin with; no key's name does.
    pub prefix: &'static str,
    /// Whether the user name and the secret are those of somebody who is in.
    pub admit: fn(&mut Tx, &str, &str, Moment) -> Result<bool>,
    /// Whether the guest may do this; asked before it is looked at, and for statements once more in the
    /// transaction that keeps them.
    pub ask: fn(&mut Tx, &str, &Asked<'_>, Moment) -> Result<MayDo>,
    /// Told of the statements that were kept, in the same transaction.
    pub kept: fn(&mut Tx, &str, &[Value], Moment) -> Result<()>,
}

static GUESTS: OnceLock<Guests> = OnceLock::new();

/// Lets the guests of a room in; the first room that says so is the one.
pub fn welcome(guests: Guests) {
    let _ = GUESTS.set(guests);
}

/// The room of a user name, when it is a guest's.
fn room_of(user: &str) -> Option<&'static Guests> {
    GUESTS.get().filter(|room| user.starts_with(room.prefix))
}

/// Whether a name may not be a key's.
pub(crate) fn is_taken(name: &str) -> bool {
    room_of(name).is_some()
}

/// What a guest may do, when it is one and is in.
pub(crate) fn grant(
    tx: &mut Tx,
    (user, secret): (&str, &str),
    now: Moment,
    url: &str,
) -> Result<Option<Option<Grant>>> {
    let Some(room) = room_of(user) else {
        return Ok(None);
    };
    let admitted = (room.admit)(tx, user, secret, now)?;
    Ok(Some(admitted.then(|| Grant::of_guest(user, url))))
}

/// Asks a guest's room before anything else is looked at.
pub(crate) async fn early(site: &Site, said: &Said) -> Told<()> {
    let Some((user, secret)) = said.header("authorization").and_then(keys::basic) else {
        return Ok(());
    };
    let Some(room) = room_of(&user) else {
        return Ok(());
    };
    let (said, now) = (said.clone(), site.clock.now());
    let brought = brought(&said);
    let done = site.db.write(move |tx| {
        if !(room.admit)(tx, &user, &secret, now)? {
            return Ok(Err(wire::unknown()));
        }
        let mut new = Vec::with_capacity(brought.len());
        for value in &brought {
            if !is_kept(tx, value, said.version, now)? {
                new.push(value.clone());
            }
        }
        let asked = Asked {
            method: &said.method,
            resource: &said.resource,
            params: &said.params,
            mime: said.kind(),
            body: &said.body,
            statements: &new,
        };
        // Everything it brings is here already: the same answer as the first time.
        if new.is_empty() && !brought.is_empty() {
            return Ok(Ok(()));
        }
        Ok(told((room.ask)(tx, &user, &asked, now)?))
    });
    wire::settled(done.await)
}

fn told(answer: MayDo) -> Told<()> {
    answer.map_err(|no| Turned::new(no.status, no.words))
}

/// The statements of a request, as far as they can be read.
fn brought(said: &Said) -> Vec<Value> {
    if said.resource != "statements" || !matches!(said.method.as_str(), "PUT" | "POST") {
        return Vec::new();
    }
    let mut list = match parts::read(said).map(|brought| brought.json) {
        Ok(Value::Array(list)) => list,
        Ok(one @ Value::Object(_)) => vec![one],
        _ => Vec::new(),
    };
    if let (Some(id), [one]) = (said.param("statementId"), list.as_mut_slice())
        && one.get("id").is_none()
    {
        one["id"] = id.into();
    }
    list
}

/// Whether the very same statement is kept already.
fn is_kept(tx: &mut Tx, value: &Value, version: Version, now: Moment) -> Result<bool> {
    if value.get("id").is_none() {
        return Ok(false);
    }
    let authority = json!({ "account": { "homePage": crate::HOME, "name": "harambee" } });
    let sender = Sender {
        version,
        authority: &authority,
        now,
    };
    let Ok(statement) = read::statement(value.clone(), &sender) else {
        return Ok(false);
    };
    Ok(store::known(tx, &[statement])? == [Found::Same])
}

fn values(statements: &[&Statement]) -> Vec<Value> {
    let read = |one: &&Statement| serde_json::from_str(&one.raw).unwrap_or(Value::Null);
    statements.iter().map(read).collect()
}

/// Asks a guest's room once more, where nobody else can come between.
pub(crate) fn again(
    tx: &mut Tx,
    grant: &Grant,
    said: &Said,
    new: &[&Statement],
    now: Moment,
) -> Result<Told<()>> {
    let Some((user, room)) = grant.guest.as_deref().and_then(|u| Some((u, room_of(u)?))) else {
        return Ok(Ok(()));
    };
    if new.is_empty() {
        return Ok(Ok(()));
    }
    let asked = Asked {
        method: &said.method,
        resource: &said.resource,
        params: &said.params,
        mime: said.kind(),
        body: &said.body,
        statements: &values(new),
    };
    Ok(told((room.ask)(tx, user, &asked, now)?))
}

/// Tells a guest's room what was kept.
pub(crate) fn kept(tx: &mut Tx, grant: &Grant, new: &[&Statement], now: Moment) -> Result<()> {
    match grant.guest.as_deref().and_then(|u| Some((u, room_of(u)?))) {
        Some((user, room)) if !new.is_empty() => (room.kept)(tx, user, &values(new), now),
        _ => Ok(()),
    }
}

// ---- what such a room says itself

/// The home page of this country's agents.
///
/// # Errors
/// A fault of the database.
pub fn home(tx: &mut Tx) -> Result<String> {
    store::home(tx)
}

/// A statement of a room's own, from its JSON; `id` and `timestamp` must stand in it.
///
/// # Errors
/// A fault naming every rule the statement breaks.
pub fn composed(value: Value, home: &str, now: Moment) -> Result<Statement> {
    let authority = json!({ "account": { "homePage": home, "name": "harambee" } });
    let sender = Sender {
        version: Version::One,
        authority: &authority,
        now,
    };
    read::statement(value, &sender).map_err(|wrong| Error::fault(wrong.join("; ")))
}

/// Writes the state of an activity for an agent and a registration.
///
/// # Errors
/// A fault of the database.
pub fn put_state(
    tx: &mut Tx,
    (activity, agent, registration): (&str, &Value, &str),
    name: &str,
    content: &Value,
    now: Moment,
) -> Result<()> {
    let place = Place {
        kind: "state",
        activity: activity.to_owned(),
        agent: agent.as_object().and_then(identifier).unwrap_or_default(),
        registration: registration.to_lowercase(),
        name: name.to_owned(),
    };
    put(tx, &place, content, now)
}

/// Writes a profile of an agent where there is none.
///
/// # Errors
/// A fault of the database.
pub fn begin_profile(
    tx: &mut Tx,
    agent: &Value,
    name: &str,
    content: &Value,
    now: Moment,
) -> Result<()> {
    let place = Place {
        kind: "agent",
        agent: agent.as_object().and_then(identifier).unwrap_or_default(),
        name: name.to_owned(),
        ..Place::default()
    };
    if store_documents::find_held(tx, &place)?.is_some() {
        return Ok(());
    }
    put(tx, &place, content, now)
}

/// Changes one member of a profile of an agent, where there is such a profile; the others stay.
///
/// # Errors
/// A fault of the database.
pub fn change_profile(
    tx: &mut Tx,
    (agent, name): (&Value, &str),
    (member, value): (&str, &Value),
    now: Moment,
) -> Result<()> {
    let place = Place {
        kind: "agent",
        agent: agent.as_object().and_then(identifier).unwrap_or_default(),
        name: name.to_owned(),
        ..Place::default()
    };
    let Some(held) = store_documents::find_held(tx, &place)? else {
        return Ok(());
    };
    let Ok(Value::Object(mut content)) = serde_json::from_slice(&held.bytes) else {
        return Ok(());
    };
    content.insert(member.to_owned(), value.clone());
    put(tx, &place, &Value::Object(content), now)
}

fn put(tx: &mut Tx, place: &Place, content: &Value, now: Moment) -> Result<()> {
    let bytes = content.to_string().into_bytes();
    let document = Document {
        mime: "application/json".to_owned(),
        etag: etag(&bytes),
        bytes,
        updated_at: now,
    };
    store_documents::put(tx, place, &document)
}
