//! What this room shows on a deployment's page.

use super::{State, due, rules, store};
use crate::claims;
use crate::tell::{Teller, section};
use base::{Actor, Id, Result};
use db::Tx;
use deployments::Deployment;
use ui::{Html, html};
use web::Ask;

/// On a deployment's page: its reports, what of it everybody may read, and what is owed.
pub(crate) fn on_deployment(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let w = &ask.words;
    let deployment = deployments::deployment(tx, id, ask.today)?;
    let mut body = Html::new();
    let claims = claims::store::count_of(tx, id)?;
    if claims > 0 {
        let all = w.say_with("evidence-claims-count", &[("n", claims.into())]);
        body.push(html!(
            "<p>{}</p>",
            ui::link(&format!("/claims?deployment={id}"), all)
        ));
    }
    if let Some(actor) = ask
        .actor
        .as_ref()
        .filter(|actor| crate::is_party(actor, &deployment))
    {
        body.push(owed_by(tx, ask, actor, &deployment)?);
    }
    body.push(crate::visits::pages::of_deployment(tx, ask, id)?);
    Ok(section(w, "evidence-title", body))
}

fn owed_by(tx: &mut Tx, ask: &Ask, actor: &Actor, deployment: &Deployment) -> Result<Html> {
    let w = &ask.words;
    let (rule, reports) = (due::rule(tx)?, store::of_deployment(tx, deployment.id)?);
    let teller = Teller::new(tx, w)?;
    let writer = crate::is_writer(actor, deployment);
    let mut items = Html::new();
    for period in due::owed(deployment, ask.today, rule) {
        let report = reports
            .iter()
            .find(|report| report.period.from == period.from);
        let standing = rules::standing(report.map(|report| report.state), period, rule, ask.today);
        let said = teller.period(period);
        let what = match report {
            Some(report) if report.state != State::Draft || writer => {
                ui::link(&report.path(), said)
            }
            None if writer => {
                let href = format!("{}/reports/new?period={}", deployment.path(), period.from);
                ui::link(&href, said)
            }
            _ => ui::text(&said),
        };
        let label = w.code("report-state", standing.code());
        items.push(html!(
            "<li>{} {}</li>",
            what,
            ui::tag(standing.code(), &label)
        ));
    }
    Ok(if items.is_empty() {
        items
    } else {
        html!(
            "<h3>{}</h3><ul>{}</ul>",
            w.say("evidence-reports-title"),
            items
        )
    })
}
