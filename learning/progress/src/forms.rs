//! What the web asks for each act, and how its answers become the act.

mod giving;
mod judging;
mod marking;

use crate::pages::{self, TEACHERS};
use crate::store;
use base::{Day, Result, Role};
use db::Tx;
use web::{Act, Ask, Call, Prefill, Who};

const OFFICER: Who = Who::Any(&[Role::LearningOfficer]);

type Filled = Option<fn(&mut Tx, &Ask) -> Result<Prefill>>;

/// Every act of the room.
pub(crate) fn all() -> Vec<Act> {
    let act = |name, path, form, prefill: Filled, run| Act {
        name,
        path,
        who: TEACHERS,
        form,
        prefill,
        prepare: None,
        run,
    };
    vec![
        act(
            "progress-assignment",
            "/teach/classes/{id}/assignments/new",
            giving::give_form,
            Some(giving::give_prefill),
            giving::give,
        ),
        act(
            "progress-resource-assignment",
            "/teach/classes/{id}/courses/new",
            giving::give_resource_form,
            Some(giving::give_prefill),
            giving::give_resource,
        ),
        act(
            "progress-resource-result",
            "/teach/assignments/{id}/learners/{learner}/result",
            giving::result_form,
            Some(pages::beside_result),
            giving::say_result,
        ),
        Act {
            name: "progress-answer",
            path: "/learn/lessons/{assignment}/items/{n}/answers/new",
            who: pages::LEARNERS,
            form: marking::answer_form,
            prefill: Some(pages::beside_question),
            prepare: None,
            run: marking::answer,
        },
        act(
            "progress-plan",
            "/teach/classes/{id}/week/plan",
            giving::plan_form,
            Some(giving::plan_prefill),
            giving::plan,
        ),
        act(
            "progress-move",
            "/teach/assignments/{id}/move",
            giving::move_form,
            Some(giving::move_prefill),
            giving::move_days,
        ),
        act(
            "progress-withdrawal",
            "/teach/assignments/{id}/withdrawal",
            giving::withdrawal_form,
            Some(giving::version_prefill),
            giving::withdraw,
        ),
        act(
            "progress-lines",
            "/teach/assignments/{id}/lines",
            marking::lines_form,
            Some(pages::beside_lines),
            marking::lines,
        ),
        act(
            "progress-mark",
            "/teach/work/{id}",
            marking::mark_form,
            Some(pages::beside_attempt),
            marking::mark,
        ),
        act(
            "progress-correction",
            "/teach/attempts/{id}/correction",
            marking::correction_form,
            Some(pages::beside_attempt),
            marking::correct,
        ),
        act(
            "progress-judgement",
            "/teach/learners/{id}/competencies/{competency}/judgement",
            judging::judgement_form,
            Some(judging::judgement_prefill),
            judging::judge,
        ),
        act(
            "progress-word-back",
            "/teach/learners/{id}/competencies/{competency}/judgement/withdrawal",
            Vec::new,
            None,
            judging::word_back,
        ),
        act(
            "progress-check",
            "/teach/classes/{id}/levels/new",
            judging::check_form,
            Some(judging::check_prefill),
            judging::hold_check,
        ),
        act(
            "progress-comment",
            "/teach/classes/{id}/reports/{term}/{learner}",
            judging::comment_form,
            Some(judging::comment_prefill),
            judging::comment,
        ),
        Act {
            who: OFFICER,
            ..act(
                "progress-rule",
                "/mastery/new",
                judging::rule_form,
                Some(judging::rule_prefill),
                judging::set_rule,
            )
        },
    ]
}

/// The day a field says; today where it says none.
fn day(call: &Call, name: &str) -> Day {
    call.values.opt_day(name).unwrap_or(call.today)
}

/// The assignment of the path, for who teaches its class.
fn own(tx: &mut Tx, ask: &Ask) -> Result<crate::Assignment> {
    let found = store::assignment(tx, ask.id("id")?)?;
    classes::require_teaches(tx, ask.actor()?, found.class, ask.today)?;
    Ok(found)
}
