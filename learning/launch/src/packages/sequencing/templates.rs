//! Ways through courses as they are often made.

use super::testing::{OWN, course, group, leaf, manifest, text};
use super::{ROOT, Run, State, real};
use formats::scorm;

const FLOW: &str =
    "<imsss:sequencing><imsss:controlMode choice=\"false\" flow=\"true\"/></imsss:sequencing>";
const BOTH: &str =
    "<imsss:sequencing><imsss:controlMode choice=\"true\" flow=\"true\"/></imsss:sequencing>";

/// A rule before an activity.
fn before(action: &str, conditions: &str, combination: &str) -> String {
    format!(
        "<imsss:preConditionRule><imsss:ruleConditions conditionCombination=\"{combination}\">{conditions}\
         </imsss:ruleConditions><imsss:ruleAction action=\"{action}\"/></imsss:preConditionRule>"
    )
}
fn after(action: &str, conditions: &str) -> String {
    format!(
        "<imsss:sequencingRules><imsss:postConditionRule><imsss:ruleConditions>{conditions}</imsss:ruleConditions>\
         <imsss:ruleAction action=\"{action}\"/></imsss:postConditionRule></imsss:sequencingRules>"
    )
}
fn condition(name: &str, objective: &str, not: bool) -> String {
    let about = if objective.is_empty() {
        String::new()
    } else {
        format!(" referencedObjective=\"{objective}\"")
    };
    let operator = if not { " operator=\"not\"" } else { "" };
    format!("<imsss:ruleCondition condition=\"{name}\"{about}{operator}/>")
}
fn tied(id: &str, target: &str, writes: bool) -> String {
    format!(
        "objectiveID=\"{id}\"><imsss:mapInfo targetObjectiveID=\"{target}\" readSatisfiedStatus=\"true\" \
         readNormalizedMeasure=\"false\" writeSatisfiedStatus=\"{writes}\"/>"
    )
}

#[test]
fn parts_are_opened_one_after_the_other() {
    let rule = |before_it: &str| {
        let conditions = condition("satisfied", "previous", true)
            + &condition("objectiveStatusKnown", "previous", true);
        format!(
            "<imsss:sequencingRules>{}</imsss:sequencingRules><imsss:objectives><imsss:primaryObjective {}\
             </imsss:primaryObjective><imsss:objective {}</imsss:objective></imsss:objectives>{OWN}",
            before("disabled", &conditions, "any"),
            tied("own", &format!("done-{before_it}-next"), true),
            tied("previous", before_it, false),
        )
    };
    let first = format!(
        "<imsss:objectives><imsss:primaryObjective {}</imsss:primaryObjective></imsss:objectives>{OWN}",
        tied("own", "a", true)
    );
    let inner =
        leaf("A", &first) + &leaf("B", &rule("a")) + &leaf("C", &rule("done-a-next")) + BOTH;
    let course = course(&inner, "");
    let mut run = Run::at_start(&course);
    assert_eq!(run.go("C"), "Disabled");
    assert_eq!(run.go("start"), "A");
    assert!(!run.offers().next);
    assert_eq!(run.go("B"), "Disabled");
    assert_eq!(run.go("A"), "A");
    run.says_of(Some(true), Some(true), None);
    let offers = run.offers();
    let may = |id: &str| offers.choices[course.find(id).unwrap_or_default()].is_none();
    assert_eq!(
        (offers.next, may("A"), may("B"), may("C")),
        (true, true, true, false)
    );
    assert_eq!(run.go("C"), "Disabled");
    assert_eq!(run.go("continue"), "B");
    run.says_of(Some(true), Some(false), None);
    assert_eq!(run.go("continue"), "Disabled");
    assert_eq!(run.go("B"), "B");
    run.says_of(Some(true), Some(true), None);
    assert_eq!(run.go("continue"), "C");
    assert_eq!(run.go("A"), "A");
    // Everything has been tried, and not everything is completed.
    assert_eq!(run.done("o"), Some(false));
    assert_eq!(run.go("C"), "C");
    run.says_of(Some(true), Some(true), None);
    assert_eq!(run.go("exitAll"), "closed");
    assert_eq!(run.satisfied("B"), Some(true));
}

#[test]
fn who_fails_goes_through_it_again_without_what_is_known() {
    let skip = before("skip", &condition("satisfied", "", false), "all");
    let part = |n: usize| {
        format!(
            "<imsss:sequencingRules>{skip}</imsss:sequencingRules><imsss:rollupRules rollupObjectiveSatisfied=\"{}\"/>\
             <imsss:objectives><imsss:primaryObjective {}</imsss:primaryObjective></imsss:objectives>{OWN}",
            n % 2 == 1,
            tied("own", &format!("g{}", n / 2), n % 2 == 1),
        )
    };
    let again = after("exitParent", &condition("always", "", false));
    let retry = after("retry", &condition("satisfied", "", true));
    let inner = leaf("L0", &part(0))
        + &leaf("T0", &part(1))
        + &leaf("L1", &part(2))
        + &leaf("T1", &part(3))
        + &leaf(
            "End",
            &format!(
                "{again}<imsss:rollupRules rollupObjectiveSatisfied=\"false\" rollupProgressCompletion=\"false\"/>"
            ),
        );
    let root = group(
        "G",
        &format!("<imsss:controlMode choice=\"false\" flow=\"true\"/>{retry}"),
        &inner,
    );
    let course = course(&format!("{root}{FLOW}"), "");
    let mut run = Run::at_start(&course);
    assert_eq!(run.go("start"), "L0");
    assert_eq!(run.go("T1"), "NoChoice");
    assert_eq!(run.go("continue"), "T0");
    run.says_of(Some(true), Some(true), Some(0.9));
    assert_eq!(run.go("continue"), "L1");
    assert_eq!(run.go("continue"), "T1");
    run.says_of(Some(true), Some(false), Some(0.2));
    assert_eq!(run.go("continue"), "End");
    assert_eq!(run.satisfied("G"), Some(false));
    // The first pair is known: only the second comes again.
    assert_eq!(run.go("continue"), "L1");
    assert_eq!(run.go("continue"), "T1");
    run.says_of(Some(true), Some(true), Some(0.8));
    assert_eq!(run.go("continue"), "End");
    assert_eq!(run.go("continue"), "closed");
    assert_eq!(run.satisfied("G"), Some(true));
    assert_eq!(run.satisfied("o"), Some(true));
}

#[test]
fn a_test_before_or_after_decides_for_the_whole() {
    let rolls = "<imsss:rollupRules rollupObjectiveSatisfied=\"false\" rollupProgressCompletion=\"false\"/>";
    let test = |id: &str| {
        leaf(
            id,
            &format!(
                "<imsss:rollupRules objectiveMeasureWeight=\"1\"/><imsss:objectives><imsss:primaryObjective objectiveID=\"p\" \
             satisfiedByMeasure=\"true\"><imsss:minNormalizedMeasure>0.6</imsss:minNormalizedMeasure>\
             </imsss:primaryObjective></imsss:objectives>{OWN}<!-- -->"
            ),
        )
    };
    let any = |condition: &str, action: &str| {
        format!(
            "<imsss:rollupRule childActivitySet=\"any\"><imsss:rollupConditions><imsss:rollupCondition condition=\"{condition}\"/>\
         </imsss:rollupConditions><imsss:rollupAction action=\"{action}\"/></imsss:rollupRule>"
        )
    };
    let rules = format!(
        "<imsss:sequencing><imsss:controlMode flow=\"true\"/><imsss:rollupRules>{}{}</imsss:rollupRules></imsss:sequencing>",
        any("satisfied", "satisfied"),
        any("satisfied", "completed")
    );
    let inner = test("Pre") + &leaf("Text", rolls) + &test("Post") + &rules;
    let course = course(&inner, "");
    let mut run = Run::at_start(&course);
    assert_eq!(run.go("start"), "Pre");
    run.says_of(Some(true), Some(true), Some(0.5));
    assert_eq!(run.satisfied("Pre"), Some(false));
    assert_eq!((run.satisfied("o"), run.done("o")), (None, None));
    assert_eq!(run.go("continue"), "Text");
    assert_eq!(run.go("continue"), "Post");
    run.says_of(None, None, Some(0.6));
    assert_eq!(
        (run.satisfied("o"), run.done("o")),
        (Some(true), Some(true))
    );
    assert_eq!(run.go("continue"), "closed");
}

#[test]
fn chance_chooses_once_and_the_same_for_the_same_way() {
    let inner: String = (0..6).map(|n| leaf(&format!("Q{n}"), OWN)).collect();
    let rules = "<imsss:controlMode flow=\"true\" choice=\"true\"/>\
                 <imsss:randomizationControls selectionTiming=\"once\" selectCount=\"3\" randomizationTiming=\"once\" reorderChildren=\"true\"/>";
    let course = course(&format!("{}{BOTH}", group("G", rules, &inner)), "");
    let walk = |seed: u64| {
        let mut run = Run {
            c: &course,
            s: State::new(&course, seed),
        };
        let mut out = vec![run.go("start")];
        while out.len() < 9 && out.last().is_some_and(|last| last != "closed") {
            run.says_of(Some(true), Some(true), None);
            let text = run.s.written();
            run.s = State::read(&course, &text).unwrap_or_default();
            out.push(run.go("continue"));
        }
        assert_eq!(run.done("G"), Some(true));
        out
    };
    assert_eq!(walk(1), walk(1));
    assert_eq!(walk(1).len(), 4);
    assert!((2..40).any(|seed| walk(seed) != walk(1)));
    let mut run = Run::at_start(&course);
    let hidden = (0..6)
        .filter(|n| run.go(&format!("Q{n}")) == "Unknown")
        .count();
    assert_eq!(hidden, 3);
}

#[test]
fn what_is_left_is_gone_on_with() {
    let inner = leaf("A", OWN)
        + &group(
            "G",
            "<imsss:controlMode flow=\"true\"/>",
            &(leaf("B", OWN) + &leaf("C", OWN)),
        )
        + BOTH;
    let course = course(&inner, "");
    let mut run = Run::at_start(&course);
    assert_eq!(run.go("resume"), "NothingSuspended");
    assert_eq!(run.go("C"), "C");
    assert_eq!(run.go("suspendAll"), "closed");
    let text = run.s.written();
    let mut run = Run {
        c: &course,
        s: State::read(&course, &text).unwrap_or_default(),
    };
    assert!(run.offers().resume);
    assert_eq!(run.go("resume"), "C");
    assert_eq!(run.track(course.find("C").unwrap_or_default()).attempts, 1);
    assert_eq!(run.go("suspendAll"), "closed");
    // Another way: what was left begins anew.
    assert_eq!(run.go("A"), "A");
    assert_eq!(run.go("C"), "C");
    assert_eq!(run.track(course.find("C").unwrap_or_default()).attempts, 2);
}

#[test]
fn limits_and_constraints_close_ways() {
    let once = format!("<imsss:limitConditions attemptLimit=\"1\"/>{OWN}");
    let stay = "<imsss:controlMode flow=\"true\" choiceExit=\"false\"/>";
    let near = "<imsss:controlMode flow=\"true\"/><adlseq:constrainedChoiceConsiderations constrainChoice=\"true\"/>";
    let shut = "<imsss:controlMode flow=\"true\"/><adlseq:constrainedChoiceConsiderations preventActivation=\"true\"/>";
    let forward = "<imsss:controlMode flow=\"true\" forwardOnly=\"true\"/>";
    let inner = leaf("Once", &once)
        + &group("Stay", stay, &(leaf("S1", OWN) + &leaf("S2", OWN)))
        + &group("Near", near, &(leaf("N1", OWN) + &leaf("N2", OWN)))
        + &group("Shut", shut, &(leaf("X1", OWN) + &leaf("X2", OWN)))
        + &group("On", forward, &(leaf("F1", OWN) + &leaf("F2", OWN)))
        + BOTH;
    let course = course(&inner, "");
    let mut run = Run::at_start(&course);
    assert_eq!(run.go("Once"), "Once");
    assert_eq!(run.go("S1"), "S1");
    assert_eq!(run.go("Once"), "StayInside");
    assert_eq!(run.go("S2"), "S2");
    assert_eq!(run.go("continue"), "N1");
    assert_eq!(run.go("Once"), "TooFar");
    assert_eq!(run.go("exit"), "Closed");
    assert_eq!(run.go("Near"), "N1");
    assert_eq!(run.go("On"), "TooFar");
    assert_eq!(run.go("N2"), "N2");
    assert_eq!(run.go("X2"), "NotEntered");
    assert_eq!(run.go("Shut"), "X1");
    assert_eq!(run.go("X2"), "X2");
    assert_eq!(run.go("continue"), "F1");
    assert_eq!(run.go("F2"), "F2");
    assert_eq!(run.go("F1"), "ForwardOnly");
    assert_eq!(run.go("previous"), "ForwardOnly");
    assert_eq!(run.go("jump Once"), "AttemptsUsed");
    assert_eq!(run.go("jump S2"), "S2");
    assert_eq!(run.go("jump nothing"), "Unknown");
}

#[test]
fn measures_weigh_and_a_threshold_decides() {
    let weigh = |id: &str, weight: &str, progress: &str| {
        format!(
            "<item identifier=\"{id}\" identifierref=\"r\"><title>{id}</title>\
             <adlcp:completionThreshold completedByMeasure=\"true\" minProgressMeasure=\"0.5\" progressWeight=\"{progress}\"/>\
             <imsss:sequencing><imsss:rollupRules objectiveMeasureWeight=\"{weight}\"/>{OWN}</imsss:sequencing></item>"
        )
    };
    let whole = "<imsss:sequencing><imsss:controlMode flow=\"true\"/><imsss:objectives><imsss:primaryObjective \
                 satisfiedByMeasure=\"true\"><imsss:minNormalizedMeasure>0.7</imsss:minNormalizedMeasure>\
                 </imsss:primaryObjective></imsss:objectives></imsss:sequencing>";
    let inner = weigh("A", "1", "1") + &weigh("B", "0.5", "0") + &weigh("C", "0", "0") + whole;
    let course = course(&inner, "");
    let mut run = Run::at_start(&course);
    run.go("start");
    run.says_of(None, None, Some(0.9));
    // What is not known yet weighs as nothing.
    assert_eq!(run.known(ROOT, 0).measure.map(real), Some(0.6));
    assert_eq!(run.satisfied("o"), Some(false));
    run.go("continue");
    run.says_of(None, None, Some(0.6));
    assert_eq!(run.known(ROOT, 0).measure.map(real), Some(0.8));
    assert_eq!(run.satisfied("o"), Some(true));
    assert_eq!(run.go("continue"), "C");
}

#[test]
fn what_cannot_be_followed_is_refused_with_every_reason() {
    let bad = "<item identifier=\"A\" identifierref=\"r\"><title>A</title><imsss:sequencing IDRef=\"nowhere\">\
               <imsss:controlMode choice=\"perhaps\"/><imsss:sequencingRules><imsss:preConditionRule><imsss:ruleConditions>\
               <imsss:ruleCondition condition=\"asleep\"/><imsss:ruleCondition condition=\"satisfied\" referencedObjective=\"none\"/>\
               </imsss:ruleConditions><imsss:ruleAction action=\"skip\"/></imsss:preConditionRule></imsss:sequencingRules>\
               <imsss:objectives><imsss:primaryObjective objectiveID=\"p\"><imsss:mapInfo targetObjectiveID=\"g\" writeSatisfiedStatus=\"true\"/>\
               </imsss:primaryObjective><imsss:objective objectiveID=\"q\"><imsss:mapInfo targetObjectiveID=\"g\" writeSatisfiedStatus=\"true\"/>\
               </imsss:objective></imsss:objectives></imsss:sequencing></item>";
    let Err(base::Error::Refused(why)) = scorm::manifest(&text(bad, ""), &|_| true) else {
        panic!("it was taken");
    };
    let keys: Vec<&str> = why.0.iter().map(|one| one.key.as_str()).collect();
    for key in [
        "format-sequencing-idref",
        "format-sequencing-word",
        "format-sequencing-objective-missing",
        "format-sequencing-written-twice",
    ] {
        assert!(keys.contains(&key), "{key} {keys:?}");
    }
    assert_eq!(keys.len(), 5);
}

#[test]
fn what_is_said_once_for_all_is_taken_where_nothing_else_is_said() {
    let shared = "<imsss:sequencingCollection><imsss:sequencing ID=\"x\"><imsss:controlMode flow=\"true\" choice=\"false\"/>\
                  <imsss:deliveryControls tracked=\"false\"/></imsss:sequencing></imsss:sequencingCollection>";
    let item = "<item identifier=\"A\"><title>A</title><item identifier=\"B\" identifierref=\"r\"><title>B</title></item>\
                <imsss:sequencing IDRef=\"x\"><imsss:deliveryControls completionSetByContent=\"true\"/></imsss:sequencing></item>";
    let manifest = manifest(item, shared);
    let rules = &manifest.organisations[0].activities[0].sequencing;
    assert_eq!(
        (
            rules.flow,
            rules.choice,
            rules.tracked,
            rules.completion_by_content
        ),
        (true, false, true, true)
    );
}
