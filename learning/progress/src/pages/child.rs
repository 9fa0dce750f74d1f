//! One child: what is given, what is mastered and why. For the learner, guardians the school
//! verified, and teachers; nobody but teachers has anything to do here.

use super::learn::{Work, given};
use super::resource::{came_from, came_of, far};
use super::shown::outcome_tag;
use super::{link, named, standing_tag};
use crate::assignment::Outcome;
use crate::mastery::{Mastery, Standing};
use crate::store;
use base::{Id, Result, Role};
use classes::Person;
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, html};
use web::{Answer, Ask, Page};

/// Days of the register a guardian sees.
const REGISTER_DAYS: i64 = 30;

/// A guardian's home: own children only.
pub(super) fn guardian(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let actor = ask.actor()?;
    if !actor.is(Role::Guardian) {
        return Ok(Answer::See("/teach".to_owned()));
    }
    let wards = classes::wards(tx, actor.account)?;
    if let [one] = wards.as_slice() {
        return Ok(Answer::See(format!("/learn/child/{one}")));
    }
    let words = &ask.words;
    let mut cards = Vec::new();
    for (id, person) in classes::persons(tx, &wards)? {
        let body = html!("<p>{}</p>", words.say("progress-child-open"));
        cards.push(ui::card(
            &format!("/learn/child/{id}"),
            &person.name(),
            body,
        ));
    }
    let body = if cards.is_empty() {
        ui::empty(&words.say("progress-no-children"), None)
    } else {
        ui::cards(&cards)
    };
    Ok(Answer::Page(Page {
        title: words.say("progress-children"),
        body,
        ..Page::default()
    }))
}

/// The child in the path, for whoever may see it.
pub(super) fn seen(tx: &mut Tx, ask: &Ask) -> Result<Person> {
    classes::require_may_see(tx, ask.actor()?, ask.id("id")?, ask.today)
}

/// Read-only: a guardian's view of an own child, a learner's view of themselves.
pub(super) fn child(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let person = seen(tx, ask)?;
    let words = &ask.words;
    let own = ask.actor()?.account == person.id;
    let here = classes::classes_of_learner(tx, person.id, ask.today)?;
    let names: Vec<String> = here
        .iter()
        .map(|c| words.name(&c.names).to_owned())
        .collect();
    let mut body = html!("<p>{}</p>", words.list(&names));
    let all = given(tx, person.id, &here, (ask.today.plus(-21), ask.today))?;
    body.push(ui::section(
        &words.say("progress-work-title"),
        work_table(ask, &all),
    ));
    let found = store::masteries(tx, person.id)?;
    body.push(ui::section(
        &words.say("progress-can-title"),
        standings(tx, ask, &found, None)?,
    ));
    body.push(comments(tx, ask, &all, person.id)?);
    body.push(ui::section(
        &words.say("progress-register-title"),
        register(tx, ask, person.id)?,
    ));
    let id = person.id.to_string();
    body.push(web::html::slot(tx, ask, "child-page", &id)?);
    if own {
        body.push(ui::actions(&[link(
            "/learn",
            words.say("progress-home"),
            true,
        )]));
    }
    let title = if own {
        words.say("progress-what-i-can")
    } else {
        person.name()
    };
    Ok(Answer::Page(Page {
        title,
        body,
        ..Page::default()
    }))
}

fn work_table(ask: &Ask, all: &[Work]) -> Html {
    let words = &ask.words;
    if all.is_empty() {
        return html!("<p>{}</p>", words.say("progress-nothing-given"));
    }
    let head = [
        "progress-column-lesson",
        "progress-column-done",
        "progress-column-due",
    ]
    .map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = all
        .iter()
        .map(|work| {
            let a = &work.assignment;
            let mut done = far(words, work);
            if let Some(one) = work.whole.as_ref().and_then(|whole| whole.tried.as_ref()) {
                done.push(html!(" <small>{}</small>", came_from(words, one)));
            }
            let due = if !work.is_left() || a.due_on >= ask.today {
                html!("{}", words.day(a.due_on))
            } else {
                html!("{} {}", words.day(a.due_on), outcome_late(words))
            };
            vec![html!("{}", words.name(&a.names)), done, due]
        })
        .collect();
    ui::plain_table("", &head, &rows)
}

fn outcome_late(words: &lang::Words) -> Html {
    ui::tag_as(ui::Tone::Warn, &words.say("progress-is-late"))
}

/// Every competency a learner has begun: how far, and why the rule says so. `judge` is the page
/// where a teacher may decide instead.
fn standings(tx: &mut Tx, ask: &Ask, found: &[Mastery], judge: Option<Id>) -> Result<Html> {
    let words = &ask.words;
    if found.is_empty() {
        return Ok(html!("<p>{}</p>", words.say("progress-none-begun")));
    }
    let by: BTreeMap<Id, &Mastery> = found.iter().map(|one| (one.competency, one)).collect();
    let ids: Vec<Id> = by.keys().copied().collect();
    let mut head = vec![
        words.say("progress-column-competency"),
        words.say("progress-column-standing"),
        words.say("progress-column-why"),
    ];
    if judge.is_some() {
        head.push(words.say("progress-column-decide"));
    }
    let mut rows = Vec::new();
    for (id, code, statement) in named(tx, words, &ids)? {
        let Some(one) = by.get(&id) else { continue };
        let (why, args) = one.finding.why();
        let (rule, numbers) = one.finding.rule.words();
        let mut row = vec![
            html!("<strong>{}</strong> {}", code, statement),
            standing_tag(words, one.finding.standing),
            html!(
                "{} <small>{}</small>",
                words.say_with(why, &args),
                words.say_with(rule, &numbers)
            ),
        ];
        if let Some(learner) = judge {
            let href = format!("/teach/learners/{learner}/competencies/{id}/judgement");
            row.push(ui::link(&href, words.say("progress-decide")));
        }
        rows.push(row);
    }
    Ok(html!(
        "<div class=\"wide\">{}</div>",
        ui::plain_table("", &head, &rows)
    ))
}

/// What teachers said to the child's work lately.
fn comments(tx: &mut Tx, ask: &Ask, all: &[Work], learner: Id) -> Result<Html> {
    let words = &ask.words;
    let mut lines = Html::new();
    for work in all {
        let tried = work.whole.as_ref().and_then(|whole| whole.tried.as_ref());
        if let Some((one, comment)) = tried.and_then(|one| Some((one, one.comment.as_ref()?))) {
            lines.push(html!(
                "<li>{}: {} {}</li>",
                words.name(&work.assignment.names),
                outcome_tag(words, one.outcome()),
                comment
            ));
        }
        for one in store::tries_of(tx, work.assignment.id, learner)? {
            let Some(comment) = &one.comment else {
                continue;
            };
            let label = words.say_with("progress-question", &[("n", one.position.into())]);
            lines.push(html!(
                "<li>{} · {}: {} {}</li>",
                words.name(&work.assignment.names),
                label,
                outcome_tag(words, Outcome::of(one.score)),
                comment
            ));
        }
    }
    if lines.is_empty() {
        return Ok(Html::new());
    }
    Ok(ui::section(
        &words.say("progress-teacher-said"),
        html!("<ul>{}</ul>", lines),
    ))
}

fn register(tx: &mut Tx, ask: &Ask, learner: Id) -> Result<Html> {
    let words = &ask.words;
    let days = (ask.today.plus(-REGISTER_DAYS), ask.today);
    let tally = classes::attendance_of(tx, learner, days)?;
    if tally.values().all(|count| *count == 0) {
        return Ok(html!("<p>{}</p>", words.say("progress-register-none")));
    }
    let said: Vec<String> = tally
        .iter()
        .filter(|(_, count)| **count > 0)
        .map(|(code, count)| {
            format!(
                "{}: {}",
                words.code("attendance", code),
                words.number(*count)
            )
        })
        .collect();
    let label = words.say_with("progress-register-days", &[("days", REGISTER_DAYS.into())]);
    let mut body = html!("<p>{} {}</p>", label, said.join(" · "));
    let missed = classes::missed(tx, learner, days)?;
    if !missed.is_empty() {
        let head = ["column-on", "column-in-lesson", "column-mark"].map(|key| words.say(key));
        let rows: Vec<Vec<Html>> = missed
            .iter()
            .map(|one| {
                let lesson = one.lesson_label(words);
                vec![
                    html!("{}", words.day(one.day)),
                    html!(
                        "{}",
                        lesson.unwrap_or_else(|| words.say("progress-register-whole"))
                    ),
                    html!("{}", words.code("attendance", &one.code)),
                ]
            })
            .collect();
        body.push(ui::plain_table("", &head, &rows));
    }
    Ok(body)
}

/// A learner as a teacher sees them: everything begun, why, the tries behind it, and the own word.
pub(super) fn learner(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let person = seen(tx, ask)?;
    let words = &ask.words;
    let found = store::masteries(tx, person.id)?;
    let mut body = Html::new();
    body.push(standings(tx, ask, &found, Some(person.id))?);
    for one in found
        .iter()
        .filter(|one| one.finding.standing == Standing::Stuck)
    {
        body.push(evidence(tx, ask, person.id, one.competency)?);
    }
    let here = classes::classes_of_learner(tx, person.id, ask.today)?;
    let all = given(tx, person.id, &here, (ask.today.plus(-42), ask.today))?;
    body.push(ui::section(
        &words.say("progress-work-title"),
        work_table(ask, &all),
    ));
    body.push(comments(tx, ask, &all, person.id)?);
    let mut onward = Vec::new();
    for class in here {
        let label = words.say_with(
            "progress-of-class",
            &[("class", words.name(&class.names).into())],
        );
        onward.push(link(
            format!("/teach/classes/{}/progress", class.id),
            label,
            false,
        ));
    }
    body.push(ui::actions(&onward));
    Ok(Answer::Page(Page {
        title: words.say_with("progress-learner-title", &[("name", person.name().into())]),
        body,
        ..Page::default()
    }))
}

/// The tries behind a standing, newest first, each a way to its question.
pub(super) fn evidence(tx: &mut Tx, ask: &Ask, learner: Id, competency: Id) -> Result<Html> {
    let words = &ask.words;
    let title = match named(tx, words, &[competency])?.first() {
        Some((_, code, statement)) => format!("{code} {statement}"),
        None => String::new(),
    };
    let head = [
        "progress-column-when",
        "progress-column-question",
        "progress-column-result",
    ]
    .map(|key| words.say(key));
    let mut rows = Vec::new();
    for one in store::evidence(tx, learner, competency, 10)? {
        let lang = words.lang().code();
        let question = match lessons::item(tx, one.item) {
            Ok(row) => short(&lessons::plain(row.item.prompt.get(lang))),
            Err(base::Error::Missing) => String::new(),
            Err(error) => return Err(error),
        };
        let row = vec![
            html!("{}", words.day(one.at.day())),
            ui::link(&format!("/teach/attempts/{}", one.id), question),
            outcome_tag(words, Outcome::of(one.score)),
        ];
        rows.push((one.at, row));
    }
    for one in store::resource_evidence(tx, learner, competency, 10)? {
        let known = resources::resources(tx, &[one.resource])?;
        let title = known.get(&one.resource).map_or_else(String::new, |found| {
            resources::title(words, found).to_owned()
        });
        let row = vec![
            html!("{}", words.day(one.at.day())),
            html!(
                "{} <small>{}</small>",
                ui::link(&format!("/resources/{}", one.resource), title),
                came_from(words, &one)
            ),
            came_of(words, Some(&one), false),
        ];
        rows.push((one.at, row));
    }
    rows.sort_by_key(|(at, _)| std::cmp::Reverse(*at));
    let rows: Vec<Vec<Html>> = rows.into_iter().take(10).map(|(_, row)| row).collect();
    Ok(ui::section(&title, ui::plain_table("", &head, &rows)))
}

/// Beside the form of a teacher's own word: what is known, and the word that is in force.
pub(crate) fn beside_judgement(
    tx: &mut Tx,
    ask: &Ask,
    learner: Id,
    competency: Id,
) -> Result<Html> {
    let person = seen(tx, ask)?;
    let words = &ask.words;
    let mut beside = html!("<p><strong>{}</strong></p>", person.name());
    beside.push(evidence(tx, ask, learner, competency)?);
    if let Some(word) = store::word(tx, learner, competency)? {
        let by = super::work::person_name(tx, word.by)?;
        let key = if word.mastered { "mastered" } else { "not_yet" };
        let said = html!(
            "<p>{} · {} · {}</p>{}",
            words.code("progress-word", key),
            by,
            words.day(word.at.day()),
            ui::paragraphs(&word.reason)
        );
        beside.push(ui::notice(words, ui::Tone::Plain, said));
        let href = format!("{}/withdrawal", ask.path);
        beside.push(ui::actions(&[link(
            href,
            words.say("progress-word-back-button"),
            false,
        )]));
    }
    Ok(beside)
}

/// The first words of a text.
pub(super) fn short(text: &str) -> String {
    let plain = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let cut: String = plain.chars().take(80).collect();
    if cut.len() < plain.len() {
        format!("{cut}…")
    } else {
        cut
    }
}

/// On a learner's page: how far they are.
pub(crate) fn fill_learner(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let found = store::masteries(tx, id)?;
    if found.is_empty() {
        return Ok(Html::new());
    }
    let words = &ask.words;
    let count = |standing| {
        found
            .iter()
            .filter(|one| one.finding.standing == standing)
            .count()
    };
    let said = words.say_with(
        "progress-summary",
        &[
            ("mastered", count(Standing::Mastered).into()),
            ("begun", count(Standing::Begun).into()),
            ("stuck", count(Standing::Stuck).into()),
        ],
    );
    let onward = ui::link(
        &format!("/teach/learners/{id}/progress"),
        words.say("progress-see"),
    );
    Ok(ui::section(
        &words.say("progress-can-title"),
        html!("<p>{} {}</p>", said, onward),
    ))
}
