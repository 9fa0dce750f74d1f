//! A file of one's own put into a lesson where it stands: a photograph, a worksheet, a voice note.

use crate::choose::{licences, school_name};
use crate::forms::{about, visible};
use crate::lesson::Lesson;
use crate::rules::{self, Keeper};
use crate::store;
use base::{Error, Id, Names, Refusal, Result};
use db::Tx;
use lang::Words;
use resources::{Given, New};
use web::{Ask, Call, Choices, Entered, Field, Form, Prefill, Site};

/// Bytes a file may have: a worksheet, a few photographs, an hour of speech.
const FILE_MAX: u64 = 60_000_000;

/// What a step from the library asks for: a file of one's own, or what is there already.
pub(crate) fn form() -> Form {
    vec![
        Field::file("step_file", FILE_MAX).optional(),
        Field::text("step_title").max(120).optional().public(),
        Field::choice("step_licence", Choices::Listed(licences)).optional(),
        Field::text("resource_code").max(300).optional(),
        Field::whole("resource_page", 1, 5_000).optional(),
        Field::whole("step_place", 1, 100).optional(),
    ]
}

/// A teacher's own is the school's until she says otherwise.
pub(crate) fn prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let mut entered = Entered::default();
    if lesson.school.is_some() {
        entered = entered.with("step_licence", "school-own");
    }
    Ok(Prefill {
        entered,
        beside: about(ask, &lesson),
    })
}

/// Reads the file outside the transaction.
pub(crate) fn read(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("step_file") else {
        return Ok(());
    };
    let bytes = site.files.read(&file.hash)?;
    let given = resources::read_file(&site.files, &file.name, &bytes, None).map_err(at_fields)?;
    let json = serde_json::to_string(&given).map_err(Error::fault)?;
    call.prepared.insert("given".to_owned(), json);
    Ok(())
}

/// The resource a step shows: the file brought, kept as its school's, else the one named.
///
/// # Errors
/// Refused when there is neither, or the file lacks a licence.
pub(crate) fn chosen(tx: &mut Tx, call: &Call) -> Result<Id> {
    let v = &call.values;
    match (call.prepared.get("given"), v.opt_text("resource_code")) {
        (Some(given), _) => keep(tx, call, given),
        (None, Some(code)) => crate::step_forms::resource_named(tx, "resource_code", code),
        (None, None) => Err(Refusal::about("step_file", "lessons-file-or-code").into()),
    }
}

fn keep(tx: &mut Tx, call: &Call, given: &str) -> Result<Id> {
    let given: Given = serde_json::from_str(given).map_err(Error::fault)?;
    let lesson = store::lesson(tx, call.id("id")?)?;
    rules::may_write(call.actor()?, &Keeper::of(&lesson))?;
    rules::may_change(&lesson)?;
    let Some(school) = lesson.school else {
        return Err(Refusal::about("step_file", "lessons-file-through-library").into());
    };
    let lang = language(&call.words, &lesson);
    let titled = call.values.opt_text("step_title");
    let new = New {
        country: lesson.country.clone(),
        school: Some(school),
        names: titled.map_or_else(Names::default, |title| Names::one(&lang, title.trim())),
        langs: vec![lang],
        subject: lesson.subject.clone(),
        grades: (lesson.grade, lesson.grade),
        competencies: lesson.competencies.clone(),
        licence: call
            .values
            .opt_text("step_licence")
            .unwrap_or_default()
            .to_owned(),
        credit: school_name(tx, school)?,
        ..New::default()
    };
    resources::upload(tx, new, given, call.actor()?, call.now).map_err(at_fields)
}

/// The lesson's language that the person reads, else its first.
pub(crate) fn language(words: &Words, lesson: &Lesson) -> String {
    let own = words.lang().code();
    let known = &lesson.names.0;
    match known.keys().next() {
        Some(first) if !known.contains_key(own) => first.clone(),
        _ => own.to_owned(),
    }
}

/// What the library says of its own fields, said of ours.
fn at_fields(error: Error) -> Error {
    let Error::Refused(mut no) = error else {
        return error;
    };
    for refusal in &mut no.0 {
        let field = match refusal.field.as_str() {
            "names" => "step_title",
            "resource_licence" => "step_licence",
            _ => "step_file",
        };
        field.clone_into(&mut refusal.field);
    }
    Error::Refused(no)
}
