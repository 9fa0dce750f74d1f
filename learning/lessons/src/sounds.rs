//! Recordings that read a text or a question out, for whoever cannot read yet.

use crate::rules::Keeper;
use crate::step_forms::resource_named;
use base::{Error, Id, Names, Refusal, Result};
use db::Tx;
use formats::item::Sound;
use lang::Words;
use resources::{New, NewRendition, Use};
use serde_json::json;
use ui::{Html, html};
use web::{Call, Field, Form, Site};

/// Bytes a recording of a few minutes may have.
const FILE_MAX: u64 = 20_000_000;

/// The fields that name a recording, or bring one.
pub(crate) fn fields() -> Form {
    vec![
        Field::text("sound_code").max(300).optional(),
        Field::file("sound_file", FILE_MAX)
            .optional()
            .accept("audio/*"),
    ]
}

/// Makes what was brought light, outside the transaction.
pub(crate) fn read(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("sound_file") else {
        return Ok(());
    };
    let bytes = site.files.read(&file.hash)?;
    let named = call.values.opt_text("item_language");
    let lang = named.unwrap_or_else(|| call.param("language")).to_owned();
    let lang = (!lang.is_empty()).then_some(lang.as_str());
    let given = (file.name.as_str(), bytes.as_slice());
    let forms = resources::recorded(&site.files, "sound_file", given, lang)?;
    let forms = serde_json::to_string(&forms).map_err(Error::fault)?;
    call.prepared.insert("sound".to_owned(), forms);
    Ok(())
}

/// Whose lesson or item a recording is for, and what it then is under.
pub(crate) struct For<'a> {
    pub keeper: &'a Keeper,
    pub lang: &'a str,
    pub title: String,
    pub subject: &'a str,
    pub grade: i64,
    pub licence: &'a str,
    pub credit: &'a str,
}

/// The recording chosen: the one brought, kept as a resource of its keeper, else the one named; none when there is neither.
///
/// # Errors
/// Refused when none is there, it may not be shown, or it is not for this keeper.
pub(crate) fn chosen(tx: &mut Tx, call: &Call, whose: &For<'_>) -> Result<Option<Sound>> {
    let id = match (
        call.prepared.get("sound"),
        call.values.opt_text("sound_code"),
    ) {
        (Some(forms), _) => keep(tx, call, whose, forms)?,
        (None, Some(code)) => resource_named(tx, "sound_code", code)?,
        (None, None) => return Ok(None),
    };
    named(tx, call, whose.keeper, id).map(Some)
}

fn keep(tx: &mut Tx, call: &Call, whose: &For<'_>, forms: &str) -> Result<Id> {
    let renditions: Vec<NewRendition> = serde_json::from_str(forms).map_err(Error::fault)?;
    let title: String = whose.title.trim().chars().take(120).collect();
    let new = New {
        country: whose.keeper.country.clone(),
        school: whose.keeper.school,
        names: Names::one(whose.lang, title.as_str()),
        langs: vec![whose.lang.to_owned()],
        kind: formats::Kind::Audio.code().to_owned(),
        subject: whose.subject.to_owned(),
        grades: (whose.grade, whose.grade),
        licence: whose.licence.to_owned(),
        credit: whose.credit.to_owned(),
        accessibility: vec!["auditory".to_owned(), "read_aloud".to_owned()],
        renditions,
        ..New::default()
    };
    let by = call.actor()?.account;
    let id = resources::add(tx, &new, Some(by), call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(by)),
        "lessons.recording-added",
        ("resource", id),
        json!({ "school": whose.keeper.school }),
    )?;
    Ok(id)
}

fn named(tx: &mut Tx, call: &Call, keeper: &Keeper, id: Id) -> Result<Sound> {
    let at = "sound_code";
    let missing = || Refusal::about(at, "lessons-no-such-resource");
    let one = match resources::resource(tx, id) {
        Err(Error::Missing) => return Err(missing().into()),
        other => other?,
    };
    if !resources::may_see(&one, call.actor.as_ref()) {
        return Err(missing().into());
    }
    if let Err(mut refusal) = one.may(Use::Show) {
        at.clone_into(&mut refusal.field);
        return Err(refusal.into());
    }
    // A draft of the keeper's own may be put in; publishing asks again.
    let own = one.country == keeper.country && one.school == keeper.school;
    if !own && !one.is_usable(keeper.school) {
        return Err(Refusal::about(at, "lessons-resource-not-usable")
            .with("code", one.code.as_str())
            .into());
    }
    let forms = resources::renditions(tx, id)?;
    let form = resources::sound_of(&forms).ok_or_else(|| {
        Refusal::about(at, "lessons-no-sound-there").with("code", one.code.as_str())
    })?;
    Ok(Sound {
        resource: id,
        form: form.id,
        bytes: form.bytes,
        seconds: form.seconds,
    })
}

/// What stands in the field for a recording there is.
pub(crate) fn code_of(tx: &mut Tx, sound: Option<&Sound>) -> Result<String> {
    let Some(sound) = sound else {
        return Ok(String::new());
    };
    match resources::resource(tx, sound.resource) {
        Ok(one) => Ok(one.code),
        Err(Error::Missing) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// Plays a recording where it stands; nothing of it is fetched before somebody listens.
pub(crate) fn player(words: &Words, sound: &Sound) -> Html {
    let at = resources::sound_address(sound.resource, sound.form);
    let size = ui::size(words, usize::try_from(sound.bytes).unwrap_or(0));
    let weight = match sound.seconds {
        Some(n) => words.say_with(
            "lessons-sound-size",
            &[("n", n.into()), ("size", size.into())],
        ),
        None => size,
    };
    html!(
        "<p><audio controls preload=\"none\" src=\"{}\" aria-label=\"{}\"></audio><br><a href=\"{}\">{}</a> <small>({})</small></p>",
        at,
        words.say("lessons-listen"),
        at,
        words.say("lessons-listen"),
        weight
    )
}

/// The recording for a language: its own, else that of its primary language.
pub(crate) fn heard<'a>(sounds: &'a formats::item::Sounds, lang: &str) -> Option<&'a Sound> {
    let primary = lang.split('-').next().unwrap_or(lang);
    sounds.get(lang).or_else(|| sounds.get(primary))
}
