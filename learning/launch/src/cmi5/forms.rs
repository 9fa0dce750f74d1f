//! What the web asks for each act of courses.

use super::acts::{self, Opening, REASON_MAX};
use super::bring::{self, Coming};
use super::course::Whose;
use super::desk;
use super::pages::{self, LOOKS, OFFICER};
use super::rules::Mode;
use super::store;
use base::{Actor, Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choice, Choices, Done, Field, Form, Prefill, Site, Who};

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;
type Run = fn(&mut Tx, &Call) -> Result<Done>;

/// Bytes a package may have.
const FILE_MAX: u64 = 60_000_000;
const LEARNER: Who = Who::Any(&[Role::Learner]);

/// Every act of courses.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form: fn() -> Form, prefill: Filled, run: Run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    vec![
        Act {
            prepare: Some(judged),
            ..act(
                "launch-course-new",
                "/courses/new",
                LOOKS,
                course_form,
                None,
                import,
            )
        },
        act(
            "launch-open",
            "/learn/courses/{id}/units/{unit}",
            LEARNER,
            Vec::new,
            Some(pages::before_opening),
            open,
        ),
        act(
            "launch-waive",
            "/courses/registrations/{registration}/units/{unit}/waiver",
            LOOKS,
            reason_form,
            Some(desk::before_waiver),
            waive,
        ),
        act(
            "launch-abandon",
            "/courses/sessions/{session}/ending",
            LOOKS,
            Vec::new,
            Some(desk::before_ending),
            abandon,
        ),
        act(
            "launch-key-new",
            "/courses/keys/new",
            OFFICER,
            key_form,
            None,
            add_key,
        ),
        act(
            "launch-key-end",
            "/courses/keys/{id}/ending",
            OFFICER,
            Vec::new,
            Some(desk::before_key_end),
            end_key,
        ),
    ]
}

// ---- a course comes

fn licences(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let open = resources::licences().iter().filter(|one| !one.by_letter);
    let choice = |one: &resources::Licence| Choice {
        code: one.code.clone(),
        label: one.name(lang).to_owned(),
    };
    Ok(open.map(choice).collect())
}

fn course_form() -> Form {
    vec![
        Field::file("course_file", FILE_MAX),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade_from", Choices::Listed(curricula::choose::grades)),
        Field::choice("grade_to", Choices::Listed(curricula::choose::grades)),
        Field::choice("resource_licence", Choices::Listed(licences)),
        Field::text("resource_credit").max(300).optional().public(),
        Field::text("resource_source").max(300).optional().public(),
    ]
}

/// Reads the file before anything is written: every reason why it is no course.
fn judged(site: &Site, call: &mut Call) -> Result<()> {
    let Some(upload) = call.values.file("course_file") else {
        return Ok(());
    };
    let at_file = |error: Error| match error {
        Error::Refused(mut reasons) => {
            for one in &mut reasons.0 {
                "course_file".clone_into(&mut one.field);
            }
            Error::Refused(reasons)
        }
        other => other,
    };
    let bytes = site.files.read(&upload.hash)?;
    let reading = formats::read(&upload.name, &bytes).map_err(at_file)?;
    if reading.kind == formats::Kind::Cmi5 {
        Ok(())
    } else {
        Err(Refusal::about("course_file", "launch-not-a-course").into())
    }
}

/// For whom somebody brings a course: the country, and the school when it is the school's own.
fn place(actor: &Actor) -> Result<(String, Option<Id>)> {
    let country = |role: Role| {
        let held = actor
            .appointments
            .iter()
            .filter(move |held| held.role == role);
        held.filter_map(|held| Some((held.country.clone()?, held.organisation)))
    };
    if let Some((country, _)) = country(Role::LearningOfficer).next() {
        return Ok((country, None));
    }
    let mut own = country(Role::Teacher).chain(country(Role::SchoolHead));
    match own.find(|(_, school)| school.is_some()) {
        Some(found) => Ok(found),
        None => Err(Error::Forbidden(Role::LearningOfficer.code())),
    }
}

fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (country, school) = place(actor)?;
    let values = &call.values;
    let upload = values.file("course_file").ok_or(Error::Missing)?;
    let grade = |name: &str| values.text(name).parse().unwrap_or(0);
    let coming = Coming {
        country: &country,
        school,
        name: &upload.name,
        mime: &upload.mime,
        size: upload.size,
        hash: &upload.hash,
        licence: values.text("resource_licence"),
        credit: values.text("resource_credit"),
        source: values.text("resource_source"),
        subject: values.text("school_subject"),
        grades: (grade("grade_from"), grade("grade_to")),
        reviewer: None,
    };
    let course = bring::import(tx, &call.site.files, &coming, Some(actor.account), call.now)?;
    let see = format!("/courses/{}/learners", course.resource);
    Ok(Done::see(see)
        .with(json!({ "id": course.resource }))
        .notice("launch-course-is-here"))
}

// ---- a learner opens a unit

fn open(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, unit) = (call.actor()?, pages::unit(&call.ask)?);
    let resource = pages::for_learner(tx, &call.ask)?;
    let home = records::home(tx)?;
    let whose = Whose {
        learner: Some(actor.account),
        home,
        name: actor.account.to_string(),
    };
    let course = acts::read(tx, &call.site.files, &resource)?;
    let done = match store::newest(tx, resource.id, &whose)? {
        Some(there) => {
            let mark = store::marks(tx, there.id)?.of(course.unit(unit)?.position);
            mark.completed_at.is_some() || mark.passed_at.is_some()
        }
        None => false,
    };
    let back = format!("{}/learn/courses/{}", call.site.settings.url, resource.id);
    let opening = Opening {
        resource: &resource,
        unit,
        whose,
        registration: None,
        // What counted once is looked at again: a unit could not say it a second time.
        mode: if done && pages::is_satisfied(tx, &course, actor.account, unit)? {
            Mode::Review
        } else {
            Mode::Normal
        },
        back: &back,
        lang: call.words.lang().code(),
    };
    let opened = acts::launch(tx, &call.site, &opening, call.now)?;
    let see = match opened.url.strip_prefix(&call.site.settings.url) {
        Some(path) if opened.here => path.to_owned(),
        _ => format!("/learn/courses/{}/opened/{}", resource.id, opened.session),
    };
    let body = json!({
        "url": opened.url,
        "session": opened.session,
        "registration": opened.registration,
    });
    Ok(Done::see(see).with(body))
}

// ---- a teacher helps

fn reason_form() -> Form {
    vec![Field::words("reason").max(REASON_MAX)]
}

fn waive(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (found, _) = desk::seen(tx, &call.ask, call.id("registration")?)?;
    let by = Some(call.actor()?.account);
    let unit = pages::unit(&call.ask)?;
    acts::waive(
        tx,
        (found.id, unit),
        call.values.text("reason"),
        by,
        call.now,
    )?;
    Ok(Done::see(pages::path_of(&found)).notice("launch-unit-is-waived"))
}

fn abandon(tx: &mut Tx, call: &Call) -> Result<Done> {
    let session = store::session(tx, call.id("session")?)?.ok_or(Error::Missing)?;
    let (found, _) = desk::seen(tx, &call.ask, session.registration)?;
    acts::abandon(tx, session.id, Some(call.actor()?.account), call.now)?;
    Ok(Done::see(pages::path_of(&found)).notice("launch-session-has-ended"))
}

// ---- keys

fn key_form() -> Form {
    vec![Field::text("label").max(80)]
}

fn told(tx: &mut Tx, call: &Call, verb: &'static str, key: Id) -> Result<()> {
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        verb,
        ("launch_key", key),
        json!({}),
    )
}

fn add_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let country = desk::country(actor)?;
    let label = call.values.text("label");
    let secret = super::add_key(tx, (label, &country), Some(actor.account), call.now)?;
    let see = people::show_once(tx, &call.ask, "shown-launch-key", &secret)?;
    Ok(Done::see(see))
}

fn end_key(tx: &mut Tx, call: &Call) -> Result<Done> {
    let key = desk::own_key(tx, &call.ask)?;
    if !store::end_key(tx, key.id, call.now)? {
        return Err(Refusal::whole("launch-key-over").into());
    }
    told(tx, call, "launch.key_ended", key.id)?;
    Ok(Done::see("/courses/keys").notice("launch-key-has-ended"))
}
