//! One lesson: what learners read and answer, with the notes for who teaches it.

use super::lists::state;
use super::step::render_step;
use super::{action, keeper_said, languages_said, licence_said};
use crate::acts;
use crate::lesson::{Body, ItemRow, Lesson, Review, Standing, Step};
use crate::rules::{self, Keeper};
use crate::shown::{dir, render_item, spoken};
use crate::store;
use base::{Error, Id, Result, Role};
use db::Tx;
use lang::Words;
use resources::Use;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("lesson_goal", Shown::Names),
    Column::new("school_subject", Shown::Code("subject")),
    Column::new("grade", Shown::Text),
    Column::new("lesson_minutes", Shown::Whole),
    Column::new("lesson_languages", Shown::Text),
    Column::new("competencies", Shown::Text),
    Column::new("lesson_keeper", Shown::Text),
    Column::new("code", Shown::Text),
    Column::new("edition", Shown::Whole),
    Column::new("state", Shown::Code("lesson-state")),
    Column::new("lesson_licence", Shown::Text),
    Column::new("lesson_credit", Shown::Text),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];

/// The language the lesson is shown in: asked for by `?in=`, else the reader’s, else one it has.
pub(super) fn language(ask: &Ask, lesson: &Lesson, parts: &acts::Parts) -> String {
    let known: Vec<String> = if lesson.langs.is_empty() {
        rules::whole_langs(lesson, &parts.0, &parts.1)
    } else {
        lesson.langs.clone()
    };
    let known: Vec<&str> = known.iter().map(String::as_str).collect();
    let own = ask.words.lang().code();
    let wanted = ask.query.get("in").map_or(own, String::as_str);
    spoken(&known, wanted).to_owned()
}

/// The page of one lesson.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let lesson = store::lesson(tx, ask.id("id")?)?;
    if !rules::may_see(&lesson, ask.actor.as_ref()) {
        return Err(Error::Missing);
    }
    let parts = acts::parts(tx, lesson.id)?;
    let lang = language(ask, &lesson, &parts);
    let actor = ask.actor.as_ref();
    let writes = actor.is_some_and(|actor| rules::writes_for(actor, &Keeper::of(&lesson)));
    let edits = writes && rules::may_change(&lesson).is_ok();
    let mut body = languages(tx, ask, &lesson, &lang)?;
    let teacher = rules::reads_as_teacher(actor);
    body.push(content(tx, ask, &lesson, &parts, (&lang, edits, teacher))?);
    body.push(unit(tx, ask, &lesson)?);
    let mut begun = None;
    if writes {
        let all = store::editions(tx, lesson.series)?;
        body.push(editions(words, &all));
        begun = rules::begun(&all);
    }
    let own = crate::terms::licence(tx, &lesson.licence)?;
    let works = if edits {
        crate::terms::works(tx, &parts.1, &parts.2)?
    } else {
        Vec::new()
    };
    let clash = crate::terms::agrees(&own, &works);
    let before = notices(ask, &lesson, (&parts, clash), writes);
    Ok(Answer::Record(Show {
        title: words.name(&lesson.names).to_owned(),
        before: html!("{}{}", before, body),
        cells: cells(tx, ask, &lesson)?,
        sections: Html::new(),
        actions: actions(ask, (&lesson, &own), &parts, (writes, begun), edits),
        slot: Some(("lesson-page", lesson.id.to_string())),
    }))
}

fn cells(tx: &mut Tx, ask: &Ask, lesson: &Lesson) -> Result<Vec<Cell>> {
    let words = &ask.words;
    let taught = curricula::competencies(tx, &lesson.competencies)?;
    let taught: Vec<String> = taught
        .iter()
        .map(|one| curricula::choose::competency_label(words, one))
        .collect();
    Ok(vec![
        if lesson.goal.is_empty() {
            Cell::Unknown
        } else {
            Cell::Names(lesson.goal.clone())
        },
        Cell::code(lesson.subject.as_str()),
        curricula::choose::grade_label(words, lesson.grade).into(),
        lesson.minutes.into(),
        languages_said(tx, words, &lesson.langs)?.into(),
        if taught.is_empty() {
            Cell::Unknown
        } else {
            taught.join("; ").into()
        },
        keeper_said(tx, words, &lesson.country, lesson.school)?.into(),
        lesson.code.as_str().into(),
        lesson.edition.into(),
        Cell::code(state(lesson)),
        licence_said(words, &lesson.licence).into(),
        lesson.credit.as_str().into(),
        Cell::Text(lesson.id.to_string()),
        lesson.version.into(),
    ])
}

fn notices(
    ask: &Ask,
    lesson: &Lesson,
    (parts, clash): (&acts::Parts, base::Refusals),
    writes: bool,
) -> Html {
    let words = &ask.words;
    let mut out = Html::new();
    let reason = || lesson.reason.as_deref().map(ui::paragraphs);
    if lesson.standing == Standing::Withdrawn {
        let said = html!("<p>{}</p>{}", words.say("lessons-is-withdrawn"), reason());
        out.push(ui::notice(words, Tone::Bad, said));
    }
    if lesson.standing == Standing::Superseded {
        out.push(ui::notice(
            words,
            Tone::Warn,
            words.say("lessons-is-superseded"),
        ));
    }
    if lesson.review == Review::Returned && (writes || rules::reads_as_teacher(ask.actor.as_ref()))
    {
        let said = html!("<p>{}</p>{}", words.say("lessons-is-returned"), reason());
        out.push(ui::notice(words, Tone::Warn, said));
    }
    if writes && lesson.standing == Standing::Draft && lesson.review != Review::Proposed {
        let (steps, items, shown) = parts;
        let mut lacks = clash.0;
        if let Err(Error::Refused(more)) = rules::may_publish(lesson, steps, items, shown) {
            lacks.extend(more.0);
        }
        if !lacks.is_empty() {
            let lines: Html = lacks
                .iter()
                .map(|one| html!("<li>{}</li>", words.refusal(one)))
                .collect();
            let said = html!(
                "<p>{}</p><ul>{}</ul>",
                words.say("lessons-still-lacks"),
                lines
            );
            out.push(ui::notice(words, Tone::Plain, said));
        }
    }
    out
}

fn languages(tx: &mut Tx, ask: &Ask, lesson: &Lesson, lang: &str) -> Result<Html> {
    if lesson.langs.len() < 2 {
        return Ok(Html::new());
    }
    let mut links = Vec::with_capacity(lesson.langs.len());
    for code in &lesson.langs {
        let name = languages_said(tx, &ask.words, std::slice::from_ref(code))?;
        let href = format!("/learning/lessons/{}?in={code}", lesson.id);
        links.push(ui::Link::new(href, name).current(code == lang));
    }
    Ok(ui::tabs(&ask.words.say("column-lesson-languages"), &links))
}

/// The lesson itself.
fn content(
    tx: &mut Tx,
    ask: &Ask,
    lesson: &Lesson,
    (steps, items, _): &acts::Parts,
    (lang, edits, teacher): (&str, bool, bool),
) -> Result<Html> {
    let words = &ask.words;
    let mut out = Html::new();
    let mut question = 0_i64;
    for step in steps {
        let mut inside = match &step.body {
            Body::Item(id) => {
                question += 1;
                asked(ask, items, *id, (lang, question))
            }
            Body::Text { .. } | Body::Resource { .. } => render_step(tx, ask, lang, step)?,
        };
        let langs: Vec<&str> = step.notes.0.keys().map(String::as_str).collect();
        if teacher && !langs.is_empty() {
            let lang = spoken(&langs, lang);
            let notes = Html::raw(crate::figure::drawn(
                words,
                &formats::markdown(step.notes.get(lang)),
            ));
            inside.push(html!(
                "<details open><summary>{}</summary><div lang=\"{}\" dir=\"{}\">{}</div></details>",
                words.say("lessons-for-the-teacher"),
                lang,
                dir(lang),
                notes
            ));
        }
        if edits {
            inside.push(tools(ask, lesson, step, items));
        }
        out.push(html!(
            "<section id=\"step-{}\">{}</section>",
            step.number.to_string(),
            inside
        ));
    }
    if steps.is_empty() {
        out.push(ui::empty(&words.say("lessons-empty"), None));
    }
    if edits {
        let to = |what: &str| format!("/learning/lessons/{}/steps/{what}", lesson.id);
        out.push(ui::actions(&[
            action(words, to("text"), "learning-lesson-text-button", false),
            action(
                words,
                to("question"),
                "learning-lesson-question-button",
                false,
            ),
            action(words, to("item"), "learning-lesson-item-button", false),
            action(
                words,
                to("resource"),
                "learning-lesson-resource-button",
                false,
            ),
        ]));
    }
    Ok(out)
}

/// An item to try: the answer is looked at on the item’s page and nothing is kept.
fn asked(ask: &Ask, items: &BTreeMap<Id, ItemRow>, id: Id, (lang, n): (&str, i64)) -> Html {
    let words = &ask.words;
    let Some(row) = items.get(&id) else {
        return ui::notice(words, Tone::Warn, words.say("lessons-no-such-item"));
    };
    let heading = html!(
        "<h3>{}</h3>",
        words.say_with("lessons-question-n", &[("n", n.into())])
    );
    if row.withdrawn {
        return html!(
            "{}{}",
            heading,
            ui::notice(words, Tone::Warn, words.say("item-is-withdrawn"))
        );
    }
    let prefix = format!("q{n}");
    html!(
        "{}<form method=\"get\" action=\"/learning/items/{}\"><input type=\"hidden\" name=\"in\" value=\"{}\"><input type=\"hidden\" name=\"as\" value=\"{}\">{}<button class=\"button quiet\">{}</button></form>",
        heading,
        row.id.to_string(),
        lang,
        prefix,
        render_item(words, lang, &row.item, None, None, &prefix),
        words.say("lessons-try")
    )
}

fn tools(ask: &Ask, lesson: &Lesson, step: &Step, items: &BTreeMap<Id, ItemRow>) -> Html {
    let words = &ask.words;
    let to = |what: &str| {
        format!(
            "/learning/lessons/{}/steps/{}/{what}",
            lesson.id, step.number
        )
    };
    let mut links = Vec::new();
    let mut langs: Vec<String> = lesson.names.0.keys().cloned().collect();
    if let Body::Text { source, .. } = &step.body {
        for code in source.0.keys() {
            if !langs.contains(code) {
                langs.push(code.clone());
            }
        }
    }
    for code in &langs {
        let name = match base::Lang::parse(code) {
            Some(lang) => lang.own_name().to_owned(),
            None => code.clone(),
        };
        let (href, key) = match &step.body {
            Body::Item(id) if items.contains_key(id) => (
                format!("/learning/items/{id}/texts/{code}"),
                "lessons-write-in",
            ),
            Body::Text { .. } => (to(&format!("texts/{code}")), "lessons-write-in"),
            Body::Item(_) | Body::Resource { .. } => {
                (to(&format!("texts/{code}")), "lessons-notes-in")
            }
        };
        links.push(Action {
            href,
            label: words.say_with(key, &[("language", name.into())]),
            main: false,
        });
    }
    links.push(action(
        words,
        to("place"),
        "learning-lesson-step-place-button",
        false,
    ));
    links.push(action(
        words,
        to("removal"),
        "learning-lesson-step-removal-button",
        false,
    ));
    ui::actions(&links)
}

fn unit(tx: &mut Tx, ask: &Ask, lesson: &Lesson) -> Result<Html> {
    let Some(id) = lesson.unit else {
        return Ok(Html::new());
    };
    let unit = store::unit(tx, id)?;
    let lessons = store::of_unit(tx, id)?;
    let items: Html = lessons
        .iter()
        .filter(|one| rules::may_see(one, ask.actor.as_ref()))
        .map(|one| {
            let title = ask.words.name(&one.names);
            if one.id == lesson.id {
                html!("<li><strong>{}</strong></li>", title)
            } else {
                html!(
                    "<li><a href=\"/learning/lessons/{}\">{}</a></li>",
                    one.id.to_string(),
                    title
                )
            }
        })
        .collect();
    Ok(ui::section(
        ask.words.name(&unit.names),
        html!("<ol>{}</ol>", items),
    ))
}

fn editions(words: &Words, all: &[Lesson]) -> Html {
    if all.len() < 2 {
        return Html::new();
    }
    let named = |one: &Lesson| words.say_with("lessons-edition-n", &[("n", one.edition.into())]);
    ui::section(&words.say("lessons-editions"), listed(words, all, named))
}

fn listed(words: &Words, all: &[Lesson], named: impl Fn(&Lesson) -> String) -> Html {
    let lines: Html = all
        .iter()
        .map(|one| {
            html!(
                "<li><a href=\"/learning/lessons/{}\">{}</a> {}</li>",
                one.id.to_string(),
                named(one),
                ui::tag(state(one), &words.code("lesson-state", state(one)))
            )
        })
        .collect();
    html!("<ul>{}</ul>", lines)
}

/// Copies that are there already, beside the form that would make another.
pub(crate) fn copies(words: &Words, all: &[Lesson]) -> Html {
    if all.is_empty() {
        return Html::new();
    }
    let named = |one: &Lesson| words.name(&one.names).to_owned();
    let body = html!(
        "<p>{}</p>{}",
        words.say("lessons-copies"),
        listed(words, all, named)
    );
    ui::notice(words, Tone::Plain, body)
}

fn actions(
    ask: &Ask,
    (lesson, own): (&Lesson, &resources::Licence),
    parts: &acts::Parts,
    (writes, begun): (bool, Option<Id>),
    edits: bool,
) -> Vec<Action> {
    let words = &ask.words;
    let Some(actor) = &ask.actor else {
        return printing(ask, (lesson, own), parts);
    };
    let to = |what: &str| format!("/learning/lessons/{}/{what}", lesson.id);
    let (steps, items, shown) = parts;
    let mut all = Vec::new();
    let reviews =
        lesson.review == Review::Proposed && actor.is_in(Role::ResourceReviewer, &lesson.country);
    if reviews && ![lesson.made_by, lesson.offered_by].contains(&Some(actor.account)) {
        all.push(action(
            words,
            to("approval"),
            "learning-lesson-approval-button",
            true,
        ));
        all.push(action(
            words,
            to("return"),
            "learning-lesson-return-button",
            false,
        ));
    }
    let whole = rules::may_publish(lesson, steps, items, shown).is_ok();
    if edits {
        if whole && lesson.school.is_some() {
            all.push(action(
                words,
                to("publication"),
                "learning-lesson-publication-button",
                true,
            ));
        }
        all.push(action(
            words,
            to("edit"),
            "learning-lesson-edit-button",
            false,
        ));
    }
    if writes && whole && rules::may_offer(lesson, (steps, items), shown).is_ok() {
        all.push(action(
            words,
            to("offer"),
            "learning-lesson-offer-button",
            lesson.school.is_none(),
        ));
    }
    if writes && lesson.standing != Standing::Draft {
        let (href, key) = match begun {
            Some(draft) => (
                format!("/learning/lessons/{draft}"),
                "lessons-edition-go-on",
            ),
            None => (to("edition"), "learning-lesson-edition-button"),
        };
        all.push(action(words, href, key, false));
    }
    let teaches = !actor.schools(&[Role::Teacher, Role::SchoolHead]).is_empty();
    if teaches && !writes && lesson.standing == Standing::Published {
        all.push(action(
            words,
            to("adaptation"),
            "learning-lesson-adaptation-button",
            false,
        ));
    }
    all.extend(printing(ask, (lesson, own), parts));
    let takes_back =
        writes || (lesson.for_all && actor.is_in(Role::LearningOfficer, &lesson.country));
    if takes_back && lesson.standing != Standing::Withdrawn {
        all.push(action(
            words,
            to("withdrawal"),
            "learning-lesson-withdrawal-button",
            false,
        ));
    }
    all
}

fn printing(
    ask: &Ask,
    (lesson, own): (&Lesson, &resources::Licence),
    (_, items, _): &acts::Parts,
) -> Vec<Action> {
    let to = |what: &str| format!("/learning/lessons/{}/{what}", lesson.id);
    let mut all = Vec::new();
    if own.lets(Use::Print) {
        all.push(action(&ask.words, to("paper"), "lessons-paper", false));
    }
    if !items.is_empty() && own.lets(Use::PassOn) {
        all.push(action(&ask.words, to("qti"), "lessons-qti", false));
    }
    all
}
