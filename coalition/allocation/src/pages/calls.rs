//! Calls for support.

use super::READERS;
use super::tell::Teller;
use crate::call::Call as Support;
use crate::{acts, store};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;
use ui::{Action, Cell, Column, Kind, html};
use web::{Answer, Ask, Call, Choices, Done, Field, Filter, Form, Line, Listing, Show};

const STATES: &[&str] = &["draft", "published", "closed"];

pub(crate) const CALLS: &[Column] = &[
    Column::new("title", Kind::Link),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("service", Kind::Text).hxl("#service"),
    Column::new("quantity", Kind::Whole),
    Column::new("language", Kind::Text),
    Column::new("closes_on", Kind::Day),
    Column::new("state", Kind::Code("call-state")),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[
    Filter::listed("service", catalogue::choose::service_class),
    Filter::listed("country", places::choose::countries),
    Filter::codes("state", "call-state", STATES),
];
pub(crate) const CALL: &[Column] = &[
    Column::new("title", Kind::Names),
    Column::new("call_number", Kind::Whole),
    Column::new("state", Kind::Code("call-state")),
    Column::new("country", Kind::Text),
    Column::new("place", Kind::Text),
    Column::new("service", Kind::Text),
    Column::new("quantity", Kind::Whole),
    Column::new("language", Kind::Text),
    Column::new("call_words", Kind::Words),
    Column::new("closes_on", Kind::Day),
    Column::new("published_at", Kind::Moment),
    Column::new("from_round", Kind::Link),
    Column::new("id", Kind::Id),
    Column::new("version", Kind::Whole),
];

fn language(tx: &mut Tx, teller: &mut Teller, call: &Support) -> Result<Cell> {
    Ok(match &call.language {
        Some(code) => Cell::Text(teller.language(tx, code)?),
        None => Cell::NotApplicable,
    })
}

pub(crate) fn calls(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let own = |name: &str| query.filter(name).map(str::to_owned);
    let wanted = store::calls::Wanted {
        drafts: ask.is_any(READERS),
        state: own("state"),
        service_class: own("service"),
        country: own("country"),
        q: query.q.clone(),
        below: query.after.as_deref().and_then(|after| after.parse().ok()),
        limit: query.limit + 1,
    };
    let mut found = store::calls::list(tx, &wanted, ask.today)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let mut rows = Vec::new();
    for call in &found {
        rows.push(Line {
            key: call.number.to_string(),
            cells: vec![
                Cell::link(call.path(), ask.words.name(&call.title).to_owned()),
                teller.place(tx, &call.country)?.into(),
                teller.class(&call.service_class).into(),
                call.quantity.into(),
                language(tx, &mut teller, call)?,
                call.closes_on.into(),
                Cell::code(call.state(ask.today)),
                call.id.into(),
            ],
            href: None,
        });
    }
    let mut actions = Vec::new();
    if ask.is_any(&[Role::SecretariatOfficer]) {
        let label = ask.words.say("call-new-button");
        actions.push(Action {
            href: "/calls/new".to_owned(),
            label,
            main: true,
        });
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("calls-title"),
        before: html!("<p>{}</p>", ask.words.say("calls-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

pub(crate) fn call(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let call = store::calls::find(tx, ask.id("id")?)?;
    if call.published_at.is_none() && !ask.is_any(READERS) {
        return Err(Error::Missing);
    }
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let mut actions = Vec::new();
    if call.published_at.is_none() && ask.is_any(&[Role::SecretariatApprover]) {
        let label = ask.words.say("call-publication-button");
        actions.push(Action {
            href: format!("{}/publication", call.path()),
            label,
            main: true,
        });
    }
    if call.state(ask.today) == "published" && ask.is_any(&[Role::MemberFocalPoint]) {
        let href = ui::with_query("/offers/new", "service_class", Some(&call.service_class));
        actions.push(Action {
            href,
            label: ask.words.say("call-answer"),
            main: true,
        });
    }
    let round = match call.round {
        Some(id) => {
            let round = store::rounds::find(tx, id)?;
            Cell::link(round.path(), round.title)
        }
        None => Cell::NotApplicable,
    };
    let place = match &call.place {
        Some(code) => Cell::Text(teller.place(tx, code)?),
        None => Cell::NotApplicable,
    };
    Ok(Answer::Record(Show {
        title: ask.words.name(&call.title).to_owned(),
        cells: vec![
            call.title.clone().into(),
            call.number.into(),
            Cell::code(call.state(ask.today)),
            teller.place(tx, &call.country)?.into(),
            place,
            teller.class(&call.service_class).into(),
            call.quantity.into(),
            language(tx, &mut teller, &call)?,
            call.words.clone().into(),
            call.closes_on.into(),
            Cell::or_not_applicable(call.published_at),
            round,
            call.id.into(),
            call.version.into(),
        ],
        actions,
        slot: Some(("call-page", call.id.to_string())),
        ..Show::default()
    }))
}

// ---- acts

pub(crate) fn new_form() -> Form {
    vec![
        Field::names("title").public(),
        Field::choice("country", Choices::Listed(places::choose::countries)),
        Field::choice(
            "service_class",
            Choices::Listed(catalogue::choose::service_class),
        ),
        Field::text("place").max(20).optional(),
        Field::whole("quantity", 1, 1_000_000_000),
        Field::choice("language", Choices::Listed(places::choose::all_languages)).optional(),
        Field::words("call_words").max(5_000).public(),
        Field::day("closes_on"),
        Field::text("round").max(40).optional(),
    ]
}

pub(crate) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let country = v.text("country").to_owned();
    let place = v
        .opt_text("place")
        .filter(|code| *code != country)
        .map(str::to_owned);
    if let Some(code) = &place
        && !places::place(tx, code).is_ok_and(|place| place.country == country)
    {
        return Err(Refusal::about("place", "allocation-place-unknown").into());
    }
    let round = v.id("round");
    if let Some(id) = round {
        let unknown = |_| Error::from(Refusal::about("round", "allocation-round-unknown"));
        store::rounds::find(tx, id).map_err(unknown)?;
    }
    let drafted = Support {
        id: Id::new(call.now),
        number: 0,
        title: v.names("title"),
        round,
        country,
        service_class: v.text("service_class").to_owned(),
        place,
        language: v.opt_text("language").map(str::to_owned),
        quantity: v.whole("quantity"),
        words: v.text("call_words").to_owned(),
        closes_on: v
            .opt_day("closes_on")
            .ok_or_else(|| Refusal::about("closes_on", "form-missing"))?,
        created_by: call.actor()?.account,
        created_at: call.now,
        published_by: None,
        published_at: None,
        version: 1,
    };
    let id = acts::calls::draft(tx, drafted, call.actor()?, call.now)?;
    Ok(Done::see(format!("/calls/{id}")).with(json!({ "id": id })))
}

pub(crate) fn publish(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::calls::publish(tx, id, call.actor()?, call.now)?;
    Ok(Done::see(format!("/calls/{id}")).with(json!({ "id": id })))
}
