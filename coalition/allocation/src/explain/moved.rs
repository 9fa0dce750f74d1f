//! Earlier matches one side had accepted that a plan does not keep as they were, and why.

use super::Teller;
use crate::snapshot::{Bound, Earlier};
use base::Id;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use solver::Delivery;
use std::collections::{BTreeMap, BTreeSet};

/// An accepted match that is not kept as it was.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Moved {
    /// Position in the snapshot's earlier matches.
    pub at: usize,
    /// Offers that serve the line instead; none when nothing does.
    pub now: Vec<Id>,
    /// Why: code and arguments, never empty; the first is the main one.
    pub reasons: Vec<(String, Value)>,
}

impl Teller<'_> {
    /// Every accepted match of the snapshot that is not among the kept, in its order.
    pub(super) fn moved(&self, plan: &[Delivery], kept: &BTreeSet<usize>) -> Vec<Moved> {
        let mut serving: BTreeMap<Id, BTreeSet<Id>> = BTreeMap::new();
        for delivery in plan {
            if let Some((line, offer)) = self.ends(delivery.need, delivery.offer) {
                serving.entry(line).or_default().insert(offer);
            }
        }
        let mut told: BTreeMap<(Id, Id), Vec<(String, Value)>> = BTreeMap::new();
        for one in self.explainer.moved() {
            let Some(ends) = self.ends(one.before.need, one.before.offer) else {
                continue;
            };
            let unserved = one.now.is_empty();
            let mut reasons = if unserved {
                self.reasons(one.before.need)
            } else {
                Vec::new()
            };
            if reasons.is_empty() {
                let own = one.reasons.iter();
                reasons = own
                    .map(|reason| (reason.code.to_owned(), self.arguments(reason)))
                    .collect();
            }
            told.insert(ends, reasons);
        }
        let accepted = self.snapshot.earlier.iter().enumerate();
        accepted
            .filter(|(at, earlier)| earlier.bound == Bound::Accepted && !kept.contains(at))
            .map(|(at, earlier)| {
                let now = serving.get(&earlier.line).cloned().unwrap_or_default();
                let reasons = told
                    .get(&(earlier.line, earlier.offer))
                    .cloned()
                    .unwrap_or_else(|| vec![plainly(earlier, &now)]);
                let now = now.into_iter().collect();
                Moved { at, now, reasons }
            })
            .collect()
    }

    /// The line and the offer behind two numbers of the instance.
    fn ends(&self, need: u32, offer: u32) -> Option<(Id, Id)> {
        let part = self.built.parts.get(need as usize)?;
        let row = self.built.rows.get(offer as usize)?;
        let line = self.snapshot.lines.get(part.line)?.id;
        Some((line, self.snapshot.supplies.get(*row)?.id))
    }
}

/// What can be said without the solver, which only compares matches that are still possible.
fn plainly(earlier: &Earlier, now: &BTreeSet<Id>) -> (String, Value) {
    let code = if now.contains(&earlier.offer) {
        "other_amount"
    } else {
        "no_longer_fits"
    };
    let about = json!({ "offer": { "offer": earlier.offer.to_string() } });
    (code.to_owned(), about)
}
