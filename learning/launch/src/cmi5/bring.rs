//! A course comes: it becomes a resource, and its parts are kept.

use super::acts::random;
use super::course::{Course, nodes, structure};
use super::store;
use base::{Id, Moment, Result};
use db::Tx;
use files::Files;
use serde_json::json;

/// A course on its way in: what its file does not say of itself.
pub(crate) struct Coming<'a> {
    pub country: &'a str,
    pub school: Option<Id>,
    pub name: &'a str,
    pub mime: &'a str,
    pub size: u64,
    pub hash: &'a str,
    pub licence: &'a str,
    pub credit: &'a str,
    pub source: &'a str,
    pub subject: &'a str,
    pub grades: (i64, i64),
    /// Who looked at it beforehand, another person than who brings it; else it waits for review.
    pub reviewer: Option<Id>,
}

/// Keeps a course as a resource, and its units.
///
/// # Errors
/// Refused with every reason: of its file, and of the library.
pub(crate) fn import(
    tx: &mut Tx,
    files: &Files,
    what: &Coming<'_>,
    by: Option<Id>,
    now: Moment,
) -> Result<Course> {
    let (structure, packaged) = structure(files, what.hash)?;
    let mut names = base::Names::default();
    let (mut langs, mut text) = (Vec::new(), String::new());
    for (lang, title) in &structure.title.0 {
        let plain = formats::plain(title);
        let short: String = plain.trim().chars().take(200).collect();
        let code = lang.split('-').next().unwrap_or(lang).to_lowercase();
        if base::Lang::parse(&code).is_some() {
            names.0.insert(code.clone(), short);
        }
        if !langs.contains(&code) && code.len() >= 2 {
            langs.push(code);
        }
        text.push_str(&plain);
        text.push('\n');
    }
    if names.is_empty() {
        let title = formats::plain(structure.title.get("en"));
        let short: String = title.trim().chars().take(200).collect();
        names = base::Names::one("en", &short);
    }
    if langs.is_empty() {
        langs.push("en".to_owned());
    }
    for (_, unit) in structure.units() {
        text.push_str(&formats::plain(unit.title.get("en")));
        text.push('\n');
    }
    let new = resources::New {
        country: what.country.to_owned(),
        school: what.school,
        names,
        langs,
        kind: formats::Kind::Cmi5.code().to_owned(),
        subject: what.subject.to_owned(),
        grades: what.grades,
        licence: what.licence.to_owned(),
        credit: what.credit.to_owned(),
        source: what.source.to_owned(),
        renditions: vec![resources::NewRendition {
            channel: "package".to_owned(),
            name: what.name.to_owned(),
            mime: what.mime.to_owned(),
            bytes: i64::try_from(what.size).unwrap_or(i64::MAX),
            hash: what.hash.to_owned(),
            lang: None,
            seconds: None,
        }],
        text,
        ..resources::New::default()
    };
    let resource = resources::bring(tx, &new, (by, what.reviewer), now)?;
    let course = Course {
        resource,
        content: random(),
        hash: what.hash.to_owned(),
        packaged,
        nodes: nodes(&structure),
    };
    store::add_course(tx, &course, now)?;
    ledger::tell(
        tx,
        (now, by),
        "launch.course_imported",
        ("resource", resource),
        json!({ "hash": what.hash, "units": structure.units().len() }),
    )?;
    Ok(course)
}
