//! What this room shows on other rooms' pages and in the inbox.

use crate::agreement::{Agreement, Stage};
use crate::rules;
use crate::store::{self, agreements::Wanted};
use base::{Actor, Id, Moment, Result, Role};
use db::Tx;
use ui::{Html, html};
use web::{Ask, Waiting};

/// Agreements a page shows at most.
const SHOWN_MAX: i64 = 20;

fn listed(ask: &Ask, found: &[Agreement]) -> Html {
    let item = |a: &Agreement| {
        let code = a.standing.code();
        html!(
            "<li>{} {} {}</li>",
            ui::link(&a.path(), a.code.as_str()),
            ask.words.name(&a.title),
            ui::tag(code, &ask.words.code("agreement-state", code))
        )
    };
    let seen = found
        .iter()
        .filter(|a| rules::may_see(a, ask.actor.as_ref()));
    let items: Html = seen.map(item).collect();
    if items.is_empty() {
        return items;
    }
    ui::section(
        &ask.words.say("agreements-title"),
        html!("<ul>{}</ul>", items),
    )
}

/// On a member's page: its agreements, the newest first.
pub(crate) fn of_member(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(member) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let wanted = Wanted {
        all: true,
        member: Some(member),
        limit: SHOWN_MAX,
        ..Wanted::default()
    };
    let found = store::agreements::list(tx, &wanted, ask.today)?;
    Ok(listed(ask, &found))
}

/// On a need's page: the agreements that serve it.
pub(crate) fn of_need(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(need) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let found = store::agreements::of_need(tx, need, SHOWN_MAX, ask.today)?;
    Ok(listed(ask, &found))
}

/// On a proposal's page: the agreement that holds it, or the way to one.
pub(crate) fn of_proposal(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    if let Some((agreement, _)) = store::agreements::holder_of(tx, id)? {
        let found = store::agreements::find(tx, agreement, ask.today)?;
        return Ok(listed(ask, &[found]));
    }
    let proposal = allocation::proposal(tx, id)?;
    let agreed = allocation::state_on(&proposal, ask.now) == allocation::State::Agreed;
    let drafts = ask
        .actor
        .as_ref()
        .is_some_and(|actor| rules::may_draft(proposal.member, actor).is_ok());
    if !agreed || !drafts {
        return Ok(Html::new());
    }
    let href = format!("/agreements/new?proposal={id}");
    let link = super::action(&ask.words, href, "agreement-new-button", true);
    Ok(ui::section(
        &ask.words.say("agreements-title"),
        ui::actions(&[link]),
    ))
}

fn waiting(ask: &Ask, a: &Agreement, key: &str, since: Moment) -> Waiting {
    let title = format!("{} {}", a.code, ask.words.name(&a.title));
    Waiting {
        href: a.path(),
        text: ask.words.say_with(key, &[("title", title.into())]),
        since,
        due: None,
    }
}

/// What waits for the actor: drafts to send, reviews, signatures.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut out = Vec::new();
    let roles = [
        Role::SecretariatOfficer,
        Role::SecretariatApprover,
        Role::MemberFocalPoint,
        Role::MemberOfficer,
        Role::AuthoritySignatory,
    ];
    if !actor.is_any(&roles) {
        return Ok(out);
    }
    for (a, version) in store::agreements::in_preparation(tx, SHOWN_MAX * 10, ask.today)? {
        let Some((_, stage)) = a.open() else { continue };
        match stage {
            Stage::Draft if rules::may_draft(a.member, actor).is_ok() => {
                let key = match version.returned {
                    Some(_) => "agreements-waits-correction",
                    None => "agreements-waits-draft",
                };
                out.push(waiting(ask, &a, key, version.made_at));
            }
            Stage::UnderReview if rules::release(&version, actor).is_ok() => {
                let since = version.sent_at.unwrap_or(version.made_at);
                out.push(waiting(ask, &a, "agreements-waits-review", since));
            }
            Stage::ForSignature => {
                let mut given = store::versions::signatures(tx, a.id)?;
                given.retain(|s| s.number == version.number);
                let may = |party| rules::signs(&a, party, &given, actor).is_ok();
                if may(a.authority) || may(a.member) {
                    let since = version.released_at.unwrap_or(version.made_at);
                    out.push(waiting(ask, &a, "agreements-waits-signature", since));
                }
            }
            _ => {}
        }
    }
    Ok(out)
}
