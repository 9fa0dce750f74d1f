//! What the web asks for each act on the steps of a lesson.

use crate::acts;
use crate::choose::languages;
use crate::forms::{Filled, WRITERS, about, beside, see, visible};
use crate::lesson::{Body, Lesson};
use crate::rules::{self, Keeper};
use crate::store;
use base::{Actor, Error, Id, Moment, Refusal, Result};
use db::Tx;
use formats::item::{Sound, Sounds, Text};
use serde_json::json;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill};

/// Every act on steps.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, form, prefill: Filled, run| Act {
        name,
        path,
        who: WRITERS,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(beside);
    let mut all = vec![
        act(
            "learning-lesson-text",
            "/learning/lessons/{id}/steps/text",
            text_form,
            Some(text_prefill),
            add_text,
        ),
        act(
            "learning-lesson-resource",
            "/learning/lessons/{id}/steps/resource",
            crate::brought::form,
            Some(crate::brought::prefill),
            add_resource,
        ),
        act(
            "learning-lesson-item",
            "/learning/lessons/{id}/steps/item",
            item_form,
            seen,
            add_item,
        ),
        act(
            "learning-lesson-step-words",
            "/learning/lessons/{id}/steps/{step}/texts/{language}",
            words_form,
            Some(words_prefill),
            word_step,
        ),
        act(
            "learning-lesson-step-place",
            "/learning/lessons/{id}/steps/{step}/place",
            place_form,
            Some(place_prefill),
            move_step,
        ),
        act(
            "learning-lesson-step-removal",
            "/learning/lessons/{id}/steps/{step}/removal",
            Vec::new,
            seen,
            remove_step,
        ),
    ];
    for act in &mut all {
        act.prepare = match act.name {
            "learning-lesson-text" | "learning-lesson-step-words" => Some(crate::sounds::read),
            "learning-lesson-resource" => Some(crate::brought::read),
            _ => None,
        };
    }
    all
}

fn text_form() -> Form {
    vec![
        Field::choice("item_language", Choices::Listed(languages)),
        Field::words("step_text").max(12_000).public(),
        Field::words("step_notes").max(4_000).optional().public(),
        Field::whole("step_place", 1, 100).optional(),
    ]
    .into_iter()
    .chain(crate::sounds::fields())
    .collect()
}

fn item_form() -> Form {
    vec![
        Field::text("item_code").max(40),
        Field::whole("step_place", 1, 100).optional(),
    ]
}

fn words_form() -> Form {
    vec![
        Field::words("step_text").max(12_000).optional().public(),
        Field::words("step_notes").max(4_000).optional().public(),
    ]
    .into_iter()
    .chain(crate::sounds::fields())
    .collect()
}

fn place_form() -> Form {
    vec![Field::whole("step_place", 1, 100)]
}

fn text_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let lang = crate::brought::language(&ask.words, &lesson);
    Ok(Prefill {
        entered: Entered::default().with("item_language", lang),
        beside: about(ask, &lesson),
    })
}

fn step_of(tx: &mut Tx, ask: &Ask, lesson: Id) -> Result<crate::Step> {
    let number: i64 = ask.param("step").parse().map_err(|_| Error::Missing)?;
    let steps = store::steps(tx, lesson)?;
    steps
        .into_iter()
        .find(|step| step.number == number)
        .ok_or(Error::Missing)
}

fn words_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let step = step_of(tx, ask, lesson.id)?;
    let lang = ask.param("language");
    let mut entered = Entered::default();
    if let Some(notes) = step.notes.0.get(lang) {
        entered = entered.with("step_notes", notes.as_str());
    }
    entered = entered.with(
        "sound_code",
        crate::sounds::code_of(tx, step.sounds.get(lang))?,
    );
    let mut beside = about(ask, &lesson);
    if let Body::Text { source, html } = &step.body {
        match source.0.get(lang) {
            Some(text) => entered = entered.with("step_text", text.as_str()),
            None => beside.push(crate::shown::content(&ask.words, html, lang)),
        }
    }
    Ok(Prefill { entered, beside })
}

fn place_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let step = step_of(tx, ask, lesson.id)?;
    Ok(Prefill {
        entered: Entered::default().with("step_place", step.place.to_string()),
        beside: about(ask, &lesson),
    })
}

fn add_text(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let lang = v.text("item_language");
    let notes = v
        .opt_text("step_notes")
        .map_or_else(Text::default, |text| Text::one(lang, text));
    let body = acts::text_body(lang, v.text("step_text"));
    let lesson = store::lesson(tx, call.id("id")?)?;
    let sound = read_out(tx, call, &lesson, lang)?;
    let sounds = sound
        .map(|sound| (lang.to_owned(), sound))
        .into_iter()
        .collect();
    add(tx, call, (&body, &notes, &sounds))
}

/// The recording brought or named for a step of a lesson.
fn read_out(tx: &mut Tx, call: &Call, lesson: &Lesson, lang: &str) -> Result<Option<Sound>> {
    rules::may_write(call.actor()?, &Keeper::of(lesson))?;
    rules::may_change(lesson)?;
    let whose = crate::sounds::For {
        keeper: &Keeper::of(lesson),
        lang,
        title: call.words.name(&lesson.names).to_owned(),
        subject: &lesson.subject,
        grade: lesson.grade,
        licence: &lesson.licence,
        credit: &lesson.credit,
    };
    crate::sounds::chosen(tx, call, &whose)
}

fn add(tx: &mut Tx, call: &Call, step: (&Body, &Text, &Sounds)) -> Result<Done> {
    let id = call.id("id")?;
    let place = call.values.opt_whole("step_place");
    let before = store::lesson(tx, id)?.licence;
    let number = acts::add_step(tx, id, step, place, call.actor()?, call.now)?;
    added(tx, id, number, &before)
}

/// What is said of a new step, and of the licence the lesson took on with it.
fn added(tx: &mut Tx, id: Id, number: i64, before: &str) -> Result<Done> {
    let after = store::lesson(tx, id)?.licence;
    let done = Done::see(format!("/learning/lessons/{id}#step-{number}"))
        .with(json!({ "id": id, "step": number, "licence": after }));
    Ok(if after == before {
        done
    } else {
        done.notice("lessons-licence-taken-on")
    })
}

/// The resource that an address, an id or a code names.
pub(crate) fn resource_named(tx: &mut Tx, field: &str, text: &str) -> Result<Id> {
    let last = text
        .trim()
        .trim_end_matches('/')
        .rsplit('/')
        .next()
        .unwrap_or_default();
    let last = last.split(['?', '#']).next().unwrap_or_default();
    if let Some(id) = Id::parse(last) {
        return Ok(id);
    }
    let found = resources::resource_by_code(tx, last)?;
    found
        .map(|one| one.id)
        .ok_or_else(|| Refusal::about(field, "lessons-no-such-resource").into())
}

fn add_resource(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let resource = crate::brought::chosen(tx, call)?;
    let v = &call.values;
    let where_in = (
        resource,
        v.opt_whole("resource_page"),
        v.opt_whole("step_place"),
    );
    let before = store::lesson(tx, id)?.licence;
    let number = show(tx, id, where_in, call.actor()?, call.now)?;
    added(tx, id, number, &before)
}

/// Puts a resource, or one page of it, into a lesson; answers the step's number.
pub(crate) fn show(
    tx: &mut Tx,
    lesson: Id,
    (resource, page, place): (Id, Option<i64>, Option<i64>),
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    let body = Body::Resource { resource, page };
    let step = (&body, &Text::default(), &Sounds::new());
    acts::add_step(tx, lesson, step, place, actor, now).map_err(|error| match error {
        Error::Missing => Refusal::about("resource_code", "lessons-no-such-resource").into(),
        other => other,
    })
}

fn add_item(tx: &mut Tx, call: &Call) -> Result<Done> {
    let lesson = store::lesson(tx, call.id("id")?)?;
    let code = call.values.text("item_code").trim().to_uppercase();
    let row = store::item_by_code(tx, &lesson.country, &code)?
        .ok_or_else(|| Refusal::about("item_code", "lessons-no-such-item"))?;
    let step = (&Body::Item(row.id), &Text::default(), &Sounds::new());
    add(tx, call, step)
}

fn number(call: &Call) -> Result<i64> {
    call.param("step").parse().map_err(|_| Error::Missing)
}

fn word_step(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, number) = (call.id("id")?, number(call)?);
    let lang = call.param("language");
    let known = languages(tx, call)?.iter().any(|one| one.code == lang);
    if !known {
        return Err(Error::Missing);
    }
    let lesson = store::lesson(tx, id)?;
    let sound = read_out(tx, call, &lesson, lang)?;
    let said = (
        lang,
        call.values.text("step_text"),
        call.values.text("step_notes"),
        sound.as_ref(),
    );
    acts::word_step(tx, id, number, said, call.actor()?, call.now)?;
    Ok(Done::see(format!("/learning/lessons/{id}#step-{number}")))
}

fn move_step(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, number) = (call.id("id")?, number(call)?);
    acts::move_step(
        tx,
        id,
        number,
        call.values.whole("step_place"),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/learning/lessons/{id}#step-{number}")))
}

fn remove_step(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::remove_step(tx, id, number(call)?, call.actor()?, call.now)?;
    Ok(see(id))
}
