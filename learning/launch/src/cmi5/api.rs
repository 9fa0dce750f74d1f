//! What other programs ask with a key: bring a course, open a unit for somebody, waive, abandon, see.

use super::acts::{self, Opening, hash};
use super::bring::{self, Coming};
use super::course::{Course, Registration, Whose};
use super::rules::Mode;
use super::store::{self, Key};
use base::{Error, Id, Lang, Refusal, Refusals, Result};
use db::Tx;
use resources::Resource;
use serde_json::{Value, json};
use web::http::{Method, Request, Response, StatusCode, header};
use web::wire::put;
use web::{Body, Bytes, Site};

/// The largest package.
pub(crate) const LARGEST: usize = 100_000_000;

type Answered = Result<(StatusCode, Value)>;

/// A request as it came.
#[derive(Clone)]
struct Asked {
    method: Method,
    path: Vec<String>,
    query: std::collections::BTreeMap<String, String>,
    key: Vec<u8>,
    body: Bytes,
}

impl Asked {
    fn read(request: Request<Bytes>) -> Self {
        let (parts, body) = request.into_parts();
        let text = |name: &str| {
            parts
                .headers
                .get(name)
                .and_then(|value| value.to_str().ok())
        };
        let key = text("authorization").unwrap_or_default();
        let key = key
            .split_once(' ')
            .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"));
        let rest = parts
            .uri
            .path()
            .strip_prefix("/launch/api/")
            .unwrap_or_default();
        let query = parts.uri.query().unwrap_or_default();
        Self {
            path: rest
                .split('/')
                .filter(|part| !part.is_empty())
                .map(str::to_owned)
                .collect(),
            query: base::address::pairs(query).collect(),
            key: key.map(|(_, key)| hash(key.trim())).unwrap_or_default(),
            method: parts.method,
            body,
        }
    }
    fn json(&self) -> Result<Value> {
        if self.body.is_empty() {
            return Ok(json!({}));
        }
        serde_json::from_slice(&self.body).map_err(|_| Refusal::whole("launch-api-json").into())
    }
    fn param(&self, name: &str, other: &'static str) -> String {
        self.query
            .get(name)
            .map_or(other, String::as_str)
            .to_owned()
    }
}

/// Answers a program.
pub(crate) async fn serve(site: Site, request: Request<Bytes>) -> Response<Body> {
    let asked = Asked::read(request);
    let (status, body) = match answer(&site, asked).await {
        Ok(answer) => answer,
        Err(error) => told(&site, &error),
    };
    let mut response = Response::new(Body::from(body.to_string()));
    *response.status_mut() = status;
    put(&mut response, header::CONTENT_TYPE, "application/json");
    put(&mut response, header::CACHE_CONTROL, "no-store");
    response
}

/// An error in words, with every reason.
fn told(site: &Site, error: &Error) -> (StatusCode, Value) {
    let words = site.library.words(Lang::En);
    match error {
        Error::SignIn => (
            StatusCode::UNAUTHORIZED,
            json!({ "error": "come with a key: Authorization: Bearer …" }),
        ),
        Error::Forbidden(_) => (
            StatusCode::FORBIDDEN,
            json!({ "error": "the key may not do this" }),
        ),
        Error::Missing => (
            StatusCode::NOT_FOUND,
            json!({ "error": "there is no such thing" }),
        ),
        Error::Refused(reasons) => {
            let list = reasons.0.iter().map(
                |one| json!({ "field": one.field, "key": one.key, "words": words.refusal(one) }),
            );
            let list: Vec<Value> = list.collect();
            (
                StatusCode::UNPROCESSABLE_ENTITY,
                json!({ "error": "refused", "reasons": list }),
            )
        }
        Error::Later(seconds) => (
            StatusCode::SERVICE_UNAVAILABLE,
            json!({ "error": format!("again in {seconds} s") }),
        ),
        other => {
            tracing::error!(error = %other, "launch api");
            (
                StatusCode::INTERNAL_SERVER_ERROR,
                json!({ "error": "the machine failed" }),
            )
        }
    }
}

/// The key a request came with.
fn admitted(tx: &mut Tx, asked: &Asked) -> Result<Key> {
    if asked.key.is_empty() {
        return Err(Error::SignIn);
    }
    store::key_with(tx, &asked.key)?.ok_or(Error::SignIn)
}

async fn answer(site: &Site, asked: Asked) -> Answered {
    let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
    let (method, now) = (asked.method.as_str().to_owned(), site.clock.now());
    if (method.as_str(), path.as_slice()) == ("POST", &["courses"]) {
        return import(site, asked).await;
    }
    let (inner, reads) = (site.clone(), method == "GET");
    let work = move |tx: &mut Tx| {
        let key = admitted(tx, &asked)?;
        let path: Vec<&str> = asked.path.iter().map(String::as_str).collect();
        let id = |text: &str| Id::parse(text).ok_or(Error::Missing);
        let number = |text: &str| text.parse::<i64>().map_err(|_| Error::Missing);
        let done = json!({ "done": true });
        Ok(match (asked.method.as_str(), path.as_slice()) {
            ("GET", ["courses", course]) => {
                let resource = owned(tx, &key, id(course)?)?;
                let course = acts::read(tx, &inner.files, &resource)?;
                (StatusCode::OK, described(&course))
            }
            ("POST", ["courses", course, "launch-url", unit]) => {
                let resource = owned(tx, &key, id(course)?)?;
                let opened = open(tx, &inner, &key, &resource, (number(unit)?, &asked.json()?))?;
                (StatusCode::OK, opened)
            }
            ("GET", ["registrations", registration]) => {
                let found = of_key(tx, &key, id(registration)?)?;
                (StatusCode::OK, standing(tx, &found)?)
            }
            ("POST", ["registrations", registration, "waive", unit]) => {
                let found = of_key(tx, &key, id(registration)?)?;
                let content = asked.json()?;
                let reason = content["reason"].as_str().unwrap_or_default();
                acts::waive(tx, (found.id, number(unit)?), reason, key.made_by, now)?;
                (StatusCode::OK, done)
            }
            ("POST", ["sessions", session, "abandon"]) => {
                let session = store::session(tx, id(session)?)?.ok_or(Error::Missing)?;
                of_key(tx, &key, session.registration)?;
                acts::abandon(tx, session.id, key.made_by, now)?;
                (StatusCode::OK, done)
            }
            _ => return Err(Error::Missing),
        })
    };
    if reads {
        site.db.read(work).await
    } else {
        site.db.write(work).await
    }
}

/// A course of the key's country.
fn owned(tx: &mut Tx, key: &Key, id: Id) -> Result<Resource> {
    let resource = resources::resource(tx, id)?;
    if resource.country == key.country {
        Ok(resource)
    } else {
        Err(Error::Missing)
    }
}

/// A registration in a course of the key's country.
fn of_key(tx: &mut Tx, key: &Key, id: Id) -> Result<Registration> {
    let found = store::registration(tx, id)?.ok_or(Error::Missing)?;
    owned(tx, key, found.resource)?;
    Ok(found)
}

fn described(course: &Course) -> Value {
    let units = course
        .nodes
        .iter()
        .filter(|node| node.number.is_some())
        .map(|node| {
            json!({
                "unit": node.number,
                "publisherId": node.publisher,
                "activityId": node.activity(course.resource),
                "title": node.titles.0,
                "moveOn": node.move_on.code(),
                "masteryScore": node.mastery,
            })
        });
    let titles = course.nodes.first().map(|node| node.titles.0.clone());
    json!({
        "id": course.resource,
        "title": titles,
        "units": units.collect::<Vec<Value>>(),
    })
}

async fn import(site: &Site, asked: Asked) -> Answered {
    let (inner, now) = (site.clone(), site.clock.now());
    let kept = asked.clone();
    site.db
        .read(move |tx| admitted(tx, &kept).map(drop))
        .await?;
    let name = if asked.body.starts_with(b"PK") {
        "course.zip"
    } else {
        "cmi5.xml"
    };
    let (files, body) = (site.files.clone(), asked.body.clone());
    let work = tokio::task::spawn_blocking(move || {
        let reading = formats::read(name, &body)?;
        if reading.kind != formats::Kind::Cmi5 {
            return Err(Refusal::about("file", "launch-not-a-course").into());
        }
        files.keep(name, reading.mime, &body)
    });
    let upload = work.await.map_err(Error::fault)??;
    let done = site.db.write(move |tx| {
        let key = admitted(tx, &asked)?;
        let grade = |name: &str, other: i64| {
            asked
                .query
                .get(name)
                .and_then(|text| text.parse().ok())
                .unwrap_or(other)
        };
        let (licence, credit) = (asked.param("licence", ""), asked.param("credit", ""));
        let (source, subject) = (asked.param("source", ""), asked.param("subject", ""));
        let coming = Coming {
            country: &key.country,
            school: None,
            name,
            mime: &upload.mime,
            size: upload.size,
            hash: &upload.hash,
            licence: &licence,
            credit: &credit,
            source: &source,
            subject: &subject,
            grades: (grade("grade-from", 1), grade("grade-to", 12)),
            reviewer: None,
        };
        let course = bring::import(tx, &inner.files, &coming, key.made_by, now)?;
        Ok((StatusCode::CREATED, described(&course)))
    });
    done.await
}

/// For whom a unit is opened: a learner of ours, or an account somebody else keeps.
fn whose(tx: &mut Tx, key: &Key, asked: &Value) -> Result<(Whose, String)> {
    let home = records::home(tx)?;
    if let Some(text) = asked["learner"].as_str() {
        let person = match Id::parse(text) {
            Some(id) => classes::persons(tx, &[id])?.remove(&id),
            None => classes::person_by_code(tx, text)?,
        };
        let person = person.filter(|person| person.country == key.country);
        let person = person.ok_or_else(|| Refusal::about("learner", "launch-no-learner"))?;
        let whose = Whose {
            learner: Some(person.id),
            home,
            name: person.id.to_string(),
        };
        return Ok((whose, person.lang.code().to_owned()));
    }
    let actor = &asked["actor"];
    let (page, name) = (
        actor["account"]["homePage"].as_str(),
        actor["account"]["name"].as_str(),
    );
    let others = ["mbox", "mbox_sha1sum", "openid"];
    let plain = others.iter().all(|name| actor.get(name).is_none());
    let agent = actor.get("objectType").is_none_or(|kind| kind == "Agent");
    match (page, name) {
        (Some(page), Some(name))
            if plain
                && agent
                && page.contains("://")
                && !name.is_empty()
                && !name.contains('@') =>
        {
            let ours = Id::parse(name).filter(|_| page == home);
            let person = match ours {
                Some(id) => classes::persons(tx, &[id])?.remove(&id),
                None => None,
            };
            if person.as_ref().is_none_or(|p| p.country != key.country) && page == home {
                return Err(Refusal::about("actor", "launch-no-learner").into());
            }
            let whose = Whose {
                learner: ours,
                home: page.to_owned(),
                name: name.to_owned(),
            };
            Ok((whose, "en".to_owned()))
        }
        _ => Err(Refusal::about("actor", "launch-api-actor").into()),
    }
}

fn open(
    tx: &mut Tx,
    site: &Site,
    key: &Key,
    resource: &Resource,
    (unit, asked): (i64, &Value),
) -> Result<Value> {
    let mut no = Refusals::default();
    let mode = match asked.get("launchMode").filter(|mode| !mode.is_null()) {
        None => Some(Mode::Normal),
        Some(mode) => mode.as_str().and_then(Mode::parse),
    };
    no.unless(mode.is_some(), "launchMode", "launch-api-mode");
    let named = asked.get("registration").filter(|one| !one.is_null());
    let registration = named.and_then(Value::as_str).and_then(Id::parse);
    no.unless(
        named.is_none() || registration.is_some(),
        "registration",
        "launch-api-registration",
    );
    let back = asked["returnUrl"]
        .as_str()
        .filter(|url| url.contains("://"));
    let (whose, lang) = match whose(tx, key, asked) {
        Ok(whose) => whose,
        Err(Error::Refused(more)) => {
            no.0.extend(more.0);
            return no.or(Value::Null);
        }
        Err(error) => return Err(error),
    };
    no.or(())?;
    let own = format!("{}/learn/courses/{}", site.settings.url, resource.id);
    let opening = Opening {
        resource,
        unit,
        whose,
        registration,
        mode: mode.unwrap_or(Mode::Normal),
        back: back.unwrap_or(&own),
        lang: &lang,
    };
    let opened = acts::launch(tx, site, &opening, site.clock.now())?;
    Ok(json!({
        "url": opened.url,
        "session": opened.session,
        "registration": opened.registration,
    }))
}

/// Everything known of a registration.
fn standing(tx: &mut Tx, found: &Registration) -> Result<Value> {
    let course = store::course(tx, found.resource)?.ok_or(Error::Missing)?;
    let marks = store::marks(tx, found.id)?;
    let sessions = store::sessions(tx, found.id, 100)?;
    let units = course
        .nodes
        .iter()
        .filter(|node| node.number.is_some())
        .map(|node| {
            let mark = marks.of(node.position);
            let live = sessions
                .iter()
                .any(|s| s.position == node.position && s.closed_at.is_none());
            let at = |moment: Option<base::Moment>| moment.map(|moment| moment.to_string());
            json!({
                "unit": node.number,
                "state": mark.code(live),
                "completedAt": at(mark.completed_at),
                "passedAt": at(mark.passed_at),
                "failedAt": at(mark.failed_at),
                "score": mark.score,
                "waivedAt": at(mark.waived_at),
                "reason": mark.reason,
                "satisfiedAt": at(mark.satisfied_at),
            })
        });
    let units: Vec<Value> = units.collect();
    let sessions = sessions.iter().map(|one| {
        json!({
            "session": one.id,
            "unit": course.node(one.position).ok().and_then(|node| node.number),
            "mode": one.mode.code(),
            "launchedAt": one.launched_at.to_string(),
            "closedAt": one.closed_at.map(|moment| moment.to_string()),
            "closing": one.closing,
        })
    });
    Ok(json!({
        "registration": found.id,
        "course": found.resource,
        "actor": super::said::agent(found),
        "satisfiedAt": found.satisfied_at.map(|moment| moment.to_string()),
        "units": units,
        "sessions": sessions.collect::<Vec<Value>>(),
    }))
}
