//! What the web asks for each act on items: one language at a time, answers as plain lines.

use crate::acts;
use crate::choose::{keeper, keepers, languages, licences};
use crate::forms::{Filled, WRITERS, new_prefill, reason_form};
use crate::item_acts::{self, NewItem};
use crate::lesson::{Body, ItemRow, Lesson};
use crate::lines::{self, Draft, FORMS, KINDS};
use crate::rules::{self, Keeper};
use crate::store;
use base::{Error, Id, Refusal, Result};
use db::Tx;
use formats::item::{Item, Text};
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choices, Done, Entered, Field, Form, Prefill, Site};

/// Bytes a file of items may have.
const FILE_MAX: u64 = 20_000_000;
/// Items taken from one file.
const ITEMS_MAX: usize = 2_000;

/// Every act on items.
pub(crate) fn all() -> Vec<Act> {
    let mut all = acts_on_items();
    for act in &mut all {
        if matches!(
            act.name,
            "item-new" | "learning-lesson-question" | "item-words"
        ) {
            act.prepare = Some(crate::sounds::read);
        }
    }
    all
}

fn acts_on_items() -> Vec<Act> {
    let act = |name, path, form, prefill: Filled, run| Act {
        name,
        path,
        who: WRITERS,
        form,
        prefill,
        prepare: None,
        run,
    };
    vec![
        act(
            "item-new",
            "/learning/items/new",
            new_form,
            Some(kind_prefill),
            new,
        ),
        act(
            "learning-lesson-question",
            "/learning/lessons/{id}/steps/question",
            question_form,
            Some(question_prefill),
            question,
        ),
        act(
            "item-words",
            "/learning/items/{id}/texts/{language}",
            words_form,
            Some(words_prefill),
            reword,
        ),
        act(
            "item-withdrawal",
            "/learning/items/{id}/withdrawal",
            reason_form,
            Some(beside),
            withdraw,
        ),
        Act {
            prepare: Some(read_file),
            ..act(
                "item-import",
                "/learning/items/import",
                import_form,
                Some(new_prefill),
                import,
            )
        },
    ]
}

fn texts() -> Form {
    vec![
        Field::words("item_question").max(4_000).public(),
        Field::words("item_answers").max(6_000).optional().public(),
        Field::words("item_hint").max(2_000).optional().public(),
        Field::words("item_wrong").max(2_000).optional().public(),
    ]
}
fn rarer_texts() -> Form {
    vec![
        Field::words("item_right").max(2_000).rare().public(),
        Field::words("item_solution").max(4_000).rare().public(),
        Field::text("item_unit").max(40).rare().public(),
    ]
}
fn asked() -> Form {
    let mut form = vec![
        Field::choice("item_kind", Choices::Fixed("item-kind", KINDS)),
        Field::choice("item_language", Choices::Listed(languages)),
    ];
    form.extend(texts());
    form.extend(crate::sounds::fields());
    let competency = Field::choice(
        "competency",
        Choices::Listed(curricula::choose::competencies),
    );
    form.push(competency.optional());
    form
}
fn rarer() -> Form {
    let mut form = rarer_texts();
    form.extend([
        Field::choice("item_form", Choices::Fixed("item-form", FORMS)).rare(),
        Field::text("item_tolerance").max(20).rare(),
        Field::whole("item_difficulty", 1, 3).rare(),
    ]);
    form
}
fn question_form() -> Form {
    [asked(), rarer()].concat()
}
fn kept_form() -> Form {
    vec![
        Field::choice("keeper", Choices::Listed(keepers)),
        Field::choice(
            "school_subject",
            Choices::Listed(curricula::choose::subjects),
        ),
        Field::choice("grade", Choices::Listed(curricula::choose::grades)),
        Field::choice("lesson_licence", Choices::Listed(licences)),
        Field::text("lesson_credit").max(200).public(),
    ]
}
fn new_form() -> Form {
    [asked(), kept_form(), rarer()].concat()
}
fn words_form() -> Form {
    let mut form = texts();
    form.extend(crate::sounds::fields());
    form.extend(rarer_texts());
    form.push(Field::version());
    form
}
fn import_form() -> Form {
    let mut form = vec![Field::file("item_file", FILE_MAX)];
    form.extend(kept_form());
    form.push(
        Field::choice(
            "competency",
            Choices::Listed(curricula::choose::competencies),
        )
        .optional(),
    );
    form
}

fn help(ask: &Ask) -> ui::Html {
    let kinds = KINDS.iter().map(|kind| {
        let key = format!("item-lines-{kind}");
        html!(
            "<dt>{}</dt><dd>{}</dd>",
            ask.words.code("item-kind", kind),
            ask.words.say(&key)
        )
    });
    html!(
        "<details><summary>{}</summary><dl>{}</dl></details>",
        ask.words.say("item-lines-help"),
        kinds.collect::<ui::Html>()
    )
}

fn kind_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = new_prefill(tx, ask)?;
    if let Some(kind) = ask.query.get("kind") {
        prefill.entered = prefill.entered.with("item_kind", kind.as_str());
    }
    prefill.beside = help(ask);
    Ok(prefill)
}

fn question_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let lesson = written(tx, ask)?;
    let own = ask.words.lang().code();
    let lang = if lesson.names.0.contains_key(own) {
        own
    } else {
        lesson.names.0.keys().next().map_or(own, String::as_str)
    };
    let mut entered = Entered::default().with("item_language", lang);
    if let [one] = lesson.competencies.as_slice() {
        entered = entered.with("competency", one.to_string());
    }
    let mut beside = html!(
        "<p><a href=\"/learning/lessons/{}\">{}</a></p>",
        lesson.id.to_string(),
        ask.words.name(&lesson.names)
    );
    beside.push(help(ask));
    Ok(Prefill { entered, beside })
}

fn written(tx: &mut Tx, ask: &Ask) -> Result<Lesson> {
    let lesson = store::lesson(tx, ask.id("id")?)?;
    if !rules::may_see(&lesson, ask.actor.as_ref()) {
        return Err(Error::Missing);
    }
    rules::may_write(ask.actor()?, &Keeper::of(&lesson))?;
    Ok(lesson)
}

fn own(tx: &mut Tx, ask: &Ask) -> Result<ItemRow> {
    let row = store::item(tx, ask.id("id")?)?;
    rules::may_write(ask.actor()?, &Keeper::of_item(&row))?;
    Ok(row)
}

fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let row = own(tx, ask)?;
    let lang = ask.words.lang().code();
    Ok(Prefill {
        beside: html!(
            "<p><a href=\"/learning/items/{}\">{}</a></p>{}",
            row.id.to_string(),
            row.code,
            crate::shown::content(&ask.words, &row.item.prompt, lang)
        ),
        ..Prefill::default()
    })
}

fn words_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let row = own(tx, ask)?;
    let lang = ask.param("language");
    let known = row.item.prompt.has(lang);
    // A new language begins with the lines of one there is, to be said anew one by one.
    let from = if known {
        lang
    } else {
        crate::shown::spoken(&row.item.langs(), ask.words.lang().code())
    };
    let draft = lines::write(&row.item, from);
    let sound = crate::sounds::code_of(tx, row.item.sounds.get(lang))?;
    let mut entered = Entered::default()
        .with("version", row.version.to_string())
        .with("sound_code", sound)
        .with("item_answers", draft.answers.as_str());
    if known {
        for (name, text) in [
            ("item_question", &draft.question),
            ("item_unit", &draft.unit),
            ("item_hint", &draft.hint),
            ("item_right", &draft.when_right),
            ("item_wrong", &draft.when_wrong),
            ("item_solution", &draft.solution),
        ] {
            entered = entered.with(name, text.as_str());
        }
    }
    let mut beside = beside(tx, ask)?.beside;
    let language = places::language_name(tx, lang, ask.words.lang())?;
    beside.push(html!("<p><strong>{}</strong></p>", language));
    if row.fixed {
        beside.push(html!("<p>{}</p>", ask.words.say("item-fixed")));
    }
    beside.push(help(ask));
    Ok(Prefill { entered, beside })
}

// ---- acts

fn draft(call: &Call, kind: &str, lang: &str) -> Draft {
    let v = &call.values;
    let text = |name: &str| v.text(name).to_owned();
    Draft {
        kind: kind.to_owned(),
        lang: lang.to_owned(),
        question: text("item_question"),
        answers: text("item_answers"),
        hint: text("item_hint"),
        when_right: text("item_right"),
        when_wrong: text("item_wrong"),
        solution: text("item_solution"),
        unit: text("item_unit"),
        tolerance: text("item_tolerance"),
        form: text("item_form"),
        difficulty: v
            .opt_whole("item_difficulty")
            .and_then(|n| u8::try_from(n).ok()),
    }
}

fn entered_item(call: &Call) -> Result<Item> {
    let v = &call.values;
    lines::read(&draft(call, v.text("item_kind"), v.text("item_language")))
}

fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let keeper = keeper(tx, v.text("keeper"))?;
    let mut item = entered_item(call)?;
    let grade = v.text("grade").parse().unwrap_or_default();
    let terms = (v.text("lesson_licence"), v.text("lesson_credit"));
    let lang = v.text("item_language");
    read_out(
        tx,
        call,
        &mut item,
        (&keeper, lang),
        (v.text("school_subject"), grade),
        terms,
    )?;
    let new = NewItem {
        keeper,
        item,
        subject: v.text("school_subject").to_owned(),
        grade: v.text("grade").parse().unwrap_or_default(),
        competency: v.id("competency"),
        licence: v.text("lesson_licence").to_owned(),
        credit: v.text("lesson_credit").to_owned(),
        source: None,
    };
    let row = item_acts::add_item(tx, &new, call.actor()?, call.now)?;
    Ok(Done::see(format!("/learning/items/{}", row.id))
        .with(json!({ "id": row.id, "code": row.code })))
}

/// Gives an item the recording that was brought or named for a language, or takes it away.
fn read_out(
    tx: &mut Tx,
    call: &Call,
    item: &mut Item,
    (keeper, lang): (&Keeper, &str),
    (subject, grade): (&str, i64),
    (licence, credit): (&str, &str),
) -> Result<()> {
    rules::may_write(call.actor()?, keeper)?;
    let whose = crate::sounds::For {
        keeper,
        lang,
        title: crate::figure::plain(item.prompt.get(lang)).replace('\n', " "),
        subject,
        grade,
        licence,
        credit,
    };
    match crate::sounds::chosen(tx, call, &whose)? {
        Some(sound) => item.sounds.insert(lang.to_owned(), sound),
        None => item.sounds.remove(lang),
    };
    Ok(())
}

/// A question written for a lesson stands in it at once.
fn question(tx: &mut Tx, call: &Call) -> Result<Done> {
    let lesson = written(tx, call)?;
    rules::may_change(&lesson)?;
    let keeper = Keeper::of(&lesson);
    let mut item = entered_item(call)?;
    let lang = call.values.text("item_language");
    let taught = (lesson.subject.as_str(), lesson.grade);
    let terms = (lesson.licence.as_str(), lesson.credit.as_str());
    read_out(tx, call, &mut item, (&keeper, lang), taught, terms)?;
    let new = NewItem {
        keeper,
        item,
        subject: lesson.subject.clone(),
        grade: lesson.grade,
        competency: call.values.id("competency"),
        licence: lesson.licence.clone(),
        credit: lesson.credit.clone(),
        source: None,
    };
    let row = item_acts::add_item(tx, &new, call.actor()?, call.now)?;
    let body = Body::Item(row.id);
    let number = acts::add_step(
        tx,
        lesson.id,
        (&body, &Text::default(), &formats::item::Sounds::new()),
        None,
        call.actor()?,
        call.now,
    )?;
    Ok(
        Done::see(format!("/learning/lessons/{}#step-{number}", lesson.id))
            .with(json!({ "id": row.id, "step": number })),
    )
}

fn reword(tx: &mut Tx, call: &Call) -> Result<Done> {
    let row = own(tx, call)?;
    let lang = call.param("language");
    if !languages(tx, call)?.iter().any(|one| one.code == lang) && !row.item.prompt.has(lang) {
        return Err(Error::Missing);
    }
    let mut draft = draft(call, row.item.interaction.code(), lang);
    let kept = lines::write(&row.item, lang);
    draft.form = kept.form;
    draft.tolerance = kept.tolerance;
    draft.difficulty = row.item.difficulty;
    let mut item = item_acts::said(&row, &draft)?;
    item.sounds.clone_from(&row.item.sounds);
    let taught = (row.subject.as_str(), row.grade);
    let terms = (row.licence.as_str(), row.credit.as_str());
    read_out(
        tx,
        call,
        &mut item,
        (&Keeper::of_item(&row), lang),
        taught,
        terms,
    )?;
    let id = item_acts::edit_item(
        tx,
        row.id,
        &item,
        call.values.version(),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/learning/items/{id}")).with(json!({ "id": id })))
}

fn withdraw(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    item_acts::withdraw_item(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(Done::see(format!("/learning/items/{id}")))
}

/// Reads the file outside the transaction.
fn read_file(site: &Site, call: &mut Call) -> Result<()> {
    let Some(file) = call.values.file("item_file") else {
        return Ok(());
    };
    let bytes = site.files.read(&file.hash)?;
    let reading = formats::read(&file.name, &bytes).map_err(|error| match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                "item_file".clone_into(&mut refusal.field);
            }
            Error::Refused(refusals)
        }
        other => other,
    })?;
    if reading.items.is_empty() {
        return Err(Refusal::about("item_file", "item-file-without-items").into());
    }
    if reading.items.len() > ITEMS_MAX {
        return Err(Refusal::about("item_file", "item-file-too-many")
            .with("max", ITEMS_MAX)
            .into());
    }
    let items = serde_json::to_string(&reading.items).map_err(Error::fault)?;
    let name = file.name.clone();
    call.prepared.insert("items".to_owned(), items);
    call.prepared.insert("name".to_owned(), name);
    Ok(())
}

fn import(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let text = call.prepared.get("items").map_or("[]", String::as_str);
    let items: Vec<Item> = serde_json::from_str(text).map_err(Error::fault)?;
    let keeper = keeper(tx, v.text("keeper"))?;
    let all: Vec<NewItem> = items
        .into_iter()
        .map(|item| NewItem {
            keeper: keeper.clone(),
            item,
            subject: v.text("school_subject").to_owned(),
            grade: v.text("grade").parse().unwrap_or_default(),
            competency: v.id("competency"),
            licence: v.text("lesson_licence").to_owned(),
            credit: v.text("lesson_credit").to_owned(),
            source: call.prepared.get("name").cloned(),
        })
        .collect();
    let rows =
        item_acts::add_items(tx, &all, call.actor()?, call.now).map_err(|error| match error {
            Error::Refused(mut refusals) => {
                for refusal in &mut refusals.0 {
                    "item_file".clone_into(&mut refusal.field);
                }
                Error::Refused(refusals)
            }
            other => other,
        })?;
    let ids: Vec<Id> = rows.iter().map(|row| row.id).collect();
    Ok(Done::see("/learning/items")
        .with(json!({ "ids": ids }))
        .notice("item-imported"))
}
