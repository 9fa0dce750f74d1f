//! What a whole package comes to for a learner.

use super::kept::Way;
use super::outline::Outline;
use super::sequencing::{ROOT, real};
use super::store::{self, Place};
use crate::results::{Part, Reported, Way as How, tell, together};
use base::{Id, Moment, Result};
use db::Tx;

/// The units of a package that report.
pub(super) fn talking(outline: &Outline) -> Vec<i64> {
    let all = outline.units.iter().zip(0_i64..);
    all.filter(|(unit, _)| unit.talks).map(|(_, n)| n).collect()
}

/// Tells what the whole package has come to for a learner, once every unit is done or judged.
pub(super) fn credit(
    tx: &mut Tx,
    at: Place,
    (resource, units): (Id, &[i64]),
    statement: Option<Id>,
    now: Moment,
) -> Result<()> {
    // Two units that end at once see each other.
    tx.lock(&format!("package {} {}", at.person, at.form))?;
    let works = store::of_package(tx, at.person, at.form)?;
    let part = |n: &i64| {
        let work = works.get(n)?;
        let standing = &work.standing;
        let done = standing.completed == Some(true) || standing.passed == Some(true);
        (done || standing.passed.is_some()).then_some(Part {
            done: done && standing.passed != Some(false),
            passed: standing.passed,
            score: standing.score,
        })
    };
    let Some(parts) = units.iter().map(part).collect::<Option<Vec<Part>>>() else {
        return Ok(());
    };
    let tries: i64 = works.values().map(|work| work.tries).sum();
    let whole = together(&parts);
    let reported = Reported {
        learner: at.person,
        resource,
        run: Id::named("package-run", &format!("{} {} {tries}", at.person, at.form)),
        way: How::Package,
        done: whole.done,
        passed: whole.passed,
        score: whole.score,
        statement,
        at: now,
    };
    tell(tx, &reported)
}

/// Tells what a package with an order of its own has come to, as its own rules say.
pub(super) fn whole(
    tx: &mut Tx,
    way: &Way<'_>,
    at: Place,
    resource: Id,
    statement: Option<Id>,
    now: Moment,
) -> Result<()> {
    let known = way.run.known(ROOT, 0);
    let completed = way.run.completed(ROOT);
    let root = way.run.track(ROOT);
    let won = completed == Some(true) || known.satisfied == Some(true);
    let lost = known.satisfied == Some(false) && (!root.active || completed == Some(true));
    if !won && !lost {
        return Ok(());
    }
    let run = format!("{} {} way {}", at.person, at.form, root.attempts);
    let reported = Reported {
        learner: at.person,
        resource,
        run: Id::named("package-run", &run),
        way: How::Package,
        done: won && known.satisfied != Some(false),
        passed: known.satisfied,
        score: known.measure.map(|measure| real(measure).clamp(0.0, 1.0)),
        statement,
        at: now,
    };
    tell(tx, &reported)
}
