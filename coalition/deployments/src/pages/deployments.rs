//! The list of deployments.

use super::{Teller, cut};
use crate::deployment::{Deployment, Standing};
use crate::store::{self, Wanted};
use base::{Id, Result};
use db::Tx;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Choice, Filter, Line, Listing};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Link).hxl("#activity+code"),
    Column::new("title", Kind::Names).hxl("#activity+name"),
    Column::new("member_name", Kind::Text).hxl("#org+name"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("places", Kind::Text).hxl("#loc+name"),
    Column::new("served_group", Kind::Text).hxl("#beneficiary"),
    Column::new("state", Kind::Code("deployment-state")).hxl("#status"),
    Column::new("past_due", Kind::Yes),
    Column::new("planned_start", Kind::Day).hxl("#date+start"),
    Column::new("planned_end", Kind::Day).hxl("#date+end"),
    Column::new("planned_reach", Kind::Whole).hxl("#targeted"),
    Column::new("units_served", Kind::Whole).hxl("#output"),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("country", places::choose::countries),
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("state", "deployment-state", &Standing::CODES),
    Filter::listed("member", members_of),
];

/// Members that have deployments.
fn members_of(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let ids = store::members(tx)?;
    let names = crate::upstream::names(tx, &ask.words, &ids)?;
    let mut out: Vec<Choice> = names
        .into_iter()
        .map(|(id, label)| Choice {
            code: id.to_string(),
            label,
        })
        .collect();
    out.sort_by(|a, b| a.label.cmp(&b.label));
    Ok(out)
}

pub(crate) fn rows(tx: &mut Tx, ask: &Ask, found: &[Deployment]) -> Result<Vec<Line>> {
    let mut teller = Teller::new(tx, &ask.words)?;
    let mut out = Vec::with_capacity(found.len());
    for d in found {
        out.push(Line {
            key: d.id.to_string(),
            cells: vec![
                Cell::link(d.path(), d.code.clone()),
                d.title.clone().into(),
                teller.organisation(tx, d.member)?.into(),
                teller.class(&d.service_class).into(),
                teller.place(tx, &d.country)?.into(),
                teller.places(tx, &d.places)?.into(),
                teller.group(d.group.as_deref()).into(),
                Cell::code(d.standing.code()),
                d.overdue.into(),
                d.planned_from.into(),
                d.planned_to.into(),
                Cell::or_unknown(d.reach_planned),
                d.units.into(),
            ],
            href: None,
        });
    }
    Ok(out)
}

pub(crate) fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let own = |name: &str| query.filter(name).map(str::to_owned);
    let wanted = Wanted {
        country: own("country"),
        member: query.filter("member").and_then(Id::parse),
        agreement: query.filter("agreement").and_then(Id::parse),
        service_class: own("service"),
        standing: own("state"),
        q: query.q.clone(),
        before: query.after.as_deref().and_then(Id::parse),
        limit: query.limit + 1,
    };
    let mut found = store::list(tx, &wanted, ask.today)?;
    let more = cut(&mut found, query.limit);
    let w = &ask.words;
    let links = html!(
        "<p>{}</p><p>{} · {}</p>",
        w.say("deployments-intro"),
        ui::link("/who-does-what-where", w.say("coverage-title")),
        ui::link("/overlaps", w.say("overlaps-title"))
    );
    Ok(Answer::List(Listing {
        title: w.say("deployments-title"),
        before: links,
        rows: rows(tx, ask, &found)?,
        more,
        ..Listing::default()
    }))
}
