//! What a page of a package reports: kept once, told to the record store, and followed.

use super::credit::{credit, talking, whole};
use super::h5p;
use super::kept::{self, Way};
use super::outline::{Outline, outline};
use super::report::{About, Report, Told, statement};
use super::sequencing::Course;
use super::store::{self, Heard, Place};
use super::token::Pass;
use super::way;
use super::wire::shown;
use base::{Conflict, Error, Id, Moment, Result};
use db::Tx;
use records::Statement;
use serde_json::Value;
use std::sync::Arc;
use web::http::{Response, StatusCode, header};
use web::wire::{bare, put};
use web::{Body, Bytes, Site};

pub(super) async fn report(
    site: &Site,
    pass: Pass,
    body: Bytes,
    now: Moment,
) -> Result<Response<Body>> {
    let mut report = Report::read(&body)?;
    let inner = site.clone();
    let (resource, form) = site.db.read(move |tx| shown(tx, pass.form)).await?;
    let kept = form.clone();
    let work = tokio::task::spawn_blocking(move || outline(&inner.files, &kept));
    let outline = work.await.map_err(Error::fault)??;
    let unit = usize::try_from(pass.unit)
        .ok()
        .and_then(|n| outline.units.get(n));
    let unit = unit.filter(|unit| unit.talks).ok_or(Error::Missing)?;
    let Some(person) = pass.person else {
        return Ok(bare(StatusCode::NO_CONTENT));
    };
    let at = Place {
        person,
        form: form.id,
        unit: i64::from(pass.unit),
        version: outline.version(),
    };
    let mut events = Vec::new();
    if outline.plays() {
        events = h5p::events(&body)?;
        h5p::put(&mut report, &events);
    }
    let (title, resource) = (unit.title.clone(), resource.id);
    let shared = Arc::clone(&outline);
    let valid = site
        .db
        .write(move |tx| {
            let about = (resource, title.as_str());
            if let Some(course) = &shared.course {
                return follow(tx, at, &report, about, (course, &shared), now).map(Some);
            }
            let units = talking(&shared);
            let work = keep(tx, at, &report, (resource, &title, &units), now)?;
            let about = about_of(at, about, work);
            h5p::tell(tx, person, report.session, (&about, &events), now)?;
            Ok(None)
        })
        .await?;
    let Some(valid) = valid.filter(|valid| !valid.is_null()) else {
        return Ok(bare(StatusCode::NO_CONTENT));
    };
    let mut response = Response::new(Body::from(valid.to_string()));
    put(&mut response, header::CONTENT_TYPE, "application/json");
    Ok(response)
}

/// Keeps a report, and tells the record store what it changed; answers the work it is about.
pub(super) fn keep(
    tx: &mut Tx,
    at: Place,
    report: &Report,
    (resource, title, units): (Id, &str, &[i64]),
    now: Moment,
) -> Result<Id> {
    let (heard, said_by) = hear(tx, at, report, (resource, title), now)?;
    let ends = heard.told.iter().any(|told| ENDS.contains(told));
    if report.judges() || ends {
        credit(tx, at, (resource, units), said_by, now)?;
    }
    Ok(heard.work)
}

/// What a statement about a learner's work with a unit is about.
fn about_of(at: Place, (resource, title): (Id, &str), work: Id) -> About<'_> {
    About {
        resource,
        form: at.form,
        unit: at.unit,
        title,
        registration: work,
        version: at.version,
    }
}

const ENDS: [Told; 3] = [Told::Completed, Told::Passed, Told::Failed];

/// Keeps a report; answers with it the statement that judges the work.
fn hear(
    tx: &mut Tx,
    at: Place,
    report: &Report,
    about: (Id, &str),
    now: Moment,
) -> Result<(Heard, Option<Id>)> {
    let heard = store::hear(tx, at, report, now)?;
    let about = about_of(at, about, heard.work);
    let mut statements = Vec::with_capacity(heard.told.len());
    let mut said_by = None;
    for told in &heard.told {
        let name = format!(
            "{}|{}|{}|{}",
            heard.work,
            report.session,
            report.number,
            told.verb()
        );
        let id = Id::named("package-statement", &name);
        if ENDS.contains(told) {
            said_by = Some(id);
        }
        let said = statement(*told, &about, &heard.standing);
        statements.push(Statement::told(tx, id, at.person, said, now)?);
    }
    if !statements.is_empty() {
        records::append(tx, &statements, now)?;
    }
    Ok((heard, said_by))
}

/// Keeps a report of a unit whose package has an order of its own, and follows what it asks for.
/// Answers what may be asked for then; nothing once the unit is over.
fn follow(
    tx: &mut Tx,
    at: Place,
    report: &Report,
    about: (Id, &str),
    (course, outline): (&Course, &Outline),
    now: Moment,
) -> Result<Value> {
    tx.lock(&format!("package {} {}", at.person, at.form))?;
    let mut way = Way::load(tx, course, (at.person, at.form))?;
    let unit = usize::try_from(at.unit).unwrap_or(usize::MAX);
    let place = course.of_unit(unit).ok_or(Error::Missing)?;
    let open = way.is_open(place);
    let work = store::of_unit(tx, at.person, at.form, at.unit)?;
    let later = work
        .as_ref()
        .is_none_or(|work| report.session > work.session);
    if !open && later {
        // It is not its turn any more.
        return Err(Error::Conflict(Box::new(Conflict {
            version: way.opened_at,
            saved: Vec::new(),
        })));
    }
    let mut report = report.clone();
    let stores = kept::stores(&mut report);
    let (heard, said_by) = hear(tx, at, &report, about, now)?;
    if !heard.fresh {
        return Ok(Value::Null);
    }
    way.put(place, &stores);
    let judges = report.judges() || report.end || report.speaks_of_objectives();
    if judges {
        let said = kept::said(tx, heard.work, &report)?;
        way.run.report(place, &said.0);
        if let (true, true, Some(asked)) = (open, report.end, said.1.and_then(|s| s.ask(course))) {
            way::go(tx, &mut way, at, (course, outline), asked, now)?;
        }
    }
    let changed = judges || !stores.is_empty();
    let told = if report.end || !open || !changed {
        Value::Null
    } else {
        way.valid()
    };
    if changed {
        if judges {
            whole(tx, &way, at, about.0, said_by, now)?;
        }
        way.save(tx, course, (at.person, at.form), now)?;
    }
    Ok(told)
}
