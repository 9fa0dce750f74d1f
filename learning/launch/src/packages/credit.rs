//! What a whole package comes to for a learner.

use super::outline::Outline;
use super::store::{self, Place};
use crate::results::{Part, Reported, Way, tell, together};
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
        way: Way::Package,
        done: whole.done,
        passed: whole.passed,
        score: whole.score,
        statement,
        at: now,
    };
    tell(tx, &reported)
}
