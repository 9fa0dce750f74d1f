//! Open answers that wait for a teacher, and single tries with their history.

use super::link;
use super::shown::{lang_of, outcome_tag};
use crate::assignment::{Attempt, Outcome};
use crate::store;
use base::{Actor, Error, Id, Moment, Result, Role};
use classes::Class;
use db::Tx;
use formats::item::Answer as Given;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Line, Listing, Page, Prefill, Waiting};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("progress_learner", Kind::Link),
    Column::new("progress_class", Kind::Text),
    Column::new("progress_lesson", Kind::Text),
    Column::new("progress_question", Kind::Text),
    Column::new("progress_answered", Kind::Moment),
];

/// How many waiting answers are looked through for the next one.
const SET: i64 = 200;

/// The classes somebody marks for: those taught; for a head, nothing waits.
fn marks_for(tx: &mut Tx, actor: &Actor, today: base::Day) -> Result<Vec<Class>> {
    classes::classes_of_teacher(tx, actor.account, today)
}

pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let query = ask.list();
    let [at, id] = query.after_parts::<2>();
    let after = at
        .parse::<i64>()
        .ok()
        .map(Moment::from_micros)
        .zip(Id::parse(&id));
    let mut found: Vec<(Attempt, String)> = Vec::new();
    for class in marks_for(tx, ask.actor()?, ask.today)? {
        let name = words.name(&class.names).to_owned();
        let some = store::waiting(tx, class.id, after, query.limit + 1)?;
        found.extend(some.into_iter().map(|one| (one, name.clone())));
    }
    found.sort_by_key(|(one, _)| (one.at, one.id));
    let limit = usize::try_from(query.limit).unwrap_or(50);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for (one, class) in found {
        let learner = classes::name(tx, one.learner)?;
        let assignment = store::assignment(tx, one.assignment)?;
        let row = lessons::item(tx, one.item)?;
        let prompt = lessons::plain(row.item.prompt.get(lang_of(words)));
        let href = format!("/teach/work/{}", one.id);
        rows.push(Line {
            key: format!("{}~{}", one.at.micros(), one.id),
            cells: vec![
                Cell::link(href.clone(), learner),
                class.into(),
                words.name(&assignment.names).into(),
                super::child::short(&prompt).into(),
                one.at.into(),
            ],
            href: Some(href),
        });
    }
    Ok(Answer::List(Listing {
        title: words.say("progress-work"),
        before: html!("<p>{}</p>", words.say("progress-work-intro")),
        none: words.say("progress-work-none"),
        rows,
        more,
        ..Listing::default()
    }))
}

/// What is marked after a try: what waits of the same question, oldest first, so that a set is marked alike; then
/// whatever else waits of the class.
pub(crate) fn next_to_mark(tx: &mut Tx, marked: Id) -> Result<Option<Id>> {
    let one = store::attempt_at(tx, marked)?;
    let waiting = store::waiting(tx, one.class, None, SET)?;
    let alike = waiting.iter().find(|other| other.item == one.item);
    Ok(alike.or(waiting.first()).map(|next| next.id))
}

/// A try of a class the asker teaches.
fn own(tx: &mut Tx, ask: &Ask) -> Result<Attempt> {
    let one = store::attempt_at(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, one.class, ask.today)?;
    Ok(one)
}

/// The question, what was answered and what the teacher should look for.
fn shown(tx: &mut Tx, ask: &Ask, one: &Attempt) -> Result<Html> {
    let (words, lang) = (&ask.words, lang_of(&ask.words));
    let row = lessons::item(tx, one.item)?;
    let assignment = store::assignment(tx, one.assignment)?;
    let learner = classes::name(tx, one.learner)?;
    let mut body = html!(
        "<p><strong>{}</strong> · {} · {}</p>",
        learner,
        ui::link(
            &format!("/teach/assignments/{}", assignment.id),
            words.name(&assignment.names)
        ),
        words.moment(one.at)
    );
    body.push(lessons::content(words, &row.item.prompt, lang));
    let given = if matches!(one.response.as_str(), "+" | "/" | "X") {
        html!("<p>{}</p>", words.say("progress-by-mouth"))
    } else {
        match Given::from_response(&row.item, &one.response) {
            Given::Open(text) | Given::Word(text) | Given::Number(text) => {
                html!(
                    "<blockquote dir=\"auto\">{}</blockquote>",
                    ui::paragraphs(&text)
                )
            }
            given => {
                let marked = lessons::mark(&row.item, &given, lang);
                html!(
                    "<fieldset disabled>{}</fieldset>",
                    lessons::render_item(
                        words,
                        lang,
                        &row.item,
                        Some(&given),
                        Some(&marked),
                        "given"
                    )
                )
            }
        }
    };
    body.push(ui::section(&words.say("progress-the-answer"), given));
    if let formats::item::Interaction::Open { rubric, .. } = &row.item.interaction
        && !rubric.is_empty()
    {
        let looked_for = lessons::content(words, rubric, lang);
        body.push(ui::section(&words.say("progress-look-for"), looked_for));
    }
    if !row.item.solution.is_empty() {
        let solution = lessons::content(words, &row.item.solution, lang);
        body.push(html!(
            "<details><summary>{}</summary>{}</details>",
            words.say("progress-solution"),
            solution
        ));
    }
    Ok(body)
}

/// Beside the form: what is marked or corrected.
pub(crate) fn beside_attempt(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let one = own(tx, ask)?;
    Ok(Prefill {
        beside: shown(tx, ask, &one)?,
        ..Prefill::default()
    })
}

/// A try with everything that was recorded of it.
pub(super) fn attempt(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let one = own(tx, ask)?;
    let words = &ask.words;
    let mut body = shown(tx, ask, &one)?;
    let mut chain = vec![one.clone()];
    while let Some(old) = chain.last().and_then(|last| last.corrects) {
        chain.push(store::attempt_at(tx, old)?);
    }
    let mut newer = Vec::new();
    let mut next = one.replaced_by;
    while let Some(id) = next {
        let found = store::attempt_at(tx, id)?;
        next = found.replaced_by;
        newer.push(found);
    }
    newer.reverse();
    newer.extend(chain);
    let head = [
        "progress-column-when",
        "progress-column-result",
        "progress-column-by",
        "progress-column-comment",
    ]
    .map(|key| words.say(key));
    let mut rows = Vec::new();
    for record in &newer {
        let by = match record.entered_by {
            Some(id) => person_name(tx, id)?,
            None => words.say("progress-by-learner"),
        };
        rows.push(vec![
            html!("{}", words.moment(record.received_at)),
            outcome_tag(words, Outcome::of(record.score)),
            html!("{} · {}", by, words.code("progress-mode", &record.mode)),
            html!("{}", record.comment.clone().unwrap_or_default()),
        ]);
    }
    body.push(ui::section(
        &words.say("progress-records"),
        ui::plain_table("", &head, &rows),
    ));
    let mut onward = Vec::new();
    if let Some(current) = newer.first() {
        if current.waits() {
            onward.push(link(
                format!("/teach/work/{}", current.id),
                words.say("progress-mark-button"),
                true,
            ));
        } else {
            let href = format!("/teach/attempts/{}/correction", current.id);
            onward.push(link(href, words.say("progress-correction-button"), false));
        }
    }
    body.push(ui::actions(&onward));
    Ok(Answer::Page(Page {
        title: words.say_with("progress-attempt-title", &[("n", one.position.into())]),
        body,
        ..Page::default()
    }))
}

/// The name of somebody of the school, or of an account of the site.
pub(super) fn person_name(tx: &mut Tx, id: Id) -> Result<String> {
    match classes::name(tx, id) {
        Err(Error::Missing) => match people::person_name(tx, id) {
            Err(Error::Missing) => Ok(String::new()),
            other => other,
        },
        other => other,
    }
}

/// On a teacher's page: what waits.
pub(crate) fn fill_teacher(tx: &mut Tx, ask: &Ask, _: &str) -> Result<Html> {
    let mine = marks_for(tx, ask.actor()?, ask.today)?;
    let mut waits = 0;
    for class in &mine {
        waits += store::count_waiting(tx, class.id)?.0;
    }
    let mut body = Html::new();
    if waits > 0 {
        let count = [("count", waits.into())];
        let label = ask.words.say_with("progress-work-waits", &count);
        body.push(ui::actions(&[link("/teach/work", label, true)]));
    }
    body.push(super::class::first_today(tx, ask, mine)?);
    Ok(body)
}

/// What waits for a teacher, one line a class.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    if !actor.is(Role::Teacher) {
        return Ok(Vec::new());
    }
    let mut out = Vec::new();
    for class in marks_for(tx, actor, ask.today)? {
        if let (count, Some(since)) = store::count_waiting(tx, class.id)? {
            let name = ask.words.name(&class.names).to_owned();
            let args = [("count", count.into()), ("class", name.into())];
            out.push(Waiting {
                href: "/teach/work".to_owned(),
                text: ask.words.say_with("progress-inbox", &args),
                since,
                due: None,
            });
        }
    }
    Ok(out)
}
