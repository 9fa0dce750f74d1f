//! What learners' units hold, in plain tables: it is about persons.

use super::player::Player;
use super::report::{self, Report, Standing, Told};
use base::{Conflict, Error, Id, Moment, Refusal, Result};
use db::{Row, Tx, args};
use std::collections::BTreeMap;

/// A learner's work with one unit.
#[derive(Clone, Debug)]
pub(crate) struct Work {
    pub id: Id,
    pub unit: i64,
    pub session: i64,
    pub number: i64,
    pub runs: i64,
    /// The last opening said that it was over.
    pub ended: bool,
    pub standing: Standing,
    pub seconds_before: i64,
    /// How often it was begun anew.
    pub tries: i64,
}

impl Work {
    /// Seconds in all openings.
    pub(crate) const fn total(&self) -> i64 {
        self.seconds_before + self.standing.seconds
    }
    /// The next opening goes on where this one was left.
    pub(crate) const fn goes_on(&self) -> bool {
        !self.ended || self.standing.suspended
    }
}

fn work(row: &Row) -> Result<Work> {
    let mut r = row.read();
    let (id, unit, session, number, runs, ended) =
        (r.id()?, r.int()?, r.int()?, r.int()?, r.int()?, r.bool()?);
    let standing = Standing {
        suspended: r.bool()?,
        completed: r.opt_bool()?,
        passed: r.opt_bool()?,
        score: r.opt_real()?,
        seconds: r.int()?,
    };
    Ok(Work {
        id,
        unit,
        session,
        number,
        runs,
        ended,
        standing,
        seconds_before: r.int()?,
        tries: r.int()?,
    })
}

/// A learner's work with one unit, where there is some.
pub(crate) fn of_unit(tx: &mut Tx, person: Id, form: Id, unit: i64) -> Result<Option<Work>> {
    let row = tx.row(
        "SELECT id, unit, session, number, runs, ended, suspended, completed, passed, score, seconds, \
         seconds_before, tries FROM package_unit WHERE person = $1 AND form_id = $2 AND unit = $3",
        &args![person, form, unit],
    )?;
    row.as_ref().map(work).transpose()
}

/// A learner's work with every unit of a package.
pub(crate) fn of_package(tx: &mut Tx, person: Id, form: Id) -> Result<BTreeMap<i64, Work>> {
    let rows = tx.rows(
        "SELECT id, unit, session, number, runs, ended, suspended, completed, passed, score, seconds, \
         seconds_before, tries FROM package_unit WHERE person = $1 AND form_id = $2 ORDER BY unit",
        &args![person, form],
    )?;
    let all = rows.iter().map(|row| work(row).map(|one| (one.unit, one)));
    all.collect()
}

/// Everything a unit holds.
pub(crate) fn values(tx: &mut Tx, unit: Id) -> Result<BTreeMap<String, String>> {
    let rows = tx.rows(
        "SELECT element, held FROM package_value WHERE unit_id = $1 ORDER BY element",
        &args![unit],
    )?;
    let pair = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?))
    };
    rows.iter().map(pair).collect()
}

/// Which learner's unit, of which version.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Place {
    pub person: Id,
    pub form: Id,
    pub unit: i64,
    pub version: &'static str,
}

/// What came of a report.
#[derive(Debug)]
pub(crate) struct Heard {
    pub work: Id,
    pub standing: Standing,
    /// Empty when the report was heard before.
    pub told: Vec<Told>,
    /// It was not heard before.
    pub fresh: bool,
}

/// A learner's work with a unit, held until the transaction ends; begun when there was none.
fn hold(tx: &mut Tx, at: Place, now: Moment) -> Result<Work> {
    let Place {
        person, form, unit, ..
    } = at;
    tx.exec(
        "INSERT INTO package_unit (id, person, form_id, unit, session, number, runs, ended, suspended, completed, \
         passed, score, seconds, seconds_before, begun_at, said_at) \
         VALUES ($1, $2, $3, $4, 0, 0, 0, FALSE, FALSE, NULL, NULL, NULL, 0, 0, $5, $5) \
         ON CONFLICT (person, form_id, unit) DO NOTHING",
        &args![Id::new(now), person, form, unit, now],
    )?;
    let row = tx.one(
        "SELECT id, unit, session, number, runs, ended, suspended, completed, passed, score, seconds, \
         seconds_before, tries FROM package_unit WHERE person = $1 AND form_id = $2 AND unit = $3 FOR UPDATE",
        &args![person, form, unit],
    )?;
    work(&row)
}

/// Keeps a report, once however often it comes.
///
/// # Errors
/// Conflict when the unit was opened again since; refused when it would hold too much.
pub(crate) fn hear(tx: &mut Tx, at: Place, report: &Report, now: Moment) -> Result<Heard> {
    let mut held = hold(tx, at, now)?;
    if report.session < held.session {
        return Err(Error::Conflict(Box::new(Conflict {
            version: held.session,
            saved: Vec::new(),
        })));
    }
    if report.session == held.session && report.number <= held.number {
        return Ok(Heard {
            work: held.id,
            standing: held.standing,
            told: Vec::new(),
            fresh: false,
        });
    }
    if report.session > held.session {
        if held.session > 0 && !held.goes_on() {
            held.tries += 1;
        }
        if at.version != "1.2" && !held.goes_on() {
            tx.exec(
                "DELETE FROM package_value WHERE unit_id = $1",
                &args![held.id],
            )?;
        } else {
            for element in report::PASSING {
                tx.exec(
                    "DELETE FROM package_value WHERE unit_id = $1 AND element = $2",
                    &args![held.id, element],
                )?;
            }
        }
        held.seconds_before = held.total();
        held.standing.seconds = 0;
    }
    let rows: Vec<Vec<db::Val>> = report
        .set
        .iter()
        .map(|(element, value)| args![held.id, element, value].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO package_value (unit_id, element, held) VALUES ($1, $2, $3) \
         ON CONFLICT (unit_id, element) DO UPDATE SET held = excluded.held",
        &rows,
    )?;
    room(tx, held.id)?;
    let values = summary(tx, held.id)?;
    let mut standing = report::standing(at.version, &values, report.end);
    let before = held.standing.clone();
    // What was reached once is not taken back by an opening that says nothing of it.
    standing.completed = standing.completed.or(before.completed);
    standing.passed = standing.passed.or(before.passed);
    standing.score = standing.score.or(before.score);
    let told = report::happened(&before, &standing, report);
    tx.exec(
        "UPDATE package_unit SET session = $2, number = $3, runs = $4, ended = $5, suspended = $6, completed = $7, \
         passed = $8, score = $9, seconds = $10, seconds_before = $11, said_at = $12, tries = $13 WHERE id = $1",
        &args![
            held.id,
            report.session,
            report.number,
            held.runs + i64::from(report.begun),
            report.end,
            standing.suspended,
            standing.completed,
            standing.passed,
            standing.score,
            standing.seconds,
            held.seconds_before,
            now,
            held.tries
        ],
    )?;
    Ok(Heard {
        work: held.id,
        standing,
        told,
        fresh: true,
    })
}

/// Opens a unit at its turn: anew with these values, or where it was left; answers since when.
pub(crate) fn begin(
    tx: &mut Tx,
    at: Place,
    anew: Option<&BTreeMap<String, String>>,
    now: Moment,
) -> Result<i64> {
    let held = hold(tx, at, now)?;
    let again = anew.is_some() && held.session > 0;
    let since = now.micros().max(held.session.saturating_add(1));
    tx.exec(
        "UPDATE package_unit SET session = $2, number = 0, ended = FALSE, suspended = FALSE, seconds = 0, \
         seconds_before = $3, tries = $4 WHERE id = $1",
        &args![
            held.id,
            since,
            held.total(),
            held.tries + i64::from(again)
        ],
    )?;
    let Some(values) = anew else {
        return Ok(since);
    };
    tx.exec(
        "DELETE FROM package_value WHERE unit_id = $1",
        &args![held.id],
    )?;
    let rows: Vec<Vec<db::Val>> = values
        .iter()
        .map(|(element, value)| args![held.id, element, value].to_vec())
        .collect();
    tx.exec_many(
        "INSERT INTO package_value (unit_id, element, held) VALUES ($1, $2, $3)",
        &rows,
    )?;
    Ok(since)
}

/// What a unit says of its objectives, and of where it wants to go on.
pub(crate) fn objectives(tx: &mut Tx, unit: Id) -> Result<BTreeMap<String, String>> {
    let rows = tx.rows(
        "SELECT element, held FROM package_value WHERE unit_id = $1 \
         AND (element LIKE 'cmi.objectives.%' OR element = 'adl.nav.request') ORDER BY element",
        &args![unit],
    )?;
    let pair = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?))
    };
    rows.iter().map(pair).collect()
}

/// Refuses more than a unit may hold.
fn room(tx: &mut Tx, unit: Id) -> Result<()> {
    let row = tx.one(
        "SELECT COUNT(*), CAST(COALESCE(SUM(LENGTH(held)), 0) AS BIGINT) FROM package_value WHERE unit_id = $1",
        &args![unit],
    )?;
    let mut r = row.read();
    if r.int()? > report::MOST.0 || r.int()? > report::MOST.1 {
        return Err(Refusal::whole("package-report-large").into());
    }
    Ok(())
}

/// The elements that matter for how the unit stands.
pub(crate) fn summary(tx: &mut Tx, unit: Id) -> Result<BTreeMap<String, String>> {
    let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o] = report::SUMMARY;
    let rows = tx.rows(
        "SELECT element, held FROM package_value WHERE unit_id = $1 AND element IN \
         ($2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16) ORDER BY element",
        &args![unit, a, b, c, d, e, f, g, h, i, j, k, l, m, n, o],
    )?;
    let pair = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?))
    };
    rows.iter().map(pair).collect()
}

/// The installed player for H5P files.
pub(crate) fn player(tx: &mut Tx) -> Result<Option<Player>> {
    let row = tx.row(
        "SELECT version, hash, bytes FROM launch_player WHERE kind = 'h5p'",
        &[],
    )?;
    let Some(row) = row else { return Ok(None) };
    let mut r = row.read();
    Ok(Some(Player {
        version: r.text()?,
        hash: r.text()?,
        bytes: r.int()?,
    }))
}

/// Puts a player in the place of the one before.
pub(crate) fn set_player(tx: &mut Tx, player: &Player, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO launch_player (kind, version, hash, bytes, installed_at) VALUES ('h5p', $1, $2, $3, $4) \
         ON CONFLICT (kind) DO UPDATE SET version = excluded.version, hash = excluded.hash, bytes = excluded.bytes, \
         installed_at = excluded.installed_at",
        &args![&player.version, &player.hash, player.bytes, now],
    )?;
    Ok(())
}

/// Takes the player out; answers whether there was one.
pub(crate) fn remove_player(tx: &mut Tx) -> Result<bool> {
    Ok(tx.exec("DELETE FROM launch_player WHERE kind = 'h5p'", &[])? > 0)
}

/// Takes a person out; answers how many rows told of them.
pub(crate) fn forget(tx: &mut Tx, person: Id) -> Result<u64> {
    let values = tx.exec(
        "DELETE FROM package_value WHERE unit_id IN (SELECT id FROM package_unit WHERE person = $1)",
        &args![person],
    )?;
    let units = tx.exec("DELETE FROM package_unit WHERE person = $1", &args![person])?;
    let ways = tx.exec("DELETE FROM package_way WHERE person = $1", &args![person])?;
    let shared = tx.exec(
        "DELETE FROM package_shared WHERE person = $1",
        &args![person],
    )?;
    Ok(values + units + ways + shared)
}
