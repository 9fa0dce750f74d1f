//! The week of a class: what the scheme of work asks, the lessons that teach it, what was given.

use super::shown::{day_of, subject_of, wanted};
use super::{class_of, link, named};
use crate::store;
use base::Result;
use db::Tx;
use ui::{Html, html};
use web::{Answer, Ask, Page};

pub(super) fn week(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let class = class_of(tx, ask)?;
    let words = &ask.words;
    let (subject, monday) = (subject_of(&class, ask), day_of(ask));
    let here = format!("/teach/classes/{}", class.id);
    let at = |day: base::Day| {
        let path = ui::with_query(&format!("{here}/week"), "week", Some(&day.to_string()));
        ui::with_query(&path, "school_subject", Some(&subject))
    };
    let taught = taught(tx, &class)?;
    let mut body = subjects(ask, &taught, &subject, monday);
    body.push(ui::actions(&[
        link(
            at(monday.plus(-7)),
            words.say("progress-week-before"),
            false,
        ),
        link(at(monday.plus(7)), words.say("progress-week-after"), false),
    ]));
    body.push(ui::section(
        &words.say("progress-week-asks"),
        asks(tx, ask, &class, &subject, monday)?,
    ));
    let kept = store::week(tx, class.id, &subject, monday)?.unwrap_or_default();
    let plan = {
        let path = ui::with_query(
            &format!("{here}/week/plan"),
            "week",
            Some(&monday.to_string()),
        );
        ui::with_query(&path, "school_subject", Some(&subject))
    };
    let note = if kept.note.is_empty() {
        Html::new()
    } else {
        ui::paragraphs(&kept.note)
    };
    body.push(ui::section(&words.say("progress-week-note"), note));
    let given = store::of_class_between(tx, class.id, monday, monday.plus(6))?;
    let lines: Html = given
        .iter()
        .map(|one| {
            let to = ui::link(
                &format!("/teach/assignments/{}", one.id),
                words.name(&one.names),
            );
            html!(
                "<li>{} – {}: {}</li>",
                words.day(one.opens_on),
                words.day(one.due_on),
                to
            )
        })
        .collect();
    let listed = if lines.is_empty() {
        ui::empty(&words.say("progress-week-empty"), None)
    } else {
        html!("<ul>{}</ul>", lines)
    };
    body.push(ui::section(&words.say("progress-week-given"), listed));
    let mut onward = Vec::new();
    if monday.plus(6) >= ask.today {
        onward.push(link(plan, words.say("progress-plan-button"), true));
    }
    onward.push(link(
        ui::with_query(
            &format!("{here}/assignments/new"),
            "school_subject",
            Some(&subject),
        ),
        words.say("progress-assignment-button"),
        false,
    ));
    onward.push(link(
        format!("{here}/courses/new"),
        words.say("progress-resource-assignment-button"),
        false,
    ));
    body.push(ui::actions(&onward));
    let args = [
        ("class", words.name(&class.names).into()),
        ("day", words.day(monday).into()),
    ];
    Ok(Answer::Page(Page {
        title: words.say_with("progress-week-title", &args),
        body,
        ..Page::default()
    }))
}

/// The subjects of the class: those it was made with, and those of its hours.
fn taught(tx: &mut Tx, class: &classes::Class) -> Result<Vec<String>> {
    let mut all = class.subjects.clone();
    for hour in classes::hours(tx, class.id)? {
        if !all.contains(&hour.subject) {
            all.push(hour.subject);
        }
    }
    Ok(all)
}

/// The subjects of the class as tabs, when there are several.
fn subjects(ask: &Ask, all: &[String], chosen: &str, monday: base::Day) -> Html {
    if all.len() < 2 {
        return Html::new();
    }
    let words = &ask.words;
    let tabs: Vec<ui::Link> = all
        .iter()
        .map(|code| {
            let path = ui::with_query(&ask.path, "week", Some(&monday.to_string()));
            let href = ui::with_query(&path, "school_subject", Some(code));
            ui::Link::new(href, words.code("subject", code)).current(code == chosen)
        })
        .collect();
    ui::tabs(&words.say("progress-week-subjects"), &tabs)
}

/// What the scheme of work asks this week, each with the lessons that teach it.
fn asks(
    tx: &mut Tx,
    ask: &Ask,
    class: &classes::Class,
    subject: &str,
    monday: base::Day,
) -> Result<Html> {
    let words = &ask.words;
    let scheme = curricula::scheme_for(
        tx,
        &class.country,
        Some(class.school),
        subject,
        class.grade,
        monday,
    )?;
    let Some(scheme) = scheme else {
        return Ok(html!("<p>{}</p>", words.say("progress-week-no-scheme")));
    };
    let mut body = html!(
        "<p>{}</p>",
        ui::link(
            &format!("/schemes/{}", scheme.id),
            words.say("progress-week-scheme")
        )
    );
    let number = curricula::week_of(&scheme, monday);
    let week = curricula::weeks(tx, &scheme)?
        .into_iter()
        .find(|week| Some(week.number) == number);
    if let Some(week) = &week {
        body.push(html!(
            "<p><strong>{}</strong> {}</p>",
            words.say_with("progress-week-number", &[("n", week.number.into())]),
            words.name(&week.title)
        ));
        body.push(ui::paragraphs(&week.note));
    }
    let ids = wanted(tx, class, subject, monday)?;
    let mut lines = Html::new();
    for (id, code, statement) in named(tx, words, &ids)? {
        let mut taught = Html::new();
        for lesson in lessons::teaching(tx, id, Some(class.school))? {
            if lesson.country != class.country {
                continue;
            }
            let path = format!("/teach/classes/{}/assignments/new", class.id);
            let due = monday.plus(4);
            let path = ui::with_query(&path, "lesson", Some(&lesson.id.to_string()));
            let path = ui::with_query(&path, "due_on", Some(&due.to_string()));
            let give = ui::link(&path, words.say("progress-assignment-button"));
            let see = ui::link(
                &format!("/learning/lessons/{}", lesson.id),
                words.name(&lesson.names),
            );
            taught.push(html!("<li>{} · {}</li>", see, give));
        }
        let taught = if taught.is_empty() {
            html!(
                "<p><small>{}</small></p>",
                words.say("progress-week-no-lesson")
            )
        } else {
            html!("<ul>{}</ul>", taught)
        };
        let to = ui::link(&format!("/competencies/{id}"), statement);
        lines.push(html!("<li><strong>{}</strong> {}{}</li>", code, to, taught));
    }
    if !lines.is_empty() {
        body.push(html!("<ul>{}</ul>", lines));
    }
    Ok(body)
}
