//! A week at the demonstration's school: lessons given to a class and answered through the real acts,
//! the same every time. Some children are quick, some slow, a few stuck; open answers wait to be
//! marked; some work came on paper.

use crate::acts;
use crate::acts::{Answering, Entering, Line};
use crate::assignment::{Asked, Giving, Target};
use crate::level::Ladder;
use crate::store;
use base::{Actor, Day, Id, Moment, Result};
use db::Tx;
use formats::item::{Answer, Interaction, Item};
use records::Mode;
use std::collections::{BTreeMap, BTreeSet};

/// The class of a demonstration and what it is taught.
#[derive(Clone, Debug)]
pub struct DemoClass<'a> {
    pub class: Id,
    pub teacher: Id,
    /// By their number on the class list.
    pub learners: &'a [Id],
    /// Published lessons, in their order.
    pub lessons: &'a [Id],
}

/// What was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SeededWeek {
    pub assignments: Vec<Id>,
    pub answers: i64,
    /// Open answers that wait for the teacher.
    pub waiting: i64,
}

/// Numbers that always come in the same order.
struct Dice(u64);

impl Dice {
    /// A number from 0 to 99.
    fn percent(&mut self) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % 100
    }
}

/// How a child of the class works: right answers in a hundred, lessons finished in a hundred.
const fn manner(place: usize) -> (u64, u64) {
    match place % 9 {
        0 => (96, 100),
        1 | 2 => (86, 95),
        3..=5 => (74, 85),
        6 => (58, 70),
        7 => (22, 90),
        _ => (45, 40),
    }
}

/// Seeds the week. Safe to repeat: a class that was given something is left alone.
///
/// # Errors
/// Whatever the acts refuse; a fault of the database.
pub fn seed_demo(tx: &mut Tx, demo: &DemoClass<'_>, now: Moment) -> Result<SeededWeek> {
    let mut made = SeededWeek::default();
    let today = now.day();
    if !store::of_class(tx, demo.class, None, 1)?.is_empty() {
        return Ok(made);
    }
    let monday = today.monday();
    let first = monday.plus(-7);
    let actor = classes::actor(tx, demo.teacher, today)?;
    check(
        tx,
        demo,
        &actor,
        (Ladder::Arithmetic, monday.plus(-35)),
        0,
        now,
    )?;
    for (lesson, n) in demo.lessons.iter().zip(0_i64..) {
        // Three lessons last week, the others this week, one a school day.
        let opens_on = if n < 3 {
            first.plus(2 * n)
        } else {
            monday.plus(n - 3)
        };
        let due_on = if n < 3 { first.plus(6) } else { monday.plus(6) };
        let begun = morning(opens_on, 0).min(now);
        let giving = Giving {
            class: demo.class,
            lesson: *lesson,
            to: vec![Target::Class(demo.class)],
            opens_on,
            due_on,
        };
        let id = acts::give(tx, &giving, &actor, begun)?;
        made.assignments.push(id);
        if opens_on <= today {
            // The lesson of today is only begun.
            let share = if opens_on == today { 35 } else { 100 };
            made.answers += answer_all(tx, demo, id, (opens_on, share), now)?;
        }
    }
    if let Some(course) = a_course(tx, demo, &actor, today)? {
        let giving = Giving {
            class: demo.class,
            lesson: course,
            to: vec![Target::Class(demo.class)],
            opens_on: today,
            due_on: monday.plus(6),
        };
        // After the lesson of the same day: what is given later is asked later.
        acts::give_resource(tx, &giving, &actor, now.plus_seconds(1))?;
    }
    if let Some(id) = made.assignments.first() {
        made.answers += on_paper(tx, demo, *id, &actor, now)?;
    }
    mark_some(tx, demo, &actor, now)?;
    check(
        tx,
        demo,
        &actor,
        (Ladder::Arithmetic, today.plus(-1)),
        1,
        now,
    )?;
    words(tx, demo, &actor, now)?;
    made.waiting = store::count_waiting(tx, demo.class)?.0;
    Ok(made)
}

/// A course of the library that the class may use.
fn a_course(tx: &mut Tx, demo: &DemoClass<'_>, actor: &Actor, today: Day) -> Result<Option<Id>> {
    let class = classes::require_teaches(tx, actor, demo.class, today)?;
    let search = resources::Search {
        kind: Some(formats::Kind::Cmi5.code().to_owned()),
        country: Some(class.country),
        school: Some(class.school),
        only_usable_for: Some(resources::Use::Show),
        limit: 1,
        ..resources::Search::default()
    };
    let found = resources::search(tx, &search)?;
    Ok(found.hits.first().map(|hit| hit.resource))
}

/// A moment in the morning of a day.
fn morning(day: Day, seconds: i64) -> Moment {
    Moment::start_of(day).plus_seconds(8 * 3_600 + seconds)
}

fn answer_all(
    tx: &mut Tx,
    demo: &DemoClass<'_>,
    assignment: Id,
    (opens_on, share): (Day, u64),
    now: Moment,
) -> Result<i64> {
    let asked = store::asked(tx, assignment)?;
    let ids: Vec<Id> = asked.iter().map(|one| one.item).collect();
    let items: BTreeMap<Id, Item> = lessons::items(tx, &ids)?
        .into_iter()
        .map(|row| (row.id, row.item))
        .collect();
    let mut count = 0;
    for (learner, place) in demo.learners.iter().zip(0_usize..) {
        // The first child of the class, whom everybody visits, has something left to do.
        let (right, finishes) = if place == 0 { (90, 100) } else { manner(place) };
        // The last children of the list have no phone: their work comes on paper.
        if place + 3 >= demo.learners.len() && demo.learners.len() > 6 {
            continue;
        }
        let salt = u64::try_from(place).unwrap_or(0) * 97 + asked.len() as u64;
        let mut dice = Dice(salt ^ u64::from(assignment.0.as_bytes()[15]) << 8);
        if dice.percent() >= share {
            continue;
        }
        let whole = dice.percent() < finishes;
        let until = if whole { asked.len() } else { asked.len() / 2 };
        let until = if place == 0 && share < 100 {
            asked.len().min(2)
        } else {
            until
        };
        let mut at = morning(opens_on, i64::try_from(place).unwrap_or(0) * 40);
        for one in asked.iter().take(until) {
            let Some(item) = items.get(&one.item) else {
                continue;
            };
            let well = dice.percent() < right;
            let seconds = 15 + i64::try_from(dice.percent()).unwrap_or(0);
            at = at.plus_seconds(seconds);
            if at > now {
                break;
            }
            count += give_answer(
                tx,
                (assignment, *learner),
                one,
                (item, well, place),
                seconds,
                at,
            )?;
        }
    }
    Ok(count)
}

fn give_answer(
    tx: &mut Tx,
    (assignment, learner): (Id, Id),
    one: &Asked,
    (item, well, place): (&Item, bool, usize),
    seconds: i64,
    at: Moment,
) -> Result<i64> {
    let Some(answer) = answer_to(item, well, place) else {
        return Ok(0);
    };
    let given = Answering {
        assignment,
        position: one.position,
        learner,
        number: 1,
        answer,
        mode: Mode::Web,
        seconds: Some(seconds),
        said_at: None,
        lang: "en",
    };
    let saved = acts::answer(tx, &given, at)?;
    Ok(i64::from(!saved.again))
}

const OPEN: [&str; 6] = [
    "I cut the orange into four parts that are the same. Each of us eats one part, that is one quarter.",
    "Half is more because two parts are bigger than four parts of the same bread.",
    "1/2 and 2/4 are the same. I drew two bars and the coloured part is as long.",
    "We are three so everybody gets a third.",
    "I do not know how to say it but I can draw it.",
    "Because 3 of 4 boxes are full.",
];

/// A right or a wrong answer to an item, as children give it.
fn answer_to(item: &Item, well: bool, place: usize) -> Option<Answer> {
    if let Interaction::Open { .. } = &item.interaction {
        return Some(Answer::Open(OPEN.get(place % OPEN.len())?.to_string()));
    }
    let right = lessons::right_answer(item, "en")?;
    if well {
        return Some(right);
    }
    Some(match (&item.interaction, right) {
        (Interaction::Choice { options }, _) => {
            let wrong: Vec<&str> = options
                .iter()
                .filter(|o| !o.right)
                .map(|o| o.id.as_str())
                .collect();
            Answer::Choice(wrong.get(place % wrong.len().max(1))?.to_string())
        }
        (Interaction::Several { options }, _) => {
            let wrong: BTreeSet<String> = options
                .iter()
                .filter(|o| !o.right)
                .map(|o| o.id.clone())
                .take(1)
                .collect();
            Answer::Several(wrong)
        }
        (_, Answer::Order(mut ids)) => {
            ids.reverse();
            Answer::Order(ids)
        }
        (Interaction::Match { right, .. }, Answer::Match(mut pairs)) => {
            let other = right.first().map(|part| part.id.clone())?;
            pairs.values_mut().for_each(|id| *id = other.clone());
            Answer::Match(pairs)
        }
        (Interaction::Number { foreseen, .. }, _) => {
            let slip = foreseen.first().map(|one| one.answer.clone());
            Answer::Number(slip.unwrap_or_else(|| "99".to_owned()))
        }
        (_, Answer::Word(_)) => Answer::Word("?".to_owned()),
        (_, right) => right,
    })
}

/// Three children have no phone: the teacher enters their sheets.
fn on_paper(
    tx: &mut Tx,
    demo: &DemoClass<'_>,
    assignment: Id,
    actor: &Actor,
    now: Moment,
) -> Result<i64> {
    if demo.learners.len() <= 6 {
        return Ok(0);
    }
    let asked = store::asked(tx, assignment)?;
    let last = demo.learners.iter().rev().take(3);
    let lines: Vec<Line> = last
        .zip(0_usize..)
        .map(|(learner, n)| Line {
            learner: *learner,
            marks: asked
                .iter()
                .zip(n..)
                .map(|(one, k)| (one.position, if k % 4 == 3 { "X" } else { "+" }.to_owned()))
                .collect(),
        })
        .collect();
    let entering = Entering {
        assignment,
        mode: Mode::Paper,
        held_on: now.day().plus(-1),
        lang: "en",
        lines,
    };
    Ok(acts::enter_results(tx, &entering, actor, now)?.new)
}

/// The teacher has begun to mark; the newest answers wait.
fn mark_some(tx: &mut Tx, demo: &DemoClass<'_>, actor: &Actor, now: Moment) -> Result<()> {
    let waiting = store::waiting(tx, demo.class, None, 200)?;
    let marked = waiting.len().saturating_sub(9);
    for (one, n) in waiting.iter().take(marked).zip(0_usize..) {
        let (score, comment) = match n % 3 {
            0 => (1.0, "Well explained!"),
            1 => (0.5, "Right idea. Say also why the parts must be the same."),
            _ => (1.0, ""),
        };
        acts::mark(tx, one.id, score, comment, actor, now)?;
    }
    Ok(())
}

fn check(
    tx: &mut Tx,
    demo: &DemoClass<'_>,
    actor: &Actor,
    (ladder, held_on): (Ladder, Day),
    later: i64,
    now: Moment,
) -> Result<()> {
    let id = acts::hold_check(tx, demo.class, ladder, held_on, actor, now)?;
    let levels: Vec<(Id, i64)> = demo
        .learners
        .iter()
        .zip(0_usize..)
        .map(|(learner, place)| {
            let base: i64 = match place % 9 {
                0 => 4,
                1 | 2 => 3,
                3 | 4 => 2,
                5 | 6 => 1,
                7 => 0,
                _ => 2,
            };
            // Most children have moved by the second check.
            let up = i64::from(later == 1 && place % 4 != 0);
            (*learner, (base + up).min(Ladder::RUNGS - 1))
        })
        .collect();
    let name = |place: usize| {
        [
            "Arithmetic: numbers to 9",
            "Arithmetic: numbers to 99",
            "Arithmetic: operations",
        ]
        .get(place)
        .copied()
        .unwrap_or_default()
        .to_owned()
    };
    acts::set_levels(tx, id, &levels, &name, actor, now)
}

/// The teacher's note, own word and comments.
fn words(tx: &mut Tx, demo: &DemoClass<'_>, actor: &Actor, now: Moment) -> Result<()> {
    let note = "Bring beans and bottle caps for sharing. Sit with the children of the first group on Thursday.";
    acts::note_week(tx, (demo.class, "mathematics", now.day()), note, actor, now)?;
    if let Some(learner) = demo.learners.get(7) {
        let stuck = store::masteries(tx, *learner)?;
        if let Some(one) = stuck.first() {
            let why = "Showed it to me with bottle caps, twice; writing it is what is hard.";
            acts::judge_by_word(tx, (*learner, one.competency), true, why, actor, now)?;
        }
    }
    let said = [
        "Works with joy and helps others. Ask at home how a loaf is shared among eight.",
        "Is careful and takes time. Ten minutes of reading aloud each evening would help.",
        "Has missed some days. Every morning counts: reckoning is a joy here.",
    ];
    for (learner, comment) in demo.learners.iter().zip(said) {
        acts::comment_term(tx, (demo.class, *learner, "session"), comment, actor, now)?;
    }
    Ok(())
}
