//! The list of consignments.

use super::{action, cut, place, seen, service};
use crate::consignment::{Consignment, Kind};
use crate::store::consignments as store;
use base::{Id, Result};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Cell, Column, Kind as Shown, html};
use web::{Answer, Ask, Choice, Filter, Line, Listing};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("consignment", Shown::Link),
    Column::new("service", Shown::Text).hxl("#service"),
    Column::new("state", Shown::Code("consignment-state")).hxl("#status"),
    Column::new("country", Shown::Text).hxl("#country+name"),
    Column::new("goes_to", Shown::Text).hxl("#loc+name"),
    Column::new("organisation", Shown::Text).hxl("#org+name"),
    Column::new("due_there_on", Shown::Day).hxl("#date+planned"),
    Column::new("delivery_overdue", Shown::Yes),
    Column::new("sent_units", Shown::Whole).hxl("#item+sent"),
    Column::new("unit", Shown::Text).hxl("#item+unit"),
    Column::new("damaged_units", Shown::Whole).hxl("#item+received+damaged"),
    Column::new("short_units", Shown::Whole).hxl("#item+missing"),
    Column::new("surplus_units", Shown::Whole).hxl("#item+surplus"),
    Column::new("confirmed_units", Shown::Whole).hxl("#item+confirmed"),
];

pub(super) const FILTERS: &[Filter] = &[
    Filter::listed("state", states),
    Filter::listed("country", places::choose::countries),
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("kind", "consignment-kind", Kind::CODES),
    Filter::codes("delivery_overdue", "consignment-overdue", &["yes", "no"]),
];

/// States as people say them; a state that is called otherwise by kind stands once.
fn states(_: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let choice = |code: &&str| Choice {
        code: (*code).to_owned(),
        label: ask.words.code("consignment-state", code),
    };
    Ok(crate::Standing::CODES.iter().map(choice).collect())
}

pub(super) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (query, words) = (ask.list(), &ask.words);
    let [after, id] = query.after_parts::<2>();
    let seen = seen(ask.actor.as_ref());
    let member = ask.query.get("member").and_then(|text| Id::parse(text));
    let wanted = store::Wanted {
        after: (&after, Id::parse(&id)),
        q: query.q.as_deref(),
        country: query.filter("country"),
        member,
        service_class: query.filter("service"),
        kind: query.filter("kind"),
        standing: query.filter("state"),
        overdue: query.filter("delivery_overdue").map(|code| code == "yes"),
        limit: query.limit + 1,
    };
    let mut found = store::page(tx, &wanted, &seen, ask.today)?;
    let more = cut(&mut found, query.limit);
    let mut names = BTreeMap::new();
    let mut rows = Vec::with_capacity(found.len());
    for consignment in &found {
        rows.push(line(tx, ask, consignment, &mut names)?);
    }
    let inside = seen.all || !seen.countries.is_empty() || !seen.members.is_empty();
    let mut actions = Vec::new();
    if inside {
        actions.push(action(
            words,
            "/deliveries/open",
            "deliveries-open-title",
            false,
        ));
    }
    let mut before = html!("<p>{}</p>", words.say("deliveries-intro"));
    if !inside {
        before.push(html!("<p>{}</p>", words.say("deliveries-public")));
    }
    let none = if inside {
        "deliveries-none"
    } else {
        "deliveries-none-public"
    };
    Ok(Answer::List(Listing {
        title: words.say("deliveries-title"),
        before,
        none: words.say(none),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// Names looked up once for a page.
type Names = BTreeMap<String, String>;

fn named(names: &mut Names, key: String, look: impl FnOnce() -> Result<String>) -> Result<String> {
    if let Some(name) = names.get(&key) {
        return Ok(name.clone());
    }
    let name = look()?;
    names.insert(key, name.clone());
    Ok(name)
}

fn line(tx: &mut Tx, ask: &Ask, c: &Consignment, names: &mut Names) -> Result<Line> {
    let words = &ask.words;
    let class = &c.service_class;
    let title = named(names, format!("service {class}"), || {
        Ok(service(tx, words, class)?.0)
    })?;
    let unit = named(names, format!("unit {class}"), || {
        Ok(service(tx, words, class)?.1)
    })?;
    let country = named(names, c.country.clone(), || place(tx, ask, &c.country))?;
    let to = named(names, c.to_place.clone(), || place(tx, ask, &c.to_place))?;
    let member = named(names, c.member.to_string(), || {
        people::organisation_name(tx, words, Some(c.member))
    })?;
    let (counts, checked) = (&c.counts, &c.counts.checked);
    Ok(Line {
        key: format!("{}~{}", c.planned_on, c.id),
        cells: vec![
            Cell::link(c.path(), c.code.as_str()),
            title.into(),
            Cell::code(c.standing().code_for(c.kind)),
            country.into(),
            to.into(),
            member.into(),
            c.planned_on.into(),
            c.is_overdue(ask.today).into(),
            counts.units.into(),
            unit.into(),
            checked.damaged.into(),
            checked.short.into(),
            checked.surplus.into(),
            counts.confirmed.into(),
        ],
        href: None,
    })
}
