//! Bringing a roster: upload, look at what was read, take it over. The reading and the taking over
//! are jobs, so that no request waits for a hundred thousand rows.

use super::HEADS;
use crate::oneroster::{self, Scope};
use crate::store;
use base::{Actor, Error, Id, Lang, Refusal, Result, Role};
use db::Tx;
use jobs::{Bench, Job};
use serde_json::{Value, json};
use std::collections::HashMap;
use std::sync::Arc;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Field, Form, Prefill};

/// Bytes a roster may have.
const FILE_MAX: u64 = 100_000_000;
/// The kinds of work.
pub(crate) const READ: &str = "roster-read";
pub(crate) const PUT: &str = "roster-put";

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new("roster-import", "/teach/imports/new", HEADS, form, bring),
        Act::new(
            "roster-acceptance",
            "/teach/imports/{id}/acceptance",
            HEADS,
            super::nothing,
            accept,
        )
        .shown(accept_shown),
    ]
}

/// The jobs of this room.
pub(crate) fn jobs() -> Vec<jobs::Kind> {
    vec![
        jobs::Kind {
            name: READ,
            run: read,
        },
        jobs::Kind {
            name: PUT,
            run: put,
        },
    ]
}

fn form() -> Form {
    vec![
        Field::choice("scope", Choices::Listed(scopes)),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
        Field::file("roster", FILE_MAX),
    ]
}

/// The schools the actor heads, and the countries whose schools the actor runs.
fn scopes(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let mut found = Vec::new();
    for id in actor.schools(&[Role::SchoolHead]) {
        found.push(Choice {
            code: id.to_string(),
            label: places::school(tx, id)?.name,
        });
    }
    for held in actor
        .appointments
        .iter()
        .filter(|a| a.role == Role::LearningOfficer)
    {
        if let Some(country) = &held.country {
            let label = places::country_name(tx, country, ask.words.lang())?;
            found.push(Choice {
                code: country.clone(),
                label,
            });
        }
    }
    // A school named in the address, for the learning officer who came from its page.
    let asked = ask.query.get("scope").and_then(|text| Id::parse(text));
    if let Some(id) = asked.filter(|id| !found.iter().any(|c| c.code == id.to_string()))
        && let Ok(school) = super::run_school(tx, actor, id)
    {
        found.push(Choice {
            code: id.to_string(),
            label: school.name,
        });
    }
    Ok(found)
}

/// What a scope's code stands for, when the actor may bring it.
///
/// # Errors
/// Forbidden, when the actor may not; missing when there is none.
pub(crate) fn scope(tx: &mut Tx, actor: &Actor, code: &str) -> Result<(String, Option<Id>)> {
    if let Some(id) = Id::parse(code) {
        let school = super::run_school(tx, actor, id)?;
        return Ok((school.country, Some(id)));
    }
    if actor.is_in(Role::LearningOfficer, code) {
        return Ok((code.to_owned(), None));
    }
    Err(Error::Forbidden(Role::LearningOfficer.code()))
}

fn bring(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (country, school) = scope(tx, actor, call.values.text("scope"))?;
    let file = call.values.file("roster").ok_or(Error::Missing)?;
    let import = store::imports::Import {
        id: Id::new(call.now),
        country,
        school,
        file_name: file.name.clone(),
        file_hash: file.hash.clone(),
        state: "waiting".to_owned(),
        report: Value::Null,
        asked_by: actor.account,
    };
    store::imports::add(tx, &import, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "roster.tried",
        ("roster_import", import.id),
        json!({}),
    )?;
    let see = format!("/teach/imports/{}", import.id);
    let payload =
        json!({ "import": import.id.to_string(), "language": call.values.text("language") });
    jobs::enqueue(tx, READ, &payload, Some(actor.account), &see, call.now)?;
    Ok(Done::see(see).with(json!({ "id": import.id.to_string() })))
}

fn own(tx: &mut Tx, ask: &Ask) -> Result<store::imports::Import> {
    let import = store::imports::find(tx, ask.id("id")?)?;
    scope(tx, ask.actor()?, &import.scope_code())?;
    Ok(import)
}

fn accept_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let import = own(tx, ask)?;
    Ok(Prefill {
        beside: html!("<p><bdi>{}</bdi></p>", import.file_name),
        ..Prefill::default()
    })
}

fn accept(tx: &mut Tx, call: &Call) -> Result<Done> {
    let import = own(tx, call)?;
    if !store::imports::set(
        tx,
        import.id,
        ("read", "accepted"),
        &import.report,
        call.now,
    )? {
        return Err(Refusal::whole("roster-not-to-accept").into());
    }
    let see = format!("/teach/imports/{}", import.id);
    let payload = json!({ "import": import.id.to_string(), "language": import.report["language"] });
    let by = call.actor()?.account;
    jobs::enqueue(tx, PUT, &payload, Some(by), &see, call.now)?;
    Ok(Done::see(see))
}

/// The import a job is about, with its bytes and whose rows it may bring.
fn source(bench: &Bench, job: &Job) -> Result<(store::imports::Import, Vec<u8>, Scope)> {
    let id = job.payload["import"]
        .as_str()
        .and_then(Id::parse)
        .ok_or(Error::Missing)?;
    let import = bench.db.read_now(move |tx| store::imports::find(tx, id))?;
    let bytes = bench.files.read(&import.file_hash)?;
    let scope = Scope {
        country: import.country.clone(),
        school: import.school,
        lang: job.payload["language"]
            .as_str()
            .and_then(Lang::parse)
            .unwrap_or_default(),
    };
    Ok((import, bytes, scope))
}

fn read(bench: &Bench, job: &Job) -> Result<Value> {
    let (import, bytes, scope) = source(bench, job)?;
    let (roster, _, report) = tried(&bench.db, &scope, &bytes)?;
    let state = if roster.refused_count == 0 {
        "read"
    } else {
        "refused"
    };
    let mut report = report;
    report["language"] = json!(scope.lang.code());
    let now = bench.clock.now();
    bench.db.write_now(move |tx| {
        store::imports::set(tx, import.id, ("waiting", state), &report, now)
    })?;
    Ok(json!({ "state": state }))
}

/// The schools that a roster's rows name, by its own ids for them.
type Schools = HashMap<String, Id>;

/// Reads a roster against the database; changes nothing.
fn resolved(db: &db::Db, scope: &Scope, bytes: &[u8]) -> Result<(oneroster::Roster, Schools)> {
    let mut roster = oneroster::read(bytes);
    let (scope, orgs) = (scope.clone(), roster.orgs.clone());
    let (schools, refused) = db.read_now(move |tx| oneroster::resolve(tx, &scope, &orgs))?;
    for one in refused {
        roster.turn_away(one);
    }
    Ok((roster, schools))
}

/// The same, and what the roster holds.
fn tried(db: &db::Db, scope: &Scope, bytes: &[u8]) -> Result<(oneroster::Roster, Schools, Value)> {
    let (roster, schools) = resolved(db, scope, bytes)?;
    let report = json!({
        "schools": schools.len(),
        "classes": roster.classes.len(),
        "users": roster.users.len(),
        "enrolments": roster.enrolments.len(),
        "refused": roster.refused,
        "refused_count": roster.refused_count,
        "left": roster.left,
    });
    Ok((roster, schools, report))
}

/// Brings an accepted roster part by part; an interruption goes on with the part that was next.
fn put(bench: &Bench, job: &Job) -> Result<Value> {
    let (import, bytes, scope) = source(bench, job)?;
    if import.state != "accepted" {
        // Done by an earlier run that was interrupted after its work.
        return Ok(json!({}));
    }
    let (roster, schools) = resolved(&bench.db, &scope, &bytes)?;
    let schools = Arc::new(schools);
    let id = import.id;
    if roster.refused_count > 0 {
        let report = json!({ "refused": roster.refused, "refused_count": roster.refused_count, "left": roster.left });
        let now = bench.clock.now();
        bench.db.write_now(move |tx| {
            store::imports::set(tx, id, ("accepted", "refused"), &report, now)
        })?;
        return Ok(json!({}));
    }
    let parts = oneroster::parts(&roster, &schools);
    let total = i64::try_from(parts.len()).unwrap_or(i64::MAX);
    let done = import.report["parts_done"].as_u64().unwrap_or(0);
    let mut sum: oneroster::Counts =
        serde_json::from_value(import.report["counts"].clone()).unwrap_or_default();
    for (n, part) in (1_u64..).zip(parts.each()).filter(|(n, _)| *n > done) {
        let (scope, schools, before, mut report) = (
            scope.clone(),
            schools.clone(),
            sum.clone(),
            import.report.clone(),
        );
        let (by, now) = (import.asked_by, bench.clock.now());
        sum = bench.db.write_now(move |tx| {
            let counts = oneroster::put(tx, &scope, &part, &schools, (id, by, now))?;
            let sum = before.plus(&counts);
            report["counts"] = serde_json::to_value(&sum).map_err(Error::fault)?;
            report["parts_done"] = json!(n);
            if !store::imports::set(tx, id, ("accepted", "accepted"), &report, now)? {
                return Err(Error::Missing);
            }
            Ok(sum)
        })?;
        bench.progress(job, i64::try_from(n).unwrap_or(total), total)?;
    }
    let report = json!({ "counts": sum, "left": roster.left });
    let now = bench.clock.now();
    bench
        .db
        .write_now(move |tx| store::imports::set(tx, id, ("accepted", "done"), &report, now))?;
    Ok(json!({}))
}

/// What would come of a roster's bytes for a school or a country, and how many rows are refused.
///
/// # Errors
/// A fault of the database.
pub fn try_oneroster(
    bench: &Bench,
    (country, school): (&str, Option<Id>),
    lang: Lang,
    bytes: &[u8],
) -> Result<(Value, u64)> {
    let scope = Scope {
        country: country.to_owned(),
        school,
        lang,
    };
    let (roster, _, report) = tried(&bench.db, &scope, bytes)?;
    Ok((
        report,
        u64::try_from(roster.refused_count).unwrap_or(u64::MAX),
    ))
}

/// Brings a roster's bytes for a school or a country, for commands: read, resolved and put part by part. Brought again
/// after an interruption, it goes on with what is not here yet.
///
/// # Errors
/// Refused with the first reasons when a row is; nothing is changed then.
pub fn import_oneroster(
    bench: &Bench,
    (country, school): (&str, Option<Id>),
    lang: Lang,
    bytes: &[u8],
    by: Id,
) -> Result<Value> {
    let scope = Scope {
        country: country.to_owned(),
        school,
        lang,
    };
    let (roster, schools, report) = tried(&bench.db, &scope, bytes)?;
    if roster.refused_count > 0 {
        let one = |r: &oneroster::Refused| {
            Refusal::about(&format!("{} {} {}", r.file, r.row, r.column), &r.key)
                .with("said", r.said.as_str())
        };
        return Err(Error::Refused(base::Refusals(
            roster.refused.iter().take(50).map(one).collect(),
        )));
    }
    let import = Id::new(bench.clock.now());
    let schools = Arc::new(schools);
    let mut counts = oneroster::Counts::default();
    for part in oneroster::parts(&roster, &schools).each() {
        let (scope, schools, now) = (scope.clone(), schools.clone(), bench.clock.now());
        let more = bench
            .db
            .write_now(move |tx| oneroster::put(tx, &scope, &part, &schools, (import, by, now)))?;
        counts = counts.plus(&more);
    }
    Ok(json!({ "read": report, "counts": counts }))
}

#[cfg(test)]
mod tests {
    #[test]
    fn grades_are_read_as_they_are_written() {
        for grade in 0..=13 {
            let text = if grade == 0 {
                "KG".to_owned()
            } else {
                format!("{grade:02}")
            };
            assert_eq!(crate::oneroster::grade(&text), Some(grade));
        }
        assert_eq!(crate::oneroster::grade("X"), None);
    }
}
