//! A class at a glance: whom to help first, who is stuck on what.

use super::{class_of, link, named, standing_tag};
use crate::mastery::{Finding, Standing};
use crate::{rules, store};
use base::{Id, Result};
use classes::{Class, Person};
use db::Tx;
use lang::Words;
use std::collections::{BTreeMap, BTreeSet};
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

/// Weeks whose competencies are shown at first.
const WEEKS: i64 = 6;
/// Children named as those to help first: of one class, and of each on a teacher's day.
const FIRST: usize = 5;
const FIRST_TODAY: usize = 2;
/// Classes looked through for a teacher's day.
const CLASSES_TODAY: usize = 4;

/// What is known of a child in a class.
pub(super) struct Row {
    pub person: Person,
    pub number: i64,
    pub found: BTreeMap<Id, Finding>,
    /// Assignments that were due and are not finished.
    pub overdue: i64,
}

impl Row {
    fn urgency(&self, ids: &BTreeSet<Id>) -> (i64, i64, i64, i64) {
        let of: Vec<(Standing, i64)> = self
            .found
            .iter()
            .filter(|(id, _)| ids.contains(id))
            .map(|(_, f)| (f.standing, f.wrong_in_a_row))
            .collect();
        rules::urgency(&of, self.overdue)
    }
}

/// Every child of a class with what is known of it, those to help first in front, and the
/// competencies the class works at.
pub(super) fn rows(
    tx: &mut Tx,
    class: &Class,
    ask: &Ask,
    all: bool,
) -> Result<(Vec<Row>, BTreeSet<Id>)> {
    let from = if all {
        class.days.0
    } else {
        ask.today.plus(-7 * WEEKS)
    };
    let given = store::of_class_between(tx, class.id, from, ask.today)?;
    let mut ids = BTreeSet::new();
    let mut late: BTreeMap<Id, i64> = BTreeMap::new();
    let listed = classes::listed(tx, class.id, ask.today)?;
    for one in &given {
        ids.extend(
            store::asked(tx, one.id)?
                .iter()
                .filter_map(|q| q.competency),
        );
        if one.due_on < ask.today && one.items > 0 {
            let mut whom: BTreeSet<Id> = BTreeSet::new();
            for target in store::targets(tx, one.id)? {
                match target {
                    crate::Target::Class(_) => whom.extend(listed.iter().map(|l| l.person.id)),
                    crate::Target::Group(id) => whom.extend(classes::members(tx, id)?),
                    crate::Target::Person(id) => {
                        whom.insert(id);
                    }
                }
            }
            if super::resource::is_gone(tx, one)? {
                continue;
            }
            let done = super::resource::done_by(tx, one, &whom)?;
            for id in whom {
                if done.get(&id).copied().unwrap_or(0) < one.items {
                    *late.entry(id).or_default() += 1;
                }
            }
        }
    }
    let mut out = Vec::with_capacity(listed.len());
    for one in listed {
        let found = store::masteries(tx, one.person.id)?
            .into_iter()
            .map(|m| (m.competency, m.finding))
            .collect();
        let overdue = late.get(&one.person.id).copied().unwrap_or(0);
        out.push(Row {
            person: one.person,
            number: one.number,
            found,
            overdue,
        });
    }
    if all {
        ids.extend(out.iter().flat_map(|row| row.found.keys().copied()));
    }
    out.sort_by_key(|row| (row.urgency(&ids), row.number));
    Ok((out, ids))
}

pub(super) fn progress(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let words = &ask.words;
    let all = ask.query.contains_key("all");
    let (rows, ids) = rows(tx, &class, ask, all)?;
    let wanted: Vec<Id> = ids.iter().copied().collect();
    let columns = named(tx, words, &wanted)?;
    let mut body = Html::new();
    if columns.is_empty() {
        let to = link(
            format!("/teach/classes/{}/week", class.id),
            words.say("progress-week-plan"),
            true,
        );
        body.push(ui::empty(&words.say("progress-class-empty"), Some(&to)));
    } else {
        body.push(ui::section(
            &words.say("progress-help-first"),
            help_first(ask, &rows, &columns),
        ));
        body.push(ui::section(
            &words.say("progress-who-where"),
            table(ask, &rows, &columns),
        ));
        body.push(ui::section(
            &words.say("progress-legend"),
            legend(ask, &columns),
        ));
    }
    let here = format!("/teach/classes/{}", class.id);
    let mut onward = vec![
        link(
            format!("{here}/week"),
            words.say("progress-week-plan"),
            true,
        ),
        link(
            format!("{here}/levels"),
            words.say("progress-levels"),
            false,
        ),
        link(
            format!("{here}/reports/{}", super::report::SESSION),
            words.say("progress-reports"),
            false,
        ),
    ];
    if !all {
        onward.push(link(
            format!("{}?all=1", ask.path),
            words.say("progress-show-all"),
            false,
        ));
    }
    body.push(ui::actions(&onward));
    Ok(Answer::Page(Page {
        title: words.say_with(
            "progress-class-title",
            &[("class", words.name(&class.names).into())],
        ),
        body,
        ..Page::default()
    }))
}

/// The children who need somebody first, each with what they are stuck on.
fn help_first(ask: &Ask, rows: &[Row], columns: &[(Id, String, String)]) -> Html {
    let first = waiting_for_help(&ask.words, rows, columns, FIRST);
    if first.is_empty() {
        return html!("<p>{}</p>", ask.words.say("progress-nobody-stuck"));
    }
    let cards: Vec<Html> = first
        .into_iter()
        .map(|(row, why)| ui::card(&path(row), &row.person.name(), why))
        .collect();
    ui::cards(&cards)
}

fn path(row: &Row) -> String {
    format!("/teach/learners/{}/progress", row.person.id)
}

/// Those of the first so many children who are stuck or late, each with why.
fn waiting_for_help<'a>(
    words: &Words,
    rows: &'a [Row],
    columns: &[(Id, String, String)],
    most: usize,
) -> Vec<(&'a Row, Html)> {
    let mut first = Vec::new();
    for row in rows.iter().take(most) {
        let mut why = Html::new();
        for (id, code, statement) in columns {
            let Some(finding) = row.found.get(id) else {
                continue;
            };
            if finding.standing == Standing::Stuck {
                let often = [("wrong", finding.wrong_in_a_row.into())];
                why.push(html!(
                    "<p>{} <strong>{}</strong> {} <small>({})</small></p>",
                    words.say("progress-stuck-on"),
                    code,
                    super::child::short(statement),
                    words.say_with("progress-in-a-row", &often)
                ));
            }
        }
        if row.overdue > 0 {
            let late = words.say_with("progress-overdue", &[("count", row.overdue.into())]);
            why.push(html!("<p>{}</p>", late));
        }
        if why.is_empty() {
            break;
        }
        first.push((row, why));
    }
    first
}

/// On a teacher's day: whom to help first, beginning with the classes met today.
pub(super) fn first_today(tx: &mut Tx, ask: &Ask, mine: Vec<Class>) -> Result<Html> {
    let teacher = ask.actor()?.account;
    let (mut today, mut others) = (Vec::new(), Vec::new());
    for class in mine {
        let hours = classes::hours(tx, class.id)?;
        let met = hours
            .iter()
            .any(|hour| hour.weekday == ask.today.weekday() && hour.teacher == Some(teacher));
        if met { &mut today } else { &mut others }.push(class);
    }
    let mut cards = Vec::new();
    for class in today.iter().chain(&others).take(CLASSES_TODAY) {
        let (rows, ids) = rows(tx, class, ask, false)?;
        let wanted: Vec<Id> = ids.iter().copied().collect();
        let columns = named(tx, &ask.words, &wanted)?;
        let name = ask.words.name(&class.names);
        for (row, why) in waiting_for_help(&ask.words, &rows, &columns, FIRST_TODAY) {
            let about = html!("<p><small><bdi>{}</bdi></small></p>{}", name, why);
            cards.push(ui::card(&path(row), &row.person.name(), about));
        }
    }
    if cards.is_empty() {
        return Ok(Html::new());
    }
    Ok(ui::section(
        &ask.words.say("progress-help-first"),
        ui::cards(&cards),
    ))
}

fn table(ask: &Ask, rows: &[Row], columns: &[(Id, String, String)]) -> Html {
    let words = &ask.words;
    let mut head = vec![words.say("progress-column-learner")];
    head.extend(columns.iter().map(|(_, code, statement)| {
        if code.is_empty() {
            super::child::short(statement)
        } else {
            code.clone()
        }
    }));
    head.push(words.say("progress-column-late"));
    let lines: Vec<Vec<Html>> = rows
        .iter()
        .map(|row| {
            let href = format!("/teach/learners/{}/progress", row.person.id);
            let mut line = vec![html!(
                "{} {}",
                row.number,
                ui::link(&href, row.person.name())
            )];
            line.extend(columns.iter().map(|(id, _, _)| match row.found.get(id) {
                Some(finding) => html!(
                    "{} <small>{}</small>",
                    standing_tag(words, finding.standing),
                    words.say_with(
                        "progress-right-of-short",
                        &[
                            ("right", finding.right.into()),
                            ("counted", finding.counted.into())
                        ]
                    )
                ),
                None => html!("<small>{}</small>", words.code("progress-standing", "none")),
            }));
            line.push(match row.overdue {
                0 => Html::new(),
                count => ui::tag_as(Tone::Warn, &words.number(count)),
            });
            line
        })
        .collect();
    html!(
        "<div class=\"wide\">{}</div>",
        ui::plain_table("", &head, &lines)
    )
}

fn legend(ask: &Ask, columns: &[(Id, String, String)]) -> Html {
    let lines: Html = columns
        .iter()
        .map(|(id, code, statement)| {
            let to = ui::link(&format!("/competencies/{id}"), statement.as_str());
            html!("<li><strong>{}</strong> {}</li>", code, to)
        })
        .collect();
    html!(
        "<ul>{}</ul><p>{}</p>",
        lines,
        ask.words.say("progress-legend-rule")
    )
}

/// On a class's page: what teaching it needs of this room.
pub(crate) fn fill_class(tx: &mut Tx, ask: &Ask, id: &str) -> Result<Html> {
    let Some(id) = Id::parse(id) else {
        return Ok(Html::new());
    };
    let words = &ask.words;
    let here = format!("/teach/classes/{id}");
    let (waiting, _) = store::count_waiting(tx, id)?;
    let today = store::of_class_between(tx, id, ask.today, ask.today)?;
    let list: Html = today
        .iter()
        .map(|one| {
            let to = ui::link(
                &format!("/teach/assignments/{}", one.id),
                words.name(&one.names),
            );
            let due = words.say_with("progress-due", &[("day", words.day(one.due_on).into())]);
            html!("<li>{} · {}</li>", to, due)
        })
        .collect();
    let mut body = if list.is_empty() {
        html!("<p>{}</p>", words.say("progress-class-nothing"))
    } else {
        html!("<ul>{}</ul>", list)
    };
    let mut onward = vec![
        link(format!("{here}/progress"), words.say("progress-see"), true),
        link(
            format!("{here}/week"),
            words.say("progress-week-plan"),
            false,
        ),
        link(
            format!("{here}/assignments"),
            words.say("progress-assignments"),
            false,
        ),
        link(
            format!("{here}/levels"),
            words.say("progress-levels"),
            false,
        ),
        link(
            format!("{here}/reports/{}", super::report::SESSION),
            words.say("progress-reports"),
            false,
        ),
    ];
    if waiting > 0 {
        let label = words.say_with("progress-work-waits", &[("count", waiting.into())]);
        onward.insert(0, link("/teach/work", label, true));
    }
    body.push(ui::actions(&onward));
    Ok(ui::section(&words.say("progress-section"), body))
}
