//! The registers as a list: what holds of each learner on each day, or in each lesson, to be filtered and taken away.

use super::{CODE, class_label, code_filter, name_of};
use crate::acts::run_school;
use crate::person::{Person, lesson_label};
use crate::store::marks::{After, Asked, Held, page};
use crate::{door, store};
use base::{Day, Id, Result};
use db::Tx;
use std::collections::{BTreeMap, BTreeSet};
use ui::{Cell, Column, Kind};
use web::{Answer, Ask, Filter, Line, Listing};

pub(crate) const MARKS: &[Column] = &[
    Column::new("on", Kind::Day),
    Column::new("in_lesson", Kind::Text),
    Column::new("class", Kind::Link),
    Column::new("learner", Kind::Link),
    CODE,
    Column::new("mark", Kind::Code("attendance")),
    Column::new("reason", Kind::Text),
    Column::new("marked_by", Kind::Text),
    Column::new("marked_at", Kind::Moment),
    Column::new("id", Kind::Id),
];
pub(crate) const MARK_FILTERS: &[Filter] = &[
    code_filter("mark", "attendance", crate::MARKS),
    code_filter("register", "register-of", &["day", "lesson"]),
    Filter::day("from"),
    Filter::day("to"),
];

/// Days of a school shown when none are asked for; of a class it is its whole session.
const SCHOOL_DAYS: i64 = 30;

/// The registers of a class.
pub(crate) fn of_class(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let label = class_label(&ask.words, &class);
    let title = ask.words.say_with("marks-of", &[("whose", label.into())]);
    listing(tx, ask, (true, class.id), class.days, title)
}

/// The registers of a school.
pub(crate) fn of_school(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let days = (ask.today.plus(-SCHOOL_DAYS), ask.today);
    let id = school.id();
    let title = ask
        .words
        .say_with("marks-of", &[("whose", school.name.into())]);
    listing(tx, ask, (false, id), days, title)
}

fn listing(
    tx: &mut Tx,
    ask: &Ask,
    (is_class, of): (bool, Id),
    usual: (Day, Day),
    title: String,
) -> Result<Answer> {
    let query = ask.list();
    let day = |name: &str| query.filter(name).and_then(Day::parse);
    let asked = Asked {
        is_class,
        of,
        by_lesson: query.filter("register") == Some("lesson"),
        days: (day("from").unwrap_or(usual.0), day("to").unwrap_or(usual.1)),
        code: query.filter("mark"),
        name: query.q.as_deref(),
    };
    let [on, begins, mark] = query.after_parts::<3>();
    let after = Day::parse(&on)
        .zip(Id::parse(&mark))
        .map(|(day, mark)| After {
            day,
            begins: begins.parse().unwrap_or(-1),
            mark,
        });
    let mut found = page(tx, &asked, after, query.limit + 1)?;
    let limit = usize::try_from(query.limit).unwrap_or(usize::MAX);
    let more = found.len() > limit;
    found.truncate(limit);
    let names = Names::of(tx, ask, &found)?;
    let rows = found.iter().map(|held| line(ask, held, &names)).collect();
    Ok(Answer::List(Listing {
        title,
        rows,
        more,
        ..Listing::default()
    }))
}

/// What the rows of a page name, each read once.
struct Names {
    classes: BTreeMap<Id, String>,
    learners: BTreeMap<Id, Person>,
    others: BTreeMap<Id, String>,
}

impl Names {
    fn of(tx: &mut Tx, ask: &Ask, found: &[Held]) -> Result<Self> {
        let each = |of: fn(&Held) -> Id| found.iter().map(of).collect::<BTreeSet<Id>>();
        let mut classes = BTreeMap::new();
        for id in each(|held| held.class) {
            let class = store::classes::class(tx, id)?;
            classes.insert(id, class_label(&ask.words, &class));
        }
        let mut others = BTreeMap::new();
        for id in each(|held| held.by) {
            others.insert(id, name_of(tx, id)?);
        }
        let ids: Vec<Id> = each(|held| held.person).into_iter().collect();
        let learners = store::people::people(tx, &ids)?;
        Ok(Self {
            classes,
            learners,
            others,
        })
    }
}

fn line(ask: &Ask, held: &Held, names: &Names) -> Line {
    let class = names.classes.get(&held.class).cloned().unwrap_or_default();
    let learner = names.learners.get(&held.person);
    let by = names.others.get(&held.by).cloned().unwrap_or_default();
    let lesson = held.lesson.as_ref();
    let lesson = lesson.map(|lesson| lesson_label(&ask.words, lesson));
    Line {
        key: held.key(),
        cells: vec![
            held.day.into(),
            Cell::or_not_applicable(lesson),
            Cell::link(format!("/teach/classes/{}", held.class), class),
            Cell::link(
                format!("/teach/people/{}", held.person),
                learner.map(Person::name).unwrap_or_default(),
            ),
            learner
                .map(|one| one.code.clone())
                .unwrap_or_default()
                .into(),
            Cell::code(held.code.as_str()),
            Cell::or_not_applicable(held.reason.clone()),
            by.into(),
            held.at.into(),
            held.id.into(),
        ],
        href: None,
    }
}
