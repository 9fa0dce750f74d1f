//! Exports: everything a person, a school or a country owns, one statement a line, as it is read.

use crate::find::{Search, find};
use crate::statement::Kept;
use crate::{erase, own, store, store_rules};
use axum::body::Body;
use axum::http::{Request, Response, StatusCode};
use base::{Actor, Error, Id, Result, Role};
use bytes::Bytes;
use db::Tx;
use futures_util::{StreamExt, stream};
use std::collections::BTreeSet;
use web::{Credentials, Site, Speaking, Wire};

/// Statements read at a time.
const SLICE: i64 = 500;

/// Where exports are.
pub(crate) fn wire() -> Wire {
    Wire {
        path: "/records/export/{*rest}",
        largest: 0,
        serve: |site, request| Box::pin(serve(site, request)) as Speaking,
    }
}

/// What an export holds.
#[derive(Clone, Debug)]
enum What {
    Everything,
    /// What those did who agreed to research; nobody can be told.
    Research(BTreeSet<String>),
    /// What these learners did, each before a place.
    Of(Vec<(Id, i64)>),
}

#[derive(Clone)]
struct Run {
    site: Site,
    what: What,
    home: String,
    after: i64,
    learner: usize,
    over: bool,
}

async fn serve(site: Site, request: Request<Bytes>) -> Response<Body> {
    let path = request.uri().path().to_owned();
    let credentials = credentials(&request);
    let name = path.rsplit('/').next().unwrap_or("").to_owned();
    let inner = site.clone();
    let asked = name.clone();
    let run = site
        .db
        .read(move |tx| {
            let now = inner.clock.now();
            let actor = (inner.door.authenticate)(tx, &credentials, now)?;
            let actor = actor.ok_or(Error::SignIn)?;
            Ok(Run {
                site: inner.clone(),
                what: what(tx, &actor, &asked, now.day())?,
                home: store::home(tx)?,
                after: 0,
                learner: 0,
                over: false,
            })
        })
        .await;
    let mut response = match run {
        Ok(run) => {
            // Whoever packs the body asks once more after the end.
            let body = Body::from_stream(stream::unfold(run, next).fuse());
            let mut response = Response::new(body);
            let headers = response.headers_mut();
            let file = format!("attachment; filename=\"{name}\"");
            if let Ok(file) = file.parse() {
                headers.insert("content-disposition", file);
            }
            response
        }
        Err(error) => {
            let mut response = Response::new(Body::empty());
            *response.status_mut() = match error {
                Error::SignIn => StatusCode::UNAUTHORIZED,
                Error::Forbidden(_) => StatusCode::FORBIDDEN,
                Error::Missing => StatusCode::NOT_FOUND,
                Error::Later(_) => StatusCode::SERVICE_UNAVAILABLE,
                _ => StatusCode::INTERNAL_SERVER_ERROR,
            };
            response
        }
    };
    let kind = axum::http::HeaderValue::from_static("application/x-ndjson; charset=utf-8");
    response.headers_mut().insert("content-type", kind);
    response
}

fn credentials(request: &Request<Bytes>) -> Credentials {
    let text = |name: &str| {
        let value = request.headers().get(name);
        value
            .and_then(|value| value.to_str().ok())
            .unwrap_or("")
            .to_owned()
    };
    let session = text("cookie")
        .split(';')
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(name, value)| *name == "session" && !value.is_empty())
        .map(|(_, value)| value.to_owned());
    let key = text("authorization");
    let key = key
        .split_once(' ')
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, key)| key.trim().to_owned());
    Credentials {
        session,
        key,
        path: request.uri().path().to_owned(),
        address: text("x-harambee-peer"),
        ..Credentials::default()
    }
}

/// What a file of that name holds, and whether the actor may have it.
fn what(tx: &mut Tx, actor: &Actor, name: &str, today: base::Day) -> Result<What> {
    let name = name.strip_suffix(".jsonl").ok_or(Error::Missing)?;
    match name {
        "all" => {
            actor.require(Role::LearningOfficer)?;
            Ok(What::Everything)
        }
        "research" => {
            actor.require(Role::LearningOfficer)?;
            Ok(What::Research(store_rules::agreed(tx, "research")?))
        }
        _ => {
            let (kind, id) = name.split_once('-').ok_or(Error::Missing)?;
            let id = Id::parse(id).ok_or(Error::Missing)?;
            match kind {
                "learner" => {
                    classes::require_may_see(tx, actor, id, today)?;
                    Ok(What::Of(vec![(id, i64::MAX)]))
                }
                "school" => {
                    if !actor.is_for(Role::SchoolHead, id) {
                        return Err(Error::Forbidden(Role::SchoolHead.code()));
                    }
                    // Of whoever left, what was done until then: what follows is the next school's.
                    let until = |last: Option<base::Day>| {
                        last.map_or(i64::MAX, |day| {
                            base::Moment::start_of(day.plus(1)).micros() << 10
                        })
                    };
                    let all = classes::ever_learners(tx, id)?.into_iter();
                    Ok(What::Of(
                        all.map(|(who, last)| (who, until(last))).collect(),
                    ))
                }
                _ => Err(Error::Missing),
            }
        }
    }
}

async fn next(mut run: Run) -> Option<(std::result::Result<Bytes, std::io::Error>, Run)> {
    while !run.over {
        let (db, inner) = (run.site.db.clone(), run.clone());
        let read = db.read(move |tx| slice(tx, inner.clone())).await;
        match read {
            Ok((text, on)) if text.is_empty() => run = on,
            Ok((text, on)) => return Some((Ok(Bytes::from(text)), on)),
            Err(error) => {
                run.over = true;
                return Some((Err(std::io::Error::other(error.to_string())), run));
            }
        }
    }
    None
}

/// The next lines, and where to go on.
fn slice(tx: &mut Tx, mut run: Run) -> Result<(String, Run)> {
    let mut text = String::new();
    let found = match &run.what {
        What::Everything | What::Research(_) => store::after(tx, run.after, SLICE)?,
        What::Of(learners) => {
            let Some((learner, before)) = learners.get(run.learner) else {
                run.over = true;
                return Ok((text, run));
            };
            let search = Search {
                keys: vec![(own::agent_key(&run.home, *learner), true)],
                after: run.after,
                before: *before,
                ascending: true,
                limit: SLICE,
            };
            find(tx, &search)?
        }
    };
    for kept in &found {
        line(&mut text, kept, &run);
    }
    let full = i64::try_from(found.len()).is_ok_and(|count| count == SLICE);
    match (found.last(), full) {
        (Some(last), true) => run.after = last.seq,
        _ if matches!(run.what, What::Of(_)) => {
            run.after = 0;
            run.learner += 1;
        }
        _ => run.over = true,
    }
    Ok((text, run))
}

fn line(text: &mut String, kept: &Kept, run: &Run) {
    if let What::Research(agreed) = &run.what {
        let value = kept.json();
        let account = &value["actor"]["account"];
        let name = account["name"].as_str().unwrap_or("");
        if account["homePage"] != run.home.as_str() || !agreed.contains(name) || kept.voided {
            return;
        }
        let salt = run.site.settings.secret;
        text.push_str(&erase::for_research(value, &run.home, &salt).to_string());
    } else {
        kept.write(text);
    }
    text.push('\n');
}
