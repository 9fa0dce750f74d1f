//! The list of rounds, their files, the form for a new one.

use super::READERS;
use crate::round::{FILES, NewRound, Round, State};
use crate::{acts, outcome as result, store};
use base::{Error, Refusal, Result, fold};
use db::Tx;
use serde_json::{Value, json};
use ui::{Action, Cell, Column, Kind, html};
use web::{
    Answer, Ask, Call, Choice, Choices, Done, Download, Entered, Field, Filter, Form, Line,
    Listing, Prefill,
};

pub(crate) const ROUNDS: &[Column] = &[
    Column::new("title", Kind::Link),
    Column::new("round_number", Kind::Whole),
    Column::new("country", Kind::Text).hxl("#country+name"),
    Column::new("state", Kind::Code("round-state")),
    Column::new("planned_from", Kind::Text),
    Column::new("planned_until", Kind::Text),
    Column::new("policy_version", Kind::Whole),
    Column::new("proposals", Kind::Whole),
    Column::new("possible_gap", Kind::Share),
    Column::new("created_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const FILTERS: &[Filter] = &[Filter::codes("state", "round-state", &State::CODES)];

/// Whether the asker may know of a round.
pub(crate) fn visible(ask: &Ask, round: &Round) -> bool {
    round.state == State::Done || ask.is_any(READERS)
}

pub(crate) fn country(tx: &mut Tx, ask: &Ask, round: &Round) -> Result<String> {
    match &round.country {
        Some(code) => places::country_name(tx, code, ask.words.lang()),
        None => Ok(ask.words.say("allocation-all-countries")),
    }
}

pub(crate) fn rounds(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let query = ask.list();
    let state = if ask.is_any(READERS) {
        query.filter("state")
    } else {
        Some("done")
    };
    let below = query.after.as_deref().and_then(|after| after.parse().ok());
    let mut found = store::rounds::list(tx, state, below, query.limit + 1)?;
    let more = i64::try_from(found.len()).unwrap_or(0) > query.limit;
    found.truncate(usize::try_from(query.limit).unwrap_or(0));
    if let Some(q) = &query.q {
        found.retain(|round| fold(&round.title).contains(q.as_str()));
    }
    let mut rows = Vec::new();
    for round in &found {
        let policy = store::policies::find(tx, round.policy)?;
        rows.push(Line {
            key: round.number.to_string(),
            cells: vec![
                Cell::link(round.path(), round.title.clone()),
                round.number.into(),
                country(tx, ask, round)?.into(),
                Cell::code(round.state.code()),
                offers::Period(round.first).to_string().into(),
                offers::Period(round.first + round.periods - 1)
                    .to_string()
                    .into(),
                policy.number.into(),
                Cell::or_unknown(round.outcome.get("proposals").and_then(Value::as_i64)),
                round.gap.map_or(Cell::Unknown, Cell::Share),
                round.created_at.into(),
                round.id.into(),
            ],
            href: None,
        });
    }
    let mut actions = vec![Action {
        href: "/allocation/policies".to_owned(),
        label: ask.words.say("policies-title"),
        main: false,
    }];
    if ask.is_any(&[base::Role::SecretariatOfficer]) {
        let label = ask.words.say("round-new-button");
        actions.insert(
            0,
            Action {
                href: "/allocation/new".to_owned(),
                label,
                main: true,
            },
        );
    }
    Ok(Answer::List(Listing {
        title: ask.words.say("allocation-title"),
        before: html!("<p>{}</p>", ask.words.say("allocation-intro")),
        rows,
        more,
        actions,
        ..Listing::default()
    }))
}

pub(crate) fn outcome(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = store::rounds::find(tx, ask.id("id")?)?;
    if !visible(ask, &round) {
        return Err(Error::Missing);
    }
    let value = result::outcome(tx, round.id)?;
    Ok(Answer::File(Download {
        name: format!("round-{}-outcome.json", round.number),
        mime: "application/json".to_owned(),
        bytes: value.to_string().into_bytes(),
    }))
}

pub(crate) fn file(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let round = store::rounds::find(tx, ask.id("id")?)?;
    let name = FILES
        .into_iter()
        .find(|name| *name == ask.param("name"))
        .ok_or(Error::Missing)?;
    if !visible(ask, &round) {
        return Err(Error::Missing);
    }
    let bytes = ask
        .site
        .files
        .read(round.file(name).ok_or(Error::Missing)?)?;
    let is_json = name.ends_with("json");
    let mime = if is_json {
        "application/json"
    } else {
        "text/csv; charset=utf-8"
    };
    Ok(Answer::File(Download {
        name: name.to_owned(),
        mime: mime.to_owned(),
        bytes,
    }))
}

// ---- acts

pub(crate) fn new_form() -> Form {
    vec![
        Field::text("title").public(),
        Field::choice("country", Choices::Listed(places::choose::countries)).optional(),
        Field::choice("policy", Choices::Listed(published)).optional(),
        Field::day("from_on"),
        Field::whole("periods", 1, crate::rules::PERIODS_MAX),
    ]
}

fn published(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let all = store::policies::all(tx)?;
    let label = |number: i64| {
        ask.words
            .say_with("policy-version", &[("n", number.to_string().into())])
    };
    let out = all
        .into_iter()
        .filter(|policy| policy.published_at.is_some());
    Ok(out
        .map(|policy| Choice {
            code: policy.id.to_string(),
            label: label(policy.number),
        })
        .collect())
}

pub(crate) fn new_prefill(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let newest = store::policies::newest(tx)?;
    let entered = Entered::default()
        .with("from_on", ask.today.to_string())
        .with("periods", "4");
    let entered = match newest {
        Some(policy) => entered.with("policy", policy.id.to_string()),
        None => entered,
    };
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

pub(crate) fn new(tx: &mut Tx, call: &Call) -> Result<Done> {
    let v = &call.values;
    let wanted = NewRound {
        title: v.text("title").to_owned(),
        country: v.opt_text("country").map(str::to_owned),
        policy: v.id("policy"),
        from: v
            .opt_day("from_on")
            .ok_or_else(|| Refusal::about("from_on", "form-missing"))?,
        periods: v.whole("periods"),
    };
    let id = acts::rounds::create(tx, &wanted, call.actor()?, call.now)?;
    Ok(Done::see(format!("/allocation/{id}")).with(json!({ "id": id })))
}

pub(crate) fn reason_form() -> Form {
    vec![Field::words("reason").max(2_000)]
}

pub(crate) fn cancel(tx: &mut Tx, call: &Call) -> Result<Done> {
    let id = call.id("id")?;
    acts::rounds::cancel(tx, id, call.values.text("reason"), call.actor()?, call.now)?;
    Ok(Done::see(format!("/allocation/{id}")).with(json!({ "id": id })))
}
