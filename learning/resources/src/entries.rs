//! What was entered for an act, read and handed to it.

use crate::forms::what_it_is;
use crate::licence::Use;
use crate::prefilled::entered_of;
use crate::reading::{self, Given};
use crate::resource::New;
use crate::rules::{self, Opinion, RUBRIC};
use crate::{acts, national, pages, store};
use base::{Actor, Conflict, Error, Id, Moment, Refusal, Result};
use db::Tx;
use serde_json::json;
use web::{Call, Done, Site, Value};

// ---- reading files, outside the transaction

fn first_lang(call: &Call) -> Option<String> {
    let chosen = call.values.many("resource_languages").into_iter().next();
    chosen.or_else(|| other_langs(call).into_iter().next())
}

fn other_langs(call: &Call) -> Vec<String> {
    call.values
        .text("other_languages")
        .split([' ', ',', ';'])
        .map(|code| code.trim().to_owned())
        .filter(|code| !code.is_empty())
        .collect()
}

fn keep_given(call: &mut Call, given: &Given) -> Result<()> {
    let json = serde_json::to_string(given).map_err(Error::fault)?;
    call.prepared.insert("given".to_owned(), json);
    Ok(())
}

pub(crate) fn read_new(site: &Site, call: &mut Call) -> Result<()> {
    let lang = first_lang(call);
    let given = match (
        call.values.file("file"),
        call.values.opt_text("resource_text"),
    ) {
        (Some(file), _) => {
            let bytes = site.files.read(&file.hash)?;
            reading::read(&site.files, &file.name, &bytes, lang.as_deref())?
        }
        (None, Some(text)) => {
            reading::read(&site.files, "text.md", text.as_bytes(), lang.as_deref())?
        }
        (None, None) => return Err(Refusal::about("file", "resource-file-or-text").into()),
    };
    keep_given(call, &given)
}

pub(crate) fn read_form(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("file") else {
        return Err(Refusal::about("file", "form-file-missing").into());
    };
    let bytes = site.files.read(&file.hash)?;
    let given = reading::read(&site.files, &file.name, &bytes, None)?;
    keep_given(call, &given)
}

fn given(call: &Call) -> Result<Given> {
    let json = call.prepared.get("given").ok_or(Error::Missing)?;
    serde_json::from_str(json).map_err(Error::fault)
}

// ---- the acts

/// What was entered, and what the rules must know besides.
fn entered(
    tx: &mut Tx,
    call: &Call,
    country: &str,
    school: Option<Id>,
) -> Result<(New, rules::Known)> {
    let v = &call.values;
    let mut known = pages::known(tx, v.opt_text("based_on"))?;
    let mut langs = v.many("resource_languages");
    for code in other_langs(call) {
        let named = places::language_name(tx, &code, base::Lang::En)?;
        if named == code {
            known.strange_langs.push(code);
        } else if !langs.contains(&code) {
            langs.push(code);
        }
    }
    let mut competencies = Vec::new();
    let codes = v.text("competency_codes").split([' ', ',', ';']);
    for code in codes.filter(|code| !code.trim().is_empty()) {
        match curricula::find_competency(tx, country, code.trim())? {
            Some(one) if !competencies.contains(&one.id) => competencies.push(one.id),
            Some(_) => {}
            None => known.strange_competencies.push(code.to_owned()),
        }
    }
    let grade = |name: &str| v.text(name).parse().unwrap_or(0);
    let about = v.names("resource_about");
    let permits = v.many("permits");
    let mut new = New {
        country: country.to_owned(),
        school,
        names: v.names("names"),
        about: (!about.is_empty()).then_some(about),
        langs,
        kind: String::new(),
        subject: v.text("school_subject").to_owned(),
        grades: (grade("grade_from"), grade("grade_to")),
        competencies,
        licence: v.text("resource_licence").to_owned(),
        permits: permits.iter().filter_map(|code| Use::parse(code)).collect(),
        duties: Vec::new(),
        permission: v.opt_text("permission").map(str::to_owned),
        credit: v.text("resource_credit").to_owned(),
        source: v.text("resource_source").to_owned(),
        series: None,
        based_on: known.base.as_ref().map(|base| base.id),
        accessibility: v.many("access_features"),
        reading_level: v.opt_whole("reading_level"),
        minutes: v.opt_whole("resource_minutes"),
        renditions: Vec::new(),
        text: String::new(),
    };
    terms(tx, &mut new, &mut known)?;
    Ok((new, known))
}

/// The terms of a licence of the country are the licence's, whatever was ticked; they stay with the work.
pub(crate) fn terms(tx: &mut Tx, new: &mut New, known: &mut rules::Known) -> Result<()> {
    let found = national::find(tx, &new.licence)?;
    if let Some(one) = found.filter(|one| one.country == new.country) {
        new.permits.clone_from(&one.permits);
        new.duties.clone_from(&one.duties);
        known.national = one.closed_at.is_none().then(|| one.licence());
    }
    Ok(())
}

fn see(id: Id) -> Done {
    Done::see(format!("/resources/{id}")).with(json!({"id": id.to_string()}))
}

pub(crate) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let owner = call.values.text("resource_owner");
    let (country, school) = match Id::parse(owner) {
        Some(id) => (places::school(tx, id)?.country, Some(id)),
        None => (owner.to_owned(), None),
    };
    rules::may_write(actor, &country, school)?;
    let given = given(call)?;
    let (new, known) = entered(tx, call, &country, school)?;
    if school.is_none() {
        for form in given.forms.iter().filter(|one| one.channel != "asset") {
            if let Some(other) = store::with_file(tx, &form.hash, &country)?.first() {
                return Err(Refusal::about("file", "resource-file-known")
                    .with("code", other.code.as_str())
                    .into());
            }
        }
    }
    let id = keep(tx, (new, known), given, actor, call.now)?;
    Ok(see(id))
}

/// Keeps what a file gave, as another room knows it.
pub(crate) fn bring(
    tx: &mut Tx,
    mut new: New,
    given: Given,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let mut known = rules::Known::default();
    terms(tx, &mut new, &mut known)?;
    keep(tx, (new, known), given, actor, now)
}

fn keep(
    tx: &mut Tx,
    (mut new, known): (New, rules::Known),
    given: Given,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let light_later = given.light_later.clone();
    given.fill(&mut new);
    let id = acts::upload(tx, &new, &known, actor, now)?;
    if let Some(hash) = &light_later {
        crate::sounds::ask_for(tx, id, hash, Some(actor.account), now)?;
    }
    Ok(id)
}

pub(crate) fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let before = store::find(tx, id)?;
    let (new, mut known) = entered(tx, call, &before.country, before.school)?;
    if new.licence == before.licence && known.national.is_none() {
        // What has a licence that was closed since keeps it.
        known.national = Some(before.licensed());
    }
    let files = &call.site.files;
    let seen = (id, call.values.version());
    match acts::edit(tx, files, seen, (&new, &known), call.actor()?, call.now) {
        Err(Error::Conflict(_)) => Err(both(tx, call, id)?),
        other => other.map(|()| see(id)),
    }
}

/// Both versions of what two people edited.
fn both(tx: &mut Tx, call: &Call, id: Id) -> Result<Error> {
    let saved = store::find(tx, id)?;
    let theirs = entered_of(tx, &saved)?;
    let mut conflict = Conflict {
        version: saved.version,
        saved: Vec::new(),
    };
    for field in what_it_is() {
        let (ours, kept) = match call.values.get(field.name) {
            Some(Value::Text(text)) => (text.clone(), theirs.first(field.name).to_owned()),
            Some(Value::Whole(number)) => (number.to_string(), theirs.first(field.name).to_owned()),
            Some(Value::Many(codes)) => (codes.join(", "), theirs.all(field.name).join(", ")),
            Some(Value::Names(names)) => {
                let of = |lang: &base::Lang| {
                    theirs
                        .first(&format!("{}_{}", field.name, lang.code()))
                        .to_owned()
                };
                let kept: Vec<String> = base::Lang::ALL
                    .iter()
                    .map(of)
                    .filter(|t| !t.is_empty())
                    .collect();
                let ours: Vec<String> = names.0.values().cloned().collect();
                (ours.join(" / "), kept.join(" / "))
            }
            _ => (String::new(), theirs.first(field.name).to_owned()),
        };
        if ours != kept {
            conflict.saved.push((field.name.to_owned(), kept));
        }
    }
    Ok(Error::Conflict(Box::new(conflict)))
}

pub(crate) fn add_form(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let (given, actor) = (given(call)?, call.actor()?);
    acts::add_forms(tx, &call.site.files, id, &given.forms, actor, call.now)?;
    if let Some(hash) = &given.light_later {
        crate::sounds::ask_for(tx, id, hash, Some(actor.account), call.now)?;
    }
    Ok(see(id))
}

pub(crate) fn propose(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::propose(tx, &call.site.files, id, call.actor()?, call.now)?;
    Ok(see(id))
}

pub(crate) fn review(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let v = &call.values;
    let opinion = Opinion {
        approves: v.text("resource_decision") == "approved",
        marks: RUBRIC
            .iter()
            .map(|(code, _)| {
                let mark = v.text(&format!("rubric_{code}"));
                ((*code).to_owned(), mark.to_owned())
            })
            .collect(),
        words: v.text("review_words").to_owned(),
    };
    let files = &call.site.files;
    acts::review(tx, files, id, &opinion, call.actor()?, call.now)?;
    Ok(see(id))
}

pub(crate) fn recommend(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::recommend(tx, &call.site.files, id, true, call.actor()?, call.now)?;
    Ok(see(id))
}

pub(crate) fn end_recommendation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::recommend(tx, &call.site.files, id, false, call.actor()?, call.now)?;
    Ok(see(id))
}

pub(crate) fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    acts::withdraw(tx, &call.site.files, id, reason, call.actor()?, call.now)?;
    Ok(see(id))
}

pub(crate) fn restore(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::restore(tx, &call.site.files, id, call.actor()?, call.now)?;
    Ok(see(id))
}
