//! The lists of offers: the open ones, a member's own, those on a member's page.

use super::{action, label, languages_said, places_said, unit};
use crate::offer::{Kind, State};
use crate::{rules, store};
use base::{Actor, Error, Id, Result, Role};
use db::Tx;
use ui::{Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Filter, Line, Listing};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Shown::Link),
    Column::new("organisation", Shown::Text).hxl("#org+name"),
    Column::new("service", Shown::Text).hxl("#service"),
    Column::new("kind", Shown::Code("offer-kind")),
    Column::new("capacity", Shown::Whole).hxl("#capacity"),
    Column::new("unit", Shown::Text).hxl("#capacity+unit"),
    Column::new("free_now", Shown::Whole),
    Column::new("places", Shown::Text).hxl("#loc+name"),
    Column::new("spoken_languages", Shown::Text),
    Column::new("available_from", Shown::Day).hxl("#date+start"),
    Column::new("available_to", Shown::Day).hxl("#date+end"),
    Column::new("free_until", Shown::Day),
    Column::new("state", Shown::Code("offer-state")),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
];
pub(super) const FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::listed("country", places::choose::countries),
    Filter::listed("language", places::choose::all_languages),
    Filter::codes("kind", "offer-kind", Kind::CODES),
    Filter::codes("state", "offer-state", State::PUBLIC),
];
pub(super) const MINE_FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::codes("kind", "offer-kind", Kind::CODES),
    Filter::codes("state", "offer-state", State::CODES),
];

struct Scope {
    organisation: Option<Id>,
    public: bool,
    running: bool,
}

fn list(tx: &mut Tx, ask: &Ask, scope: &Scope) -> Result<(Vec<Line>, bool)> {
    let (query, words) = (ask.list(), &ask.words);
    let [title, id] = query.after_parts::<2>();
    let wanted = store::Wanted {
        after: (&title, Id::parse(&id)),
        q: query.q.as_deref(),
        service_class: query.filter("service"),
        country: query.filter("country"),
        language: query.filter("language"),
        kind: query.filter("kind"),
        state: query.filter("state"),
        organisation: scope.organisation,
        public: scope.public,
        running: scope.running,
        limit: query.limit + 1,
    };
    let mut found = store::page(tx, &wanted, ask.today)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let t = &one.offer.terms;
        rows.push(Line {
            key: format!("{}~{}", one.title_key, one.offer.id),
            cells: vec![
                Cell::link(format!("/offers/{}", one.offer.id), words.name(&t.title)),
                members::marked(words, words.name(&one.organisation), one.sample).into(),
                label(tx, words, "service_classes", &t.service_class)?.into(),
                Cell::code(t.kind.code()),
                t.capacity.into(),
                unit(tx, words, &one.offer)?.into(),
                Cell::or_not_applicable(one.free),
                places_said(tx, words, &t.places)?.into(),
                languages_said(tx, words, &t.languages)?.into(),
                t.window_from.into(),
                t.window_to.into(),
                t.free_until.into(),
                Cell::code(one.state.as_str()),
                one.sample.into(),
                Cell::Text(one.offer.id.to_string()),
            ],
            href: None,
        });
    }
    Ok((rows, more))
}

/// Every offer that stands today.
pub(super) fn open(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let (rows, more) = list(
        tx,
        ask,
        &Scope {
            organisation: None,
            public: true,
            running: true,
        },
    )?;
    let count = store::count_available(tx, ask.today)?;
    let mut actions = Vec::new();
    if ask.is_any(&[Role::MemberFocalPoint]) {
        actions.push(action(words, "/offers/new", "offer-new-button", true));
    }
    actions.push(action(words, "/capabilities", "offers-capabilities", false));
    Ok(Answer::List(Listing {
        title: words.say("offers-title"),
        before: html!(
            "<p>{}</p>",
            words.say_with("offers-count", &[("n", count.into())])
        ),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// The organisation a member's person asks about: the one named, else their first.
fn asked_for(ask: &Ask, actor: &Actor) -> Result<Option<Id>> {
    let named = ask
        .query
        .get("organisation")
        .and_then(|text| Id::parse(text));
    if actor.reads_all() {
        return Ok(named);
    }
    let mut own = actor
        .organisations()
        .into_iter()
        .filter(|id| rules::speaks_for(actor, *id));
    match named {
        Some(id) if rules::speaks_for(actor, id) => Ok(Some(id)),
        Some(_) => Err(Error::Missing),
        None => Ok(Some(own.next().ok_or(Error::Missing)?)),
    }
}

/// What a member has offered, drafts and pledges too.
pub(super) fn own(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, actor) = (&ask.words, ask.actor()?);
    let organisation = asked_for(ask, actor)?;
    let (rows, more) = list(
        tx,
        ask,
        &Scope {
            organisation,
            public: false,
            running: false,
        },
    )?;
    let mut actions = Vec::new();
    if actor.is(Role::MemberFocalPoint) {
        actions.push(action(words, "/offers/new", "offer-new-button", true));
        actions.push(action(
            words,
            "/offers/imports/new",
            "offer-import-button",
            false,
        ));
        actions.push(action(
            words,
            "/capabilities/new",
            "capability-new-button",
            false,
        ));
    }
    if actor.is_any(&[Role::MemberFocalPoint, Role::SecretariatOfficer]) {
        actions.push(action(
            words,
            "/offers/pledges/new",
            "pledge-new-button",
            false,
        ));
    }
    let (title, mut before) = match organisation {
        Some(id) => {
            let o = people::organisation(tx, id)?;
            let name = members::marked(words, words.name(&o.names), o.sample);
            (
                words.say_with("offers-of", &[("name", name.into())]),
                Html::new(),
            )
        }
        None => (words.say("offers-all"), Html::new()),
    };
    if let Some(id) = organisation
        && members::require_in_standing(tx, id, ask.today).is_err()
    {
        before.push(ui::notice(words, Tone::Warn, words.say("offers-frozen")));
    }
    Ok(Answer::List(Listing {
        title,
        before,
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

/// A member's open offers, on its public page.
pub(crate) fn of_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(organisation) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let words = &ask.words;
    let wanted = store::Wanted {
        organisation: Some(organisation),
        public: true,
        running: true,
        limit: 50,
        ..store::Wanted::default()
    };
    let found = store::page(tx, &wanted, ask.today)?;
    let mut list = Html::new();
    for one in &found {
        let state = words.code("offer-state", &one.state);
        let href = format!("/offers/{}", one.offer.id);
        let title = words.name(&one.offer.terms.title);
        list.push(html!(
            "<li>{} {}</li>",
            ui::link(&href, title),
            ui::tag(&one.state, &state)
        ));
    }
    let body = if found.is_empty() {
        html!("<p>{}</p>", words.say("offers-none-open"))
    } else {
        html!("<ul>{}</ul>", list)
    };
    Ok(ui::section(&words.say("offers-title"), body))
}
