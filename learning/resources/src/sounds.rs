//! Recordings: beside what was given, a light form made on the box, that a slow line plays.

use crate::reading::{light_name, safe_name};
use crate::resource::{NewRendition, Rendition};
use crate::store;
use base::{Error, Id, Moment, Refusal, Result};
use db::Tx;
use files::Files;
use formats::sound::{self, Light};
use serde_json::{Value, json};

/// Seconds of sound made light while the person waits; longer recordings follow by a job.
const AT_ONCE: u32 = 60;
/// Seconds of a recording that is read out beside one text or one question.
const READ_OUT: u32 = 180;
/// How the names of light forms end.
const END: &str = "opus";
/// The job that makes long recordings light.
pub(crate) const JOB: &str = "resource-light-sound";

/// Where a recording is fetched.
pub fn sound_address(resource: Id, form: Id) -> String {
    format!("/resources/{resource}/download/{form}")
}

/// The lightest recording among the forms of a resource.
pub fn sound_of(forms: &[Rendition]) -> Option<&Rendition> {
    forms
        .iter()
        .filter(|one| one.channel == "audio" && one.mime.starts_with("audio/"))
        .min_by_key(|one| one.bytes)
}

/// What came of making a recording light.
pub(crate) enum Made {
    Light(NewRendition),
    /// It is as light already.
    Needless,
    /// It is long: a job does it.
    Later,
}

/// The light form of a recording that is not long.
///
/// # Errors
/// Refused when it cannot be read.
pub(crate) fn at_once(files: &Files, given: &NewRendition, bytes: &[u8]) -> Result<Made> {
    match sound::light(bytes, &mut |seconds| seconds <= AT_ONCE)? {
        None => Ok(Made::Later),
        Some(light) => keep(files, given, &light),
    }
}

fn keep(files: &Files, given: &NewRendition, light: &Light) -> Result<Made> {
    let bytes = i64::try_from(light.bytes.len()).unwrap_or(i64::MAX);
    if bytes.saturating_mul(10) >= given.bytes.saturating_mul(9) {
        return Ok(Made::Needless);
    }
    let name = light_name(&given.name, END);
    let kept = files.keep(&name, sound::MIME, &light.bytes)?;
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a recording")]
    let seconds = light.seconds.round().max(1.0) as i64;
    Ok(Made::Light(NewRendition {
        channel: "audio".to_owned(),
        name,
        mime: sound::MIME.to_owned(),
        bytes,
        hash: kept.hash,
        lang: given.lang.clone(),
        seconds: Some(seconds),
    }))
}

/// The forms of a recording that is read out beside a text: what was given, and its light form.
///
/// # Errors
/// Refused at the field when it is no recording, cannot be read, or is too long to be listened to.
pub fn recorded(
    files: &Files,
    field: &str,
    (name, bytes): (&str, &[u8]),
    lang: Option<&str>,
) -> Result<Vec<NewRendition>> {
    let at = |mut refusal: Refusal| {
        field.clone_into(&mut refusal.field);
        Error::from(refusal)
    };
    if formats::kind_of(name, bytes) != Some(formats::Kind::Audio) {
        return Err(at(Refusal::whole("format-sound-unreadable")));
    }
    let light = sound::light(bytes, &mut |seconds| seconds <= READ_OUT);
    let light = light.map_err(|error| match error {
        Error::Refused(no) => no.0.into_iter().next().map_or(Error::Missing, at),
        other => other,
    })?;
    let Some(light) = light else {
        let most = i64::from(READ_OUT / 60);
        return Err(at(Refusal::whole("format-sound-long").with("most", most)));
    };
    let mime = formats::mime_of(name, bytes);
    let kept = files.keep(name, mime, bytes)?;
    #[expect(clippy::cast_possible_truncation, reason = "seconds of a recording")]
    let original = NewRendition {
        channel: "audio".to_owned(),
        name: safe_name(name),
        mime: mime.to_owned(),
        bytes: i64::try_from(kept.size).unwrap_or(i64::MAX),
        hash: kept.hash,
        lang: lang.map(str::to_owned),
        seconds: Some(light.seconds.round().max(1.0) as i64),
    };
    Ok(match keep(files, &original, &light)? {
        Made::Light(light) => vec![original, light],
        Made::Needless | Made::Later => vec![original],
    })
}

/// Asks for the light forms of long recordings, in the transaction that keeps them.
///
/// # Errors
/// A fault of the database.
pub(crate) fn ask_for(
    tx: &mut Tx,
    resource: Id,
    hash: &str,
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    let payload = json!({"resource": resource, "hash": hash});
    let see = format!("/resources/{resource}");
    jobs::enqueue(tx, JOB, &payload, by, &see, now)?;
    Ok(())
}

/// Makes a long recording light; safe to repeat.
///
/// # Errors
/// Refused when it cannot be read; later when the server stops.
pub(crate) fn work(bench: &jobs::Bench, job: &jobs::Job) -> Result<Value> {
    let text = |name: &str| job.payload.get(name).and_then(Value::as_str);
    let resource = text("resource").and_then(Id::parse).ok_or(Error::Missing)?;
    let hash = text("hash").ok_or(Error::Missing)?.to_owned();
    let Some(given) = given(bench, resource, &hash)? else {
        return Ok(Value::Null);
    };
    let bytes = bench.files.read(&hash)?;
    let whole = given.seconds.unwrap_or(0);
    let mut stop = None;
    let light = sound::light(&bytes, &mut |seconds| {
        if seconds % 20 == 0
            && let Err(error) = bench.progress(job, seconds.into(), whole.max(seconds.into()))
        {
            stop = Some(error);
        }
        stop.is_none()
    })?;
    if let Some(error) = stop {
        return Err(error);
    }
    let light = light.ok_or(Error::Missing)?;
    let Made::Light(form) = keep(&bench.files, &given, &light)? else {
        return Ok(Value::Null);
    };
    let (now, told) = (
        bench.clock.now(),
        json!({"bytes": form.bytes, "seconds": form.seconds}),
    );
    bench
        .db
        .write_now(move |tx| crate::acts::add_light(tx, resource, &hash, &form, now))?;
    Ok(told)
}

/// The recording as it was given; none when it is there no longer.
fn given(bench: &jobs::Bench, resource: Id, hash: &str) -> Result<Option<NewRendition>> {
    let hash = hash.to_owned();
    let forms = bench
        .db
        .read_now(move |tx| store::renditions(tx, resource))?;
    let found = forms
        .into_iter()
        .find(|one| one.channel == "audio" && one.hash == hash);
    Ok(found.map(|one| NewRendition {
        channel: one.channel,
        name: one.name,
        mime: one.mime,
        bytes: one.bytes,
        hash: one.hash,
        lang: one.lang,
        seconds: one.seconds,
    }))
}
