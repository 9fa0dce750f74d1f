//! What the web asks for each act on lessons, and how its answers become the act.

use crate::acts::{self, Terms};
use crate::item_forms;
use crate::lesson::{Body, Lesson, Unit};
use crate::rules::{self, Keeper};
use crate::store;
use base::{Actor, Conflict, Error, Id, Refusal, Result, Role};
use db::Tx;
use formats::item::{Sound, Sounds, Text};
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill, Who};

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
            "learning-lesson-text",
            "/learning/lessons/{id}/steps/text",
            WRITERS,
            text_form,
            Some(text_prefill),
            add_text,
        ),
        act(
            "learning-lesson-resource",
            "/learning/lessons/{id}/steps/resource",
            WRITERS,
            resource_form,
            seen,
            add_resource,
        ),
        act(
            "learning-lesson-item",
            "/learning/lessons/{id}/steps/item",
            WRITERS,
            item_form,
            seen,
            add_item,
        ),
        act(
            "learning-lesson-step-words",
            "/learning/lessons/{id}/steps/{step}/texts/{language}",
            WRITERS,
            words_form,
            Some(words_prefill),
            word_step,
        ),
        act(
            "learning-lesson-step-place",
            "/learning/lessons/{id}/steps/{step}/place",
            WRITERS,
            place_form,
            Some(place_prefill),
            move_step,
        ),
        act(
            "learning-lesson-step-removal",
            "/learning/lessons/{id}/steps/{step}/removal",
            WRITERS,
            Vec::new,
            seen,
            remove_step,
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
    for act in &mut all {
        if matches!(
            act.name,
            "learning-lesson-text" | "learning-lesson-step-words"
        ) {
            act.prepare = Some(crate::sounds::read);
        }
    }
    all.extend(item_forms::all());
    all
}

// ---- what may be chosen

/// The schools and countries the actor writes for.
pub(crate) fn keepers(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = schools(tx, ask)?;
    let Some(actor) = &ask.actor else {
        return Ok(all);
    };
    let officer = actor
        .appointments
        .iter()
        .filter(|held| held.role == Role::LearningOfficer);
    let countries: Vec<&String> = officer.filter_map(|held| held.country.as_ref()).collect();
    for country in countries {
        let name = places::country_name(tx, country, ask.words.lang())?;
        all.push(Choice {
            code: country.clone(),
            label: ask
                .words
                .say_with("lessons-national", &[("country", name.into())]),
        });
    }
    Ok(all)
}

/// The schools the actor teaches at.
fn schools(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    let held = ask
        .actor
        .as_ref()
        .map(|actor| actor.schools(&[Role::Teacher, Role::SchoolHead]));
    let mut ids = held.unwrap_or_default();
    ids.sort_unstable();
    ids.dedup();
    for id in ids {
        all.push(Choice {
            code: id.to_string(),
            label: school_name(tx, id)?,
        });
    }
    Ok(all)
}

/// A school's name; nothing when the register lost it.
pub(crate) fn school_name(tx: &mut Tx, id: Id) -> Result<String> {
    match places::school(tx, id) {
        Ok(school) => Ok(school.name),
        Err(Error::Missing) => Ok(String::new()),
        Err(error) => Err(error),
    }
}

/// The product's languages, then those of the country.
pub(crate) fn languages(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let own = base::Lang::ALL.map(|lang| Choice {
        code: lang.code().to_owned(),
        label: lang.own_name().to_owned(),
    });
    let mut all = own.to_vec();
    let country = curricula::choose::country(ask);
    if !country.is_empty() {
        for spoken in places::languages_of(tx, &country)? {
            if !all.iter().any(|known| known.code == spoken.language) {
                all.push(Choice {
                    label: ask.words.name(&spoken.names).to_owned(),
                    code: spoken.language,
                });
            }
        }
    }
    Ok(all)
}

/// The licences somebody may give to words of their own.
pub(crate) fn licences(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let choice = |licence: &resources::Licence| Choice {
        code: licence.code.to_string(),
        label: licence.name(ask.words.lang()).to_string(),
    };
    let own = resources::licences()
        .iter()
        .filter(|licence| licence.may_show && !licence.by_letter);
    let national = resources::national_licences(tx, ask.actor.as_ref())?;
    Ok(own.chain(&national).map(choice).collect())
}

fn units(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let mut all = Vec::new();
    for keeper in keepers(tx, ask)? {
        let (country, school) = match Id::parse(&keeper.code) {
            Some(school) => match places::school(tx, school) {
                Ok(found) => (found.country, Some(school)),
                Err(Error::Missing) => continue,
                Err(error) => return Err(error),
            },
            None => (keeper.code, None),
        };
        for unit in store::units(tx, &country, school)? {
            all.push(Choice {
                code: unit.id.to_string(),
                label: format!(
                    "{} ({})",
                    ask.words.name(&unit.names),
                    curricula::choose::grade_label(&ask.words, unit.grade)
                ),
            });
        }
    }
    Ok(all)
}

/// The keeper chosen, whose member the actor is.
pub(crate) fn keeper(tx: &mut Tx, code: &str) -> Result<Keeper> {
    match Id::parse(code) {
        Some(school) => acts::keeper_school(tx, school),
        None => Ok(Keeper {
            country: code.to_owned(),
            school: None,
        }),
    }
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
fn resource_form() -> Form {
    vec![
        Field::text("resource_code").max(300),
        Field::whole("resource_page", 1, 5_000).optional(),
        Field::whole("step_place", 1, 100).optional(),
    ]
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
fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    Ok(Prefill {
        beside: about(ask, &lesson),
        ..Prefill::default()
    })
}

fn about(ask: &Ask, lesson: &Lesson) -> ui::Html {
    html!(
        "<p><a href=\"/learning/lessons/{}\">{}</a> · {}</p>",
        lesson.id.to_string(),
        ask.words.name(&lesson.names),
        lesson.code
    )
}

fn visible(tx: &mut Tx, ask: &Ask) -> Result<Lesson> {
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

fn text_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = visible(tx, ask)?;
    let lang = lesson
        .names
        .0
        .keys()
        .next()
        .map_or_else(|| ask.words.lang().code(), String::as_str);
    let lang = if lesson.names.0.contains_key(ask.words.lang().code()) {
        ask.words.lang().code()
    } else {
        lang
    };
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

fn adapt_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = beside(tx, ask)?;
    if let [one] = schools(tx, ask)?.as_slice() {
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

fn see(id: Id) -> Done {
    Done::see(format!("/learning/lessons/{id}")).with(json!({ "id": id }))
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let keeper = keeper(tx, call.values.text("keeper"))?;
    Ok(see(acts::begin(
        tx,
        &keeper,
        &terms(call),
        call.actor()?,
        call.now,
    )?)
    .notice("lessons-begun"))
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
    let resource = resource_named(tx, "resource_code", call.values.text("resource_code"))?;
    let body = Body::Resource {
        resource,
        page: call.values.opt_whole("resource_page"),
    };
    let step = (&body, &Text::default(), &Sounds::new());
    add(tx, call, step).map_err(|error| match error {
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
    let texts = (
        lang,
        call.values.text("step_text"),
        call.values.text("step_notes"),
    );
    let lesson = store::lesson(tx, id)?;
    let lang = lang.to_owned();
    let sound = read_out(tx, call, &lesson, &lang)?;
    let actor = call.actor()?;
    acts::word_step(tx, id, number, texts, sound.as_ref(), actor, call.now)?;
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
