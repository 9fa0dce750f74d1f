//! The register of a day lesson by lesson: each lesson with its register, each learner with every lesson.

use super::{class_label, name_of};
use crate::acts::lessons::is_by_lesson;
use crate::person::{Class, Hour, Mark};
use crate::{door, rules, store};
use base::{Day, Error, Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, Tone, html};
use web::{Answer, Ask, Page};

/// Where the register of a class on a day is kept.
pub(crate) fn path_of(class: Id, day: Day) -> String {
    format!("/teach/classes/{class}/registers/{day}")
}

/// The register of an hour on a day: what stands there, or the way to take it.
pub(crate) fn state(tx: &mut Tx, ask: &Ask, hour: &Hour, day: Day) -> Result<Html> {
    let words = &ask.words;
    let href = ui::with_query(
        &format!("/teach/hours/{}/register", hour.id),
        "on_day",
        Some(&day.to_string()),
    );
    Ok(match store::lessons::register(tx, hour.id, day)? {
        Some(_) => html!(
            "{} {}",
            ui::tag_as(Tone::Good, &words.say("register-is-taken")),
            ui::link(&href, words.say("lesson-register-correct"))
        ),
        None if day > ask.today => Html::new(),
        None => ui::link(&href, words.say("register-button")),
    })
}

/// A day of a class.
pub(crate) fn day(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let day = Day::parse(ask.param("day")).ok_or(Error::Missing)?;
    let hours = store::lessons::hours_on(tx, class.id, day)?;
    let mut body = html!("<p>{}</p>", words.day(day));
    if !is_by_lesson(tx, &class, day)? {
        let href = format!("/teach/classes/{}/register?on_day={day}", class.id);
        body.push(html!(
            "<p>{}</p><p>{}</p>",
            words.say("lesson-registers-none"),
            ui::link(&href, words.say("register-button"))
        ));
        return Ok(page(ask, &class, body));
    }
    let mut rows = Vec::new();
    let mut said: BTreeMap<(Id, Id), String> = BTreeMap::new();
    for hour in &hours {
        if let Some((register, ..)) = store::lessons::register(tx, hour.id, day)? {
            for mark in store::lessons::marks(tx, register)? {
                if mark.current {
                    said.insert((mark.person, hour.id), mark.code);
                }
            }
        }
        let teacher = match hour.teacher {
            Some(id) => name_of(tx, id)?,
            None => String::new(),
        };
        rows.push(vec![
            html!("<bdi>{}</bdi>", rules::clock_text(hour.begins)),
            ui::text(&words.code("subject", &hour.subject)),
            html!("<bdi>{}</bdi>", teacher),
            state(tx, ask, hour, day)?,
        ]);
    }
    let heads = [
        "timetable-when",
        "timetable-subject",
        "timetable-teacher",
        "class-tab-registers",
    ];
    body.push(ui::plain_table(
        &words.say("lesson-registers"),
        &heads.map(|key| words.say(key)),
        &rows,
    ));
    body.push(learners(tx, ask, &class, (day, &hours), &said)?);
    Ok(page(ask, &class, body))
}

fn page(ask: &Ask, class: &Class, body: Html) -> Answer {
    Answer::Page(Page {
        title: class_label(&ask.words, class),
        body,
        ..Page::default()
    })
}

/// Every learner with every lesson, and what the day comes to.
fn learners(
    tx: &mut Tx,
    ask: &Ask,
    class: &Class,
    (day, hours): (Day, &[Hour]),
    said: &BTreeMap<(Id, Id), String>,
) -> Result<Html> {
    if said.is_empty() {
        return Ok(Html::new());
    }
    let words = &ask.words;
    let mut all = store::classes::listed(tx, class.id, Role::Learner.code(), (day, day))?;
    all.sort_by_key(|one| one.number);
    let whole: BTreeMap<Id, String> = door::attendance(tx, class.id, (day, day))?
        .into_iter()
        .map(|mark| (mark.person, mark.code))
        .collect();
    let mut heads = vec![words.say("class-number"), words.say("column-name")];
    heads.extend(hours.iter().map(|hour| rules::clock_text(hour.begins)));
    heads.push(words.say("lesson-register-day"));
    let rows: Vec<Vec<Html>> = all
        .iter()
        .map(|one| {
            let mut row = vec![
                ui::text(&words.number(one.number)),
                html!("<bdi>{}</bdi>", one.person.name()),
            ];
            row.extend(hours.iter().map(|hour| {
                let code = said.get(&(one.person.id, hour.id));
                code.map_or_else(Html::new, |code| {
                    html!(
                        "<abbr title=\"{}\">{}</abbr>",
                        words.code("attendance", code),
                        words.code("attendance-short", code)
                    )
                })
            }));
            let code = whole.get(&one.person.id);
            row.push(code.map_or_else(Html::new, |code| ui::text(&words.code("attendance", code))));
            row
        })
        .collect();
    let key: Vec<String> = crate::MARKS
        .iter()
        .map(|code| {
            let short = words.code("attendance-short", code);
            format!("{short} {}", words.code("attendance", code))
        })
        .collect();
    Ok(html!(
        "<div class=\"wide\">{}</div><p><small>{} {}</small></p>",
        ui::plain_table(&words.say("lesson-register-learners"), &heads, &rows),
        key.join(" · "),
        words.say("lesson-register-rule")
    ))
}

/// The corrections of a day's lessons: each mark beside the one it corrects, and the lesson it is of.
pub(crate) fn corrections(
    tx: &mut Tx,
    ask: &Ask,
    class: &Class,
    day: Day,
) -> Result<Vec<(String, Mark, String)>> {
    let mut out = Vec::new();
    for hour in store::lessons::hours_on(tx, class.id, day)? {
        let Some((register, ..)) = store::lessons::register(tx, hour.id, day)? else {
            continue;
        };
        let marks = store::lessons::marks(tx, register)?;
        let subject = ask.words.code("subject", &hour.subject);
        let label = format!("{} {subject}", rules::clock_text(hour.begins));
        for mark in marks.iter().filter(|mark| mark.corrects.is_some()) {
            let was = marks.iter().find(|one| Some(one.id) == mark.corrects);
            let was = was.map_or_else(String::new, |one| one.code.clone());
            out.push((label.clone(), mark.clone(), was));
        }
    }
    Ok(out)
}
