//! Reads the sequencing of an activity, with every reason why it cannot be followed.

mod beside;

use super::sequencing::{
    Action, Children, Condition, Counts, Objective, Outcome, RollupRule, Rule, Sequencing, Test,
    Tie, When,
};
use super::span::seconds;
use crate::xml::Element;
use base::{Refusal, Refusals};
use std::collections::{BTreeMap, BTreeSet};

/// Sequencings of the whole manifest, by the name under which activities refer to them.
pub(super) struct Shared<'a>(BTreeMap<&'a str, &'a Element>);

impl<'a> Shared<'a> {
    /// The collection of a manifest.
    pub(super) fn of(root: &'a Element, no: &mut Refusals) -> Self {
        let mut out = BTreeMap::new();
        let lists = root.all("sequencingCollection");
        for one in lists.flat_map(|list| list.all("sequencing")) {
            let id = one.some("ID").unwrap_or_default();
            if out.insert(id, one).is_some() {
                no.push(said("format-manifest-twice").with("name", cut(id)));
            }
        }
        Self(out)
    }
}

/// What ADL added to the sequencing of IMS.
const FOURTH: &str = "http://www.adlnet.org/xsd/adlseq";

fn cut(text: &str) -> String {
    text.chars().take(200).collect()
}
fn said(key: &str) -> Refusal {
    Refusal::about("file", key)
}

/// The reading of one activity: what is said of it, and what is wrong with that.
struct Reader<'a> {
    item: &'a str,
    no: &'a mut Refusals,
}

/// The sequencing of an item or an organisation.
pub(super) fn sequencing(
    item: &Element,
    id: &str,
    shared: &Shared<'_>,
    no: &mut Refusals,
) -> Sequencing {
    let mut out = Sequencing::default();
    let mut reader = Reader { item: id, no };
    if let Some(own) = item.first("sequencing") {
        out.said = true;
        let other = own.some("IDRef").and_then(|name| {
            let found = shared.0.get(name).copied();
            if found.is_none() {
                let why = said("format-sequencing-idref").with("item", cut(id));
                reader.no.push(why.with("name", cut(name)));
            }
            found
        });
        // What is said here takes the place of the same thing said in the collection.
        let part =
            |name: &str| named(own, name).or_else(|| other.and_then(|other| named(other, name)));
        reader.controls(&mut out, &part);
        reader.rules(&mut out, &part);
        reader.rollup(&mut out, &part);
        reader.objectives(&mut out, part("objectives"));
        reader.references(&out);
    }
    reader.beside(&mut out, item);
    out
}

/// An element of a name; the fourth edition's own objectives are others.
fn named<'a>(one: &'a Element, name: &str) -> Option<&'a Element> {
    one.all(name)
        .find(|e| name != "objectives" || !e.space.starts_with(FOURTH))
}

/// Rules of one kind: their name, the words of what follows, where they go.
type Kind<'a> = (&'a str, &'a [(&'a str, Action)], &'a mut Vec<Rule>);

/// The first element of a name, own or of the collection.
type Part<'a> = dyn Fn(&str) -> Option<&'a Element> + 'a;

impl Reader<'_> {
    fn refuse(&mut self, key: &str, name: &str) {
        let why = said(key).with("item", cut(self.item));
        self.no.push(why.with("name", cut(name)));
    }
    fn odd(&mut self, name: &str, value: &str) {
        let why = said("format-sequencing-word").with("item", cut(self.item));
        self.no
            .push(why.with("name", cut(name)).with("value", cut(value)));
    }
    fn yes(&mut self, element: &Element, name: &str, into: &mut bool) {
        match element.some(name) {
            None => {}
            Some("true" | "1") => *into = true,
            Some("false" | "0") => *into = false,
            Some(other) => self.odd(name, other),
        }
    }
    fn number(&mut self, name: &str, text: Option<&str>, (low, high): (f64, f64)) -> Option<f64> {
        let text = text?;
        let found = text.trim().parse::<f64>().ok();
        let found = found.filter(|n| n.is_finite() && (low..=high).contains(n));
        if found.is_none() {
            self.odd(name, text);
        }
        found
    }
    fn count(&mut self, name: &str, text: Option<&str>) -> Option<u32> {
        let text = text?;
        let found = text.trim().parse::<u32>().ok();
        if found.is_none() {
            self.odd(name, text);
        }
        found
    }
    fn word<T: Copy>(&mut self, name: &str, text: Option<&str>, all: &[(&str, T)]) -> Option<T> {
        let text = text?;
        let found = all.iter().find(|(word, _)| *word == text.trim());
        if found.is_none() {
            self.odd(name, text);
        }
        found.map(|(_, meaning)| *meaning)
    }

    fn controls<'e>(&mut self, out: &mut Sequencing, part: &Part<'e>) {
        if let Some(e) = part("controlMode") {
            self.yes(e, "choice", &mut out.choice);
            self.yes(e, "choiceExit", &mut out.choice_exit);
            self.yes(e, "flow", &mut out.flow);
            self.yes(e, "forwardOnly", &mut out.forward_only);
            let name = "useCurrentAttemptObjectiveInfo";
            self.yes(e, name, &mut out.current_objectives);
            let name = "useCurrentAttemptProgressInfo";
            self.yes(e, name, &mut out.current_progress);
        }
        if let Some(e) = part("limitConditions") {
            out.attempts = self.count("attemptLimit", e.some("attemptLimit"));
            let name = "attemptAbsoluteDurationLimit";
            if let Some(text) = e.some(name) {
                out.seconds = seconds(text);
                if out.seconds.is_none() {
                    self.odd(name, text);
                }
            }
        }
        if let Some(e) = part("randomizationControls") {
            const TIMES: [(&str, When); 3] = [
                ("never", When::Never),
                ("once", When::Once),
                ("onEachNewAttempt", When::EachAttempt),
            ];
            for (name, into) in [
                ("selectionTiming", &mut out.selection),
                ("randomizationTiming", &mut out.randomization),
            ] {
                *into = self.word(name, e.some(name), &TIMES).unwrap_or_default();
            }
            let count = self.count("selectCount", e.some("selectCount"));
            out.select = count.and_then(|n| usize::try_from(n).ok());
            self.yes(e, "reorderChildren", &mut out.reorder);
        }
        if let Some(e) = part("deliveryControls") {
            self.yes(e, "tracked", &mut out.tracked);
            self.yes(e, "completionSetByContent", &mut out.completion_by_content);
            self.yes(e, "objectiveSetByContent", &mut out.objective_by_content);
        }
        if let Some(e) = part("constrainedChoiceConsiderations") {
            self.yes(e, "preventActivation", &mut out.prevent_activation);
            self.yes(e, "constrainChoice", &mut out.constrain_choice);
        }
        if let Some(e) = part("rollupConsiderations") {
            const ALL: [(&str, Counts); 4] = [
                ("always", Counts::Always),
                ("ifNotSuspended", Counts::NotSuspended),
                ("ifAttempted", Counts::Attempted),
                ("ifNotSkipped", Counts::NotSkipped),
            ];
            let names = [
                "requiredForSatisfied",
                "requiredForNotSatisfied",
                "requiredForCompleted",
                "requiredForIncomplete",
            ];
            for (name, into) in names.into_iter().zip(&mut out.counts) {
                *into = self.word(name, e.some(name), &ALL).unwrap_or_default();
            }
            let name = "measureSatisfactionIfActive";
            self.yes(e, name, &mut out.measure_if_active);
        }
    }

    fn rules<'e>(&mut self, out: &mut Sequencing, part: &Part<'e>) {
        let Some(all) = part("sequencingRules") else {
            return;
        };
        const BEFORE: [(&str, Action); 4] = [
            ("skip", Action::Skip),
            ("disabled", Action::Disabled),
            ("hiddenFromChoice", Action::Hidden),
            ("stopForwardTraversal", Action::StopForward),
        ];
        const AFTER: [(&str, Action); 6] = [
            ("exitParent", Action::ExitParent),
            ("exitAll", Action::ExitAll),
            ("retry", Action::Retry),
            ("retryAll", Action::RetryAll),
            ("continue", Action::Continue),
            ("previous", Action::Previous),
        ];
        let kinds: [Kind<'_>; 3] = [
            ("preConditionRule", &BEFORE, &mut out.before),
            ("postConditionRule", &AFTER, &mut out.after),
            (
                "exitConditionRule",
                &[("exit", Action::Exit)],
                &mut out.exits,
            ),
        ];
        for (kind, words, into) in kinds {
            for rule in all.all(kind) {
                let action = rule.first("ruleAction").and_then(|a| a.some("action"));
                let action = self.word("ruleAction", action.or(Some("")), words);
                let list = rule.first("ruleConditions");
                let any = self.combined(list, false);
                let conditions = self.conditions(list, "ruleCondition");
                if let Some(action) = action {
                    into.push(Rule {
                        any,
                        conditions,
                        action,
                    });
                }
            }
        }
    }

    fn combined(&mut self, list: Option<&Element>, any: bool) -> bool {
        let name = "conditionCombination";
        let text = list.and_then(|list| list.some(name));
        self.word(name, text, &[("all", false), ("any", true)])
            .unwrap_or(any)
    }

    fn conditions(&mut self, list: Option<&Element>, name: &str) -> Vec<Condition> {
        const TESTS: [(&str, Test); 12] = [
            ("satisfied", Test::Satisfied),
            ("objectiveStatusKnown", Test::StatusKnown),
            ("objectiveMeasureKnown", Test::MeasureKnown),
            ("objectiveMeasureGreaterThan", Test::MeasureAbove),
            ("objectiveMeasureLessThan", Test::MeasureBelow),
            ("completed", Test::Completed),
            ("activityProgressKnown", Test::ProgressKnown),
            ("attempted", Test::Attempted),
            ("attemptLimitExceeded", Test::AttemptsUsed),
            ("timeLimitExceeded", Test::TimeUsed),
            ("outsideAvailableTimeRange", Test::OutsideTime),
            ("always", Test::Always),
        ];
        let mut out = Vec::new();
        for one in list.into_iter().flat_map(|list| list.all(name)) {
            let test = one.some("condition").or(Some(""));
            let test = self.word("condition", test, &TESTS);
            let not = [("noOp", false), ("not", true)];
            let not = self.word("operator", one.some("operator"), &not);
            let threshold = one.some("measureThreshold");
            let threshold = self.number("measureThreshold", threshold, (-1.0, 1.0));
            if let Some(test) = test {
                out.push(Condition {
                    test,
                    not: not.unwrap_or_default(),
                    objective: one.some("referencedObjective").map(str::to_owned),
                    threshold: threshold.unwrap_or_default(),
                });
            }
        }
        if out.is_empty() {
            self.refuse("format-sequencing-no-condition", name);
        }
        out
    }

    fn rollup<'e>(&mut self, out: &mut Sequencing, part: &Part<'e>) {
        let Some(all) = part("rollupRules") else {
            return;
        };
        self.yes(all, "rollupObjectiveSatisfied", &mut out.rolls_objective);
        self.yes(all, "rollupProgressCompletion", &mut out.rolls_progress);
        let name = "objectiveMeasureWeight";
        let weight = self.number(name, all.some(name), (0.0, 1.0));
        out.weight = weight.unwrap_or(1.0);
        for rule in all.all("rollupRule") {
            let count = self.count("minimumCount", rule.some("minimumCount"));
            let count = count.and_then(|n| usize::try_from(n).ok());
            let share = rule.some("minimumPercent");
            let share = self.number("minimumPercent", share, (0.0, 1.0));
            let sets = [
                ("all", Children::All),
                ("any", Children::Any),
                ("none", Children::None),
                ("atLeastCount", Children::Count(count.unwrap_or_default())),
                ("atLeastPercent", Children::Share(share.unwrap_or_default())),
            ];
            let set = rule.some("childActivitySet");
            let children = self.word("childActivitySet", set, &sets);
            let words = [
                ("satisfied", Outcome::Satisfied),
                ("notSatisfied", Outcome::NotSatisfied),
                ("completed", Outcome::Completed),
                ("incomplete", Outcome::Incomplete),
            ];
            let action = rule.first("rollupAction").and_then(|a| a.some("action"));
            let outcome = self.word("rollupAction", action.or(Some("")), &words);
            let list = rule.first("rollupConditions");
            let any = self.combined(list, true);
            let conditions = self.conditions(list, "rollupCondition");
            if let Some(outcome) = outcome {
                out.rollup.push(RollupRule {
                    children: children.unwrap_or(Children::All),
                    any,
                    conditions,
                    outcome,
                });
            }
        }
    }

    fn objectives(&mut self, out: &mut Sequencing, all: Option<&Element>) {
        let Some(all) = all else {
            return;
        };
        let first = all.first("primaryObjective");
        if first.is_some() {
            out.objectives.clear();
        }
        for (element, primary) in first
            .map(|one| (one, true))
            .into_iter()
            .chain(all.all("objective").map(|one| (one, false)))
        {
            let one = self.objective(element, primary);
            out.objectives.push(one);
        }
        let mut ids = BTreeSet::new();
        for id in out.objectives.iter().filter_map(|one| one.id.as_deref()) {
            if !ids.insert(id) {
                self.refuse("format-sequencing-objective-twice", id);
            }
        }
    }

    fn objective(&mut self, element: &Element, primary: bool) -> Objective {
        let mut out = Objective {
            id: element.some("objectiveID").map(str::to_owned),
            ..Objective::default()
        };
        self.yes(element, "satisfiedByMeasure", &mut out.by_measure);
        let name = "minNormalizedMeasure";
        let least = element.text_of(name);
        let least = self.number(name, least.as_deref(), (-1.0, 1.0));
        out.least = least.unwrap_or(1.0);
        for map in element.all("mapInfo") {
            let mut tie = Tie {
                target: map.some("targetObjectiveID").unwrap_or_default().to_owned(),
                read_status: true,
                read_measure: true,
                ..Tie::default()
            };
            if tie.target.is_empty() {
                self.refuse("format-sequencing-no-id", "targetObjectiveID");
            }
            self.yes(map, "readSatisfiedStatus", &mut tie.read_status);
            self.yes(map, "readNormalizedMeasure", &mut tie.read_measure);
            self.yes(map, "writeSatisfiedStatus", &mut tie.write_status);
            self.yes(map, "writeNormalizedMeasure", &mut tie.write_measure);
            out.ties.push(tie);
        }
        if out.id.is_none() && (!primary || !out.ties.is_empty()) {
            self.refuse("format-sequencing-no-id", "objectiveID");
        }
        out
    }

    /// Whether the conditions of rules speak of objectives that are there.
    fn references(&mut self, out: &Sequencing) {
        let ids: BTreeSet<&str> = out
            .objectives
            .iter()
            .filter_map(|one| one.id.as_deref())
            .collect();
        let rules = out.before.iter().chain(&out.after).chain(&out.exits);
        let named: BTreeSet<&str> = rules
            .flat_map(|rule| &rule.conditions)
            .filter_map(|condition| condition.objective.as_deref())
            .filter(|id| !ids.contains(id))
            .collect();
        for id in named {
            self.refuse("format-sequencing-objective-missing", id);
        }
    }
}
