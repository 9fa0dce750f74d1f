//! The lesson on paper: text, questions with lines to write on, an answer sheet; the key for who teaches.

use super::lesson::language;
use super::step::render_step;
use crate::acts;
use crate::answer::key;
use crate::lesson::{Body, ItemRow};
use crate::rules;
use crate::short::on_paper;
use crate::shown::{dir, letter};
use crate::store;
use base::{Error, Refusal, Result};
use db::Tx;
use formats::item::Interaction;
use resources::Use;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Download, Page};

/// Boxes an answer sheet shows at least.
const BOXES: usize = 4;

/// A page to be printed.
pub(super) fn paper(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let lesson = store::lesson(tx, ask.id("id")?)?;
    if !rules::may_see(&lesson, ask.actor.as_ref()) {
        return Err(Error::Missing);
    }
    let own = crate::terms::licence(tx, &lesson.licence)?;
    rules::gate_all(&[own], &[], Use::Print)?;
    let parts = acts::parts(tx, lesson.id)?;
    let lang = language(ask, &lesson, &parts);
    let (steps, items, shown) = &parts;
    let mut body = html!(
        "<p>{}: ____________________ {}: __________ {} <strong>{}</strong></p>",
        words.say("lessons-paper-name"),
        words.say("lessons-paper-date"),
        words.say("column-code"),
        lesson.code
    );
    let mut questions: Vec<&ItemRow> = Vec::new();
    for step in steps {
        match &step.body {
            Body::Item(id) => {
                if let Some(row) = items.get(id).filter(|row| !row.withdrawn) {
                    questions.push(row);
                    body.push(html!(
                        "<section><h3>{}</h3>{}</section>",
                        words.say_with("lessons-question-n", &[("n", questions.len().into())]),
                        on_paper(words, &lang, &row.item)
                    ));
                }
            }
            Body::Resource { resource, .. } => {
                match shown.get(resource).map(|one| one.may(Use::Print)) {
                    Some(Err(refusal)) => {
                        body.push(ui::notice(words, Tone::Warn, words.refusal(&refusal)))
                    }
                    _ => body.push(render_step(tx, ask, &lang, step)?),
                }
            }
            Body::Text { .. } => body.push(render_step(tx, ask, &lang, step)?),
        }
    }
    let teacher = rules::reads_as_teacher(ask.actor.as_ref());
    if !questions.is_empty() && teacher && ask.query.get("key").is_some_and(|key| key == "yes") {
        // The key is a page of its own, so that nobody copies it with the questions.
        return Ok(Answer::Page(Page {
            title: words.name(&lesson.names).to_owned(),
            body: html!(
                "<p><strong>{}</strong></p>{}",
                lesson.code,
                keys(ask, &lang, &questions)
            ),
            ..Page::default()
        }));
    }
    if !questions.is_empty() {
        body.push(sheet(ask, &lang, &questions));
        if teacher {
            let href = format!("/learning/lessons/{}/paper?in={lang}&key=yes", lesson.id);
            body.push(ui::actions(&[super::action(
                words,
                href,
                "lessons-key",
                false,
            )]));
        }
    }
    body.push(html!("<p><small>{}</small></p>", lesson.credit));
    Ok(Answer::Page(Page {
        title: words.name(&lesson.names).to_owned(),
        body,
        ..Page::default()
    }))
}

fn boxes(row: &ItemRow) -> usize {
    match &row.item.interaction {
        Interaction::Choice { options } | Interaction::Several { options } => {
            options.len().max(BOXES)
        }
        _ => 0,
    }
}

/// One line for each question: letters to ring, or room to write.
fn sheet(ask: &Ask, lang: &str, questions: &[&ItemRow]) -> Html {
    let words = &ask.words;
    let rows: Vec<Vec<Html>> = (1_i64..)
        .zip(questions)
        .map(|(n, row)| {
            let room = match boxes(row) {
                0 => ui::text(&"_".repeat(24)),
                count => ui::text(
                    &(0..count)
                        .map(|n| format!("({})", letter(lang, n)))
                        .collect::<Vec<_>>()
                        .join("   "),
                ),
            };
            vec![ui::text(&words.number(n)), ui::text(&row.code), room]
        })
        .collect();
    let head = [
        words.say("lessons-question"),
        words.say("column-code"),
        words.say("lessons-answer"),
    ];
    let table = ui::plain_table(&words.say("lessons-sheet"), &head, &rows);
    html!("<section dir=\"{}\">{}</section>", dir(lang), table)
}

fn keys(ask: &Ask, lang: &str, questions: &[&ItemRow]) -> Html {
    let words = &ask.words;
    let rows: Vec<Vec<Html>> = (1_i64..)
        .zip(questions)
        .map(|(n, row)| {
            let right =
                key(&row.item, lang).unwrap_or_else(|| words.say("lessons-note-teacher-marks"));
            let solution = crate::shown::content(words, &row.item.solution, lang);
            vec![
                ui::text(&words.number(n)),
                html!("<bdi>{}</bdi>", right),
                solution,
            ]
        })
        .collect();
    let head = [
        words.say("lessons-question"),
        words.say("lessons-answer"),
        words.say("item-solution"),
    ];
    let table = ui::plain_table(&words.say("lessons-key"), &head, &rows);
    html!("<section dir=\"{}\">{}</section>", dir(lang), table)
}

/// The lesson’s items as a QTI 3 package.
pub(super) fn qti(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let lesson = store::lesson(tx, ask.id("id")?)?;
    if !rules::may_see(&lesson, ask.actor.as_ref()) {
        return Err(Error::Missing);
    }
    let (_, items, _) = acts::parts(tx, lesson.id)?;
    let codes = items.values().map(|row| row.licence.as_str());
    let mut licences = Vec::new();
    for code in std::iter::once(lesson.licence.as_str()).chain(codes) {
        licences.push(crate::terms::licence(tx, code)?);
    }
    rules::gate_all(&licences, &[], Use::PassOn)?;
    let rows: Vec<ItemRow> = store::items_of(tx, lesson.id)?
        .into_iter()
        .filter(|row| !row.withdrawn)
        .collect();
    if rows.is_empty() {
        return Err(Refusal::whole("item-file-without-items").into());
    }
    let wanted = ask
        .query
        .get("in")
        .map_or_else(|| ask.words.lang().code(), String::as_str);
    let bytes = crate::exchange::package(wanted, &lesson, &rows)?;
    Ok(Answer::File(Download {
        name: format!("{}-qti.zip", lesson.code),
        mime: "application/zip".to_owned(),
        bytes,
    }))
}
