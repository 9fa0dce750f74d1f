//! The verbs of claims that stand before others: contest, uphold, correct, retract.

use super::rules::{self, Step};
use super::{Claim, ClaimStep, Figure, Standing, store};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role, Second};
use db::Tx;
use serde_json::{Value, json};

/// Whose hand changes claims, when, and what changes together.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Hand {
    pub(crate) account: Id,
    pub(crate) batch: Id,
    pub(crate) at: Moment,
}

impl Hand {
    /// A hand for what changes together now.
    pub(crate) fn new(account: Id, at: Moment) -> Self {
        Self {
            account,
            batch: Id::new(at),
            at,
        }
    }
}

/// Takes a step with a claim and writes it down; the fact is the caller's to record.
pub(crate) fn take(
    tx: &mut Tx,
    mut claim: Claim,
    step: Step,
    words: Option<&str>,
    hand: Hand,
) -> Result<()> {
    let before = (claim.level, claim.standing);
    let after = rules::next(before, step)?;
    (claim.level, claim.standing) = after;
    let who = match step {
        Step::Accept => Some(&mut claim.accepted_by),
        Step::Confirm => Some(&mut claim.confirmed_by),
        Step::Verify => Some(&mut claim.verified_by),
        Step::Contest | Step::Uphold | Step::Correct | Step::Retract => None,
    };
    if let Some(who) = who {
        *who = Some(hand.account);
    }
    store::save(tx, &claim)?;
    let taken = ClaimStep {
        id: Id::new(hand.at),
        claim: claim.id,
        batch: hand.batch,
        step: step.code().to_owned(),
        before,
        after,
        words: words.map(str::to_owned),
        account: Some(hand.account),
        at: hand.at,
    };
    store::add_steps(tx, &[taken])
}

/// Records the fact of a batch about one claim.
pub(crate) fn record(
    tx: &mut Tx,
    verb: &'static str,
    claim: Id,
    about: Value,
    hand: Hand,
) -> Result<()> {
    let fact = ledger::Fact {
        now: hand.at,
        actor: Some(hand.account),
        verb,
        subject: ("claim", claim),
        about,
    };
    let seq = ledger::record(tx, &fact)?;
    store::mark(tx, hand.batch, seq)
}

/// A claim before others, held.
fn held(tx: &mut Tx, id: Id) -> Result<Claim> {
    let claim = store::hold(tx, id)?;
    if claim.submitted_at.is_none() {
        return Err(Error::Missing);
    }
    Ok(claim)
}

/// Contests a claim: anybody with a name may, with a reason that everybody reads.
///
/// # Errors
/// Refused without a reason, and when it is contested, corrected or retracted already.
pub fn contest(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    decide(tx, id, Step::Contest, reason, actor.account, now)
}

/// The approver who decides on a claim: none of those who reported, accepted or contested it.
fn judge(tx: &mut Tx, claim: &Claim, actor: &Actor, today: Day) -> Result<Second> {
    actor.require(Role::SecretariatApprover)?;
    let contested = store::steps(tx, claim.id)?;
    let contested = contested
        .iter()
        .filter(|step| step.step == Step::Contest.code());
    let mut involved: Vec<Id> = contested.filter_map(|step| step.account).collect();
    involved.extend([claim.reported_by, claim.accepted_by].into_iter().flatten());
    if people::is_affiliated(tx, actor.account, claim.organisation, today)? {
        return Err(Refusal::whole("evidence-affiliated").into());
    }
    Second::after(&involved, actor)
}

/// Upholds a contested claim, with a reason that everybody reads.
///
/// # Errors
/// Refused without a reason; by an approver only, who neither reported, accepted nor contested it.
pub fn uphold(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let claim = held(tx, id)?;
    let second = judge(tx, &claim, actor, now.day())?;
    decide(tx, id, Step::Uphold, reason, second.account(), now)
}

/// Takes a claim back, with a reason that everybody reads.
///
/// # Errors
/// As [`uphold`].
pub fn retract(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let claim = held(tx, id)?;
    let second = judge(tx, &claim, actor, now.day())?;
    decide(tx, id, Step::Retract, reason, second.account(), now)
}

fn decide(tx: &mut Tx, id: Id, step: Step, reason: &str, by: Id, now: Moment) -> Result<()> {
    let reason = crate::reason(reason)?;
    let claim = held(tx, id)?;
    let verb = match step {
        Step::Contest => "claim.contested",
        Step::Uphold => "claim.upheld",
        _ => "claim.retracted",
    };
    let hand = Hand::new(by, now);
    take(tx, claim, step, Some(&reason), hand)?;
    record(tx, verb, id, json!({}), hand)
}

/// Puts another figure in the place of one, with a reason that everybody reads. What was confirmed
/// or seen was the other figure, so the new one begins as accepted.
///
/// # Errors
/// As [`uphold`]; refused when the figure is the same.
pub fn correct(
    tx: &mut Tx,
    id: Id,
    figure: Figure,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let reason = crate::reason(reason)?;
    let old = held(tx, id)?;
    let second = judge(tx, &old, actor, now.day())?;
    if old.figure() == figure {
        return Err(Refusal::about("value", "evidence-same-figure").into());
    }
    let hand = Hand::new(second.account(), now);
    let service = service_of(tx, &old, now.day())?;
    let mut new = Claim {
        id: Id::new(now),
        level: rules::level_of_correction(old.level),
        comparator: figure.comparator,
        low: figure.low,
        high: figure.high,
        as_of: now.day(),
        standing: Standing::Stands,
        supersedes: Some(old.id),
        accepted_by: old.level.map(|_| second.account()),
        confirmed_by: None,
        verified_by: None,
        batch: Some(hand.batch),
        submitted_at: Some(now),
        version: 1,
        ..old.clone()
    };
    new.print = rules::print(&new, service.as_deref());
    let about = json!({ "by": new.id.to_string() });
    take(tx, old, Step::Correct, Some(&reason), hand)?;
    store::add(tx, std::slice::from_ref(&new))?;
    record(tx, "claim.corrected", id, about, hand)?;
    Ok(new.id)
}

/// The service a claim's deployment gives.
fn service_of(tx: &mut Tx, claim: &Claim, today: Day) -> Result<Option<String>> {
    let Some(deployment) = claim.deployment else {
        return Ok(None);
    };
    Ok(Some(
        deployments::deployment(tx, deployment, today)?.service_class,
    ))
}

/// Brings many claims at once, a slice a fact: for imports and measurements. They come as they are,
/// with their print and their level.
///
/// # Errors
/// A fault of the database.
pub fn add_claims(tx: &mut Tx, claims: &mut [Claim], by: Option<Id>, now: Moment) -> Result<()> {
    for slice in claims.chunks_mut(store::SLICE) {
        let batch = Id::new(now);
        for claim in slice.iter_mut() {
            (claim.batch, claim.submitted_at) = (Some(batch), Some(now));
        }
        store::add(tx, slice)?;
        let fact = ledger::Fact {
            now,
            actor: by,
            verb: "claim.brought",
            subject: ("claim_batch", batch),
            about: json!({ "claims": slice.len() }),
        };
        let seq = ledger::record(tx, &fact)?;
        store::mark(tx, batch, seq)?;
    }
    Ok(())
}

/// What makes two records identical, for claims brought by [`add_claims`].
pub fn print_of(claim: &Claim, service_class: Option<&str>) -> String {
    rules::print(claim, service_class)
}
