//! Taking a snapshot, outside any request.

use crate::snapshot::Snapshot;
use crate::{count, store};
use base::{Moment, Result};
use jobs::{Bench, Job};
use serde_json::{Value, json};

/// The kind of job that counts.
pub(crate) const JOB: &str = "reports-snapshot";

/// Snapshots are at least so many seconds apart.
const SECONDS_APART: i64 = 60;
/// All are kept for so many days, then the last of each day.
const DAYS_KEPT: i64 = 2;

/// Counts anew when something happened since the newest snapshot and a minute has passed.
///
/// # Errors
/// A fault of the database.
pub fn take_snapshot(bench: &Bench) -> Result<Option<Snapshot>> {
    let now = bench.clock.now();
    let newest = bench.db.read_now(store::newest)?;
    if newest
        .is_some_and(|one| now < one.taken_at.plus_seconds(SECONDS_APART) && one.today == now.day())
    {
        return Ok(None);
    }
    take(bench, now)
}

/// Counts anew when anything happened since the newest snapshot; answers the one that holds now.
///
/// # Errors
/// A fault of the database.
pub fn take_now(bench: &Bench) -> Result<Snapshot> {
    if let Some(taken) = take(bench, bench.clock.now())? {
        return Ok(taken);
    }
    let newest = bench.db.read_now(store::newest)?;
    newest.ok_or(base::Error::Missing)
}

fn take(bench: &Bench, now: Moment) -> Result<Option<Snapshot>> {
    let today = now.day();
    let counted = bench.db.read_now(move |tx| {
        let (seq, head) = ledger::head(tx)?;
        let id = Snapshot::id_of(&head, today);
        if store::find(tx, id)?.is_some() {
            return Ok(None);
        }
        let counted = count::everything(tx, today)?;
        let snapshot = Snapshot {
            id,
            seq,
            head,
            today,
            taken_at: now,
            about: counted.about,
            ordinal: 0,
        };
        Ok(Some((snapshot, counted.figures, counted.things)))
    })?;
    let Some((snapshot, figures, things)) = counted else {
        return Ok(None);
    };
    let before = now.plus_days(-DAYS_KEPT);
    let kept = snapshot.clone();
    bench.db.write_now(move |tx| {
        // Somebody else may have counted the same meanwhile.
        if store::find(tx, kept.id)?.is_none() {
            store::add(tx, &kept, &figures, &things)?;
        }
        store::forget(tx, before)
    })?;
    Ok(Some(snapshot))
}

pub(crate) fn job(bench: &Bench, _: &Job) -> Result<Value> {
    let taken = take_snapshot(bench)?;
    Ok(json!({ "snapshot": taken.map(|one| one.id) }))
}
