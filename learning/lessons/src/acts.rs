//! The verbs: load, decide, save, record a fact; each in the transaction it is given.

use crate::lesson::{Body, ItemRow, Lesson, Review, Standing, Step, Unit};
use crate::rules::{self, Keeper};
use crate::{store, terms};
use base::{Actor, Error, Id, Moment, Names, Refusal, Refusals, Result, Role, Second};
use db::Tx;
use formats::item::{Sound, Sounds, Text};
use resources::{Resource, Use};
use serde_json::json;
use std::collections::BTreeMap;

fn told_of(
    tx: &mut Tx,
    actor: &Actor,
    now: Moment,
    verb: &'static str,
    lesson: &Lesson,
) -> Result<()> {
    let about =
        json!({ "country": lesson.country, "school": lesson.school, "edition": lesson.edition });
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        verb,
        ("learning_lesson", lesson.id),
        about,
    )
}

pub(crate) fn fresh_code(tx: &mut Tx, first: char, country: &str, id: Id) -> Result<String> {
    for salt in 0..50 {
        let code = rules::code(first, id, salt);
        if !store::is_code_taken(tx, country, &code)? {
            return Ok(code);
        }
    }
    Err(Error::fault("no code is free"))
}

/// The country of a school, as its keeper.
///
/// # Errors
/// Missing when there is no such school.
pub fn keeper_school(tx: &mut Tx, school: Id) -> Result<Keeper> {
    Ok(Keeper {
        country: places::school(tx, school)?.country,
        school: Some(school),
    })
}

// ---- lessons

/// What a lesson says of itself.
#[derive(Clone, Debug)]
pub struct Terms {
    pub names: Names,
    pub goal: Names,
    pub unit: Option<Id>,
    pub place: i64,
    pub subject: String,
    pub grade: i64,
    pub competencies: Vec<Id>,
    pub minutes: i64,
    pub licence: String,
    pub credit: String,
}

fn set(lesson: &mut Lesson, terms: &Terms) {
    let terms = terms.clone();
    lesson.names = terms.names;
    lesson.goal = terms.goal;
    lesson.unit = terms.unit;
    lesson.place = terms.place;
    lesson.subject = terms.subject;
    lesson.grade = terms.grade;
    lesson.competencies = terms.competencies;
    lesson.competencies.sort_unstable();
    lesson.competencies.dedup();
    lesson.minutes = terms.minutes;
    lesson.licence = terms.licence;
    lesson.credit = terms.credit;
}

pub(crate) fn blank(
    tx: &mut Tx,
    id: Id,
    keeper: &Keeper,
    terms: &Terms,
    by: Option<Id>,
    now: Moment,
) -> Result<Lesson> {
    let mut lesson = Lesson {
        id,
        series: id,
        edition: 1,
        country: keeper.country.clone(),
        school: keeper.school,
        code: fresh_code(tx, 'L', &keeper.country, id)?,
        unit: None,
        place: 0,
        names: Names::default(),
        goal: Names::default(),
        langs: Vec::new(),
        subject: String::new(),
        grade: 0,
        competencies: Vec::new(),
        minutes: 1,
        licence: String::new(),
        credit: String::new(),
        based_on: None,
        standing: Standing::Draft,
        review: Review::None,
        for_all: false,
        reason: None,
        made_by: by,
        made_at: now,
        published_by: None,
        published_at: None,
        offered_by: None,
        offered_at: None,
        reviewed_by: None,
        reviewed_at: None,
        steps_made: 0,
        version: 1,
    };
    set(&mut lesson, terms);
    Ok(lesson)
}

fn check_unit(tx: &mut Tx, keeper: &Keeper, unit: Option<Id>) -> Result<()> {
    let Some(id) = unit else { return Ok(()) };
    let unit = store::unit(tx, id)?;
    if unit.country == keeper.country && unit.school == keeper.school {
        Ok(())
    } else {
        Err(Refusal::about("lesson_unit", "lessons-unit-of-another").into())
    }
}

/// Begins a lesson.
///
/// # Errors
/// Forbidden to who does not write for its keeper.
pub fn begin(
    tx: &mut Tx,
    keeper: &Keeper,
    terms: &Terms,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    rules::may_write(actor, keeper)?;
    check_unit(tx, keeper, terms.unit)?;
    let lesson = blank(tx, Id::new(now), keeper, terms, Some(actor.account), now)?;
    store::add_lesson(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.begun", &lesson)?;
    Ok(lesson.id)
}

/// Begins a unit.
///
/// # Errors
/// Forbidden to who does not write for its keeper.
pub fn begin_unit(tx: &mut Tx, unit: &Unit, actor: &Actor, now: Moment) -> Result<()> {
    let keeper = Keeper {
        country: unit.country.clone(),
        school: unit.school,
    };
    rules::may_write(actor, &keeper)?;
    store::add_unit(tx, unit, Some(actor.account), now)?;
    ledger::tell(
        tx,
        (now, Some(actor.account)),
        "lessons.unit-begun",
        ("lesson_unit", unit.id),
        json!({}),
    )
}

/// A draft that the actor may change, held until the transaction ends.
fn draft(tx: &mut Tx, id: Id, actor: &Actor) -> Result<Lesson> {
    let lesson = store::hold(tx, id)?;
    rules::may_write(actor, &Keeper::of(&lesson))?;
    rules::may_change(&lesson)?;
    Ok(lesson)
}

/// Changes what a draft says of itself.
///
/// # Errors
/// Refused when it is published; a conflict when somebody else changed it first.
pub fn edit(
    tx: &mut Tx,
    id: Id,
    terms: &Terms,
    expected: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut lesson = draft(tx, id, actor)?;
    check_unit(tx, &Keeper::of(&lesson), terms.unit)?;
    let before = lesson.competencies.clone();
    set(&mut lesson, terms);
    store::change_lesson(tx, &lesson, &before, expected)?;
    told_of(tx, actor, now, "lessons.edited", &lesson)
}

/// Adds a step at the end, or at a place; answers its number.
///
/// # Errors
/// Refused when the lesson is published or full, or the step cannot stand in it.
pub fn add_step(
    tx: &mut Tx,
    id: Id,
    (body, notes, sounds): (&Body, &Text, &Sounds),
    place: Option<i64>,
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let mut lesson = draft(tx, id, actor)?;
    let mut steps = store::steps(tx, id)?;
    if steps.len() >= rules::STEPS_MAX {
        return Err(Refusal::whole("lessons-too-many-steps")
            .with("max", rules::STEPS_MAX)
            .into());
    }
    fits(tx, &lesson, body)?;
    lesson.steps_made += 1;
    let number = lesson.steps_made;
    let last = i64::try_from(steps.len()).unwrap_or(i64::MAX);
    steps.push(Step {
        number,
        place: last + 1,
        body: body.clone(),
        notes: notes.clone(),
        sounds: sounds.clone(),
    });
    if let Some(new) = steps.last() {
        store::put_step(tx, id, new)?;
    }
    if let Some(place) = place {
        arrange(tx, id, &steps, number, place)?;
    }
    take_on(tx, &mut lesson, body, sounds)?;
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.step-added", &lesson)?;
    Ok(number)
}

/// Gives a draft the licence that a work brought into it asks for.
fn take_on(tx: &mut Tx, lesson: &mut Lesson, body: &Body, sounds: &Sounds) -> Result<()> {
    for work in terms::brought(tx, body, sounds)? {
        let own = terms::licence(tx, &lesson.licence)?;
        if let Some(code) = terms::taken_on(&own, &work.licence) {
            lesson.licence = code;
        }
    }
    Ok(())
}

fn touch(tx: &mut Tx, lesson: &Lesson) -> Result<()> {
    let before = lesson.competencies.clone();
    store::change_lesson(tx, lesson, &before, lesson.version)?;
    Ok(())
}

/// Whether what a step holds is there and may stand in this lesson.
fn fits(tx: &mut Tx, lesson: &Lesson, body: &Body) -> Result<()> {
    match body {
        Body::Text { html, .. } if html.is_empty() => {
            Err(Refusal::about("step_text", "form-missing").into())
        }
        Body::Text { .. } => Ok(()),
        Body::Item(id) => {
            let row = store::item(tx, *id)?;
            let mut no = Refusals::default();
            let foreign = row.country != lesson.country
                || (row.school.is_some() && row.school != lesson.school);
            no.unless(!foreign, "item_code", "lessons-no-such-item");
            no.unless(!row.withdrawn, "item_code", "item-is-withdrawn");
            no.or(())
        }
        Body::Resource { resource, .. } => {
            let one = resources::resource(tx, *resource)?;
            if let Err(mut refusal) = one.may(Use::Show) {
                "resource_code".clone_into(&mut refusal.field);
                return Err(refusal.into());
            }
            if one.is_usable(lesson.school) {
                Ok(())
            } else {
                let code = one.code.as_str();
                Err(
                    Refusal::about("resource_code", "lessons-resource-not-usable")
                        .with("code", code)
                        .into(),
                )
            }
        }
    }
}

fn arrange(tx: &mut Tx, id: Id, steps: &[Step], number: i64, place: i64) -> Result<()> {
    let order = rules::moved(steps, number, place).ok_or(Error::Missing)?;
    for (place, number) in (1..).zip(order) {
        if let Some(step) = steps
            .iter()
            .find(|step| step.number == number && step.place != place)
        {
            let step = Step {
                place,
                ..step.clone()
            };
            store::put_step(tx, id, &step)?;
        }
    }
    Ok(())
}

/// Moves a step to a place.
///
/// # Errors
/// Missing when there is no such step.
pub fn move_step(
    tx: &mut Tx,
    id: Id,
    number: i64,
    place: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let lesson = draft(tx, id, actor)?;
    let steps = store::steps(tx, id)?;
    arrange(tx, id, &steps, number, place)?;
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.step-moved", &lesson)
}

/// Takes a step out.
///
/// # Errors
/// Missing when there is no such step.
pub fn remove_step(tx: &mut Tx, id: Id, number: i64, actor: &Actor, now: Moment) -> Result<()> {
    let lesson = draft(tx, id, actor)?;
    let mut steps = store::steps(tx, id)?;
    store::remove_step(tx, id, number)?;
    steps.retain(|step| step.number != number);
    for (place, step) in (1..).zip(&steps) {
        if step.place != place {
            let step = Step {
                place,
                ..step.clone()
            };
            store::put_step(tx, id, &step)?;
        }
    }
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.step-removed", &lesson)
}

/// Writes the text and the teacher’s notes of a step in one language; empty takes them away.
///
/// # Errors
/// Refused when a text step would be left without any text.
pub fn word_step(
    tx: &mut Tx,
    id: Id,
    number: i64,
    (lang, text, notes, sound): (&str, &str, &str, Option<&Sound>),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut lesson = draft(tx, id, actor)?;
    let steps = store::steps(tx, id)?;
    let mut step = steps
        .into_iter()
        .find(|step| step.number == number)
        .ok_or(Error::Missing)?;
    put(&mut step.notes, lang, notes.trim().to_owned());
    match sound {
        Some(sound) => step.sounds.insert(lang.to_owned(), sound.clone()),
        None => step.sounds.remove(lang),
    };
    if let Body::Text { source, html } = &mut step.body {
        put(source, lang, text.trim().to_owned());
        put(
            html,
            lang,
            if text.trim().is_empty() {
                String::new()
            } else {
                formats::markdown(text.trim())
            },
        );
        if html.is_empty() {
            return Err(Refusal::about("step_text", "form-missing").into());
        }
    }
    store::put_step(tx, id, &step)?;
    take_on(tx, &mut lesson, &step.body, &step.sounds)?;
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.step-worded", &lesson)
}

fn put(text: &mut Text, lang: &str, value: String) {
    if value.is_empty() {
        text.0.remove(lang);
    } else {
        text.0.insert(lang.to_owned(), value);
    }
}

/// A text step from Markdown in one language.
pub fn text_body(lang: &str, text: &str) -> Body {
    let text = text.trim();
    let (source, html) = if text.is_empty() {
        (Text::default(), Text::default())
    } else {
        (
            Text::one(lang, text),
            Text::one(lang, formats::markdown(text)),
        )
    };
    Body::Text { source, html }
}

pub(crate) type Parts = (Vec<Step>, BTreeMap<Id, ItemRow>, BTreeMap<Id, Resource>);

/// The steps of a lesson with the items and resources they name.
pub(crate) fn parts(tx: &mut Tx, id: Id) -> Result<Parts> {
    let steps = store::steps(tx, id)?;
    let items: BTreeMap<Id, ItemRow> = store::items_of(tx, id)?
        .into_iter()
        .map(|row| (row.id, row))
        .collect();
    let ids = rules::used(&steps, &items);
    let shown = if ids.is_empty() {
        BTreeMap::new()
    } else {
        resources::resources(tx, &ids)?
    };
    Ok((steps, items, shown))
}

/// Makes the items of a lesson immutable and older editions give way.
fn settle(tx: &mut Tx, lesson: &Lesson, items: &BTreeMap<Id, ItemRow>) -> Result<()> {
    for row in items.values().filter(|row| !row.fixed) {
        let row = ItemRow {
            fixed: true,
            ..row.clone()
        };
        store::change_item(tx, &row, row.version)?;
    }
    for mut old in store::editions(tx, lesson.series)? {
        let gives_way = old.id != lesson.id
            && old.edition < lesson.edition
            && old.standing == Standing::Published
            && (lesson.for_all || !old.for_all);
        if gives_way {
            old.standing = Standing::Superseded;
            touch(tx, &old)?;
        }
    }
    Ok(())
}

/// Publishes a school’s lesson: its school uses it from now on, and it never changes again.
///
/// # Errors
/// Refused with everything it lacks.
pub fn publish(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut lesson = draft(tx, id, actor)?;
    if lesson.school.is_none() {
        return Err(Refusal::whole("lessons-review-first").into());
    }
    let parts = parts(tx, id)?;
    terms::check(tx, &lesson, &parts)?;
    let (steps, items, shown) = parts;
    rules::may_publish(&lesson, &steps, &items, &shown)?;
    lesson.standing = Standing::Published;
    lesson.langs = rules::whole_langs(&lesson, &steps, &items);
    lesson.published_by = Some(actor.account);
    lesson.published_at = Some(now);
    touch(tx, &lesson)?;
    settle(tx, &lesson, &items)?;
    told_of(tx, actor, now, "lessons.published", &lesson)
}

/// Asks the country’s reviewers to let everybody have the lesson.
///
/// # Errors
/// Refused with everything it lacks.
pub fn offer(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut lesson = store::hold(tx, id)?;
    rules::may_write(actor, &Keeper::of(&lesson))?;
    let parts = parts(tx, id)?;
    terms::check_for_all(tx, &lesson, &parts)?;
    let (steps, items, shown) = parts;
    rules::may_offer(&lesson, (&steps, &items), &shown)?;
    rules::may_publish(&lesson, &steps, &items, &shown)?;
    lesson.review = Review::Proposed;
    lesson.offered_by = Some(actor.account);
    lesson.offered_at = Some(now);
    lesson.reviewed_by = None;
    lesson.reviewed_at = None;
    lesson.reason = None;
    lesson.langs = rules::whole_langs(&lesson, &steps, &items);
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.offered", &lesson)
}

/// A reviewer lets everybody have the lesson, or returns it with a reason. Never who made or offered it.
///
/// # Errors
/// Refused when it is not under review, or to the same person.
pub fn review(
    tx: &mut Tx,
    id: Id,
    returned: Option<&str>,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut lesson = store::hold(tx, id)?;
    if !actor.is_in(Role::ResourceReviewer, &lesson.country) {
        return Err(Error::Forbidden(Role::ResourceReviewer.code()));
    }
    if lesson.review != Review::Proposed {
        return Err(Refusal::whole("lessons-not-under-review").into());
    }
    let first: Vec<Id> = [lesson.made_by, lesson.offered_by]
        .into_iter()
        .flatten()
        .collect();
    let second = Second::after(&first, actor)?;
    lesson.reviewed_by = Some(second.account());
    lesson.reviewed_at = Some(now);
    if let Some(reason) = returned {
        lesson.review = Review::Returned;
        lesson.reason = Some(reason.to_owned());
        touch(tx, &lesson)?;
        return told_of(tx, actor, now, "lessons.returned", &lesson);
    }
    let parts = parts(tx, id)?;
    terms::check_for_all(tx, &lesson, &parts)?;
    let (steps, items, shown) = parts;
    rules::may_publish(&lesson, &steps, &items, &shown)?;
    lesson.review = Review::Approved;
    lesson.for_all = true;
    if lesson.standing == Standing::Draft {
        lesson.standing = Standing::Published;
        lesson.published_by = lesson.offered_by;
        lesson.published_at = Some(now);
    }
    lesson.langs = rules::whole_langs(&lesson, &steps, &items);
    touch(tx, &lesson)?;
    settle(tx, &lesson, &items)?;
    told_of(tx, actor, now, "lessons.approved", &lesson)
}

/// Takes a lesson out of use, with the reason that everybody reads.
///
/// # Errors
/// Refused when it is out of use already.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut lesson = store::hold(tx, id)?;
    let keeps = rules::writes_for(actor, &Keeper::of(&lesson));
    let nationally = lesson.for_all && actor.is_in(Role::LearningOfficer, &lesson.country);
    if !keeps && !nationally {
        rules::may_write(actor, &Keeper::of(&lesson))?;
    }
    if lesson.standing == Standing::Withdrawn {
        return Err(Refusal::whole("lessons-withdrawn-already").into());
    }
    lesson.standing = Standing::Withdrawn;
    lesson.for_all = lesson.for_all && lesson.published_at.is_some();
    if lesson.review == Review::Proposed {
        lesson.review = Review::None;
    }
    lesson.reason = Some(reason.to_owned());
    touch(tx, &lesson)?;
    told_of(tx, actor, now, "lessons.withdrawn", &lesson)
}

fn copy(
    tx: &mut Tx,
    from: &Lesson,
    to: &Lesson,
    actor: &Actor,
    now: Moment,
    verb: &'static str,
) -> Result<Id> {
    store::add_lesson(tx, to)?;
    for step in store::steps(tx, from.id)? {
        store::put_step(tx, to.id, &step)?;
    }
    told_of(tx, actor, now, verb, to)?;
    Ok(to.id)
}

fn anew(tx: &mut Tx, from: &Lesson, keeper: &Keeper, actor: &Actor, now: Moment) -> Result<Lesson> {
    let id = Id::new(now);
    Ok(Lesson {
        id,
        series: id,
        edition: 1,
        country: keeper.country.clone(),
        school: keeper.school,
        code: fresh_code(tx, 'L', &keeper.country, id)?,
        based_on: Some(from.id),
        standing: Standing::Draft,
        review: Review::None,
        for_all: false,
        reason: None,
        made_by: Some(actor.account),
        made_at: now,
        published_by: None,
        published_at: None,
        offered_by: None,
        offered_at: None,
        reviewed_by: None,
        reviewed_at: None,
        version: 1,
        ..from.clone()
    })
}

/// Begins the next edition of a published lesson, as a draft beside it.
///
/// # Errors
/// Refused when a later edition has been begun.
pub fn next_edition(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Id> {
    let from = store::hold(tx, id)?;
    let keeper = Keeper::of(&from);
    rules::may_write(actor, &keeper)?;
    let editions = store::editions(tx, from.series)?;
    let latest = editions
        .iter()
        .map(|one| one.edition)
        .max()
        .unwrap_or(from.edition);
    let mut no = Refusals::default();
    no.unless(
        from.standing != Standing::Draft,
        "",
        "lessons-edition-of-draft",
    );
    let begun = rules::begun(&editions);
    no.unless(begun.is_none(), "", "lessons-edition-begun");
    no.or(())?;
    let lesson = Lesson {
        series: from.series,
        edition: latest + 1,
        ..anew(tx, &from, &keeper, actor, now)?
    };
    copy(tx, &from, &lesson, actor, now, "lessons.edition-begun")
}

/// Makes a school’s own lesson of another: only where every licence lets it be changed.
///
/// # Errors
/// Refused with every licence that does not.
pub fn adapt(tx: &mut Tx, id: Id, keeper: &Keeper, actor: &Actor, now: Moment) -> Result<Id> {
    rules::may_write(actor, keeper)?;
    let from = store::lesson(tx, id)?;
    if !rules::may_see(&from, Some(actor)) || from.country != keeper.country {
        return Err(Error::Missing);
    }
    let own = terms::licence(tx, &from.licence)?;
    rules::gate_all(&[own], &[], Use::Change)?;
    let mut lesson = anew(tx, &from, keeper, actor, now)?;
    lesson.unit = None;
    copy(tx, &from, &lesson, actor, now, "lessons.adapted")
}
