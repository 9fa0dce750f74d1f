//! Somebody of a school: what the school wrote, their roles, classes and guardians, history kept.

use super::{action, class_label, see_person};
use crate::person::Person;
use crate::{door, rules, store};
use base::{Id, Result, Role};
use db::Tx;
use lang::Words;
use ui::{Cell, Column, Html, Kind, html};
use web::{Answer, Ask, Show};

pub(crate) const COLUMNS: &[Column] = &[
    Column::new("code", Kind::Text),
    Column::new("birth_year", Kind::Text),
    Column::new("sex", Kind::Code("person-sex")),
    Column::new("language", Kind::Code("lang")),
    Column::new("needs", Kind::Text),
    Column::new("user_name", Kind::Text),
    Column::new("has_password", Kind::Yes),
    Column::new("id", Kind::Id),
];

/// One person.
pub(crate) fn one(tx: &mut Tx, ask: &Ask) -> Result<Answer> {
    let (words, id) = (&ask.words, ask.id("id")?);
    let school = see_person(tx, ask, id)?;
    let p = store::people::person(tx, id)?;
    let country = places::school(tx, school)?.country;
    let runs = rules::require_runs(ask.actor()?, school, &country).is_ok();
    let held = store::people::roles(tx, id)?;
    let learner = held
        .iter()
        .any(|h| h.role == Role::Learner && h.is_on(ask.today));
    let mut sections = roles(tx, words, &held, runs)?;
    sections.push(enrolments(tx, ask, id, runs)?);
    if learner || !store::people::links_of_learner(tx, id)?.is_empty() {
        sections.push(guardians(tx, words, id)?);
        sections.push(attendance(tx, ask, id)?);
    }
    let guardian = held
        .iter()
        .any(|h| h.role == Role::Guardian && h.is_on(ask.today));
    sections.push(wards(tx, words, &p, guardian)?);
    Ok(Answer::Record(Show {
        title: p.name(),
        cells: cells(words, &p),
        sections,
        actions: actions(words, id, (runs, learner)),
        slot: Some(("learner-page", id.to_string())),
        ..Show::default()
    }))
}

fn cells(words: &Words, p: &Person) -> Vec<Cell> {
    let needs: Vec<String> = p
        .needs
        .iter()
        .map(|n| words.code("person-need", n))
        .collect();
    vec![
        p.code.as_str().into(),
        Cell::or_unknown(p.birth_year.map(|y| Cell::Text(y.to_string()))),
        Cell::or_unknown(p.sex.as_deref().map(Cell::code)),
        Cell::code(p.lang.code()),
        if needs.is_empty() {
            Cell::NotApplicable
        } else {
            Cell::Text(needs.join(", "))
        },
        Cell::or_not_applicable(p.user_name.clone()),
        p.has_password.into(),
        p.id.into(),
    ]
}

fn actions(words: &Words, id: Id, (runs, learner): (bool, bool)) -> Vec<web::ActLink> {
    let at = |end: &str, key: &str| action(words, format!("/teach/people/{id}/{end}"), key, false);
    let mut links = Vec::new();
    if runs {
        links.push(at("edit", "school-person-edit-button"));
        links.push(at("enrolments/new", "enrolment-new-button"));
        links.push(at("roles/new", "school-role-new-button"));
        if !learner {
            links.push(at("card/new", "adult-card-button"));
        }
    }
    if learner {
        links.push(at("guardians/new", "guardian-new-button"));
    }
    links
}

fn until(words: &Words, day: Option<base::Day>) -> Html {
    day.map_or_else(
        || html!("<i>{}</i>", words.say("still")),
        |day| ui::text(&words.day(day)),
    )
}

fn roles(tx: &mut Tx, words: &Words, held: &[crate::person::Held], runs: bool) -> Result<Html> {
    let mut rows = Vec::new();
    for h in held {
        let school = places::school(tx, h.school)?.name;
        let end = if runs && h.to_on.is_none() {
            html!(
                "<a href=\"/teach/roles/{}/end\">{}</a>",
                h.id,
                words.say("school-role-end-button")
            )
        } else {
            Html::new()
        };
        rows.push(vec![
            ui::text(&words.code("role", h.role.code())),
            html!("<bdi>{}</bdi>", school),
            ui::text(&words.day(h.from_on)),
            until(words, h.to_on),
            html!("<bdi>{}</bdi>", h.reason.as_deref().unwrap_or("")),
            end,
        ]);
    }
    let heads = [
        "column-role",
        "column-at-school",
        "column-from-on",
        "column-until-on",
        "column-reason",
        "timetable-change",
    ];
    Ok(ui::plain_table(
        &words.say("school-person-roles"),
        &heads.map(|key| words.say(key)),
        &rows,
    ))
}

fn enrolments(tx: &mut Tx, ask: &Ask, id: Id, runs: bool) -> Result<Html> {
    let words = &ask.words;
    let mut rows = Vec::new();
    for e in store::classes::enrolments(tx, id)? {
        let class = store::classes::class(tx, e.class)?;
        let change = if runs && e.to_on.is_none() {
            html!(
                "<a href=\"/teach/enrolments/{}/move\">{}</a> <a href=\"/teach/enrolments/{}/end\">{}</a>",
                e.id,
                words.say("enrolment-move-button"),
                e.id,
                words.say("enrolment-end-button")
            )
        } else {
            Html::new()
        };
        rows.push(vec![
            html!(
                "<a href=\"/teach/classes/{}\">{}</a>",
                class.id,
                class_label(words, &class)
            ),
            ui::text(&words.code("role", e.role.code())),
            ui::text(&words.day(e.from_on)),
            until(words, e.to_on),
            html!("<bdi>{}</bdi>", e.reason.as_deref().unwrap_or("")),
            change,
        ]);
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let heads = [
        "teach-class",
        "column-role",
        "column-from-on",
        "column-until-on",
        "column-reason",
        "timetable-change",
    ];
    Ok(ui::plain_table(
        &words.say("person-classes"),
        &heads.map(|key| words.say(key)),
        &rows,
    ))
}

fn guardians(tx: &mut Tx, words: &Words, learner: Id) -> Result<Html> {
    let mut rows = Vec::new();
    for link in store::people::links_of_learner(tx, learner)? {
        let state = match (link.ended_at, link.verified_at) {
            (Some(_), _) => "ended",
            (None, Some(_)) if link.may_see => "sees",
            (None, Some(_)) => "verified",
            (None, None) => "waiting",
        };
        let mut change = Html::new();
        if state == "waiting" {
            change.push(html!(
                "<a href=\"/teach/guardians/{}/verification\">{}</a> ",
                link.id,
                words.say("guardian-verification-button")
            ));
        }
        if state != "ended" {
            change.push(html!(
                "<a href=\"/teach/guardians/{}/end\">{}</a>",
                link.id,
                words.say("guardian-end-button")
            ));
        }
        let guardian = store::people::person(tx, link.guardian)?;
        rows.push(vec![
            html!(
                "<bdi>{}</bdi> <code>{}</code>",
                guardian.name(),
                guardian.code
            ),
            ui::text(&words.code("relation", &link.relation)),
            ui::text(&words.code("guardian-state", state)),
            change,
        ]);
    }
    if rows.is_empty() {
        return Ok(ui::section(
            &words.say("person-guardians"),
            ui::empty(&words.say("person-no-guardians"), None),
        ));
    }
    let heads = [
        "column-name",
        "guardian-relation",
        "column-state",
        "timetable-change",
    ];
    Ok(ui::plain_table(
        &words.say("person-guardians"),
        &heads.map(|key| words.say(key)),
        &rows,
    ))
}

/// The learners somebody is a guardian of.
fn wards(tx: &mut Tx, words: &Words, p: &Person, guardian: bool) -> Result<Html> {
    let mut rows = Vec::new();
    for link in store::people::links_of_guardian(tx, p.id)? {
        let child = store::people::person(tx, link.learner)?;
        let verified = if link.verified_at.is_some() {
            "yes"
        } else {
            "no"
        };
        rows.push(vec![
            html!(
                "<a href=\"/teach/people/{}\"><bdi>{}</bdi></a>",
                child.id,
                child.name()
            ),
            ui::text(&words.code("relation", &link.relation)),
            ui::text(&words.say(verified)),
        ]);
    }
    if rows.is_empty() && guardian {
        let none = words.say_with("person-no-wards", &[("code", p.code.as_str().into())]);
        return Ok(ui::section(
            &words.say("person-wards"),
            ui::empty(&none, None),
        ));
    }
    if rows.is_empty() {
        return Ok(Html::new());
    }
    let heads = ["column-name", "guardian-relation", "guardian-verified"].map(|key| words.say(key));
    Ok(ui::plain_table(&words.say("person-wards"), &heads, &rows))
}

/// Days of the last half year by what the register says.
fn attendance(tx: &mut Tx, ask: &Ask, learner: Id) -> Result<Html> {
    let words = &ask.words;
    let found = door::attendance_of(tx, learner, (ask.today.plus(-182), ask.today))?;
    if found.is_empty() {
        return Ok(Html::new());
    }
    let heads = crate::MARKS
        .iter()
        .map(|code| words.code("attendance", code))
        .collect::<Vec<_>>();
    let row = crate::MARKS
        .iter()
        .map(|code| ui::text(&words.number(found.get(*code).copied().unwrap_or(0))))
        .collect::<Vec<_>>();
    Ok(ui::plain_table(
        &words.say("person-attendance"),
        &heads,
        &[row],
    ))
}
