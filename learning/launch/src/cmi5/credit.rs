//! What a whole course comes to for a learner.

use super::course::{Course, Mark, Registration};
use super::store;
use crate::results::{Part, Reported, Way, tell, together};
use base::{Id, Moment, Result};
use db::Tx;

/// Tells what the whole course has come to for a learner of ours, once it is satisfied, or every unit is
/// judged and one is failed.
pub(super) fn credit(
    tx: &mut Tx,
    (course, registration): (&Course, &Registration),
    (session, statement): (Id, Option<Id>),
    now: Moment,
) -> Result<()> {
    let Some(learner) = registration.whose.learner else {
        return Ok(());
    };
    let marks = store::marks(tx, registration.id)?;
    let of_units: Vec<Mark> = course
        .nodes
        .iter()
        .filter(|node| node.number.is_some())
        .map(|node| marks.of(node.position))
        .collect();
    let failed = |mark: &Mark| mark.failed_at.is_some() && mark.passed_at.is_none();
    let parts: Vec<Part> = of_units
        .iter()
        .map(|mark| Part {
            done: mark.satisfied_at.is_some(),
            passed: if failed(mark) {
                mark.waived_at.is_none().then_some(false)
            } else {
                mark.passed_at.map(|_| true)
            },
            score: mark.score,
        })
        .collect();
    let whole = together(&parts);
    let done = marks.of(0).satisfied_at.is_some();
    let over = of_units
        .iter()
        .all(|mark| mark.satisfied_at.is_some() || failed(mark));
    if !(done || over && whole.passed == Some(false)) {
        return Ok(());
    }
    let waived = !of_units.is_empty() && of_units.iter().all(|mark| mark.waived_at.is_some());
    let reported = Reported {
        learner,
        resource: course.resource,
        run: session,
        way: if waived { Way::Waived } else { Way::Course },
        done,
        passed: whole.passed,
        score: whole.score,
        statement,
        at: now,
    };
    tell(tx, &reported)
}
