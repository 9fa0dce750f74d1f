//! Organisations, for everybody.

use crate::acts::organisations::KEEPERS;
use crate::door;
use crate::organisation::ORGANISATION_KINDS;
use crate::pages::{after_name, link};
use crate::store::{self, OrganisationsWanted};
use base::{Result, Role};
use db::Tx;
use ui::{Cell, Column, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing, Shape, Show, View, Who};

const FILTERS: &[Filter] = &[
    Filter::codes("kind", "organisation-kind", ORGANISATION_KINDS),
    Filter::codes("country", "", &[]),
];

pub(crate) fn views() -> Vec<View> {
    vec![
        View {
            path: "/organisations",
            who: Who::Anyone,
            shape: Shape::List(LIST, FILTERS),
            run: list,
        },
        View {
            path: "/organisations/{id}",
            who: Who::Anyone,
            shape: Shape::Record(RECORD),
            run: record,
        },
    ]
}

const LIST: &[Column] = &[
    Column::new("name", Kind::Link),
    Column::new("kind", Kind::Code("organisation-kind")),
    Column::new("country", Kind::Text),
    Column::new("sample", Kind::Yes),
];

fn list(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let (name, id) = after_name(ask);
    let country = query.filter("country").map(str::to_uppercase);
    let wanted = OrganisationsWanted {
        after: (&name, id),
        q: query.q.as_deref(),
        kind: query.filter("kind"),
        country: country.as_deref(),
        limit: query.limit + 1,
    };
    let mut found = store::organisations(tx, &wanted)?;
    let more = found.len() > usize::try_from(query.limit).unwrap_or(usize::MAX);
    found.truncate(usize::try_from(query.limit).unwrap_or(usize::MAX));
    let rows = found
        .into_iter()
        .map(|(key, o)| Line {
            key: format!("{key}~{}", o.id),
            href: None,
            cells: vec![
                Cell::link(format!("/organisations/{}", o.id), ask.words.name(&o.names)),
                Cell::code(o.kind),
                Cell::or_not_applicable(o.country),
                o.sample.into(),
            ],
        })
        .collect();
    let actions = if ask.is_any(KEEPERS) {
        vec![link(ask, "organisation-new", "/organisations/new")]
    } else {
        Vec::new()
    };
    let title = ask.words.say("organisations-title");
    Ok(Answer::List(Listing {
        title,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

const RECORD: &[Column] = &[
    Column::new("names", Kind::Names),
    Column::new("kind", Kind::Code("organisation-kind")),
    Column::new("country", Kind::Text),
    Column::new("identifiers", Kind::Words),
    Column::new("website", Kind::Link),
    Column::new("sample", Kind::Yes),
    Column::new("merged_into", Kind::Link),
];

fn record(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let o = store::organisation(tx, ask.id("id")?)?;
    let words = &ask.words;
    let into = match o.merged_into {
        Some(id) => Cell::link(
            format!("/organisations/{id}"),
            door::organisation_name(tx, words, Some(id))?,
        ),
        None => Cell::NotApplicable,
    };
    let lines: Vec<String> = o
        .identifiers
        .iter()
        .map(|(scheme, code)| format!("{scheme} {code}"))
        .collect();
    let mut actions = Vec::new();
    if o.merged_into.is_none() {
        if ask
            .actor
            .as_ref()
            .is_some_and(|a| a.is_secretariat() || a.is_for(Role::MemberOfficer, o.id))
        {
            actions.push(link(
                ask,
                "organisation-edit",
                format!("/organisations/{}/edit", o.id),
            ));
        }
        if ask.is_any(KEEPERS) {
            actions.push(link(
                ask,
                "organisation-merger",
                format!("/organisations/{}/merger", o.id),
            ));
        }
    }
    let before = if o.sample {
        ui::notice(
            words,
            ui::Tone::Plain,
            html!("<p>{}</p>", words.say("organisation-sample")),
        )
    } else {
        ui::Html::new()
    };
    Ok(Answer::Record(Show {
        title: words.name(&o.names).to_owned(),
        before,
        cells: vec![
            Cell::Names(o.names.clone()),
            Cell::code(o.kind),
            Cell::or_not_applicable(o.country),
            lines.join("\n").into(),
            o.website
                .map_or(Cell::Unknown, |url| Cell::link(url.as_str(), url.as_str())),
            o.sample.into(),
            into,
        ],
        actions,
        slot: Some(("organisation-page", o.id.to_string())),
        ..Show::default()
    }))
}
