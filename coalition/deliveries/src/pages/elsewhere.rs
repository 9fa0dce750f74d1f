//! What this room shows on a deployment's page and in the inbox.

use super::{action, is_inside, place, table};
use crate::consignment::{Consignment, Stage};
use crate::store::{consignments, discrepancies, tallies};
use crate::upstream;
use base::{Actor, Id, Result};
use db::Tx;
use ui::{Html, html};
use web::{Ask, Waiting};

/// Consignments of each kind an inbox shows at most.
const SHOWN_MAX: i64 = 20;

/// On a deployment's page: what arrived, by department, and the consignments one may see.
pub(crate) fn on_deployment(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let (words, Some(id)) = (&ask.words, Id::parse(id)) else {
        return Ok(Html::new());
    };
    let all = consignments::of_deployment(tx, id)?;
    let shown: Vec<&Consignment> = all
        .iter()
        .filter(|one| is_inside(ask.actor.as_ref(), one) || one.first_received_on.is_some())
        .collect();
    let mut body = Html::new();
    let received = all.iter().any(|one| one.first_received_on.is_some());
    let inside = all.iter().any(|one| is_inside(ask.actor.as_ref(), one));
    if received || inside {
        let mut rows = Vec::new();
        for (code, tally) in tallies::by_department(tx, id)? {
            let numbers = [
                tally.dispatched,
                tally.arrived,
                tally.good,
                tally.damaged,
                tally.short,
                tally.surplus,
            ];
            let mut row = vec![ui::text(&place(tx, ask, &code)?)];
            row.extend(numbers.map(|n| ui::text(&words.number(n))));
            rows.push(row);
        }
        let heads = [
            "column-department",
            "column-sent-units",
            "column-arrived-units",
            "column-confirmed-units",
            "column-damaged-units",
            "column-short-units",
            "column-surplus-units",
        ];
        body.push(table(
            words,
            &words.say("deliveries-by-area"),
            &heads,
            &rows,
        ));
    }
    let items: Html = shown
        .iter()
        .map(|one| {
            let code = one.standing().code_for(one.kind);
            html!(
                "<li>{} {}</li>",
                ui::link(&one.path(), one.code.as_str()),
                ui::tag(code, &words.code("consignment-state", code))
            )
        })
        .collect();
    if items.is_empty() {
        body.push(html!("<p>{}</p>", words.say("deliveries-none-here")));
    } else {
        body.push(html!("<ul>{}</ul>", items));
    }
    if let Some(actor) = &ask.actor {
        let d = deployments::deployment(tx, id, ask.today)?;
        let held = all
            .iter()
            .filter(|one| !matches!(one.stage, Stage::Rejected | Stage::Withdrawn));
        let left = held.map(|one| one.counts.units).sum::<i64>() < d.units;
        let active = d.standing == deployments::Standing::Active;
        if left && active && upstream::is_of(actor, d.member) {
            let href = format!("{}/consignments/new", d.path());
            body.push(ui::actions(&[action(
                words,
                href,
                "consignment-new-button",
                false,
            )]));
        }
    }
    Ok(ui::section(&words.say("deliveries-title"), body))
}

fn waiting(ask: &Ask, c: &Consignment, key: &str) -> Waiting {
    Waiting {
        href: c.path(),
        text: ask.words.say_with(key, &[("code", c.code.as_str().into())]),
        since: c.decided.map_or(c.requested.at, |step| step.at),
        due: Some(c.planned_on),
    }
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    let mut countries = actor.authority_countries();
    countries.sort_unstable();
    countries.dedup();
    for country in countries {
        for c in consignments::in_stage(tx, Stage::Requested, Some(&country), None, SHOWN_MAX)? {
            list.push(waiting(ask, &c, "deliveries-waits-answer"));
        }
        for c in consignments::in_stage(tx, Stage::Dispatched, Some(&country), None, SHOWN_MAX)? {
            if c.counts.pending() > 0 {
                list.push(waiting(ask, &c, "deliveries-waits-check-in"));
            } else if c.counts.open_discrepancies == 0 {
                list.push(waiting(ask, &c, "deliveries-waits-closure"));
            }
        }
        list.extend(disputes(tx, ask, Some(&country), None)?);
    }
    let mut members = actor.organisations();
    members.sort_unstable();
    members.dedup();
    for member in members.into_iter().filter(|id| upstream::is_of(actor, *id)) {
        for (stage, key) in [
            (Stage::Accepted, "deliveries-waits-dispatch"),
            (Stage::OnHold, "deliveries-waits-held"),
        ] {
            for c in consignments::in_stage(tx, stage, None, Some(member), SHOWN_MAX)? {
                if c.counts.pending() > 0 {
                    list.push(waiting(ask, &c, key));
                }
            }
        }
        list.extend(disputes(tx, ask, None, Some(member))?);
    }
    Ok(list)
}

fn disputes(
    tx: &mut Tx,
    ask: &Ask,
    country: Option<&str>,
    member: Option<Id>,
) -> Result<Option<Waiting>> {
    let (n, since) = discrepancies::count_open(tx, country, member)?;
    Ok(since.map(|since| Waiting {
        href: "/deliveries/open".to_owned(),
        text: ask
            .words
            .say_with("deliveries-waits-disputes", &[("n", n.into())]),
        since,
        due: None,
    }))
}
