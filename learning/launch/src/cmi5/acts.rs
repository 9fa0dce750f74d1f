//! The verbs: a course comes, somebody is registered, a unit is opened, a session ends, a unit is
//! waived. What follows from each is written in the same transaction.

use super::course::{Course, Mark, Marks, Registration, Session, Whose, nodes, structure};
use super::credit::credit;
use super::rules::{self, Mode};
use super::said::{Saying, agent, template};
use super::store;
use base::{Error, Id, Moment, Refusal, Result};
use data_encoding::{BASE64, BASE64URL_NOPAD, HEXLOWER};
use db::Tx;
use files::Files;
use resources::{Resource, Use};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use web::Site;

/// What the user names of sessions begin with.
pub(crate) const PREFIX: &str = "cmi5-";
/// The profile of a learner that units read.
pub(crate) const PREFERENCES: &str = "cmi5LearnerPreferences";
/// Seconds a session may last.
const LASTS: i64 = 24 * 3_600;
/// Reasons are this short.
pub(crate) const REASON_MAX: usize = 500;

/// Random bytes, written.
pub(crate) fn random() -> String {
    let half = || *base::Uuid::new_v4().as_bytes();
    BASE64URL_NOPAD.encode(&[half(), half()].concat())
}

pub(crate) fn hash(secret: &str) -> Vec<u8> {
    Sha256::digest(secret.as_bytes()).to_vec()
}

// ---- courses

/// The kept file of a resource that holds a course.
fn package(tx: &mut Tx, resource: Id) -> Result<resources::Rendition> {
    let forms = resources::renditions(tx, resource)?;
    let mut found = forms.into_iter().filter(|form| form.channel == "package");
    found.next_back().ok_or(Error::Missing)
}

/// The course of a resource, from what is kept of it or from its file.
///
/// # Errors
/// Missing when the resource is none of this kind.
pub(crate) fn read(tx: &mut Tx, files: &Files, resource: &Resource) -> Result<Course> {
    if let Some(course) = store::course(tx, resource.id)? {
        return Ok(course);
    }
    if resource.kind != formats::Kind::Cmi5.code() {
        return Err(Error::Missing);
    }
    let form = package(tx, resource.id)?;
    let (course, packaged) = structure(files, &form.hash)?;
    Ok(Course {
        resource: resource.id,
        content: String::new(),
        hash: form.hash,
        packaged,
        nodes: nodes(&course),
    })
}

/// The course of a resource, kept from now on as it is.
pub(crate) fn open(tx: &mut Tx, files: &Files, resource: &Resource, now: Moment) -> Result<Course> {
    let mut course = read(tx, files, resource)?;
    if course.content.is_empty() {
        tx.lock("launch-course")?;
        if let Some(there) = store::course(tx, resource.id)? {
            return Ok(there);
        }
        course.content = random();
        store::add_course(tx, &course, now)?;
    }
    Ok(course)
}

// ---- opening

/// What is to be opened, for whom.
pub(crate) struct Opening<'a> {
    pub resource: &'a Resource,
    pub unit: i64,
    pub whose: Whose,
    pub registration: Option<Id>,
    pub mode: Mode,
    /// Where the learner goes on afterwards.
    pub back: &'a str,
    pub lang: &'a str,
}

/// A unit that was opened.
#[derive(Clone, Debug)]
pub(crate) struct Opened {
    pub session: Id,
    pub registration: Id,
    pub url: String,
    /// Whether the unit lies here.
    pub here: bool,
}

/// Opens a unit: ends what was still open in the registration, writes down what the unit may know,
/// and says so.
pub(crate) fn launch(tx: &mut Tx, site: &Site, what: &Opening<'_>, now: Moment) -> Result<Opened> {
    what.resource.may(Use::Show)?;
    let course = open(tx, &site.files, what.resource, now)?;
    let node = course.unit(what.unit)?;
    let id = Id::new(now);
    let registration = registered(tx, &course, what, id, now)?;
    for old in store::live(tx, registration.id)? {
        close(tx, (&course, &registration), old, now)?;
    }
    let session = Session {
        id,
        registration: registration.id,
        position: node.position,
        mode: what.mode,
        token: None,
        launched_at: now,
        ends_at: now.plus_seconds(LASTS),
        data_at: None,
        preferences_at: None,
        initialized_at: None,
        judged: false,
        heard_at: None,
        closed_at: None,
        closing: None,
    };
    store::put_session(tx, &session)?;
    let (who, activity) = (agent(&registration), node.activity(course.resource));
    let mut data = json!({
        "contextTemplate": template(node, id),
        "launchMode": what.mode.code(),
        "moveOn": node.move_on.code(),
        "returnURL": what.back,
    });
    if let Some(mastery) = node.mastery {
        data["masteryScore"] = mastery.into();
    }
    if let Some(parameters) = &node.parameters {
        data["launchParameters"] = parameters.as_str().into();
    }
    if let Some(key) = &node.entitlement {
        data["entitlementKey"] = json!({ "courseStructure": key });
    }
    let place = (activity.as_str(), &who, &*registration.id.to_string());
    records::put_state(tx, place, "LMS.LaunchData", &data, now)?;
    let preferences = json!({ "languagePreference": what.lang, "audioPreference": "on" });
    records::begin_profile(tx, &who, PREFERENCES, &preferences, now)?;
    // Who opens in another language than last time is heard; what was chosen inside a unit stays else.
    if store::opened_in(tx, &registration)?.is_some_and(|last| last != what.lang) {
        let said = ("languagePreference", &json!(what.lang));
        records::change_profile(tx, (&who, PREFERENCES), said, now)?;
    }
    store::opens_in(tx, &registration, what.lang)?;
    let url = address(site, &course, &node.url);
    let mut saying = Saying::new((&course, &registration), id, now);
    saying.launched(node, &session, &url);
    saying.keep(tx)?;
    Ok(Opened {
        session: id,
        registration: registration.id,
        url: url_again(site, &course, &registration, &session)?,
        here: course.packaged && !node.url.contains("://"),
    })
}

/// The address a session is opened at.
pub(crate) fn url_again(
    site: &Site,
    course: &Course,
    registration: &Registration,
    session: &Session,
) -> Result<String> {
    let (node, base) = (course.node(session.position)?, &site.settings.url);
    let secret = fetch_secret(site, session.id);
    let given = [
        ("endpoint", format!("{base}/xapi/1.0.3")),
        (
            "fetch",
            format!("{base}/launch/fetch/{}/{secret}", session.id),
        ),
        ("actor", agent(registration).to_string()),
        ("registration", registration.id.to_string()),
        ("activityId", node.activity(course.resource)),
    ];
    Ok(with_query(&address(site, course, &node.url), &given))
}

/// The registration an opening belongs to: the one named, the learner's newest, or a new one.
fn registered(
    tx: &mut Tx,
    course: &Course,
    what: &Opening<'_>,
    session: Id,
    now: Moment,
) -> Result<Registration> {
    tx.lock("launch-registration")?;
    let there = match what.registration {
        Some(id) => store::registration(tx, id)?,
        None => store::newest(tx, course.resource, &what.whose)?,
    };
    if let Some(there) = there {
        let same = there.resource == course.resource
            && there.whose.home == what.whose.home
            && there.whose.name == what.whose.name;
        if !same {
            return Err(Refusal::about("registration", "launch-registration-other").into());
        }
        return store::registration_held(tx, there.id);
    }
    let registration = Registration {
        id: what
            .registration
            .unwrap_or_else(|| Id(base::Uuid::new_v4())),
        resource: course.resource,
        whose: what.whose.clone(),
        made_at: now,
        satisfied_at: None,
    };
    store::add_registration(tx, &registration)?;
    let mut marks = Marks::default();
    for node in course.nodes.iter().filter(|node| node.number.is_some()) {
        if rules::is_met(node.move_on, rules::Reached::default()) {
            let mark = Mark {
                satisfied_at: Some(now),
                ..Mark::default()
            };
            store::put_mark(tx, registration.id, node.position, &mark)?;
            marks.0.insert(node.position, mark);
        }
    }
    rise(tx, (course, &registration), &mut marks, session, now)?;
    credit(tx, (course, &registration), (session, None), now)?;
    Ok(registration)
}

/// Where a unit begins.
fn address(site: &Site, course: &Course, url: &str) -> String {
    if url.contains("://") {
        return url.to_owned();
    }
    let to = base::address::whole(url);
    format!(
        "{}/launch/content/{}/{to}",
        site.settings.url, course.content
    )
}

fn with_query(url: &str, pairs: &[(&str, String)]) -> String {
    let (url, fragment) = match url.split_once('#') {
        Some((url, fragment)) => (url, Some(fragment)),
        None => (url, None),
    };
    let mut out = url.to_owned();
    for (name, value) in pairs {
        out.push(if out.contains('?') { '&' } else { '?' });
        out.push_str(name);
        out.push('=');
        out.push_str(&base::address::value(value));
    }
    if let Some(fragment) = fragment {
        out.push('#');
        out.push_str(fragment);
    }
    out
}

/// What makes the fetch address of a session its own; nothing of it is kept.
fn fetch_secret(site: &Site, session: Id) -> String {
    let mut hasher = Sha256::new();
    hasher.update(b"launch fetch");
    hasher.update(site.settings.secret);
    hasher.update(session.to_string());
    HEXLOWER.encode(&hasher.finalize())
}

/// What a unit gets from its fetch address: the key of its session, once.
pub(crate) fn fetched(
    tx: &mut Tx,
    site: &Site,
    id: Id,
    secret: &str,
    now: Moment,
) -> Result<Value> {
    let failed = |code: &str, words: &str| json!({ "error-code": code, "error-text": words });
    let right = fetch_secret(site, id);
    let differs = right.len() != secret.len()
        || right
            .bytes()
            .zip(secret.bytes())
            .fold(0, |sum, (a, b)| sum | (a ^ b))
            != 0;
    let Some(mut session) = store::session_held(tx, id)?.filter(|_| !differs) else {
        return Ok(failed("2", "There is no such session."));
    };
    if session.token.is_some() {
        return Ok(failed(
            "1",
            "The authorization token has already been returned.",
        ));
    }
    if session.closed_at.is_some() || now > session.ends_at {
        return Ok(failed("1", "The session has expired."));
    }
    let key = random();
    session.token = Some(hash(&key));
    store::put_session(tx, &session)?;
    let text = format!("{PREFIX}{}:{key}", id.0.simple());
    Ok(json!({ "auth-token": BASE64.encode(text.as_bytes()) }))
}

// ---- what follows

/// Says which blocks are satisfied now, and whether the course is.
fn rise(
    tx: &mut Tx,
    (course, registration): (&Course, &Registration),
    marks: &mut Marks,
    session: Id,
    now: Moment,
) -> Result<()> {
    let mut saying = Saying::new((course, registration), session, now);
    let new = rules::rising(&course.parts(marks));
    for at in &new {
        let Some(node) = course.nodes.get(*at) else {
            continue;
        };
        let mark = Mark {
            satisfied_at: Some(now),
            ..marks.of(node.position)
        };
        store::put_mark(tx, registration.id, node.position, &mark)?;
        marks.0.insert(node.position, mark);
        saying.satisfied(node);
    }
    if new.last() == Some(&0) {
        store::satisfy_registration(tx, registration.id, now)?;
    }
    if new.is_empty() {
        Ok(())
    } else {
        saying.keep(tx)
    }
}

/// Keeps what is now known of a unit, with everything that follows.
pub(crate) fn reached(
    tx: &mut Tx,
    (course, registration): (&Course, &Registration),
    position: i64,
    mut mark: Mark,
    (session, statement): (Id, Option<Id>),
    now: Moment,
) -> Result<()> {
    let rule = course.node(position)?.move_on;
    let new = mark.satisfied_at.is_none() && rules::is_met(rule, mark.reached());
    if new {
        mark.satisfied_at = Some(now);
    }
    store::put_mark(tx, registration.id, position, &mark)?;
    if new {
        let mut marks = store::marks(tx, registration.id)?;
        rise(tx, (course, registration), &mut marks, session, now)?;
    }
    credit(tx, (course, registration), (session, statement), now)
}

/// Ends a session that said no last word.
fn close(
    tx: &mut Tx,
    (course, registration): (&Course, &Registration),
    mut session: Session,
    now: Moment,
) -> Result<()> {
    session.closed_at = Some(now);
    session.closing = Some("abandoned".to_owned());
    store::put_session(tx, &session)?;
    let mut saying = Saying::new((course, registration), session.id, now);
    saying.abandoned(course.node(session.position)?, &session);
    saying.keep(tx)
}

/// Ends a hanging session, by hand.
///
/// # Errors
/// Refused when it is over already.
pub(crate) fn abandon(tx: &mut Tx, id: Id, by: Option<Id>, now: Moment) -> Result<()> {
    let found = store::session(tx, id)?.ok_or(Error::Missing)?;
    let registration = store::registration_held(tx, found.registration)?;
    let session = store::session_held(tx, id)?.ok_or(Error::Missing)?;
    if session.closed_at.is_some() {
        return Err(Refusal::whole("launch-session-over").into());
    }
    let course = store::course(tx, registration.resource)?.ok_or(Error::Missing)?;
    close(tx, (&course, &registration), session, now)?;
    tell_fact(tx, (now, by), "launch.session_abandoned", registration.id)
}

/// Counts a unit as done, for a reason.
///
/// # Errors
/// Refused without a reason, or when it is satisfied already.
pub(crate) fn waive(
    tx: &mut Tx,
    (registration, unit): (Id, i64),
    reason: &str,
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::about("reason", "form-missing").into());
    }
    if reason.chars().count() > REASON_MAX {
        let long = Refusal::about("reason", "form-too-long");
        let count = reason.chars().count();
        return Err(long.with("max", REASON_MAX).with("count", count).into());
    }
    let registration = store::registration_held(tx, registration)?;
    let course = store::course(tx, registration.resource)?.ok_or(Error::Missing)?;
    let node = course.unit(unit)?;
    let mut mark = store::marks(tx, registration.id)?.of(node.position);
    if mark.waived_at.is_some() {
        return Err(Refusal::whole("launch-waived-already").into());
    }
    if mark.satisfied_at.is_some() {
        return Err(Refusal::whole("launch-satisfied-already").into());
    }
    mark.waived_at = Some(now);
    mark.waived_by = by;
    mark.reason = Some(reason.to_owned());
    // The session of a waiver is one of its own.
    let session = Id::new(now);
    let mut saying = Saying::new((&course, &registration), session, now);
    saying.waived(node, reason);
    saying.keep(tx)?;
    reached(
        tx,
        (&course, &registration),
        node.position,
        mark,
        (session, None),
        now,
    )?;
    tell_fact(tx, (now, by), "launch.unit_waived", registration.id)
}

/// Records a fact about a registration: ids only.
fn tell_fact(
    tx: &mut Tx,
    (now, actor): (Moment, Option<Id>),
    verb: &'static str,
    registration: Id,
) -> Result<()> {
    ledger::tell(
        tx,
        (now, actor),
        verb,
        ("registration", registration),
        json!({}),
    )
}
