//! What stands beside the sequencing of an activity: thresholds, stores, buttons, the fourth edition's ties.

use super::{FOURTH, Reader};
use crate::scorm::sequencing::{Button, Sequencing, Store, Tie};
use crate::xml::Element;
use std::collections::BTreeSet;

impl Reader<'_> {
    /// What stands beside the sequencing in its own elements: thresholds, stores, buttons, ties.
    pub(super) fn beside(&mut self, out: &mut Sequencing, item: &Element) {
        if let Some(e) = item.first("completionThreshold") {
            let written = e.get("minProgressMeasure").map(str::to_owned);
            let fourth = written.is_some() || e.get("completedByMeasure").is_some();
            let mut decides = !fourth;
            self.yes(e, "completedByMeasure", &mut decides);
            let text = written.or_else(|| Some(e.text()).filter(|text| !text.is_empty()));
            let least = self.number("minProgressMeasure", text.as_deref(), (0.0, 1.0));
            out.completes = decides.then(|| least.unwrap_or(1.0));
            let weight = self.number("progressWeight", e.some("progressWeight"), (0.0, 1.0));
            out.progress_weight = weight.unwrap_or(1.0);
        }
        for map in item.all("data").flat_map(|data| data.all("map")) {
            let mut store = Store {
                target: map.some("targetID").unwrap_or_default().to_owned(),
                read: true,
                write: true,
            };
            if store.target.is_empty() {
                self.refuse("format-sequencing-no-id", "targetID");
            }
            self.yes(map, "readSharedData", &mut store.read);
            self.yes(map, "writeSharedData", &mut store.write);
            if out.stores.iter().any(|other| other.target == store.target) {
                self.refuse("format-sequencing-store-twice", &store.target);
            }
            out.stores.push(store);
        }
        for one in item.all("presentation").flat_map(|e| e.below("hideLMSUI")) {
            let words = [
                ("previous", Button::Previous),
                ("continue", Button::Continue),
                ("exit", Button::Exit),
                ("exitAll", Button::ExitAll),
                ("abandon", Button::Abandon),
                ("abandonAll", Button::AbandonAll),
                ("suspendAll", Button::SuspendAll),
            ];
            let text = one.text();
            out.hides
                .extend(self.word("hideLMSUI", Some(&text), &words));
        }
        self.more_ties(out, item);
        let mut written: BTreeSet<(&str, usize)> = BTreeSet::new();
        let mut twice: BTreeSet<String> = BTreeSet::new();
        for objective in &out.objectives {
            for tie in &objective.ties {
                let kinds = [
                    tie.write_status,
                    tie.write_measure,
                    tie.write_completion,
                    tie.write_progress,
                ];
                for (n, writes) in kinds.into_iter().chain(tie.write_scores).enumerate() {
                    if writes && !written.insert((&tie.target, n)) {
                        twice.insert(tie.target.clone());
                    }
                }
            }
        }
        for target in twice {
            self.refuse("format-sequencing-written-twice", &target);
        }
    }

    /// The fourth edition ties scores, completion and progress of objectives too.
    fn more_ties(&mut self, out: &mut Sequencing, item: &Element) {
        let inside = item.first("sequencing").into_iter();
        let lists = inside
            .flat_map(|one| one.all("objectives"))
            .filter(|list| list.space.starts_with(FOURTH));
        for element in lists.flat_map(|list| list.all("objective")) {
            let id = element.some("objectiveID").unwrap_or_default();
            let place = out
                .objectives
                .iter()
                .position(|one| one.id.as_deref() == Some(id));
            let Some(place) = place else {
                self.refuse("format-sequencing-objective-missing", id);
                continue;
            };
            for map in element.all("mapInfo") {
                let mut tie = Tie {
                    target: map.some("targetObjectiveID").unwrap_or_default().to_owned(),
                    read_completion: true,
                    read_progress: true,
                    read_scores: [true; 3],
                    ..Tie::default()
                };
                if tie.target.is_empty() {
                    self.refuse("format-sequencing-no-id", "targetObjectiveID");
                }
                self.yes(map, "readCompletionStatus", &mut tie.read_completion);
                self.yes(map, "writeCompletionStatus", &mut tie.write_completion);
                self.yes(map, "readProgressMeasure", &mut tie.read_progress);
                self.yes(map, "writeProgressMeasure", &mut tie.write_progress);
                for (n, name) in ["Raw", "Min", "Max"].into_iter().enumerate() {
                    let (r, w) = (tie.read_scores.get_mut(n), tie.write_scores.get_mut(n));
                    if let (Some(r), Some(w)) = (r, w) {
                        self.yes(map, &format!("read{name}Score"), r);
                        self.yes(map, &format!("write{name}Score"), w);
                    }
                }
                if let Some(objective) = out.objectives.get_mut(place) {
                    objective.ties.push(tie);
                }
            }
        }
    }
}
