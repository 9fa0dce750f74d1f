//! Accepted matches a round did not keep as they were, with the reason.

use super::tell::{Teller, period};
use super::unserved;
use crate::store;
use base::{Id, Result};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Filter, Line, Listing};

/// The codes a move carries where another offer serves the line.
const MOVES: [&str; 5] = [
    "another_offer_pays_more",
    "room_went_to_others",
    "not_opened_here",
    "other_amount",
    "no_longer_fits",
];

/// All of them: where nothing serves the line, those of lines not served.
const WHY: [&str; MOVES.len() + unserved::WHY.len()] = {
    let mut all = [""; MOVES.len() + unserved::WHY.len()];
    let (mine, others) = all.split_at_mut(MOVES.len());
    mine.copy_from_slice(&MOVES);
    others.copy_from_slice(&unserved::WHY);
    all
};

pub(crate) const MOVED: &[Column] = &[
    Column::new("line_place", Kind::Link).hxl("#loc+name"),
    Column::new("area_name", Kind::Text).hxl("#adm1+name"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("accepted_offer", Kind::Link),
    Column::new("units_accepted", Kind::Whole),
    Column::new("delivery_quarter", Kind::Text),
    Column::new("served_instead_by", Kind::Text),
    Column::new("why", Kind::Code("why")),
    Column::new("why_in_words", Kind::Words),
];
pub(crate) const FILTERS: &[Filter] = &[Filter::codes("why", "why", &WHY)];

pub(crate) fn moved(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = unserved::round(tx, ask)?;
    let query = ask.list();
    let after = query.after.as_deref().and_then(|after| after.parse().ok());
    let wanted = store::results::Wanted {
        round: Some(round.id),
        code: query.filter("why").map(str::to_owned),
        countries: unserved::countries(ask)?,
        q: query.q.clone(),
        after: after.unwrap_or(-1),
        limit: query.limit + 1,
        ..store::results::Wanted::default()
    };
    let mut found = store::results::moved(tx, &wanted, None)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let names = store::results::offers(tx, round.id)?;
    let mut teller = Teller::new(tx, &ask.words, names)?;
    let mut rows = Vec::with_capacity(found.len());
    for one in &found {
        let [why, in_words] = teller.reasons(tx, &one.reasons)?;
        let mut now = Vec::new();
        for offer in &one.now {
            now.push(teller.offer(tx, *offer)?);
        }
        rows.push(Line {
            key: one.position.to_string(),
            cells: vec![
                Cell::link(format!("/needs/{}", one.need), one.label.clone()),
                teller.place(tx, &one.area)?.into(),
                teller.class(&one.service_class).into(),
                Cell::link(
                    format!("/proposals/{}", one.proposal),
                    teller.offer(tx, one.offer)?,
                ),
                one.quantity.into(),
                period(one.period),
                Cell::or_not_applicable((!now.is_empty()).then(|| now.join(", "))),
                why,
                in_words,
            ],
            href: None,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("moved-title"),
        before: html!(
            "<p>{} {}</p>",
            ui::link(&round.path(), round.title.as_str()),
            ask.words.say("moved-intro")
        ),
        rows,
        more,
        ..Listing::default()
    }))
}

/// Sentences of one proposal shown at most.
const SENTENCES: i64 = 20;

/// Why a later round moved lines of a proposal; empty when none did.
pub(crate) fn of_proposal(tx: &mut Tx, ask: &Ask, proposal: Id) -> Result<Html> {
    let wanted = store::results::Wanted {
        after: -1,
        limit: SENTENCES,
        ..store::results::Wanted::default()
    };
    let found = store::results::moved(tx, &wanted, Some(proposal))?;
    if found.is_empty() {
        return Ok(Html::new());
    }
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let mut items = Html::new();
    for one in &found {
        let Some((code, arguments)) = one.reasons.first() else {
            continue;
        };
        let why = teller.why(tx, code, arguments)?;
        items.push(html!("<li>{}: {}</li>", one.label.as_str(), why));
    }
    Ok(ui::section(
        &ask.words.say("proposal-moved"),
        html!("<ul>{}</ul>", items),
    ))
}
