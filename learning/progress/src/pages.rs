//! What people see: learners, guardians, teachers, and whoever sets the rules.

pub(crate) mod assignment;
mod child;
mod class;
pub(crate) mod learn;
mod lesson;
pub(crate) mod levels;
mod lists;
mod own;
pub(crate) mod report;
mod resource;
mod rule;
mod shown;
mod week;
mod work;

pub(crate) use assignment::beside_lines;
pub(crate) use child::{beside_judgement, fill_learner};
pub(crate) use class::fill_class;
pub(crate) use learn::{beside_question, place};
pub(crate) use lesson::fill_lesson;
pub(crate) use resource::{beside_result, choose_resources, fill_resource};
pub(crate) use shown::{choose_lessons, choose_targets, choose_week_lessons, week_of};
pub(crate) use work::{beside_attempt, fill_teacher, inbox, next_to_mark};

use crate::mastery::Standing;
use base::{Id, Result, Role};
use classes::Class;
use db::Tx;
use lang::Words;
use ui::{Html, Tone};
use web::{ActLink, Answer, Ask, Filter, Shape, View, Who};

/// Who teaches.
pub(crate) const TEACHERS: Who = Who::Any(&[Role::Teacher, Role::SchoolHead]);
/// Who learns, or looks after somebody who does.
pub(crate) const HOME: Who = Who::Any(&[
    Role::Learner,
    Role::Guardian,
    Role::Teacher,
    Role::SchoolHead,
]);
/// Who learns.
pub(crate) const LEARNERS: Who = Who::Any(&[Role::Learner]);

pub(crate) fn views() -> Vec<View> {
    let page = |path, who, run| View {
        path,
        who,
        shape: Shape::Page,
        run,
    };
    let mut all = vec![
        page("/learn/keep", LEARNERS, learn::keep),
        page("/learn/kept", LEARNERS, learn::kept),
        page("/learn/child/{id}", HOME, child::child),
        page("/teach/classes/{id}/week", TEACHERS, week::week),
        page("/teach/classes/{id}/progress", TEACHERS, class::progress),
        page("/teach/learners/{id}/progress", TEACHERS, child::learner),
        page("/teach/classes/{id}/levels", TEACHERS, levels::levels),
        page(
            "/teach/classes/{id}/reports/{term}",
            TEACHERS,
            report::reports,
        ),
        page("/teach/assignments/{id}", TEACHERS, assignment::assignment),
        page("/teach/attempts/{id}", TEACHERS, work::attempt),
    ];
    all.push(View {
        path: "/teach/classes/{id}/assignments",
        who: TEACHERS,
        shape: Shape::List(assignment::COLUMNS, &[]),
        run: assignment::list,
    });
    all.push(View {
        path: "/teach/work",
        who: TEACHERS,
        shape: Shape::List(work::COLUMNS, &[]),
        run: work::list,
    });
    all.push(View {
        path: "/mastery",
        who: Who::Anyone,
        shape: Shape::List(rule::COLUMNS, &[]),
        run: rule::list,
    });
    let list = |path, who, columns, filters, run| View {
        path,
        who,
        shape: Shape::List(columns, filters),
        run,
    };
    all.extend([
        list(
            "/learn/given",
            LEARNERS,
            lists::GIVEN,
            &[],
            lists::own_given as Run,
        ),
        list(
            "/learn/lessons/{assignment}/questions",
            LEARNERS,
            lists::QUESTIONS,
            &[],
            lists::questions,
        ),
        list(
            "/learn/child/{id}/standings",
            HOME,
            lists::OWN,
            &[],
            lists::of_child,
        ),
        list(
            "/teach/classes/{id}/standings",
            TEACHERS,
            lists::STANDINGS,
            STANDING,
            lists::standings,
        ),
        list(
            "/teach/assignments/{id}/answers",
            TEACHERS,
            lists::ANSWERS,
            &[],
            lists::answers,
        ),
        list(
            "/teach/levels/{id}/results",
            TEACHERS,
            lists::LEVELS,
            &[],
            lists::levels,
        ),
    ]);
    all
}

type Run = fn(&mut Tx, &Ask) -> Result<Answer>;

const STANDING: &[Filter] = &[Filter::codes(
    "how_far",
    "progress-standing",
    &["begun", "stuck", "mastered"],
)];

/// The class in the path, when the asker teaches it.
pub(crate) fn class_of(tx: &mut Tx, ask: &Ask) -> Result<Class> {
    let id = ask.id("id")?;
    classes::require_teaches(tx, ask.actor()?, id, ask.today)
}

pub(crate) fn link(href: impl Into<String>, label: impl Into<String>, main: bool) -> ActLink {
    ActLink {
        href: href.into(),
        label: label.into(),
        main,
    }
}

/// How far somebody is, as a tag: words first, colour beside.
pub(crate) fn standing_tag(words: &Words, standing: Standing) -> Html {
    let tone = match standing {
        Standing::None => Tone::Plain,
        Standing::Begun => Tone::Busy,
        Standing::Stuck => Tone::Bad,
        Standing::Mastered => Tone::Good,
    };
    // A tag is one word to the eye.
    let label = words.code("progress-standing", standing.code());
    ui::tag_as(tone, &label.replace(' ', "\u{a0}"))
}

/// Competencies as teachers write them, by id, in the order of the curriculum.
pub(crate) fn named(tx: &mut Tx, words: &Words, ids: &[Id]) -> Result<Vec<(Id, String, String)>> {
    let mut all = curricula::competencies(tx, ids)?;
    all.sort_by(|a, b| {
        (a.grade_from, &a.code, a.sequence, a.id).cmp(&(b.grade_from, &b.code, b.sequence, b.id))
    });
    Ok(all
        .into_iter()
        .map(|one| {
            (
                one.id,
                one.code.clone(),
                words.name(&one.statement).to_owned(),
            )
        })
        .collect())
}
