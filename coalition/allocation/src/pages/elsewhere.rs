//! What this room shows on other rooms' pages and in the inbox.

use super::proposals::due;
use super::tell::Teller;
use crate::proposal::{Proposal, Side, State};
use crate::{rules, store};
use base::{Actor, Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, html};
use web::{Ask, Waiting};

/// Proposals a page shows at most.
const SHOWN_MAX: i64 = 20;

fn listed(tx: &mut Tx, ask: &Ask, found: &[Proposal], teller: &mut Teller) -> Result<Html> {
    let Some(actor) = &ask.actor else {
        return Ok(Html::new());
    };
    let mut items = Html::new();
    for p in found.iter().filter(|p| rules::may_see(p, actor)) {
        let state = rules::state_on(p, ask.now);
        let label = ask.words.code("proposal-state", state.code());
        let units = ask
            .words
            .say_with("proposal-units", &[("n", p.quantity_now.into())]);
        let title = teller.offer(tx, p.offer)?;
        items.push(html!(
            "<li>{} {} {}</li>",
            ui::link(&p.path(), title),
            units,
            ui::tag(state.code(), &label)
        ));
    }
    Ok(if items.is_empty() {
        items
    } else {
        html!("<ul>{}</ul>", items)
    })
}

/// On a need's page: its proposals, and why some of its lines have none.
pub(crate) fn on_need(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let (Some(need), Some(actor)) = (Id::parse(id), &ask.actor) else {
        return Ok(Html::new());
    };
    let words = &ask.words;
    let mut teller = Teller::new(tx, words, BTreeMap::new())?;
    let found = store::proposals::of_need(tx, need, SHOWN_MAX)?;
    let mut body = listed(tx, ask, &found, &mut teller)?;
    let (country, _) = needs::authority_of(tx, need)?;
    let reads = actor.reads_all() || actor.authority_countries().contains(&country);
    if let Some(round) = store::rounds::newest_with_need(tx, need)?.filter(|_| reads) {
        let mut items = Html::new();
        for (code, lines, learners) in store::results::reasons_of_need(tx, round.id, need)? {
            let Some(code) = code else { continue };
            let args = [
                ("why", words.code("why", &code).into()),
                ("lines", lines.into()),
                ("learners", learners.into()),
            ];
            let href = format!("{}/unserved?why={code}&need={need}", round.path());
            items.push(html!(
                "<li>{}</li>",
                ui::link(&href, words.say_with("allocation-reason-of-need", &args))
            ));
        }
        if !items.is_empty() {
            body.push(html!(
                "<p>{} {}</p><ul>{}</ul>",
                words.say("allocation-not-served-in"),
                ui::link(&round.path(), round.title.as_str()),
                items
            ));
        }
    }
    Ok(if body.is_empty() {
        body
    } else {
        ui::section(&words.say("proposals-title"), body)
    })
}

/// On an offer's page: what it is proposed for.
pub(crate) fn on_offer(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(offer) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let found = store::proposals::of_offer(tx, offer, SHOWN_MAX)?;
    section(tx, ask, &found)
}

/// On a member's page: what its offers are proposed for.
pub(crate) fn on_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(member) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let found = store::proposals::of_member(tx, member, SHOWN_MAX)?;
    section(tx, ask, &found)
}

fn section(tx: &mut Tx, ask: &Ask, found: &[Proposal]) -> Result<Html> {
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let body = listed(tx, ask, found, &mut teller)?;
    Ok(if body.is_empty() {
        body
    } else {
        ui::section(&ask.words.say("proposals-title"), body)
    })
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = decisions(tx, ask, actor)?;
    let say = |key: &str, title: String| ask.words.say_with(key, &[("title", title.into())]);
    if actor.is(Role::SecretariatOfficer) {
        for round in store::rounds::finished_by(tx, actor.account, ask.now.plus_days(-7))? {
            let since = round.finished_at.unwrap_or(round.created_at);
            let text = say("inbox-round-finished", round.title.clone());
            out.push(Waiting {
                href: round.path(),
                text,
                since,
                due: None,
            });
        }
    }
    if actor.is(Role::SecretariatApprover) {
        let drafts = store::calls::Wanted {
            drafts: true,
            state: Some("draft".to_owned()),
            limit: 100,
            ..store::calls::Wanted::default()
        };
        for call in store::calls::list(tx, &drafts, ask.today)? {
            if call.created_by != actor.account {
                let text = say(
                    "inbox-call-to-publish",
                    ask.words.name(&call.title).to_owned(),
                );
                let due = Some(call.closes_on);
                out.push(Waiting {
                    href: call.path(),
                    text,
                    since: call.created_at,
                    due,
                });
            }
        }
        for policy in store::policies::all(tx)?
            .iter()
            .filter(|p| p.published_at.is_none())
        {
            if policy.created_by != Some(actor.account) {
                let text = say("inbox-policy-to-publish", policy.number.to_string());
                out.push(Waiting {
                    href: policy.path(),
                    text,
                    since: policy.created_at,
                    due: None,
                });
            }
        }
    }
    Ok(out)
}

fn decisions(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let held = actor
        .appointments
        .iter()
        .filter(|a| a.role == Role::MemberOfficer);
    let wanted = store::proposals::Wanted {
        members: held.filter_map(|a| a.organisation).collect(),
        countries: actor.authority_countries(),
        now: ask.now.micros(),
        limit: 500,
        ..store::proposals::Wanted::default()
    };
    if wanted.members.is_empty() && wanted.countries.is_empty() {
        return Ok(Vec::new());
    }
    let mut teller = Teller::new(tx, &ask.words, BTreeMap::new())?;
    let mut out = Vec::new();
    for state in [
        State::Shortlisted,
        State::Proposed,
        State::AcceptedByMember,
        State::AcceptedByAuthority,
    ] {
        let asked = store::proposals::Wanted {
            state: Some(state.code().to_owned()),
            ..wanted.clone()
        };
        for p in store::proposals::list(tx, &asked)? {
            let mine = |side: Side| {
                p.answer(side).accepted.is_none() && rules::second(&p, side, actor).is_ok()
            };
            if !mine(Side::Member) && !mine(Side::Authority) {
                continue;
            }
            let title = teller.offer(tx, p.offer)?;
            out.push(Waiting {
                href: p.path(),
                text: ask
                    .words
                    .say_with("inbox-proposal", &[("title", title.into())]),
                since: p.created_at,
                due: Some(due(&p)),
            });
        }
    }
    Ok(out)
}
