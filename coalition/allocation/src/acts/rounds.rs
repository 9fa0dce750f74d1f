//! A round from its creation to its end.

use crate::round::{NewRound, Round, State};
use crate::{acts, rules, store};
use base::{Actor, Error, Id, Moment, Refusal, Result, Role};
use db::Tx;
use serde_json::{Value, json};

fn record(
    tx: &mut Tx,
    round: &Round,
    by: Option<Id>,
    verb: &str,
    about: Value,
    now: Moment,
) -> Result<()> {
    ledger::tell(tx, (now, by), verb, ("round", round.id), about)
}

/// Makes a round and puts its work into the queue.
///
/// # Errors
/// Forbidden for all but secretariat officers; refused with what is wrong.
pub fn create(tx: &mut Tx, new: &NewRound, actor: &Actor, now: Moment) -> Result<Id> {
    actor.require(Role::SecretariatOfficer)?;
    if let Some(country) = &new.country {
        places::country(tx, country).map_err(|error| match error {
            Error::Missing => Refusal::about("country", "allocation-country-unknown").into(),
            other => other,
        })?;
    }
    let number = store::rounds::next_number(tx)?;
    let policy = acts::policies::of_round(tx, new.policy)?;
    let under_way = store::rounds::under_way(tx, new.country.as_deref())?;
    rules::new_round(new, Some(&policy), under_way, now.day())?;
    let round = Round {
        id: Id::new(now),
        number,
        title: new.title.trim().to_owned(),
        country: new.country.clone(),
        policy: policy.id,
        first: offers::Period::of(new.from).0,
        periods: new.periods,
        state: State::Queued,
        created_by: actor.account,
        created_at: now,
        finished_at: None,
        ended_by: None,
        reason: None,
        snapshot_at: None,
        snapshot_hash: None,
        result_hash: None,
        files: json!({}),
        objective: None,
        upper_bound: None,
        gap: None,
        outcome: json!({}),
        version: 1,
    };
    store::rounds::add(tx, &round)?;
    let payload = json!({ "round": round.id });
    jobs::enqueue(
        tx,
        crate::work::JOB,
        &payload,
        Some(actor.account),
        &round.path(),
        now,
    )?;
    let about = json!({ "number": number, "policy": policy.number, "country": round.country });
    record(
        tx,
        &round,
        Some(actor.account),
        "allocation.round_created",
        about,
        now,
    )?;
    Ok(round.id)
}

/// Stops a round of which nothing is stored yet.
pub(crate) fn cancel(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut round = store::rounds::find(tx, id)?;
    rules::cancel(&round, actor)?;
    round.state = State::Cancelled;
    round.ended_by = Some(actor.account);
    round.finished_at = Some(now);
    round.reason = Some(reason.to_owned());
    store::rounds::change(tx, &round)?;
    record(
        tx,
        &round,
        Some(actor.account),
        "allocation.round_cancelled",
        json!({}),
        now,
    )
}

/// Takes a round up; what was begun and not stored begins anew.
pub(crate) fn begin(tx: &mut Tx, id: Id, now: Moment) -> Result<Round> {
    let mut round = store::rounds::find(tx, id)?;
    if round.state == State::Queued {
        round.state = State::Solving;
        round.version = store::rounds::change(tx, &round)?;
        record(tx, &round, None, "allocation.round_begun", json!({}), now)?;
    }
    Ok(round)
}

/// The snapshot is taken: its hash and files.
pub(crate) fn taken(tx: &mut Tx, id: Id, hash: &str, files: &Value, now: Moment) -> Result<bool> {
    let mut round = store::rounds::find(tx, id)?;
    if round.state != State::Solving {
        return Ok(false);
    }
    round.snapshot_at = Some(now);
    round.snapshot_hash = Some(hash.to_owned());
    round.files = files.clone();
    store::rounds::change(tx, &round)?;
    record(
        tx,
        &round,
        None,
        "allocation.snapshot_taken",
        json!({ "hash": hash }),
        now,
    )?;
    Ok(true)
}

/// The round cannot be solved.
pub(crate) fn refuse(tx: &mut Tx, id: Id, why: &Value, now: Moment) -> Result<()> {
    let mut round = store::rounds::find(tx, id)?;
    round.state = State::Refused;
    round.finished_at = Some(now);
    round.outcome = why.clone();
    store::rounds::change(tx, &round)?;
    record(
        tx,
        &round,
        None,
        "allocation.round_refused",
        why.clone(),
        now,
    )
}

/// What the solver found.
pub(crate) struct Solved {
    pub hash: String,
    pub files: Value,
    pub objective: f64,
    pub upper_bound: f64,
    pub gap: f64,
    pub outcome: Value,
}

/// The round is solved and about to be stored; false when somebody stopped it first.
pub(crate) fn solved(tx: &mut Tx, id: Id, found: &Solved, now: Moment) -> Result<bool> {
    let mut round = store::rounds::find(tx, id)?;
    if round.state != State::Solving {
        return Ok(false);
    }
    round.state = State::Storing;
    round.result_hash = Some(found.hash.clone());
    round.files = found.files.clone();
    round.objective = Some(found.objective);
    round.upper_bound = Some(found.upper_bound);
    round.gap = Some(found.gap);
    round.outcome = found.outcome.clone();
    store::rounds::change(tx, &round)?;
    record(
        tx,
        &round,
        None,
        "allocation.round_solved",
        json!({ "hash": found.hash }),
        now,
    )?;
    Ok(true)
}

/// Everything is stored.
pub(crate) fn finish(tx: &mut Tx, id: Id, now: Moment) -> Result<()> {
    let mut round = store::rounds::find(tx, id)?;
    if round.state != State::Storing {
        return Ok(());
    }
    round.state = State::Done;
    round.finished_at = Some(now);
    store::rounds::change(tx, &round)?;
    let about = json!({ "objective": round.objective, "upper_bound": round.upper_bound, "hash": round.result_hash });
    record(tx, &round, None, "allocation.round_finished", about, now)
}
