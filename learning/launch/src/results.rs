//! What learners' work comes to, told to the room that keeps who was given what.

use base::{Id, Moment, Result};
use db::{Tx, args};
use std::collections::BTreeSet;
use std::sync::OnceLock;

/// How a result came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The package said so in the browser.
    Package,
    /// The course's units said so to the record store.
    Course,
    /// A person counted every unit as done, for a reason.
    Waived,
}

/// What a learner's work with a whole resource has come to: done, or failed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Reported {
    pub learner: Id,
    pub resource: Id,
    /// One try: everything said in it is about the same work.
    pub run: Id,
    pub way: Way,
    /// Everything that was to be done is done.
    pub done: bool,
    /// None when nothing was judged.
    pub passed: Option<bool>,
    /// From 0 to 1.
    pub score: Option<f64>,
    /// The statement of the record store that said it.
    pub statement: Option<Id>,
    pub at: Moment,
}

type Listener = fn(&mut Tx, &Reported) -> Result<()>;

static LISTENER: OnceLock<Listener> = OnceLock::new();

/// Lets a later room hear of every result, in the transaction that keeps it; the first room is the one.
pub fn listen(listener: Listener) {
    let _ = LISTENER.set(listener);
}

/// Which of these learners have opened a course or package, whatever came of it.
///
/// # Errors
/// A fault of the database.
pub fn begun(tx: &mut Tx, resource: Id, learners: &[Id]) -> Result<BTreeSet<Id>> {
    let packages = resources::renditions(tx, resource)?
        .into_iter()
        .filter(|form| form.channel == "package");
    let forms: Vec<Id> = packages.map(|form| form.id).collect();
    let mut out = BTreeSet::new();
    for learner in learners {
        let course =
            "SELECT 1 FROM launch_registration WHERE learner_id = $1 AND resource_id = $2 LIMIT 1";
        let mut is_begun = tx.row(course, &args![*learner, resource])?.is_some();
        for form in &forms {
            let unit = "SELECT 1 FROM package_unit WHERE person = $1 AND form_id = $2 LIMIT 1";
            is_begun = is_begun || tx.row(unit, &args![*learner, *form])?.is_some();
        }
        if is_begun {
            out.insert(*learner);
        }
    }
    Ok(out)
}

/// Tells what has come of a learner's work.
pub(crate) fn tell(tx: &mut Tx, reported: &Reported) -> Result<()> {
    match LISTENER.get() {
        Some(listener) => listener(tx, reported),
        None => Ok(()),
    }
}

/// What the parts of a work come to together.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct Part {
    /// Nothing more is to be done in it.
    pub done: bool,
    pub passed: Option<bool>,
    pub score: Option<f64>,
}

/// The parts as one: failed where one is failed, passed where one is passed, the mean of the scores.
pub(crate) fn together(parts: &[Part]) -> Part {
    let says = |verdict| parts.iter().any(|part| part.passed == Some(verdict));
    let scores: Vec<f64> = parts.iter().filter_map(|part| part.score).collect();
    #[expect(clippy::cast_precision_loss, reason = "a handful of units")]
    let mean = (!scores.is_empty()).then(|| scores.iter().sum::<f64>() / scores.len() as f64);
    Part {
        done: !parts.is_empty() && parts.iter().all(|part| part.done),
        passed: if says(false) {
            Some(false)
        } else {
            says(true).then_some(true)
        },
        score: mean.map(|score| score.clamp(0.0, 1.0)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn part(done: bool, passed: Option<bool>, score: Option<f64>) -> Part {
        Part {
            done,
            passed,
            score,
        }
    }

    #[test]
    fn parts_come_to_one_result() {
        assert_eq!(together(&[]), Part::default());
        let read = part(true, None, None);
        let won = part(true, Some(true), Some(0.9));
        let lost = part(true, Some(false), Some(-0.5));
        let open = part(false, None, Some(0.2));
        assert_eq!(together(&[read, won]), won);
        assert_eq!(together(&[read, read]), read);
        assert!(!together(&[won, open]).done);
        let both = together(&[won, lost]);
        assert_eq!((both.done, both.passed), (true, Some(false)));
        assert!((both.score.unwrap_or_default() - 0.2).abs() < 1e-9);
        assert_eq!(together(&[lost]).score, Some(0.0));
    }
}
