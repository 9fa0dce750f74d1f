//! A class: its list, registers, timetable and groups.

use super::{action, class_label, name_of};
use crate::person::Class;
use crate::{door, rules, store};
use base::{Day, Id, Result, Role};
use db::Tx;
use std::collections::BTreeMap;
use ui::{Html, Link, html};
use web::{Answer, Ask, Page};

/// The ways through a class.
pub(crate) fn tabs(ask: &Ask, class: &Class, here: &str) -> Html {
    let words = &ask.words;
    let at = |end: &str, key: &str| {
        Link::new(format!("/teach/classes/{}{end}", class.id), words.say(key)).current(end == here)
    };
    ui::tabs(
        &class_label(words, class),
        &[
            at("", "class-tab-list"),
            at("/registers", "class-tab-registers"),
            at("/timetable", "class-tab-timetable"),
            at("/groups", "class-tab-groups"),
            at("/cards", "class-tab-cards"),
        ],
    )
}

fn taught(tx: &mut Tx, ask: &Ask) -> Result<Class> {
    door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)
}

/// The list of a class.
pub(crate) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = taught(tx, ask)?;
    let path = format!("/teach/classes/{}", class.id);
    let school = places::school(tx, class.school)?;
    let teachers: Vec<String> = door::teachers(tx, class.id, ask.today)?
        .iter()
        .map(crate::Person::name)
        .collect();
    let mut body = tabs(ask, &class, "");
    body.push(html!(
        "<p><bdi>{}</bdi> · {} · <bdi>{}</bdi></p><p>{}</p>",
        school.name,
        class.session,
        words.list(&teachers),
        words.say_with("class-code-is", &[("code", class.code.as_str().into())])
    ));
    let mut actions = vec![action(
        words,
        format!("{path}/register"),
        "register-button",
        true,
    )];
    if ask.actor()?.is_for(Role::SchoolHead, class.school) {
        actions.push(action(
            words,
            format!("{path}/edit"),
            "class-edit-button",
            false,
        ));
        let new = format!(
            "/teach/schools/{}/people/new?school_role=learner&class={}",
            class.school, class.id
        );
        actions.push(action(words, new, "class-add-learner", false));
    }
    actions.push(action(
        words,
        format!("{path}/code"),
        "class-code-button",
        false,
    ));
    body.push(ui::actions(&actions));
    body.push(web::html::slot(
        tx,
        ask,
        "class-page",
        &class.id.to_string(),
    )?);
    let all = door::listed(tx, class.id, ask.today)?;
    if all.is_empty() {
        body.push(ui::empty(&words.say("class-empty"), None));
    } else {
        let heads =
            ["class-number", "column-name", "column-code", "class-needs"].map(|key| words.say(key));
        let rows: Vec<Vec<Html>> = all
            .iter()
            .map(|l| {
                let needs: Vec<String> = l
                    .person
                    .needs
                    .iter()
                    .map(|n| words.code("person-need", n))
                    .collect();
                vec![
                    ui::text(&words.number(l.number)),
                    html!(
                        "<a href=\"/teach/people/{}\"><bdi>{}</bdi></a>",
                        l.person.id,
                        l.person.name()
                    ),
                    html!("<code>{}</code>", l.person.code),
                    ui::text(&needs.join(", ")),
                ]
            })
            .collect();
        let says = words.say_with("class-size", &[("n", all.len().into())]);
        body.push(ui::plain_table(&says, &heads, &rows));
    }
    Ok(Answer::Page(Page {
        title: class_label(words, &class),
        body,
        ..Page::default()
    }))
}

/// The first day shown of a class's registers: so many back from the last.
const DAYS_SHOWN: i64 = 60;

/// The registers of a class: by day, how many were there, and the corrections.
pub(crate) fn registers(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = taught(tx, ask)?;
    let path = format!("/teach/classes/{}", class.id);
    let last = ask
        .query
        .get("until")
        .and_then(|t| Day::parse(t))
        .unwrap_or(ask.today)
        .min(ask.today);
    let first = last.plus(-DAYS_SHOWN).max(class.days.0);
    let mut body = tabs(ask, &class, "/registers");
    body.push(ui::actions(&[
        action(
            words,
            today_register(tx, ask, &class)?,
            "register-button",
            true,
        ),
        action(words, format!("{path}/sheet"), "sheet-title", false),
        action(words, format!("{path}/marks"), "marks-link", false),
    ]));
    let mut by_day: BTreeMap<Day, BTreeMap<String, i64>> = BTreeMap::new();
    for mark in store::attendance::marks_between(tx, class.id, (first, last))? {
        *by_day
            .entry(mark.day)
            .or_default()
            .entry(mark.code)
            .or_default() += 1;
    }
    let by_lesson = store::lessons::days(tx, class.id, (first, last))?;
    let mut rows = Vec::new();
    for (day, found) in by_day.iter().rev() {
        let n = |code: &str| found.get(code).copied().unwrap_or(0);
        let there = n("present") + n("late") + n("left_early") + n("partly");
        let href = if by_lesson.contains(day) {
            super::lessons::path_of(class.id, *day)
        } else {
            format!("{path}/register?on_day={day}")
        };
        let mut row = vec![ui::link(&href, words.day(*day))];
        let counts = [
            there,
            n("late"),
            n("left_early"),
            n("partly"),
            n("excused"),
            n("absent"),
        ];
        row.extend(counts.map(|n| ui::text(&words.number(n))));
        rows.push(row);
    }
    if rows.is_empty() {
        body.push(ui::empty(&words.say("registers-empty"), None));
    } else {
        let heads = [
            "column-on",
            "attendance-there",
            "attendance-late",
            "attendance-left-early",
            "attendance-partly",
            "attendance-excused",
            "attendance-absent",
        ];
        body.push(ui::plain_table(
            &words.say("class-tab-registers"),
            &heads.map(|key| words.say(key)),
            &rows,
        ));
    }
    if first > class.days.0 {
        let earlier = format!("{path}/registers?until={}", first.plus(-1));
        body.push(ui::actions(&[action(
            words,
            earlier,
            "registers-earlier",
            false,
        )]));
    }
    body.push(corrections(tx, ask, &class)?);
    Ok(Answer::Page(Page {
        title: class_label(words, &class),
        body,
        ..Page::default()
    }))
}

/// Where the register of today is taken: by lesson or of the whole day.
pub(crate) fn today_register(tx: &mut Tx, ask: &Ask, class: &Class) -> Result<String> {
    Ok(
        if crate::acts::lessons::is_by_lesson(tx, class, ask.today)? {
            super::lessons::path_of(class.id, ask.today)
        } else {
            format!("/teach/classes/{}/register", class.id)
        },
    )
}

/// Corrections of the last two weeks, each beside what it corrects.
fn corrections(tx: &mut Tx, ask: &Ask, class: &Class) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for day in store::attendance::days(tx, class.id, (ask.today.plus(-14), ask.today))? {
        let Some((register, ..)) = store::attendance::register(tx, class.id, day)? else {
            continue;
        };
        let marks = store::attendance::marks(tx, register)?;
        // What follows from lessons changes with them, without a reason of its own.
        for (lesson, mark, was) in super::lessons::corrections(tx, ask, class, day)? {
            rows.push(vec![
                html!("{} <bdi>{}</bdi>", words.day(day), lesson),
                html!("<bdi>{}</bdi>", name_of(tx, mark.person)?),
                ui::text(&words.code("attendance", &was)),
                ui::text(&words.code("attendance", &mark.code)),
                html!("<bdi>{}</bdi>", mark.reason.as_deref().unwrap_or("")),
                html!("<bdi>{}</bdi>", name_of(tx, mark.marked_by)?),
            ]);
        }
        let said = |m: &&crate::person::Mark| m.corrects.is_some() && m.reason.is_some();
        for mark in marks.iter().filter(said) {
            let was = marks
                .iter()
                .find(|m| Some(m.id) == mark.corrects)
                .map_or("", |m| m.code.as_str());
            rows.push(vec![
                ui::text(&words.day(day)),
                html!("<bdi>{}</bdi>", name_of(tx, mark.person)?),
                ui::text(&words.code("attendance", was)),
                ui::text(&words.code("attendance", &mark.code)),
                html!("<bdi>{}</bdi>", mark.reason.as_deref().unwrap_or("")),
                html!("<bdi>{}</bdi>", name_of(tx, mark.marked_by)?),
            ]);
        }
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let heads = [
        "column-on",
        "column-name",
        "correction-was",
        "correction-is",
        "column-reason",
        "correction-by",
    ];
    Ok(ui::plain_table(
        &words.say("registers-corrections"),
        &heads.map(|key| words.say(key)),
        &rows,
    ))
}

/// The week of a class.
pub(crate) fn timetable(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = taught(tx, ask)?;
    let mut body = tabs(ask, &class, "/timetable");
    let new = format!("/teach/classes/{}/timetable/new", class.id);
    body.push(ui::actions(&[action(words, new, "hour-new-button", true)]));
    let hours = store::classes::hours(tx, class.id)?;
    if hours.is_empty() {
        body.push(ui::empty(&words.say("timetable-empty"), None));
        return Ok(Answer::Page(Page {
            title: class_label(words, &class),
            body,
            ..Page::default()
        }));
    }
    let ids: Vec<Id> = hours.iter().filter_map(|h| h.teacher).collect();
    let people = store::people::people(tx, &ids)?;
    let mut rows = Vec::new();
    for hour in &hours {
        let teacher = hour
            .teacher
            .and_then(|id| people.get(&id))
            .map(crate::Person::name)
            .unwrap_or_default();
        rows.push(vec![
            ui::text(&words.say(&format!("weekday-{}", hour.weekday))),
            html!(
                "<bdi>{}–{}</bdi>",
                rules::clock_text(hour.begins),
                rules::clock_text(hour.begins + hour.minutes)
            ),
            ui::text(&words.code("subject", &hour.subject)),
            html!("<bdi>{}</bdi>", teacher),
            html!("<bdi>{}</bdi>", hour.place.as_deref().unwrap_or("")),
            html!(
                "<a href=\"/teach/hours/{}/end\">{}</a>",
                hour.id,
                words.say("hour-end-button")
            ),
        ]);
    }
    let heads = [
        "column-on",
        "timetable-when",
        "timetable-subject",
        "timetable-teacher",
        "timetable-place",
        "timetable-change",
    ];
    body.push(ui::plain_table(
        &words.say("class-tab-timetable"),
        &heads.map(|key| words.say(key)),
        &rows,
    ));
    Ok(Answer::Page(Page {
        title: class_label(words, &class),
        body,
        ..Page::default()
    }))
}

/// The groups of a class and who is in them.
pub(crate) fn groups(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let words = &ask.words;
    let class = taught(tx, ask)?;
    let mut body = tabs(ask, &class, "/groups");
    let new = format!("/teach/classes/{}/groups/new", class.id);
    body.push(ui::actions(&[action(words, new, "group-new-button", true)]));
    let groups = store::classes::groups(tx, class.id)?;
    if groups.is_empty() {
        body.push(ui::empty(&words.say("groups-empty"), None));
    }
    let names: BTreeMap<Id, String> = door::listed(tx, class.id, ask.today)?
        .into_iter()
        .map(|l| (l.person.id, l.person.name()))
        .collect();
    for group in &groups {
        let members = store::classes::members(tx, group.id)?;
        let list: Html = members
            .iter()
            .filter_map(|m| names.get(m))
            .map(|name| html!("<li><bdi>{}</bdi></li>", name))
            .collect();
        let mut inside = html!(
            "<p>{}</p><ul>{}</ul>",
            words.code("group-kind", &group.kind),
            list
        );
        inside.push(ui::actions(&[
            action(
                words,
                format!("/teach/groups/{}/edit", group.id),
                "group-edit-button",
                false,
            ),
            action(
                words,
                format!("/teach/groups/{}/end", group.id),
                "group-end-button",
                false,
            ),
        ]));
        body.push(ui::section(&group.name, inside));
    }
    Ok(Answer::Page(Page {
        title: class_label(words, &class),
        body,
        ..Page::default()
    }))
}
