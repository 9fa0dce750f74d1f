//! What is done with one need.

use super::{may_read, may_take, opt, record};
use crate::need::{Buckets, Need, Standing};
use crate::request::{Request, Step};
use crate::{rules, store};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use web::{Ask, Call, Done, Prefill};

/// A need the actor may know of, with its request.
pub(crate) fn readable_need(
    tx: &mut Tx,
    actor: Option<&base::Actor>,
    id: Id,
) -> Result<(Need, Request)> {
    let need = store::need(tx, id)?;
    let request = store::request(tx, need.request)?;
    if need.published_at.is_some() || may_read(actor, &request) {
        Ok((need, request))
    } else {
        Err(Error::Missing)
    }
}

/// Where the units of a need are; a need without balances has them all uncovered.
pub(crate) fn buckets_of(tx: &mut Tx, need: &Need) -> Result<Buckets> {
    if need.published_at.is_none() {
        return Ok(Buckets::untouched(store::tally(tx, need.id)?.quantity));
    }
    store::need_buckets(tx, need.id)
}

/// Edits a need during the assessment: the clean text beside the authority's own words.
///
/// # Errors
/// Refused to anyone but an officer, in any other state, and when somebody else was first.
pub fn edit_need(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (mut need, request) = readable_need(tx, Some(actor), call.id("id")?)?;
    may_take(tx, actor, &request, Step::Edit, call.today)?;
    rules::next(request.state, Step::Edit)?;
    let values = &call.values;
    need.title = values.names("title");
    need.clean_text = opt(values.text("clean_text"));
    need.clean_lang = opt(values.text("clean_lang"));
    need.objective = opt(values.text("objective"));
    need.flagship = opt(values.text("flagship"));
    need.pillars = values.many("pillars");
    need.phase = opt(values.text("phase"));
    need.version = values.version();
    store::save_need(tx, &need)?;
    record(
        tx,
        request.id,
        Some(need.id),
        Step::Edit,
        None,
        (actor.account, call.now),
    )?;
    Ok(done(&need))
}

/// What the form of the edit shows: the need as it is, and the authority's own words beside it.
pub(crate) fn prefill_edit(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let (need, request) = readable_need(tx, Some(ask.actor()?), ask.id("id")?)?;
    rules::next(request.state, Step::Edit)?;
    let mut entered = web::room::entered(&[
        ("clean_text", need.clean_text.as_deref().unwrap_or("")),
        (
            "clean_lang",
            need.clean_lang
                .as_deref()
                .unwrap_or(ask.words.lang().code()),
        ),
        ("objective", need.objective.as_deref().unwrap_or("")),
        ("flagship", need.flagship.as_deref().unwrap_or("")),
        ("phase", need.phase.as_deref().unwrap_or("")),
        ("version", &need.version.to_string()),
    ]);
    for (lang, text) in &need.title.0 {
        entered = entered.with(&format!("title_{lang}"), text.as_str());
    }
    for pillar in &need.pillars {
        entered = entered.with("pillars", pillar.as_str());
    }
    Ok(Prefill {
        entered,
        beside: crate::pages::own_words(ask, &request),
    })
}

fn done(need: &Need) -> Done {
    Done::see(need.path()).with(json!({ "id": need.id.to_string(), "code": need.code }))
}

/// A published need and how it stands.
fn standing_now(tx: &mut Tx, call: &Call) -> Result<(Need, Request, Standing, Buckets)> {
    let (need, request) = readable_need(tx, call.actor.as_ref(), call.id("id")?)?;
    if need.published_at.is_none() {
        return Err(Refusal::whole("needs-not-published").into());
    }
    let buckets = buckets_of(tx, &need)?;
    let standing = rules::standing(&need, &buckets, call.today);
    Ok((need, request, standing, buckets))
}

/// Says that a need is still true, or reopens a lapsed one with new facts.
///
/// # Errors
/// Refused to anyone but the authority; when the need has ended; without new facts after it lapsed.
pub fn reconfirm(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (mut need, request, standing, _) = standing_now(tx, call)?;
    may_take(tx, actor, &request, Step::Reconfirm, call.today)?;
    let until = call
        .values
        .opt_day("valid_until")
        .unwrap_or(call.today.plus(rules::VALID_DAYS));
    let facts = opt(call.values.text("facts"));
    rules::reconfirm(standing, until, facts.as_deref(), call.today)?;
    need.valid_until = Some(until);
    need.confirmed_at = Some(call.now);
    store::save_need(tx, &need)?;
    record(
        tx,
        request.id,
        Some(need.id),
        Step::Reconfirm,
        facts,
        (actor.account, call.now),
    )?;
    Ok(done(&need))
}

/// Closes a need that was met in part.
///
/// # Errors
/// Refused without a reason, and to anyone but the authority and an approver.
pub fn close(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (need, request, standing, buckets) = standing_now(tx, call)?;
    if !actor.is(Role::SecretariatApprover) {
        authorities::require_active(tx, actor, &request.country, call.today)?;
    }
    rules::end(standing, &buckets, false)?;
    end(tx, call, need, Step::Close)
}

/// Withdraws a need nobody has promised anything for.
///
/// # Errors
/// Refused without a reason, to anyone but the authority, and once somebody has promised.
pub fn withdraw_need(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let (need, request, standing, buckets) = standing_now(tx, call)?;
    may_take(tx, actor, &request, Step::WithdrawNeed, call.today)?;
    rules::end(standing, &buckets, true)?;
    end(tx, call, need, Step::WithdrawNeed)
}

fn end(tx: &mut Tx, call: &Call, mut need: Need, step: Step) -> Result<Done> {
    let Some(reason) = opt(call.values.text("reason")) else {
        return Err(Refusal::about("reason", "form-missing").into());
    };
    let ended = if step == Step::Close {
        "closed_partly_met"
    } else {
        "withdrawn"
    };
    need.ended = Some(ended.to_owned());
    need.ended_reason = Some(reason.clone());
    need.ended_at = Some(call.now);
    store::save_need(tx, &need)?;
    let by = (call.actor()?.account, call.now);
    record(tx, need.request, Some(need.id), step, Some(reason), by)?;
    Ok(done(&need))
}
