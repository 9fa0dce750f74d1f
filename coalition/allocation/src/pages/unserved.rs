//! Lines that were not served with the reason why, and what one more unit would bring.

use super::READERS;
use super::rounds::visible;
use super::tell::Teller;
use crate::round::Round;
use crate::store;
use base::{Error, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing};

/// The codes a line may carry.
pub(crate) const WHY: [&str; 20] = [
    "no_offer_of_this_service",
    "no_offer_for_this_place",
    "no_offer_in_this_language",
    "technology_level_too_low",
    "conditions_not_met",
    "level_not_offered",
    "member_without_data_answers",
    "not_in_time",
    "lot_too_large",
    "offers_used_up",
    "worth_below_price",
    "capacity_used_up_by_priority",
    "smallest_lot_too_big",
    "floor_or_cap_binding",
    "partner_limit",
    "package_incomplete",
    "largest_lot_reached",
    "rounding",
    "window_over",
    "window_later",
];

pub(crate) const UNSERVED: &[Column] = &[
    Column::new("line_place", Kind::Link).hxl("#loc+name"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("units_open", Kind::Whole),
    Column::new("proposed_units", Kind::Whole),
    Column::new("learners", Kind::Whole).hxl("#inneed"),
    Column::new("counts_as_priority", Kind::Yes),
    Column::new("why", Kind::Code("why")),
    Column::new("why_in_words", Kind::Words),
    Column::new("line_id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::codes("why", "why", &WHY),
    Filter::listed("service", catalogue::choose::service_class),
];
pub(crate) const GAPS: &[Column] = &[
    Column::new("gap_rank", Kind::Whole),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("language", Kind::Text),
    Column::new("needed_from", Kind::Text),
    Column::new("lines", Kind::Whole),
    Column::new("units_open", Kind::Whole),
    Column::new("learners", Kind::Whole),
    Column::new("one_more_unit", Kind::Decimal),
    Column::new("a_tenth_more", Kind::Decimal),
    Column::new("half_more", Kind::Decimal),
    Column::new("all_more", Kind::Decimal),
    Column::new("draft_call", Kind::Link),
];
pub(crate) const GAP_FILTERS: &[Filter] =
    &[Filter::listed("service", catalogue::choose::service_class)];

pub(crate) fn round(tx: &mut Tx, ask: &Ask) -> Result<Round> {
    let round = store::rounds::find(tx, ask.id("id")?)?;
    if visible(ask, &round) {
        Ok(round)
    } else {
        Err(Error::Missing)
    }
}

/// The countries whose lines one may read; empty means all.
pub(crate) fn countries(ask: &Ask) -> Result<Vec<String>> {
    let actor = ask.actor()?;
    if actor.is_any(READERS) {
        return Ok(Vec::new());
    }
    let countries = actor.authority_countries();
    if countries.is_empty() {
        return Err(Error::Forbidden(Role::AuthorityFocalPoint.code()));
    }
    Ok(countries)
}

pub(crate) fn unserved(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = round(tx, ask)?;
    let query = ask.list();
    let wanted = store::results::Wanted {
        round: Some(round.id),
        need: query.filter("need").and_then(base::Id::parse),
        code: query.filter("why").map(str::to_owned),
        service_class: query.filter("service").map(str::to_owned),
        countries: countries(ask)?,
        area: None,
        q: query.q.clone(),
        after: query
            .after
            .as_deref()
            .and_then(|after| after.parse().ok())
            .unwrap_or(-1),
        limit: query.limit + 1,
    };
    let mut found = store::results::unserved(tx, &wanted)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let names = store::results::offers(tx, round.id)?;
    let mut teller = Teller::new(tx, &ask.words, names)?;
    let mut rows = Vec::with_capacity(found.len());
    for line in &found {
        let [why, in_words] = teller.reasons(tx, &line.reasons)?;
        rows.push(Line {
            key: line.position.to_string(),
            cells: vec![
                Cell::link(format!("/needs/{}", line.need), line.label.clone()),
                teller.place(tx, &line.area)?.into(),
                teller.class(&line.service_class).into(),
                line.open.into(),
                line.proposed.into(),
                line.learners.into(),
                line.priority.into(),
                why,
                in_words,
                line.line.into(),
            ],
            href: None,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("unserved-title"),
        before: html!(
            "<p>{} {}</p>",
            ui::link(&round.path(), round.title.as_str()),
            ask.words.say("unserved-intro")
        ),
        rows,
        more,
        ..Listing::default()
    }))
}

pub(crate) fn gaps(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = round(tx, ask)?;
    let query = ask.list();
    let after = query
        .after
        .as_deref()
        .and_then(|after| after.parse().ok())
        .unwrap_or(0);
    let mut found = store::results::gaps(
        tx,
        round.id,
        query.filter("service"),
        after,
        query.limit + 1,
    )?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let officer = ask.is_any(&[Role::SecretariatOfficer]);
    let mut rows = Vec::with_capacity(found.len());
    for gap in &found {
        let language = match &gap.language {
            Some(code) => Cell::Text(teller.language(tx, code)?),
            None => Cell::NotApplicable,
        };
        let draft = if officer {
            Cell::link(draft_href(&round, gap), ask.words.say("call-new-button"))
        } else {
            Cell::NotApplicable
        };
        rows.push(Line {
            key: gap.rank.to_string(),
            cells: vec![
                gap.rank.into(),
                teller.class(&gap.service_class).into(),
                teller.place(tx, &gap.country)?.into(),
                teller.place(tx, &gap.area)?.into(),
                language,
                offers::Period(gap.period).to_string().into(),
                gap.lines.into(),
                gap.open_units.into(),
                gap.learners.into(),
                gap.first_unit.into(),
                gap.tenth.into(),
                gap.half.into(),
                gap.whole.into(),
                draft,
            ],
            href: None,
        });
    }
    let back = Action {
        href: round.path(),
        label: round.title.clone(),
        main: false,
    };
    Ok(Answer::List(Listing {
        title: ask.words.say("gaps-title"),
        before: html!("<p>{}</p>", ask.words.say("gaps-intro")),
        rows,
        more,
        actions: vec![back],
        ..Listing::default()
    }))
}

/// The form of a call, filled in from a gap.
fn draft_href(round: &Round, gap: &store::results::StoredGap) -> String {
    let quantity = gap.open_units.max(1).to_string();
    let pairs = [
        ("round", round.id.to_string()),
        ("country", gap.country.clone()),
        ("service_class", gap.service_class.clone()),
        ("place", gap.area.clone()),
        ("language", gap.language.clone().unwrap_or_default()),
        ("quantity", quantity),
    ];
    pairs
        .iter()
        .filter(|(_, value)| !value.is_empty())
        .fold("/calls/new".to_owned(), |href, (name, value)| {
            ui::with_query(&href, name, Some(value))
        })
}
