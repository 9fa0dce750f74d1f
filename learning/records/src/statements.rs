//! The statements resource: putting, posting, getting.

use crate::find::{Search, find};
use crate::format::{Format, languages, put};
use crate::keys::Grant;
use crate::parts::{self, Brought, Part};
use crate::read::{Sender, agent_key, statement};
use crate::said::{Said, Told, Turned};
use crate::shapes::{is_iri, is_uuid, time};
use crate::statement::{Kept, Key, Statement};
use crate::store::{self, Found};
use crate::wire::{self, Answer, forbidden, not_allowed, read, write};
use crate::{guest, signature, store_attachments, store_rules};
use base::{Id, Moment, Result};
use db::Tx;
use serde_json::{Value, json};
use std::sync::Arc;
use web::Site;

/// Statements a page holds when nobody says how many.
const PAGE: i64 = 100;
/// Statements a page may hold.
const PAGE_MAX: i64 = 500;
/// A body beyond this is looked at only after the key was.
const TRUSTING: usize = 65_536;

/// Puts, posts and gets statements.
pub(crate) async fn answer(site: &Site, said: Said) -> Told<Answer> {
    match said.method.as_str() {
        "GET" | "HEAD" => get(site, said).await,
        "PUT" => {
            said.only(&["statementId"])?;
            let id = said.needed("statementId")?.to_owned();
            if !is_uuid(&id) {
                return Err(Turned::bad("statementId must be a UUID"));
            }
            keep(site, said, Some(id)).await
        }
        "POST" => {
            said.only(&[])?;
            keep(site, said, None).await
        }
        _ => Err(not_allowed()),
    }
}

// ---- in

async fn keep(site: &Site, said: Said, id: Option<String>) -> Told<Answer> {
    if said.body.len() > TRUSTING || said.kind() != "application/json" {
        let early = read(site, said.clone(), |_, _, grant| {
            Ok(if grant.may_write() {
                Ok(Answer::done())
            } else {
                Err(forbidden())
            })
        });
        early.await?;
    }
    let now = site.clock.now();
    let brought = parts::read(&said)?;
    let (statements, signatures) = looked_through(site, &said, &brought, id.as_deref(), now)?;
    let statements = Arc::new(statements);
    let files = kept_files(site, brought.parts).await?;
    let single = id.is_some();
    write(site, said, now, move |tx, said, grant| {
        if !grant.may_write() {
            return Ok(Err(forbidden()));
        }
        let found = store::known(tx, &statements)?;
        if found.contains(&Found::Other) {
            return Ok(Err(Turned::new(
                409,
                "another statement has this id already",
            )));
        }
        let new = statements.iter().zip(&found);
        let new: Vec<&Statement> = new
            .filter(|(_, found)| **found == Found::New)
            .map(|(statement, _)| statement)
            .collect();
        if let Err(turned) = guest::again(tx, grant, said, &new, now)? {
            return Ok(Err(turned));
        }
        store_attachments::note(tx, &files)?;
        store::add(tx, &new, now)?;
        let made = signatures
            .iter()
            .filter(|(id, _)| new.iter().any(|one| one.id == *id));
        for (id, signature) in made {
            store_attachments::note_signature(tx, *id, signature, now)?;
        }
        store::learn(tx, &new, grant.may_define())?;
        guest::kept(tx, grant, &new, now)?;
        if single {
            return Ok(Ok(Answer::done()));
        }
        let ids: Vec<String> = statements.iter().map(|one| one.id.to_string()).collect();
        Ok(Ok(Answer::json(Value::from(ids).to_string())))
    })
    .await
}

type Signed = (Id, signature::Signature);

/// The statements of a body and what signs them, each looked through; every fault of every one is
/// told at once.
fn looked_through(
    site: &Site,
    said: &Said,
    brought: &Brought,
    id: Option<&str>,
    now: Moment,
) -> Told<(Vec<Statement>, Vec<Signed>)> {
    let mut list = match &brought.json {
        Value::Array(list) if id.is_none() => list.clone(),
        Value::Object(_) => vec![brought.json.clone()],
        _ => return Err(Turned::bad("the body must hold a statement")),
    };
    if let (Some(id), Some(only)) = (id, list.first_mut()) {
        match only["id"].as_str() {
            None if only.get("id").is_none() => only["id"] = id.into(),
            Some(said) if said.eq_ignore_ascii_case(id) => {}
            _ => return Err(Turned::bad("statementId and the statement's id differ")),
        }
    }
    let authority = keys_authority(site, said);
    let sender = Sender {
        version: said.version,
        authority: &authority,
        now,
    };
    let mut statements = Vec::with_capacity(list.len());
    let mut wrong = Vec::new();
    let several = list.len() > 1;
    for (n, one) in list.iter().enumerate() {
        match statement(one.clone(), &sender) {
            Ok(statement) => statements.push(statement),
            Err(words) if several => {
                wrong.extend(words.into_iter().map(|words| format!("{n}: {words}")));
            }
            Err(words) => wrong.extend(words),
        }
    }
    if !wrong.is_empty() {
        wrong.truncate(50);
        return Err(Turned::bad(wrong.join("; ")));
    }
    let mut ids: Vec<Id> = statements.iter().map(|one| one.id).collect();
    ids.sort_unstable();
    ids.dedup();
    if ids.len() != statements.len() {
        return Err(Turned::bad("two statements of the body have the same id"));
    }
    parts::complete(&list, &brought.parts)?;
    let mut signatures = Vec::new();
    for (one, statement) in list.iter().zip(&statements) {
        let made = signature::check(one, &brought.parts)?;
        signatures.extend(made.into_iter().map(|made| (statement.id, made)));
    }
    Ok((statements, signatures))
}

/// The authority of whoever sends: the key's name; whether the key is good is asked before anything
/// is kept.
fn keys_authority(site: &Site, said: &Said) -> Value {
    let name = said.header("authorization").and_then(crate::keys::named);
    json!({
        "objectType": "Agent",
        "account": { "homePage": site.settings.url, "name": name.unwrap_or_default() },
    })
}

async fn kept_files(site: &Site, parts: Vec<Part>) -> Told<Vec<store_attachments::File>> {
    if parts.is_empty() {
        return Ok(Vec::new());
    }
    let files = site.files.clone();
    let work = tokio::task::spawn_blocking(move || -> Result<_> {
        parts
            .into_iter()
            .map(|part| {
                let kept = files.keep("attachment", &part.mime, &part.bytes)?;
                Ok(store_attachments::File {
                    sha2: part.sha2,
                    file: kept.hash,
                    mime: part.mime,
                    size: kept.size,
                })
            })
            .collect()
    });
    match work.await {
        Ok(kept) => wire::settled(kept.map(Ok)),
        Err(_) => Err(Turned::new(500, "the machine failed")),
    }
}

// ---- out

/// What a request for statements asks for.
#[derive(Clone, Debug)]
struct Wanted {
    search: Search,
    format: Format,
    attachments: bool,
    one: Option<(Id, bool)>,
}

fn wanted(said: &Said) -> Told<Wanted> {
    const KNOWN: [&str; 15] = [
        "statementId",
        "voidedStatementId",
        "agent",
        "verb",
        "activity",
        "registration",
        "related_activities",
        "related_agents",
        "since",
        "until",
        "limit",
        "format",
        "attachments",
        "ascending",
        "cursor",
    ];
    said.only(&KNOWN)?;
    let accepted = || languages(said.header("accept-language").unwrap_or(""));
    let format = match said.param("format") {
        None | Some("exact") => Format::Exact,
        Some("ids") => Format::Ids,
        Some("canonical") => Format::Canonical(accepted()),
        Some(_) => return Err(Turned::bad("format must be exact, ids or canonical")),
    };
    let mut wanted = Wanted {
        search: Search {
            before: i64::MAX,
            limit: PAGE,
            ..Search::default()
        },
        format,
        attachments: said.flag("attachments")?,
        one: None,
    };
    for (name, voided) in [("statementId", false), ("voidedStatementId", true)] {
        if let Some(text) = said.param(name) {
            let alone = ["format", "attachments", name];
            said.only(&alone)?;
            let id = Some(text).filter(|text| is_uuid(text)).and_then(Id::parse);
            let id = id.ok_or_else(|| Turned::bad(format!("{name} must be a UUID")))?;
            wanted.one = Some((id, voided));
            return Ok(wanted);
        }
    }
    search(said, &mut wanted.search)?;
    Ok(wanted)
}

fn search(said: &Said, search: &mut Search) -> Told<()> {
    let far_activities = said.flag("related_activities")?;
    let far_agents = said.flag("related_agents")?;
    search.ascending = said.flag("ascending")?;
    if let Some(text) = said.param("registration") {
        let id = Some(text).filter(|text| is_uuid(text)).and_then(Id::parse);
        let id = id.ok_or_else(|| Turned::bad("registration must be a UUID"))?;
        search.keys.push((Key::registration(id), false));
    }
    if said.params.contains_key("agent") {
        let agent = crate::around::agent(said)?;
        let key = agent_key(&agent).map_err(|wrong| Turned::bad(wrong.join("; ")))?;
        search.keys.push((key, !far_agents));
    }
    if let Some(iri) = said.param("activity") {
        if !is_iri(iri) {
            return Err(Turned::bad("activity must be an IRI"));
        }
        search.keys.push((Key::activity(iri), !far_activities));
    }
    if let Some(iri) = said.param("verb") {
        if !is_iri(iri) {
            return Err(Turned::bad("verb must be an IRI"));
        }
        search.keys.push((Key::verb(iri), false));
    }
    let moment = |name: &str| match said.param(name) {
        None => Ok(None),
        Some(text) => match time(text) {
            Some(time) => Ok(Some(time.at.micros())),
            None => Err(Turned::bad(format!("{name} must be a time"))),
        },
    };
    if let Some(since) = moment("since")? {
        search.after = since.saturating_mul(1024).saturating_add(1023);
    }
    if let Some(until) = moment("until")? {
        search.before = until.saturating_add(1).saturating_mul(1024);
    }
    if let Some(text) = said.param("limit") {
        let limit: i64 = text
            .parse()
            .ok()
            .filter(|limit| *limit >= 0)
            .ok_or_else(|| Turned::bad("limit must be a whole number"))?;
        search.limit = if limit == 0 {
            PAGE_MAX
        } else {
            limit.min(PAGE_MAX)
        };
    }
    if let Some(text) = said.param("cursor") {
        let place: i64 = text.parse().map_err(|_| Turned::bad("no such cursor"))?;
        if search.ascending {
            search.after = search.after.max(place);
        } else {
            search.before = search.before.min(place);
        }
    }
    Ok(())
}

async fn get(site: &Site, said: Said) -> Told<Answer> {
    let wanted = wanted(&said)?;
    let files = site.files.clone();
    let attachments = wanted.attachments;
    let found = Arc::new(std::sync::Mutex::new(Vec::new()));
    let needed = Arc::clone(&found);
    let mut answer = read(site, said, move |tx, said, grant| {
        if !grant.may_read() {
            return Ok(Err(forbidden()));
        }
        let got = match wanted.one {
            Some((id, voided)) => one(tx, &wanted, grant, id, voided)?,
            None => Ok(page(tx, said, &wanted, grant)?),
        };
        let Ok((answer, values)) = got else {
            return Ok(got.map(|(answer, _)| answer));
        };
        if wanted.attachments {
            let named = store_attachments::of(tx, &values)?;
            *needed
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner) = named;
        }
        Ok(Ok(answer))
    })
    .await?;
    if attachments {
        let named = std::mem::take(
            &mut *found
                .lock()
                .unwrap_or_else(std::sync::PoisonError::into_inner),
        );
        let mut parts = Vec::with_capacity(named.len());
        for file in named {
            let bytes = wire::settled(files.read(&file.file).map(Ok))?;
            parts.push(Part {
                sha2: file.sha2,
                mime: file.mime,
                bytes,
            });
        }
        let text = String::from_utf8(answer.body).unwrap_or_default();
        (answer.mime, answer.body) = parts::written(&text, &parts);
    }
    Ok(answer)
}

type Got = (Answer, Vec<Value>);

fn one(tx: &mut Tx, wanted: &Wanted, grant: &Grant, id: Id, voided: bool) -> Result<Told<Got>> {
    let nothing = || Turned::new(404, "there is no such statement");
    let Some(kept) = store::find(tx, id)?.filter(|kept| kept.voided == voided) else {
        return Ok(Err(nothing()));
    };
    let mut value = kept.json();
    let refused = store_rules::refused(tx, "other_programs")?;
    let hidden = is_of(&value, &refused);
    if hidden || (grant.reads_own_only() && value["authority"] != grant.authority) {
        return Ok(Err(nothing()));
    }
    let text = if wanted.format == Format::Exact {
        kept.text()
    } else {
        put(&mut value, &wanted.format, &mut |iri| {
            store::definition(tx, iri)
        })?;
        value.to_string()
    };
    let answer = Answer::json(text).changed(kept.stored());
    Ok(Ok((answer, vec![value])))
}

fn page(tx: &mut Tx, said: &Said, wanted: &Wanted, grant: &Grant) -> Result<Got> {
    let mut search = wanted.search.clone();
    if grant.reads_own_only() {
        let key = agent_key(&grant.authority).ok();
        search.keys.extend(key.map(|key| (key, false)));
    }
    let limit = search.limit;
    search.limit += 1;
    let mut found: Vec<Kept> = find(tx, &search)?;
    let more = i64::try_from(found.len()).is_ok_and(|count| count > limit);
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let on = found.last().map(|last| last.seq).filter(|_| more);
    if grant.reads_own_only() {
        found.retain(|kept| kept.json()["authority"] == grant.authority);
    }
    let refused = store_rules::refused(tx, "other_programs")?;
    if !refused.is_empty() {
        found.retain(|kept| !is_of(&kept.json(), &refused));
    }
    let mut body = String::from("{\"statements\":[");
    let mut values = Vec::new();
    for (n, kept) in found.iter().enumerate() {
        if n > 0 {
            body.push(',');
        }
        if wanted.format == Format::Exact {
            kept.write(&mut body);
            if wanted.attachments {
                values.push(kept.json());
            }
        } else {
            let mut value = kept.json();
            put(&mut value, &wanted.format, &mut |iri| {
                store::definition(tx, iri)
            })?;
            body.push_str(&value.to_string());
            values.push(value);
        }
    }
    body.push_str("],\"more\":");
    let more = on.map_or_else(String::new, |place| further(said, place));
    body.push_str(&Value::from(more).to_string());
    body.push('}');
    let mut answer = Answer::json(body);
    if let Some(last) = found.iter().map(Kept::stored).max() {
        answer = answer.changed(last);
    }
    Ok((answer, values))
}

/// Whether the statement is about one of these people, who want other programs to read nothing.
fn is_of(statement: &Value, people: &std::collections::BTreeSet<String>) -> bool {
    let name = statement["actor"]["account"]["name"].as_str();
    name.is_some_and(|name| people.contains(name))
}

/// Where the next page is.
fn further(said: &Said, place: i64) -> String {
    let mut path = format!("{}/statements?", wire::base(said.version));
    for (name, value) in &said.params {
        if name != "cursor" {
            path.push_str(&format!("{name}={}&", base::address::value(value)));
        }
    }
    path.push_str(&format!("cursor={place}"));
    path
}
