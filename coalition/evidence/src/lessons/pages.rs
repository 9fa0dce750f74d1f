//! What people see of lessons, and the forms about them.

use super::{LESSON_KINDS, acts, store};
use crate::reports::{Report, State, pages::writable};
use crate::tell::{Teller, section};
use base::{Id, Moment, Result};
use db::Tx;
use serde_json::json;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Call, Choices, Done, Field, Filter, Form, Line, Listing, Prefill};

pub(crate) const LESSONS: &[Column] = &[
    Column::new("lesson", Kind::Names),
    Column::new("lesson_kind", Kind::Code("lesson-kind")),
    Column::new("serving_deployment", Kind::Link),
    Column::new("organisation", Kind::Text).hxl("#org+name"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("published_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::codes("lesson_kind", "lesson-kind", &LESSON_KINDS),
    Filter::listed("country", places::choose::countries),
];

/// What was learnt, good and bad.
pub(crate) fn lessons(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let [at, id] = query.after_parts::<2>();
    let wanted = store::Wanted {
        kind: query.filter("lesson_kind").map(str::to_owned),
        country: query.filter("country").map(str::to_owned),
        member: ask.query.get("organisation").and_then(|id| Id::parse(id)),
        q: query.q.clone(),
        before: at.parse().ok().map(Moment::from_micros).zip(Id::parse(&id)),
        limit: query.limit + 1,
    };
    let mut found = store::published(tx, &wanted)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut rows = Vec::with_capacity(found.len());
    for lesson in &found {
        let at = lesson.published_at.unwrap_or(lesson.written_at);
        rows.push(Line {
            key: format!("{}~{}", at.micros(), lesson.id),
            cells: vec![
                lesson.words.clone().into(),
                Cell::code(lesson.kind.as_str()),
                teller.deployment(tx, lesson.deployment, ask.today)?,
                teller.organisation(tx, lesson.member)?.into(),
                teller.place(tx, &lesson.country)?.into(),
                at.into(),
                lesson.id.into(),
            ],
            href: None,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("lessons-title"),
        before: html!("<p>{}</p>", ask.words.say("lessons-intro")),
        rows,
        more,
        ..Listing::default()
    }))
}

/// On a report's page: what was learnt.
pub(crate) fn of_report(tx: &mut Tx, ask: &Ask, report: &Report, mine: bool) -> Result<Html> {
    let w = &ask.words;
    let may_publish = report.state == State::Accepted
        && ask.actor.as_ref().is_some_and(base::Actor::is_secretariat);
    let mut items = Html::new();
    for lesson in store::of_report(tx, report.id)? {
        let link = |end: &str, key: &str| {
            ui::link(&format!("/lessons-learnt/{}/{end}", lesson.id), w.say(key))
        };
        let act = match lesson.published_at {
            Some(at) => {
                ui::text(&w.say_with("evidence-published-on", &[("day", w.day(at.day()).into())]))
            }
            None if mine => link("removal", "lesson-removal-button"),
            None if may_publish => link("publication", "lesson-publication-button"),
            None => Html::new(),
        };
        let kind = w.code("lesson-kind", &lesson.kind);
        items.push(html!(
            "<li><strong>{}</strong> {} {}</li>",
            kind,
            w.name(&lesson.words),
            act
        ));
    }
    let body = if items.is_empty() {
        items
    } else {
        html!("<ul>{}</ul>", items)
    };
    Ok(section(w, "lessons-title", body))
}

// ---- forms

pub(crate) fn new_form() -> Form {
    vec![
        Field::choice("lesson_kind", Choices::Fixed("lesson-kind", &LESSON_KINDS)),
        Field::names("lesson").max(600).public(),
    ]
}

pub(crate) fn new_seen(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    writable(tx, ask)?;
    Ok(Prefill::default())
}

pub(crate) fn write(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (id, v) = (call.id("id")?, &call.values);
    let lesson = acts::add_lesson(
        tx,
        id,
        v.text("lesson_kind"),
        &v.names("lesson"),
        call.actor()?,
        call.now,
    )?;
    Ok(Done::see(format!("/reports/{id}")).with(json!({ "lesson": lesson.to_string() })))
}

pub(crate) fn remove(tx: &mut Tx, call: &Call) -> Result<Done> {
    let report = acts::remove_lesson(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(Done::see(format!("/reports/{report}")).with(json!({ "report": report.to_string() })))
}

pub(crate) fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    let report = acts::publish_lesson(tx, call.id("id")?, call.actor()?, call.now)?;
    Ok(Done::see(format!("/reports/{report}")).with(json!({ "report": report.to_string() })))
}
