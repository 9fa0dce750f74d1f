//! What members are ready for.

use super::{action, label};
use crate::{rules, store};
use base::{Id, Result, Role};
use db::Tx;
use ui::{Cell, Column, Kind as Shown, html};
use web::{Answer, Ask, Filter, Line, Listing, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("service", Shown::Link),
    Column::new("organisation", Shown::Text),
    Column::new("people_ready", Shown::Code("readiness")),
    Column::new("equipment_ready", Shown::Code("readiness")),
    Column::new("funding_ready", Shown::Code("readiness")),
    Column::new("assured_on", Shown::Day),
    Column::new("assured_lately", Shown::Yes),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
pub(super) const ONE: &[Column] = &[
    Column::new("organisation", Shown::Link),
    Column::new("service", Shown::Text),
    Column::new("people_ready", Shown::Code("readiness")),
    Column::new("equipment_ready", Shown::Code("readiness")),
    Column::new("funding_ready", Shown::Code("readiness")),
    Column::new("description", Shown::Words),
    Column::new("assured_on", Shown::Day),
    Column::new("until_on", Shown::Day),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
pub(super) const FILTERS: &[Filter] =
    &[Filter::listed("service", catalogue::choose::service_class)];

/// Every capability, or those of one organisation.
pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [id] = query.after_parts::<1>();
    let after = Id::parse(&id).unwrap_or(Id(base::Uuid::nil()));
    let organisation = ask
        .query
        .get("organisation")
        .and_then(|text| Id::parse(text));
    let class = query.filter("service");
    let mut found = store::capabilities(tx, after, class, organisation, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let o = people::organisation(tx, one.organisation)?;
        let name = members::marked(words, words.name(&o.names), o.sample);
        rows.push(Line {
            key: one.id.to_string(),
            cells: vec![
                Cell::link(
                    format!("/capabilities/{}", one.id),
                    label(tx, words, "service_classes", &one.service_class)?,
                ),
                name.into(),
                Cell::code(one.people.as_str()),
                Cell::code(one.equipment.as_str()),
                Cell::code(one.funding.as_str()),
                one.assured_on.into(),
                (!rules::is_stale(one.assured_on, ask.today)).into(),
                o.sample.into(),
                Cell::Text(one.id.to_string()),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::MemberFocalPoint]) {
        actions.push(action(
            words,
            "/capabilities/new",
            "capability-new-button",
            true,
        ));
    }
    Ok(Answer::List(Listing {
        title: words.say("offers-capabilities"),
        before: html!("<p>{}</p>", words.say("offers-capabilities-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// The page of one capability.
pub(super) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let one = store::capability(tx, ask.id("id")?)?;
    let o = people::organisation(tx, one.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let service = label(tx, words, "service_classes", &one.service_class)?;
    let own = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.is_for(Role::MemberFocalPoint, one.organisation));
    let mut actions = Vec::new();
    if own && one.ended_on.is_none() {
        let at = |end: &str| format!("/capabilities/{}/{end}", one.id);
        actions.push(action(
            words,
            &at("assurance"),
            "capability-assurance-button",
            true,
        ));
        actions.push(action(words, &at("end"), "capability-end-button", false));
    }
    Ok(Answer::Record(Show {
        title: service.clone(),
        cells: vec![
            Cell::link(format!("/members/{}", one.organisation), name),
            service.into(),
            Cell::code(one.people.as_str()),
            Cell::code(one.equipment.as_str()),
            Cell::code(one.funding.as_str()),
            Cell::or_not_applicable(one.note.clone()),
            one.assured_on.into(),
            Cell::or_not_applicable(one.ended_on),
            o.sample.into(),
            Cell::Text(one.id.to_string()),
        ],
        actions,
        ..Show::default()
    }))
}
