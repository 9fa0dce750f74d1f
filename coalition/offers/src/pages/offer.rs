//! One offer: its page, and beside the forms that decide on it.

use super::{action, label, languages_said, places_said, unit};
use crate::forms;
use crate::offer::{Kind, Load, Offer, Stage, State};
use crate::period::Period;
use crate::{rules, store};
use base::{Result, Role};
use db::Tx;
use lang::Words;
use ui::{Action, Cell, Column, Html, Kind as Shown, Tone, html};
use web::{Answer, Ask, Prefill, Show};

pub(super) const COLUMNS: &[Column] = &[
    Column::new("title", Shown::Names),
    Column::new("organisation", Shown::Link),
    Column::new("service", Shown::Text),
    Column::new("kind", Shown::Code("offer-kind")),
    Column::new("state", Shown::Code("offer-state")),
    Column::new("capacity", Shown::Whole),
    Column::new("unit", Shown::Text),
    Column::new("free_now", Shown::Whole),
    Column::new("lot_min", Shown::Whole),
    Column::new("lot_step", Shown::Whole),
    Column::new("lot_max", Shown::Whole),
    Column::new("places", Shown::Text),
    Column::new("spoken_languages", Shown::Text),
    Column::new("levels", Shown::Text),
    Column::new("modality", Shown::Text),
    Column::new("connectivity_needed", Shown::Text),
    Column::new("available_from", Shown::Day),
    Column::new("available_to", Shown::Day),
    Column::new("setup_days", Shown::Whole),
    Column::new("free_until", Shown::Day),
    Column::new("conditions_required", Shown::Text),
    Column::new("licence", Shown::Text),
    Column::new("accessibility", Shown::Text),
    Column::new("evidence_level", Shown::Text),
    Column::new("unit_cost_usd", Shown::Decimal),
    Column::new("fixed_cost_usd", Shown::Decimal),
    Column::new("in_person", Shown::Code("offer-in-person")),
    Column::new("assured_on", Shown::Day),
    Column::new("notice_until", Shown::Day),
    Column::new("sample", Shown::Yes),
    Column::new("id", Shown::Id),
    Column::new("version", Shown::Whole),
];

/// The page of one offer.
pub(super) fn offer(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let offer = store::find(tx, ask.id("id")?)?;
    rules::may_see(&offer, ask.actor.as_ref())?;
    let loads = store::loads(tx, offer.id)?;
    let state = rules::state_on(&offer, &loads, ask.today);
    let o = people::organisation(tx, offer.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let mut sections = Html::new();
    if !loads.is_empty() {
        sections.push(capacity(words, &offer, &loads));
    }
    sections.push(principles(tx, words, &offer)?);
    let inside = ask
        .actor
        .as_ref()
        .is_some_and(|a| a.reads_all() || rules::speaks_for(a, offer.organisation));
    if let (true, Some(note)) = (inside, &offer.check_note) {
        sections.push(ui::section(
            &words.say("offers-check-note"),
            ui::paragraphs(note),
        ));
    }
    Ok(Answer::Record(Show {
        title: members::marked(words, words.name(&offer.terms.title), o.sample),
        before: notices(words, &offer, state, o.sample, inside),
        cells: cells(tx, words, &offer, (state, &loads), (&name, o.sample))?,
        sections,
        actions: actions(words, ask, &offer),
        slot: Some(("offer-page", offer.id.to_string())),
    }))
}

#[expect(clippy::cast_precision_loss, reason = "cents stay below 2^53")]
fn dollars(cents: i64) -> Cell {
    Cell::Decimal(cents as f64 / 100.0)
}

fn labels(tx: &mut Tx, words: &Words, vocabulary: &str, codes: &[String]) -> Result<String> {
    let mut all = Vec::with_capacity(codes.len());
    for code in codes {
        all.push(label(tx, words, vocabulary, code)?);
    }
    Ok(words.list(&all))
}

fn cells(
    tx: &mut Tx,
    words: &Words,
    offer: &Offer,
    (state, loads): (State, &[Load]),
    (name, sample): (&str, bool),
) -> Result<Vec<Cell>> {
    let t = &offer.terms;
    let endless = t.kind == Kind::Inexhaustible;
    let lot = |n: i64| {
        if endless {
            Cell::NotApplicable
        } else {
            n.into()
        }
    };
    let free = if loads.is_empty() {
        None
    } else {
        Some(loads.iter().map(Load::free).sum::<i64>())
    };
    Ok(vec![
        Cell::Names(t.title.clone()),
        Cell::link(format!("/members/{}", offer.organisation), name),
        label(tx, words, "service_classes", &t.service_class)?.into(),
        Cell::code(t.kind.code()),
        Cell::code(state.code()),
        t.capacity.into(),
        unit(tx, words, offer)?.into(),
        Cell::or_not_applicable(free),
        lot(t.lot_min),
        lot(t.lot_step),
        if endless {
            Cell::NotApplicable
        } else {
            Cell::or_not_applicable(t.lot_max)
        },
        places_said(tx, words, &t.places)?.into(),
        languages_said(tx, words, &t.languages)?.into(),
        labels(tx, words, "isced_levels", &t.levels)?.into(),
        label(tx, words, "modalities", &t.modality)?.into(),
        label(tx, words, "connectivity_tiers", &format!("tier_{}", t.tier))?.into(),
        t.window_from.into(),
        t.window_to.into(),
        t.setup_days.into(),
        t.free_until.into(),
        if t.conditions.is_empty() {
            words.say("none").into()
        } else {
            labels(tx, words, "conditions", &t.conditions)?.into()
        },
        match &t.licence {
            Some(code) => label(tx, words, "licences", code)?.into(),
            None => Cell::NotApplicable,
        },
        Cell::or_unknown(t.accessibility.clone()),
        label(tx, words, "evidence_levels", &t.evidence_level)?.into(),
        dollars(t.unit_cost_cents),
        dollars(t.fixed_cost_cents),
        Cell::code(if t.replaces_in_person {
            "replaces"
        } else {
            "supplements"
        }),
        offer.assured_on.into(),
        Cell::or_not_applicable(offer.notice_until),
        sample.into(),
        Cell::Text(offer.id.to_string()),
        offer.version.into(),
    ])
}

/// What there is, is held and is left, by period.
fn capacity(words: &Words, offer: &Offer, loads: &[Load]) -> Html {
    let heads = [
        "offers-period-head",
        "offers-capacity-head",
        "offers-reserved",
        "offers-committed",
        "offers-left",
    ];
    let heads = heads.map(|key| words.say(key));
    let rows: Vec<Vec<Html>> = loads
        .iter()
        .map(|load| {
            let period = if load.period == Period::WHOLE {
                words.say(if offer.terms.kind == Kind::Inexhaustible {
                    "offers-countries-row"
                } else {
                    "offers-whole-window"
                })
            } else {
                load.period.to_string()
            };
            let numbers = [load.capacity, load.reserved, load.committed, load.free()];
            let mut row = vec![ui::text(&period)];
            row.extend(numbers.map(|n| ui::text(&words.number(n))));
            row
        })
        .collect();
    ui::plain_table(&words.say("offers-capacity-title"), &heads, &rows)
}

fn principles(tx: &mut Tx, words: &Words, offer: &Offer) -> Result<Html> {
    let mut rows = Html::new();
    for (code, (answer, own)) in forms::principles(tx, offer)? {
        let name = label(tx, words, "data_principles", &code)?;
        let whose = words.say(if own {
            "offers-principle-own"
        } else {
            "offers-principle-member"
        });
        rows.push(html!(
            "<dt>{}</dt><dd>{}<small>{}</small></dd>",
            name,
            ui::paragraphs(&answer),
            whose
        ));
    }
    Ok(if rows.is_empty() {
        Html::new()
    } else {
        ui::section(&words.say("offers-principles"), html!("<dl>{}</dl>", rows))
    })
}

/// Why an offer came back, for its member.
pub(crate) fn sent_back(words: &Words, offer: &Offer) -> Html {
    match (&offer.reason, offer.stage) {
        (Some(reason), Stage::Draft) => {
            let body = html!(
                "<p>{}</p>{}",
                words.say("offers-sent-back"),
                ui::paragraphs(reason)
            );
            ui::notice(words, Tone::Warn, body)
        }
        _ => Html::new(),
    }
}

fn notices(words: &Words, offer: &Offer, state: State, sample: bool, inside: bool) -> Html {
    let mut before = Html::new();
    if sample {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("members-sample-notice"),
        ));
    }
    if let (State::Pledge, Some(minute)) = (state, &offer.pledge_minute) {
        let body = html!(
            "<p>{}</p>{}",
            words.say("offers-pledge-notice"),
            ui::paragraphs(minute)
        );
        before.push(ui::notice(words, Tone::Warn, body));
    }
    if offer.terms.replaces_in_person {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("offers-replaces-notice"),
        ));
    }
    if state == State::Stale {
        before.push(ui::notice(
            words,
            Tone::Warn,
            words.say("offers-stale-notice"),
        ));
    }
    if let (State::Withdrawn, Some(until)) = (state, offer.notice_until) {
        let says = words.say_with("offers-notice-until", &[("day", words.day(until).into())]);
        before.push(ui::notice(words, Tone::Warn, says));
    }
    if let (State::Withdrawn, Some(reason)) = (state, &offer.reason) {
        let body = html!(
            "<p>{}</p>{}",
            words.say("offers-withdrawn-because"),
            ui::paragraphs(reason)
        );
        before.push(ui::notice(words, Tone::Plain, body));
    }
    if inside {
        before.push(sent_back(words, offer));
    }
    before
}

fn actions(words: &Words, ask: &Ask, offer: &Offer) -> Vec<Action> {
    let Some(actor) = &ask.actor else {
        return Vec::new();
    };
    let mut list = Vec::new();
    let mut offered = |end: &str, key: &str, main: bool| {
        list.push(action(
            words,
            &format!("/offers/{}/{end}", offer.id),
            key,
            main,
        ));
    };
    let focal = actor.is_for(Role::MemberFocalPoint, offer.organisation);
    let head = actor.is_for(Role::MemberOfficer, offer.organisation);
    let stage = offer.stage;
    if focal && stage != Stage::Withdrawn {
        if stage == Stage::Draft && offer.pledge_minute.is_none() {
            offered("registration", "offer-registration-button", true);
        }
        if stage != Stage::Draft {
            offered(
                "assurance",
                "offer-assurance-button",
                stage == Stage::Available,
            );
        }
        offered("edit", "offer-edit-button", offer.pledge_minute.is_some());
    }
    if head && stage != Stage::Withdrawn {
        offered("withdrawal", "offer-withdrawal-button", false);
    }
    if stage == Stage::Registered && actor.is(Role::SecretariatOfficer) {
        offered("check", "offer-check-button", true);
        offered("return", "offer-return-button", false);
    }
    if stage == Stage::Checked && actor.is(Role::SecretariatApprover) {
        offered("approval", "offer-approval-button", true);
        offered("return", "offer-return-button", false);
    }
    list
}

/// The offer as the person sees it while deciding.
pub(crate) fn beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let words = &ask.words;
    let offer = store::find(tx, ask.id("id")?)?;
    rules::may_see(&offer, ask.actor.as_ref())?;
    let loads = store::loads(tx, offer.id)?;
    let state = rules::state_on(&offer, &loads, ask.today);
    let o = people::organisation(tx, offer.organisation)?;
    let name = members::marked(words, words.name(&o.names), o.sample);
    let cells = cells(tx, words, &offer, (state, &loads), (&name, o.sample))?;
    let beside = html!(
        "{}{}",
        ui::facts(words, COLUMNS, &cells),
        principles(tx, words, &offer)?
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}
