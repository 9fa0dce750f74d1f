//! What stands in a form before anything is entered.

use crate::forms::owners;
use crate::resource::Resource;
use crate::{pages, store};
use base::{Id, Result};
use db::Tx;
use web::{Ask, Entered, Prefill};

/// A teacher's own material begins as her school's; a ministry's with nothing taken for granted.
pub(crate) fn before_new(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut entered = Entered::default();
    let owners = owners(tx, ask)?;
    if let [one] = owners.as_slice() {
        entered = entered.with("resource_owner", one.code.as_str());
        if let Some(school) = Id::parse(&one.code) {
            let name = places::school(tx, school)?.name;
            entered = entered
                .with("resource_licence", "school-own")
                .with("resource_credit", name);
        }
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(crate) fn before_edit(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let beside = pages::beside(tx, ask)?;
    let r = store::find(tx, ask.id("id")?)?;
    Ok(Prefill {
        entered: entered_of(tx, &r)?,
        ..beside
    })
}

pub(crate) fn entered_of(tx: &mut Tx, r: &Resource) -> Result<Entered> {
    let mut e = Entered::default();
    for (lang, title) in &r.names.0 {
        e = e.with(&format!("names_{lang}"), title);
    }
    for (lang, about) in r.about.iter().flat_map(|names| &names.0) {
        e = e.with(&format!("resource_about_{lang}"), about);
    }
    for lang in &r.langs {
        e = e.with("resource_languages", lang);
    }
    e = e
        .with("other_languages", r.langs.join(" "))
        .with("school_subject", &r.subject)
        .with("grade_from", r.grades.0.to_string())
        .with("grade_to", r.grades.1.to_string())
        .with("resource_licence", &r.licence)
        .with("permission", r.permission.clone().unwrap_or_default())
        .with("resource_credit", &r.credit)
        .with("resource_source", &r.source)
        .with("version", r.version.to_string());
    let codes: Vec<String> = curricula::competencies(tx, &r.competencies)?
        .into_iter()
        .map(|one| one.code)
        .collect();
    e = e.with("competency_codes", codes.join(" "));
    for one in &r.permits {
        e = e.with("permits", one.code());
    }
    for one in &r.accessibility {
        e = e.with("access_features", one);
    }
    if let Some(base) = r.based_on {
        e = e.with("based_on", store::find(tx, base)?.code);
    }
    if let Some(level) = r.reading_level {
        e = e.with("reading_level", level.to_string());
    }
    if let Some(minutes) = r.minutes {
        e = e.with("resource_minutes", minutes.to_string());
    }
    Ok(e)
}
