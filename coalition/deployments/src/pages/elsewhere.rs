//! What this room shows on other rooms' pages, and what waits for people.

use super::{Teller, action};
use crate::deployment::{Deployment, Scope, Stage, Standing};
use crate::rules::{self, Move, Side};
use crate::store::{self, Wanted, lines, overlaps};
use base::{Actor, Id, Result, Role};
use db::Tx;
use ui::{Html, html};
use web::{Ask, Waiting};

/// Deployments a page shows at most.
const SHOWN_MAX: i64 = 20;

fn listed(tx: &mut Tx, ask: &Ask, found: &[Deployment], more: &str) -> Result<Html> {
    if found.is_empty() {
        return Ok(Html::new());
    }
    let w = &ask.words;
    let mut teller = Teller::new(tx, w)?;
    let mut items = Html::new();
    for d in found {
        let state = d.standing.code();
        let places = teller.places(tx, &d.places)?;
        items.push(html!(
            "<li>{} {} {}</li>",
            ui::link(&d.path(), super::one::title(ask, &d.code, &d.title)),
            places,
            ui::tag(state, &w.code("deployment-state", state))
        ));
    }
    let full = i64::try_from(found.len()).unwrap_or(0) >= SHOWN_MAX;
    let rest = if full && !more.is_empty() {
        html!("<p>{}</p>", ui::link(more, w.say("deployments-see-all")))
    } else {
        Html::new()
    };
    Ok(html!("<ul>{}</ul>{}", items, rest))
}

fn section(ask: &Ask, body: Html) -> Html {
    if body.is_empty() {
        body
    } else {
        ui::section(&ask.words.say("deployments-title"), body)
    }
}

/// On an agreement's page: its deployments, and what its parties may do.
pub(crate) fn on_agreement(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let wanted = Wanted {
        agreement: Some(id),
        limit: SHOWN_MAX,
        ..Wanted::default()
    };
    let found = store::list(tx, &wanted, ask.today)?;
    let more = ui::with_query("/deployments", "agreement", Some(&id.to_string()));
    let mut body = listed(tx, ask, &found, &more)?;
    let links = agreement_actions(tx, ask, id)?;
    if !links.is_empty() {
        if body.is_empty() {
            body.push(html!("<p>{}</p>", ask.words.say("deployments-none-yet")));
        }
        body.push(ui::actions(&links));
    }
    Ok(section(ask, body))
}

fn agreement_actions(tx: &mut Tx, ask: &Ask, id: Id) -> Result<Vec<ui::Action>> {
    use agreements::Standing as S;
    let Some(actor) = &ask.actor else {
        return Ok(Vec::new());
    };
    let a = agreements::agreement(tx, id, ask.today)?;
    let stands = |sides: &[Side]| {
        sides
            .iter()
            .any(|side| rules::stands(actor, *side, a.member, &a.country))
    };
    let party = actor.is_for(Role::MemberOfficer, a.member)
        || actor.is_in(Role::AuthoritySignatory, &a.country);
    let mut out = Vec::new();
    let mut add = |end: &str, act: &str, main: bool| {
        out.push(action(
            &ask.words,
            &format!("{}/{end}", a.path()),
            act,
            main,
        ));
    };
    if matches!(a.standing, S::Signed | S::InForce) && stands(Move::Change.sides()) {
        add("deployments/new", "deployment-new", true);
    }
    if matches!(a.standing, S::Signed | S::InForce) && (party || stands(&[Side::Approver])) {
        add("suspension", "agreement-suspension", false);
    }
    if a.standing == S::Suspended && (party || stands(&[Side::Approver])) {
        add("resumption", "agreement-resumption", true);
    }
    if matches!(a.standing, S::Signed | S::InForce | S::Suspended) && party {
        add("termination", "agreement-termination", false);
    }
    Ok(out)
}

/// On a need's page: the deployments that serve it.
pub(crate) fn on_need(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let ids = lines::of_need(tx, id)?;
    on_ids(tx, ask, &ids)
}

/// On a need line's page: the deployments that serve it.
pub(crate) fn on_line(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let ids = lines::of_line(tx, id)?;
    on_ids(tx, ask, &ids)
}

fn on_ids(tx: &mut Tx, ask: &Ask, ids: &[Id]) -> Result<Html> {
    let shown = ids.iter().take(usize::try_from(SHOWN_MAX).unwrap_or(0));
    let mut found = Vec::new();
    for id in shown {
        found.push(store::head(tx, *id, ask.today)?);
    }
    let body = listed(tx, ask, &found, "")?;
    Ok(section(ask, body))
}

fn of_scope(tx: &mut Tx, ask: &Ask, wanted: Wanted, more: &str, scope: &Scope) -> Result<Html> {
    let found = store::list(tx, &wanted, ask.today)?;
    let mut body = listed(tx, ask, &found, more)?;
    if !body.is_empty() {
        let n = store::count(tx, scope)?;
        let says = ask
            .words
            .say_with("deployments-so-many", &[("n", n.into())]);
        body = html!("<p>{}</p>{}", says, body);
    }
    Ok(body)
}

/// On a member's page: what it does, and where.
pub(crate) fn on_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let wanted = Wanted {
        member: Some(id),
        limit: SHOWN_MAX,
        ..Wanted::default()
    };
    let more = ui::with_query("/deployments", "member", Some(&id.to_string()));
    let body = of_scope(tx, ask, wanted, &more, &Scope::Member(id))?;
    Ok(section(ask, body))
}

/// On a country's page: what is done there.
pub(crate) fn on_country(tx: &mut Tx, ask: &Ask, code: &str) -> Result<Html> {
    let wanted = Wanted {
        country: Some(code.to_owned()),
        limit: SHOWN_MAX,
        ..Wanted::default()
    };
    let more = ui::with_query("/deployments", "country", Some(code));
    let scope = Scope::Country(code.to_owned());
    let mut body = of_scope(tx, ask, wanted, &more, &scope)?;
    if !body.is_empty() {
        let href = ui::with_query("/who-does-what-where", "country", Some(code));
        let label = ask.words.say("coverage-title");
        body.push(html!("<p>{}</p>", ui::link(&href, label)));
    }
    Ok(section(ask, body))
}

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = Vec::new();
    let mut scopes: Vec<Wanted> = actor
        .organisations()
        .into_iter()
        .filter(|id| {
            actor.is_for(Role::MemberFocalPoint, *id) || actor.is_for(Role::MemberOfficer, *id)
        })
        .map(|id| Wanted {
            member: Some(id),
            ..Wanted::default()
        })
        .collect();
    scopes.extend(actor.authority_countries().into_iter().map(|code| Wanted {
        country: Some(code),
        ..Wanted::default()
    }));
    if actor.is(Role::SecretariatApprover) {
        scopes.push(Wanted::default());
    }
    let mut seen = std::collections::BTreeSet::new();
    for scope in scopes {
        for (standing, to) in [
            (Standing::Cleared, Move::Activate),
            (Standing::CompletionClaimed, Move::Confirm),
            (Standing::Confirmed, Move::Close),
        ] {
            let wanted = Wanted {
                standing: Some(standing.code().to_owned()),
                limit: 100,
                ..scope.clone()
            };
            for d in store::list(tx, &wanted, ask.today)? {
                if to.open_to(&d, actor) && seen.insert((d.id, standing)) {
                    out.push(waiting(ask, &d, standing));
                }
            }
        }
        for d in store::overdue(tx, scope.member, ask.today)? {
            if Move::Claim.open_to(&d, actor)
                && scope.member.is_some()
                && seen.insert((d.id, d.standing))
            {
                let key = "deployments-waits-overdue";
                out.push(told(ask, &d, key, Some(d.planned_to)));
            }
        }
    }
    out.extend(overlaps_waiting(tx, ask, actor)?);
    Ok(out)
}

fn told(ask: &Ask, d: &Deployment, key: &str, due: Option<base::Day>) -> Waiting {
    let title = super::one::title(ask, &d.code, &d.title);
    Waiting {
        href: d.path(),
        text: ask.words.say_with(key, &[("title", title.into())]),
        since: d.planned_at,
        due,
    }
}

fn waiting(ask: &Ask, d: &Deployment, standing: Standing) -> Waiting {
    match standing {
        Standing::Cleared => told(ask, d, "deployments-waits-start", Some(d.planned_from)),
        Standing::CompletionClaimed => told(ask, d, "deployments-waits-confirmation", None),
        _ => told(ask, d, "deployments-waits-closure", None),
    }
}

/// Open overlaps somebody has still to speak to.
fn overlaps_waiting(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    if !actor.is_any(&[
        Role::MemberOfficer,
        Role::SecretariatOfficer,
        Role::SecretariatApprover,
    ]) {
        return Ok(Vec::new());
    }
    let wanted = overlaps::Wanted {
        state: Some("open".to_owned()),
        limit: 200,
        ..overlaps::Wanted::default()
    };
    let mut out = Vec::new();
    for o in overlaps::list(tx, &wanted)? {
        let (one, other) = (
            store::head(tx, o.deployment, ask.today)?,
            store::head(tx, o.other, ask.today)?,
        );
        let sides = rules::speaks_for(actor, [one.member, other.member]);
        let said = overlaps::said(tx, o.id)?;
        let before = rules::still_said(&said);
        let silent = sides
            .iter()
            .any(|side| !before.iter().any(|(said, _)| said == side));
        if !silent && !actor.is(Role::SecretariatApprover) {
            continue;
        }
        let args = [("first", one.code.into()), ("second", other.code.into())];
        out.push(Waiting {
            href: o.path(),
            text: ask.words.say_with("deployments-waits-overlap", &args),
            since: o.found_at,
            due: [&one.stage, &other.stage]
                .contains(&&Stage::Planned)
                .then_some(o.dimensions.from),
        });
    }
    Ok(out)
}
