//! Whatever the tree and the order of requests.

use super::testing::{OWN, course, group, leaf};
use super::{Answer, Course, Navigate, Run, State, Why};
use formats::scorm::sequencing::Action;
use proptest::prelude::*;

fn rule(kind: &str, action: &str, condition: &str, not: bool) -> String {
    let operator = if not { "not" } else { "noOp" };
    format!(
        "<imsss:{kind}><imsss:ruleConditions><imsss:ruleCondition condition=\"{condition}\" operator=\"{operator}\"/>\
         </imsss:ruleConditions><imsss:ruleAction action=\"{action}\"/></imsss:{kind}>"
    )
}

/// What one activity says of itself.
fn says() -> impl Strategy<Value = String> {
    let bit = any::<bool>;
    let test = prop::sample::select(vec![
        "satisfied",
        "completed",
        "attempted",
        "objectiveStatusKnown",
        "activityProgressKnown",
        "attemptLimitExceeded",
        "always",
    ]);
    let before = prop::sample::select(vec![
        "skip",
        "disabled",
        "hiddenFromChoice",
        "stopForwardTraversal",
    ]);
    let after = prop::sample::select(vec![
        "exitParent",
        "exitAll",
        "retry",
        "retryAll",
        "continue",
        "previous",
    ]);
    let rules = (0..6_u8, before, after, test.clone(), test, bit(), bit());
    let modes = (
        bit(),
        bit(),
        prop::bool::weighted(0.8),
        prop::bool::weighted(0.2),
        bit(),
        bit(),
    );
    let more = (
        0..5_u8,
        bit(),
        bit(),
        0..4_u8,
        1..4_u8,
        bit(),
        bit(),
        prop::bool::weighted(0.2),
        prop::bool::weighted(0.2),
    );
    (modes, rules, more).prop_map(|(m, r, o)| {
        let control = format!(
            "<imsss:controlMode choice=\"{}\" choiceExit=\"{}\" flow=\"{}\" forwardOnly=\"{}\" \
             useCurrentAttemptObjectiveInfo=\"{}\" useCurrentAttemptProgressInfo=\"{}\"/>",
            m.0, m.1 || m.0, m.2, m.3, m.4, m.5
        );
        let own = match r.0 {
            0 => rule("preConditionRule", r.1, r.3, r.5),
            1 => rule("postConditionRule", r.2, r.4, r.6),
            2 => rule("preConditionRule", r.1, r.3, r.5) + &rule("postConditionRule", r.2, r.4, r.6),
            3 => rule("exitConditionRule", "exit", r.3, r.5),
            _ => String::new(),
        };
        let limit = if o.0 == 0 { "<imsss:limitConditions attemptLimit=\"2\"/>" } else { "" };
        let tie = format!(
            "<imsss:objectives><imsss:primaryObjective objectiveID=\"p\" satisfiedByMeasure=\"{}\"><imsss:mapInfo \
             targetObjectiveID=\"g{}\" readSatisfiedStatus=\"{}\" writeSatisfiedStatus=\"{}\"/></imsss:primaryObjective></imsss:objectives>",
            o.5, o.3, o.1, o.2
        );
        let chance = format!(
            "<imsss:randomizationControls selectionTiming=\"{}\" selectCount=\"{}\" randomizationTiming=\"{}\" reorderChildren=\"true\"/>",
            ["never", "once", "onEachNewAttempt", "never"][usize::from(o.3)], o.4, ["never", "once", "onEachNewAttempt", "never"][usize::from(o.0 % 4)]
        );
        let choice = format!(
            "<adlseq:constrainedChoiceConsiderations preventActivation=\"{}\" constrainChoice=\"{}\"/>", o.7, o.8
        );
        let content = if o.6 { OWN } else { "" };
        format!("{control}<imsss:sequencingRules>{own}</imsss:sequencingRules>{limit}{tie}{chance}{content}{choice}")
    })
}

/// A tree: what the root says, then groups of what they say and what is in them.
pub(super) fn tree() -> impl Strategy<Value = String> {
    let leaves = prop::collection::vec(says(), 1..4).boxed();
    let groups = prop::collection::vec((says(), leaves.clone()), 1..4);
    (says(), groups, leaves, any::<bool>()).prop_map(|(root, groups, leaves, deep)| {
        let mut inner = String::new();
        let many = groups.len();
        for (n, (says, own)) in groups.into_iter().enumerate() {
            let mut within: String = own
                .iter()
                .enumerate()
                .map(|(m, says)| leaf(&format!("L{n}{m}"), says))
                .collect();
            if deep && n + 1 == many {
                within = group(&format!("D{n}"), &says, &within);
            }
            inner += &group(&format!("G{n}"), &says, &within);
        }
        for (n, says) in leaves.iter().enumerate() {
            inner += &leaf(&format!("X{n}"), says);
        }
        format!("{inner}<imsss:sequencing>{root}</imsss:sequencing>")
    })
}

#[derive(Clone, Debug)]
pub(super) enum Step {
    Ask(u8, usize),
    Say(Option<bool>, Option<bool>, Option<i8>),
}

pub(super) fn steps() -> impl Strategy<Value = Vec<Step>> {
    let ask = (0..13_u8, 0..16_usize).prop_map(|(what, target)| Step::Ask(what, target));
    let say = (
        any::<Option<bool>>(),
        any::<Option<bool>>(),
        prop::option::of(-10..=10_i8),
    );
    let say = say.prop_map(|(done, passed, score)| Step::Say(done, passed, score));
    prop::collection::vec(prop_oneof![3 => ask, 2 => say], 1..24)
}

fn asked(course: &Course, what: u8, target: usize) -> Navigate {
    let target = target % (course.nodes.len() + 1);
    match what {
        0 => Navigate::Start,
        1 => Navigate::ResumeAll,
        2 | 3 => Navigate::Continue,
        4 => Navigate::Previous,
        5 | 6 => Navigate::Choice(target),
        7 => Navigate::Jump(target),
        8 => Navigate::Exit,
        9 => Navigate::ExitAll,
        10 => Navigate::Abandon,
        11 => Navigate::AbandonAll,
        _ => Navigate::SuspendAll,
    }
}

fn again(run: &Run<'_>) -> State {
    let mut out = State::read(run.c, &run.s.written()).unwrap_or_default();
    let shared: Vec<(String, String)> = run
        .s
        .shared
        .iter()
        .map(|(name, known)| {
            (
                name.clone(),
                serde_json::to_string(known).unwrap_or_default(),
            )
        })
        .collect();
    out.shared = shared
        .iter()
        .filter_map(|(name, text)| Some((name.clone(), serde_json::from_str(text).ok()?)))
        .collect();
    out
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]
    #[test]
    fn no_closed_activity_is_opened_and_what_is_kept_goes_on_the_same(inner in tree(), steps in steps(), seed: u64) {
        let course = course(&inner, "");
        prop_assume!(!course.nodes.is_empty());
        let mut run = Run { c: &course, s: State::new(&course, seed) };
        run.prepare();
        for step in steps {
            let mut other = Run { c: &course, s: again(&run) };
            run.s.touched.clear();
            prop_assert_eq!(&other.s, &run.s);
            match step {
                Step::Ask(what, target) => {
                    let ask = asked(&course, what, target);
                    let offers = run.offers();
                    let before = run.clone();
                    let answer = run.request(ask);
                    prop_assert_eq!(answer, other.request(ask));
                    if let Answer::Opened { activity, .. } = answer {
                        prop_assert!(course.is_leaf(activity) && course.at(activity).unit.is_some());
                        prop_assert!(run.track(activity).active && run.is_there(activity));
                        prop_assert_eq!(run.s.current, Some(activity));
                        if let Navigate::Choice(target) = ask
                            && course.holds(target, activity)
                        {
                            prop_assert!(!course.up(target).any(|one| !course.at(one).visible));
                            // As it was when it was chosen, nothing on the way was closed or hidden.
                            let open = before.s.current.is_none_or(|one| !before.track(one).active);
                            if open {
                                prop_assert!(!course.up(target).any(|one| before.before(one, Action::Hidden)));
                                prop_assert!(!course.up(activity).any(|one| before.before(one, Action::Disabled)));
                                prop_assert_eq!(offers.choices[target], None);
                            }
                        }
                    }
                    let active = (0..course.nodes.len()).filter(|one| run.track(*one).active && course.is_leaf(*one)).count();
                    prop_assert!(active <= 1);
                    if ask == Navigate::Continue {
                        prop_assert_eq!(offers.next, !matches!(answer, Answer::Refused(_)));
                    }
                    if let Answer::Refused(why) = answer {
                        prop_assert!(Why::ALL.contains(&why));
                    }
                }
                Step::Say(done, passed, score) => {
                    let score = score.map(|score| f64::from(score) / 10.0);
                    run.says_of(done, passed, score);
                    other.says_of(done, passed, score);
                }
            }
            other.s.touched.clear();
            run.s.touched.clear();
            prop_assert_eq!(&other.s, &run.s);
        }
    }
}
