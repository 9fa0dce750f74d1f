//! What the web asks for each act, and how its answers become the act.

use crate::licence::{Use, licences};
use crate::reading::{self, Given};
use crate::resource::{ACCESSIBILITY, New, Resource};
use crate::rules::{self, MARKS, Opinion, RUBRIC};
use crate::{acts, national, pages, store};
use base::{Conflict, Error, Id, Names, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Site, Value, Who};

/// Bytes a file may have: an hour of speech, a package, a short film.
const FILE_MAX: u64 = 60_000_000;

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);
const REVIEWER: Who = Who::Any(&[Role::ResourceReviewer]);

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, who, form, prefill: Filled, run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(pages::beside);
    let makers = pages::MAKERS;
    let mut all = vec![
        act(
            "resource-new",
            "/resources/new",
            makers,
            new_form,
            Some(before_new),
            new,
        ),
        act(
            "resource-edit",
            "/resources/{id}/edit",
            makers,
            edit_form,
            Some(before_edit),
            edit,
        ),
        act(
            "resource-form",
            "/resources/{id}/forms/new",
            makers,
            file_form,
            seen,
            add_form,
        ),
        act(
            "resource-proposal",
            "/resources/{id}/proposal",
            makers,
            Vec::new,
            seen,
            propose,
        ),
        act(
            "resource-review",
            "/resources/{id}/review",
            REVIEWER,
            review_form,
            seen,
            review,
        ),
        act(
            "resource-recommendation",
            "/resources/{id}/recommendation",
            OFFICER,
            Vec::new,
            seen,
            recommend,
        ),
        act(
            "resource-recommendation-end",
            "/resources/{id}/recommendation/end",
            OFFICER,
            Vec::new,
            seen,
            end_recommendation,
        ),
        act(
            "resource-withdrawal",
            "/resources/{id}/withdrawal",
            makers,
            reason_form,
            seen,
            withdraw,
        ),
        act(
            "resource-restoration",
            "/resources/{id}/restoration",
            makers,
            Vec::new,
            seen,
            restore,
        ),
    ];
    for act in &mut all {
        match act.name {
            "resource-new" => act.prepare = Some(read_new),
            "resource-form" => act.prepare = Some(read_form),
            _ => {}
        }
    }
    all.extend(crate::imports::all());
    all.extend(national::acts());
    all
}

// ---- what may be chosen

/// For whom material may be added: a country's library, or a school.
pub(crate) fn owners(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let words = &ask.words;
    let mut list = Vec::new();
    for held in &actor.appointments {
        let choice = match (held.role, &held.country, held.organisation) {
            (Role::LearningOfficer, Some(country), _) => Choice {
                code: country.clone(),
                label: words.say_with(
                    "resource-for-library",
                    &[(
                        "country",
                        places::country_name(tx, country, words.lang())?.into(),
                    )],
                ),
            },
            (Role::SchoolHead | Role::Teacher, _, Some(school)) => Choice {
                code: school.to_string(),
                label: words.say_with(
                    "resource-for-school",
                    &[("school", places::school(tx, school)?.name.into())],
                ),
            },
            _ => continue,
        };
        if !list.contains(&choice) {
            list.push(choice);
        }
    }
    Ok(list)
}

/// The languages of the actor's countries, and the product's own.
fn spoken(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let mut codes: Vec<String> = base::Lang::ALL.map(|lang| lang.code().to_owned()).to_vec();
    let mut countries: Vec<&String> = actor
        .appointments
        .iter()
        .filter_map(|held| held.country.as_ref())
        .collect();
    countries.sort();
    countries.dedup();
    for country in countries {
        for one in places::languages_of(tx, country)? {
            if !codes.contains(&one.language) {
                codes.push(one.language);
            }
        }
    }
    let mut list = Vec::with_capacity(codes.len());
    for code in codes {
        let label = places::language_name(tx, &code, ask.words.lang())?;
        list.push(Choice { code, label });
    }
    list.sort_by_key(|one| base::fold(&one.label));
    Ok(list)
}

/// Every licence there is, and those of the actor's countries that may still be chosen.
fn licence_choices(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let lang = ask.words.lang();
    let mut all = national::open_to(tx, ask.actor.as_ref())?;
    all.extend(licences().iter().cloned());
    Ok(all
        .iter()
        .map(|one| Choice {
            code: one.code.clone(),
            label: one.name(lang).to_owned(),
        })
        .collect())
}

// ---- the forms

fn what_it_is() -> Form {
    vec![
        Field::names("names")
            .max(rules::TITLE_MAX)
            .optional()
            .public(),
        Field::names("resource_about").max(500).optional().public(),
        Field::many("resource_languages", Choices::Listed(spoken)).optional(),
        Field::text("other_languages").max(60).optional(),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade_from", Choices::Listed(curricula::choose::grades)),
        Field::choice("grade_to", Choices::Listed(curricula::choose::grades)),
        Field::text("competency_codes").max(400).optional(),
        Field::choice("resource_licence", Choices::Listed(licence_choices)),
        Field::many("permits", Choices::Fixed("resource-use", Use::CODES)).optional(),
        Field::text("permission").max(300).optional(),
        Field::text("resource_credit").max(300).optional().public(),
        Field::text("resource_source").max(300).optional().public(),
        Field::text("based_on").max(40).optional(),
        Field::many(
            "access_features",
            Choices::Fixed("resource-access", ACCESSIBILITY),
        )
        .optional(),
        Field::whole("reading_level", 1, 10).optional(),
        Field::whole("resource_minutes", 1, 600).optional(),
    ]
}

fn new_form() -> Form {
    let mut form = vec![
        Field::choice("resource_owner", Choices::Listed(owners)),
        Field::file("file", FILE_MAX).optional(),
        Field::words("resource_text")
            .max(60_000)
            .optional()
            .public(),
    ];
    form.extend(what_it_is());
    form
}

fn edit_form() -> Form {
    let mut form = what_it_is();
    form.push(Field::version());
    form
}

fn file_form() -> Form {
    vec![Field::file("file", FILE_MAX)]
}

fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000).public()]
}

fn review_form() -> Form {
    let marks = |name| Field::choice(name, Choices::Fixed("resource-mark", MARKS));
    vec![
        marks("rubric_accuracy"),
        marks("rubric_curriculum"),
        marks("rubric_age"),
        marks("rubric_language"),
        marks("rubric_inclusion"),
        marks("rubric_access"),
        marks("rubric_rights"),
        Field::choice(
            "resource_decision",
            Choices::Fixed("resource-state", &["approved", "returned"]),
        ),
        Field::words("review_words").max(4_000).optional(),
    ]
}

// ---- before anything is entered

/// A teacher's own material begins as her school's; a ministry's with nothing taken for granted.
fn before_new(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
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

fn before_edit(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let beside = pages::beside(tx, ask)?;
    let r = store::find(tx, ask.id("id")?)?;
    Ok(Prefill {
        entered: entered_of(tx, &r)?,
        ..beside
    })
}

fn entered_of(tx: &mut Tx, r: &Resource) -> Result<Entered> {
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

fn read_new(site: &Site, call: &mut Call) -> Result<()> {
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

fn read_form(site: &Site, call: &mut Call) -> Result<()> {
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
    let mut permits: Vec<Use> = v
        .many("permits")
        .iter()
        .filter_map(|code| Use::parse(code))
        .collect();
    let mut duties = Vec::new();
    if let Some(one) =
        national::find(tx, v.text("resource_licence"))?.filter(|one| one.country == country)
    {
        // The terms are the licence's, whatever was ticked; they stay with the work.
        permits.clone_from(&one.permits);
        duties.clone_from(&one.duties);
        known.national = one.closed_at.is_none().then(|| one.licence());
    }
    let new = New {
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
        permits,
        duties,
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
    Ok((new, known))
}

fn see(id: Id) -> Done {
    Done::see(format!("/resources/{id}")).with(json!({"id": id.to_string()}))
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let owner = call.values.text("resource_owner");
    let (country, school) = match Id::parse(owner) {
        Some(id) => (places::school(tx, id)?.country, Some(id)),
        None => (owner.to_owned(), None),
    };
    rules::may_write(actor, &country, school)?;
    let given = given(call)?;
    let (mut new, known) = entered(tx, call, &country, school)?;
    if new.langs.is_empty() {
        new.langs.clone_from(&given.langs);
    }
    if new.names.is_empty()
        && let Some(title) = given
            .title
            .as_ref()
            .filter(|title| !title.trim().is_empty())
    {
        let lang = new.langs.first().map_or("en", String::as_str);
        let title: String = title.chars().take(rules::TITLE_MAX).collect();
        new.names = Names::one(lang, title.trim());
    }
    if school.is_none() {
        for form in given.forms.iter().filter(|one| one.channel != "asset") {
            if let Some(other) = store::with_file(tx, &form.hash, &country)?.first() {
                return Err(Refusal::about("file", "resource-file-known")
                    .with("code", other.code.as_str())
                    .into());
            }
        }
    }
    new.kind = given.kind;
    new.renditions = given.forms;
    new.text = given.text;
    let id = acts::upload(tx, &new, &known, actor, call.now)?;
    if let Some(hash) = &given.light_later {
        crate::sounds::ask_for(tx, id, hash, Some(actor.account), call.now)?;
    }
    Ok(see(id))
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
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

fn add_form(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let (given, actor) = (given(call)?, call.actor()?);
    acts::add_forms(tx, &call.site.files, id, &given.forms, actor, call.now)?;
    if let Some(hash) = &given.light_later {
        crate::sounds::ask_for(tx, id, hash, Some(actor.account), call.now)?;
    }
    Ok(see(id))
}

fn propose(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::propose(tx, &call.site.files, id, call.actor()?, call.now)?;
    Ok(see(id))
}

fn review(tx: &mut Tx, call: &Call) -> Result<Done> {
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

fn recommend(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::recommend(tx, &call.site.files, id, true, call.actor()?, call.now)?;
    Ok(see(id))
}

fn end_recommendation(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::recommend(tx, &call.site.files, id, false, call.actor()?, call.now)?;
    Ok(see(id))
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    let reason = call.values.text("reason");
    acts::withdraw(tx, &call.site.files, id, reason, call.actor()?, call.now)?;
    Ok(see(id))
}

fn restore(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::restore(tx, &call.site.files, id, call.actor()?, call.now)?;
    Ok(see(id))
}
