//! What the web asks for each act on lessons, and how its answers become the act.

use crate::acts::{self, Terms};
use crate::choose::{keeper, keepers, licences, schools, units};
use crate::lesson::{Lesson, Unit};
use crate::rules;
use crate::store;
use crate::{item_forms, step_forms};
use base::{Actor, Conflict, Error, Id, Result, Role};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Who};

/// Who writes lessons and items.
pub(crate) const WRITERS: Who = Who::Any(&[Role::Teacher, Role::SchoolHead, Role::LearningOfficer]);
const AT_SCHOOL: Who = Who::Any(&[Role::Teacher, Role::SchoolHead]);
const REVIEWER: Who = Who::Any(&[Role::ResourceReviewer]);

pub(crate) type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(beside);
    let mut all = vec![
        act(
            "learning-lesson-new",
            "/learning/lessons/new",
            WRITERS,
            new_form,
            Some(new_prefill),
            new,
        ),
        act(
            "learning-lesson-unit-new",
            "/learning/lessons/units/new",
            WRITERS,
            unit_form,
            Some(new_prefill),
            new_unit,
        ),
        act(
            "learning-lesson-edit",
            "/learning/lessons/{id}/edit",
            WRITERS,
            edit_form,
            Some(edit_prefill),
            edit,
        ),
        act(
            "learning-lesson-publication",
            "/learning/lessons/{id}/publication",
            AT_SCHOOL,
            Vec::new,
            seen,
            publish,
        ),
        act(
            "learning-lesson-offer",
            "/learning/lessons/{id}/offer",
            WRITERS,
            Vec::new,
            seen,
            offer,
        ),
        act(
            "learning-lesson-approval",
            "/learning/lessons/{id}/approval",
            REVIEWER,
            approval_form,
            seen,
            approve,
        ),
        act(
            "learning-lesson-return",
            "/learning/lessons/{id}/return",
            REVIEWER,
            reason_form,
            seen,
            give_back,
        ),
        act(
            "learning-lesson-withdrawal",
            "/learning/lessons/{id}/withdrawal",
            WRITERS,
            reason_form,
            seen,
            withdraw,
        ),
        act(
            "learning-lesson-edition",
            "/learning/lessons/{id}/edition",
            WRITERS,
            Vec::new,
            seen,
            edition,
        ),
        act(
            "learning-lesson-adaptation",
            "/learning/lessons/{id}/adaptation",
            AT_SCHOOL,
            adapt_form,
            Some(adapt_prefill),
            adapt,
        ),
    ];
    all.extend(step_forms::all());
    all.extend(item_forms::all());
    all
}

// ---- forms

fn terms_form() -> Form {
    vec![
        Field::names("lesson_title").max(120).public(),
        Field::names("lesson_goal").max(300).optional().public(),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade", Choices::Listed(curricula::choose::grades)),
        Field::whole("lesson_minutes", 5, 300),
        Field::many(
            "competencies",
            Choices::Listed(curricula::choose::competencies),
        )
        .optional(),
        Field::choice("lesson_unit", Choices::Listed(units)).optional(),
        Field::whole("lesson_place", 1, 999).optional(),
        Field::choice("lesson_licence", Choices::Listed(licences)),
        Field::text("lesson_credit").max(200).public(),
    ]
}
fn new_form() -> Form {
    let mut form = vec![Field::choice("keeper", Choices::Listed(keepers))];
    form.extend(terms_form());
    form.push(Field::text("resource_code").max(300).optional());
    form
}
fn edit_form() -> Form {
    let mut form = terms_form();
    form.push(Field::version());
    form
}
fn unit_form() -> Form {
    vec![
        Field::choice("keeper", Choices::Listed(keepers)),
        Field::names("lesson_title").max(120).public(),
        Field::names("lesson_goal").max(300).optional().public(),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade", Choices::Listed(curricula::choose::grades)),
    ]
}
pub(crate) fn reason_form() -> Form {
    vec![Field::words("reason").max(1_000).public()]
}
fn approval_form() -> Form {
    [
        "lesson_is_correct",
        "lesson_is_fitting",
        "lesson_is_fair",
        "lesson_is_free",
    ]
    .into_iter()
    .map(Field::yes)
    .collect()
}
fn adapt_form() -> Form {
    vec![Field::choice("keeper", Choices::Listed(schools))]
}

// ---- what forms begin with

/// What the person sees while deciding: the lesson's title.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    Ok(Prefill {
        beside: about(ask, &lesson),
        ..Prefill::default()
    })
}

pub(crate) fn about(ask: &Ask, lesson: &Lesson) -> ui::Html {
    html!(
        "<p><a href=\"/learning/lessons/{}\">{}</a> · {}</p>",
        lesson.id.to_string(),
        ask.words.name(&lesson.names),
        lesson.code
    )
}

pub(crate) fn visible(tx: &mut Tx, ask: &Ask) -> Result<Lesson> {
    let lesson = store::lesson(tx, ask.id("id")?)?;
    if rules::may_see(&lesson, ask.actor.as_ref()) {
        Ok(lesson)
    } else {
        Err(Error::Missing)
    }
}

pub(crate) fn new_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut entered = Entered::default()
        .with("lesson_licence", "CC-BY-4.0")
        .with("lesson_minutes", "40")
        .with("item_language", ask.words.lang().code());
    if let [one] = keepers(tx, ask)?.as_slice() {
        entered = entered
            .with("keeper", one.code.as_str())
            .with("lesson_credit", one.label.as_str());
    }
    for name in ["school_subject", "grade", "competencies"] {
        if let Some(value) = ask.query.get(name) {
            entered = entered.with(name, value.as_str());
        }
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn entered(lesson: &Lesson) -> Entered {
    let mut entered = Entered::default()
        .with("school_subject", lesson.subject.as_str())
        .with("grade", lesson.grade.to_string())
        .with("lesson_minutes", lesson.minutes.to_string())
        .with("lesson_licence", lesson.licence.as_str())
        .with("lesson_credit", lesson.credit.as_str())
        .with(
            "lesson_place",
            if lesson.place > 0 {
                lesson.place.to_string()
            } else {
                String::new()
            },
        )
        .with(
            "lesson_unit",
            lesson.unit.map_or(String::new(), |unit| unit.to_string()),
        )
        .with("version", lesson.version.to_string());
    for id in &lesson.competencies {
        entered = entered.with("competencies", id.to_string());
    }
    for (field, names) in [
        ("lesson_title", &lesson.names),
        ("lesson_goal", &lesson.goal),
    ] {
        for (code, name) in &names.0 {
            entered = entered.with(&format!("{field}_{code}"), name.as_str());
        }
    }
    entered
}

fn edit_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    rules::may_change(&lesson)?;
    Ok(Prefill {
        entered: entered(&lesson),
        beside: about(ask, &lesson),
    })
}

fn adapt_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let schools = schools(tx, ask)?;
    let mut copies = Vec::new();
    for school in schools.iter().filter_map(|one| Id::parse(&one.code)) {
        copies.extend(store::copies(tx, &lesson, school)?);
    }
    let mut prefill = Prefill {
        beside: about(ask, &lesson),
        ..Prefill::default()
    };
    prefill
        .beside
        .push(crate::pages::copies(&ask.words, &copies));
    if let [one] = schools.as_slice() {
        prefill.entered = Entered::default().with("keeper", one.code.as_str());
    }
    Ok(prefill)
}

// ---- acts

fn terms(call: &Call) -> Terms {
    let v = &call.values;
    let ids = v.many("competencies");
    Terms {
        names: v.names("lesson_title"),
        goal: v.names("lesson_goal"),
        unit: v.id("lesson_unit"),
        place: v.opt_whole("lesson_place").unwrap_or(0),
        subject: v.text("school_subject").to_owned(),
        grade: v.text("grade").parse().unwrap_or_default(),
        competencies: ids.iter().filter_map(|id| Id::parse(id)).collect(),
        minutes: v.whole("lesson_minutes"),
        licence: v.text("lesson_licence").to_owned(),
        credit: v.text("lesson_credit").to_owned(),
    }
}

pub(crate) fn see(id: Id) -> Done {
    Done::see(format!("/learning/lessons/{id}")).with(json!({ "id": id }))
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let keeper = keeper(tx, call.values.text("keeper"))?;
    let (actor, now) = (call.actor()?, call.now);
    let id = acts::begin(tx, &keeper, &terms(call), actor, now)?;
    if let Some(code) = call.values.opt_text("resource_code") {
        let resource = step_forms::resource_named(tx, "resource_code", code)?;
        step_forms::show(tx, id, (resource, None, None), actor, now)?;
    }
    Ok(see(id).notice("lessons-begun"))
}

fn new_unit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let keeper = keeper(tx, call.values.text("keeper"))?;
    let unit = Unit {
        id: Id::new(call.now),
        country: keeper.country,
        school: keeper.school,
        names: call.values.names("lesson_title"),
        subject: call.values.text("school_subject").to_owned(),
        grade: call.values.text("grade").parse().unwrap_or_default(),
        about: call.values.names("lesson_goal"),
        version: 1,
    };
    acts::begin_unit(tx, &unit, call.actor()?, call.now)?;
    Ok(Done::see("/learning/lessons/mine").with(json!({ "id": unit.id })))
}

fn conflict(lesson: &Lesson, error: Error) -> Error {
    match error {
        Error::Conflict(found) => {
            let saved = entered(lesson);
            let saved = saved
                .texts
                .into_iter()
                .filter(|(name, _)| name != "version");
            Error::Conflict(Box::new(Conflict {
                version: found.version,
                saved: saved
                    .map(|(name, values)| (name, values.join(", ")))
                    .collect(),
            }))
        }
        other => other,
    }
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let before = store::lesson(tx, id)?;
    if before.version != call.values.version() {
        let found = Conflict {
            version: before.version,
            saved: Vec::new(),
        };
        return Err(conflict(&before, Error::Conflict(Box::new(found))));
    }
    acts::edit(
        tx,
        id,
        &terms(call),
        call.values.version(),
        call.actor()?,
        call.now,
    )
    .map_err(|error| conflict(&before, error))?;
    Ok(see(id))
}

type Doing = fn(&mut Tx, Id, &Actor, base::Moment) -> Result<()>;

fn done(tx: &mut Tx, call: &Call, act: Doing, notice: &'static str) -> Result<Done> {
    let id = call.id("id")?;
    act(tx, id, call.actor()?, call.now)?;
    Ok(see(id).notice(notice))
}

fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    done(tx, call, acts::publish, "lessons-published")
}
fn offer(tx: &mut Tx, call: &Call) -> Result<Done> {
    done(tx, call, acts::offer, "lessons-offered")
}
fn approve(tx: &mut Tx, call: &Call) -> Result<Done> {
    done(
        tx,
        call,
        |tx, id, actor, now| acts::review(tx, id, None, actor, now),
        "lessons-approved",
    )
}
fn give_back(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::review(
        tx,
        id,
        Some(call.values.text("reason")),
        call.actor()?,
        call.now,
    )?;
    Ok(see(id).notice("lessons-returned"))
}
fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::withdraw(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(see(id).notice("lessons-withdrawn"))
}
fn edition(tx: &mut Tx, call: &Call) -> Result<Done> {
    Ok(see(acts::next_edition(
        tx,
        call.id("id")?,
        call.actor()?,
        call.now,
    )?))
}
fn adapt(tx: &mut Tx, call: &Call) -> Result<Done> {
    let keeper = keeper(tx, call.values.text("keeper"))?;
    Ok(see(acts::adapt(
        tx,
        call.id("id")?,
        &keeper,
        call.actor()?,
        call.now,
    )?)
    .notice("lessons-adapted"))
}
