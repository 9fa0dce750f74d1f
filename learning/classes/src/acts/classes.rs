//! Classes, their groups, timetable and cards.

use super::{HEADS, STAFF, run_school};
use crate::door;
use crate::person::{Class, Hour, NewClass};
use crate::{codes, rules, store};
use base::{Error, Id, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "class-new",
            "/teach/schools/{id}/classes/new",
            HEADS,
            class_form,
            add,
        )
        .shown(new_shown),
        Act::new(
            "class-edit",
            "/teach/classes/{id}/edit",
            HEADS,
            class_form_with_version,
            edit,
        )
        .shown(edit_shown),
        Act::new(
            "class-code",
            "/teach/classes/{id}/code",
            STAFF,
            super::nothing,
            new_code,
        )
        .shown(taught_beside),
        Act::new(
            "group-new",
            "/teach/classes/{id}/groups/new",
            STAFF,
            group_form,
            add_group,
        )
        .shown(taught_beside),
        Act::new(
            "group-edit",
            "/teach/groups/{id}/edit",
            STAFF,
            group_form_with_version,
            edit_group,
        )
        .shown(group_shown),
        Act::new(
            "group-end",
            "/teach/groups/{id}/end",
            STAFF,
            super::nothing,
            end_group,
        )
        .shown(group_shown),
        Act::new(
            "hour-new",
            "/teach/classes/{id}/timetable/new",
            STAFF,
            hour_form,
            add_hour,
        )
        .shown(hour_shown),
        Act::new(
            "hour-end",
            "/teach/hours/{id}/end",
            STAFF,
            super::nothing,
            end_hour,
        )
        .shown(hour_beside),
        Act::new(
            "cards-new",
            "/teach/classes/{id}/cards/new",
            STAFF,
            cards_form,
            make_cards,
        )
        .shown(taught_beside),
    ]
}

fn class_form() -> Form {
    vec![
        Field::names("class_names"),
        Field::choice("grade", Choices::Listed(curricula::choose::grades)),
        Field::many(
            "class_subjects",
            Choices::Fixed("subject", curricula::SUBJECTS),
        )
        .optional(),
        Field::text("school_year").max(40),
        Field::day("first_on"),
        Field::day("last_on"),
        Field::yes("shows_names").optional(),
    ]
}

fn class_form_with_version() -> Form {
    let mut form = class_form();
    form.push(Field::version());
    form
}

fn new_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let year = ask.today.parts().0;
    let entered = Entered::default().with("school_year", year.to_string());
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi></p>", school.name),
    })
}

fn entered(call: &Call, school: Id, country: &str) -> Result<NewClass> {
    let v = &call.values;
    let days = (
        v.opt_day("first_on").unwrap_or(call.today),
        v.opt_day("last_on").unwrap_or(call.today),
    );
    if days.1 < days.0 {
        return Err(Refusal::about("last_on", "last-day-before-first")
            .with("first", days.0.to_string())
            .into());
    }
    Ok(NewClass {
        school,
        country: country.to_owned(),
        names: v.names("class_names"),
        grade: v.text("grade").parse().unwrap_or(0),
        subjects: v.many("class_subjects"),
        session: v.text("school_year").to_owned(),
        days,
        shows_names: v.yes("shows_names"),
        sourced_id: None,
    })
}

fn add(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let school = run_school(tx, actor, call.id("id")?)?;
    let new = entered(call, school.id(), &school.country)?;
    let id = door::add_class(tx, &new, Some(actor.account), call.now)?;
    Ok(Done::see(format!("/teach/classes/{id}")).with(json!({ "id": id.to_string() })))
}

fn edit_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let c = store::classes::class(tx, ask.id("id")?)?;
    run_school(tx, ask.actor()?, c.school)?;
    let mut entered = Entered::default()
        .with("grade", c.grade.to_string())
        .with("school_year", c.session.as_str())
        .with("first_on", c.days.0.to_string())
        .with("last_on", c.days.1.to_string())
        .with("shows_names", if c.shows_names { "yes" } else { "" })
        .with("version", c.version.to_string());
    for (lang, name) in &c.names.0 {
        entered = entered.with(&format!("class_names_{lang}"), name.as_str());
    }
    for subject in &c.subjects {
        entered = entered.with("class_subjects", subject.as_str());
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let was = store::classes::class(tx, call.id("id")?)?;
    run_school(tx, actor, was.school)?;
    let new = entered(call, was.school, &was.country)?;
    let class = Class {
        names: new.names,
        grade: new.grade,
        subjects: new.subjects,
        session: new.session,
        days: new.days,
        shows_names: new.shows_names,
        ..was
    };
    store::classes::change_class(tx, &class, call.values.version())?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "class.changed",
        ("class", class.id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/classes/{}", class.id)))
}

/// The class in the path, which the actor teaches or whose school they head.
fn taught(tx: &mut Tx, ask: &Ask) -> Result<Class> {
    door::require_teaches(tx, ask.actor()?, ask.id("id")?, ask.today)
}

fn taught_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let class = taught(tx, ask)?;
    let label = crate::pages::class_label(&ask.words, &class);
    Ok(Prefill {
        beside: html!("<p>{} · <bdi>{}</bdi></p>", label, class.code),
        ..Prefill::default()
    })
}

/// Gives the class another code: the one on the old cards works no longer.
fn new_code(tx: &mut Tx, call: &Call) -> Result<Done> {
    let class = taught(tx, call)?;
    let number = store::next(tx, "class", 1)?;
    store::classes::set_code(tx, class.id, &codes::class_code(number))?;
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        "class.code_changed",
        ("class", class.id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/classes/{}", class.id)))
}

// ---- groups

fn group_form() -> Form {
    vec![
        Field::text("group_name").max(60),
        Field::many("members", Choices::Listed(learners_here)).optional(),
    ]
}

fn group_form_with_version() -> Form {
    let mut form = group_form();
    form.push(Field::version());
    form
}

/// The learners of the class in the path, or of the class of the group in the path.
pub(crate) fn learners_here(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let id = ask.id("id")?;
    let class = if ask.path.contains("/groups/") && !ask.path.contains("/classes/") {
        store::classes::group(tx, id)?.class
    } else {
        id
    };
    door::require_teaches(tx, ask.actor()?, class, ask.today)?;
    let all = door::listed(tx, class, ask.today)?;
    let label =
        |l: &crate::person::Listed| format!("{} {}", ask.words.number(l.number), l.person.name());
    Ok(all
        .iter()
        .map(|l| Choice {
            code: l.person.id.to_string(),
            label: label(l),
        })
        .collect())
}

fn ids(codes: &[String]) -> Vec<Id> {
    codes.iter().filter_map(|code| Id::parse(code)).collect()
}

fn add_group(tx: &mut Tx, call: &Call) -> Result<Done> {
    let class = taught(tx, call)?;
    let by = Some(call.actor()?.account);
    let name = call.values.text("group_name");
    let id = door::add_group(
        tx,
        class.id,
        (name, None),
        &ids(&call.values.many("members")),
        by,
        call.now,
    )?;
    Ok(Done::see(format!("/teach/classes/{}/groups", class.id))
        .with(json!({ "id": id.to_string() })))
}

fn group_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let group = store::classes::group(tx, ask.id("id")?)?;
    door::require_teaches(tx, ask.actor()?, group.class, ask.today)?;
    let mut entered = Entered::default()
        .with("group_name", group.name.as_str())
        .with("version", group.version.to_string());
    for member in store::classes::members(tx, group.id)? {
        entered = entered.with("members", member.to_string());
    }
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi></p>", group.name),
    })
}

fn edit_group(tx: &mut Tx, call: &Call) -> Result<Done> {
    let group = store::classes::group(tx, call.id("id")?)?;
    door::require_teaches(tx, call.actor()?, group.class, call.today)?;
    let by = Some(call.actor()?.account);
    store::classes::change_group(
        tx,
        group.id,
        call.values.text("group_name"),
        call.values.version(),
    )?;
    door::set_members(
        tx,
        group.id,
        &ids(&call.values.many("members")),
        by,
        call.now,
    )?;
    Ok(Done::see(format!("/teach/classes/{}/groups", group.class)))
}

fn end_group(tx: &mut Tx, call: &Call) -> Result<Done> {
    let group = store::classes::group(tx, call.id("id")?)?;
    door::require_teaches(tx, call.actor()?, group.class, call.today)?;
    door::end_group(tx, group.id, Some(call.actor()?.account), call.now)?;
    Ok(Done::see(format!("/teach/classes/{}/groups", group.class)))
}

// ---- the timetable

const WEEKDAYS: &[&str] = &["1", "2", "3", "4", "5", "6", "7"];

fn hour_form() -> Form {
    vec![
        Field::many("weekdays", Choices::Fixed("weekday", WEEKDAYS)),
        Field::text("begins_at").max(5),
        Field::whole("minutes", 5, 300),
        Field::choice(
            "school_subject",
            Choices::Fixed("subject", curricula::SUBJECTS),
        ),
        Field::choice("hour_teacher", Choices::Listed(teachers_here)).optional(),
        Field::text("hour_place").max(60).optional(),
    ]
}

fn teachers_here(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let class = taught(tx, ask)?;
    let all = door::teachers(tx, class.id, ask.today)?;
    Ok(all
        .iter()
        .map(|p| Choice {
            code: p.id.to_string(),
            label: p.name(),
        })
        .collect())
}

fn hour_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = taught_beside(tx, ask)?;
    let me = ask.actor()?.account;
    prefill.entered = Entered::default()
        .with("begins_at", "08:00")
        .with("minutes", "40")
        .with("hour_teacher", me.to_string());
    Ok(prefill)
}

fn add_hour(tx: &mut Tx, call: &Call) -> Result<Done> {
    let class = taught(tx, call)?;
    let v = &call.values;
    let shape = Refusal::about("begins_at", "hour-shape");
    let begins = rules::clock(v.text("begins_at")).ok_or_else(|| shape.clone())?;
    if begins + v.whole("minutes") > 1440 {
        return Err(shape.into());
    }
    let teacher = v.id("hour_teacher");
    tx.lock("timetable")?;
    let mut known = store::classes::hours(tx, class.id)?;
    if let Some(teacher) = teacher {
        known.extend(store::classes::hours_of(tx, teacher)?);
    }
    let mut new = Vec::new();
    for day in v.many("weekdays") {
        let hour = Hour {
            id: Id::new(call.now),
            class: class.id,
            weekday: day.parse().unwrap_or(1),
            begins,
            minutes: v.whole("minutes"),
            subject: v.text("school_subject").to_owned(),
            teacher,
            place: v.opt_text("hour_place").map(str::to_owned),
        };
        if let Some(other) = rules::crossing(&known, &hour) {
            let key = if other.class == class.id {
                "hour-crosses"
            } else {
                "hour-crosses-teacher"
            };
            let refusal = Refusal::about("begins_at", key)
                .with("day", base::Arg::Word(format!("weekday-{day}")))
                .with("begins", rules::clock_text(other.begins));
            return Err(refusal.into());
        }
        new.push(hour);
    }
    store::classes::add_hours(tx, &new)?;
    let about = json!({ "hours": new.len() });
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        "timetable.hours_added",
        ("class", class.id),
        about,
    )?;
    Ok(Done::see(format!("/teach/classes/{}/timetable", class.id)))
}

fn hour_of(tx: &mut Tx, ask: &Ask) -> Result<Hour> {
    let hour = store::classes::hour(tx, ask.id("id")?)?;
    door::require_teaches(tx, ask.actor()?, hour.class, ask.today)?;
    Ok(hour)
}

fn hour_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let hour = hour_of(tx, ask)?;
    let words = &ask.words;
    let day = words.say(&format!("weekday-{}", hour.weekday));
    let subject = words.code("subject", &hour.subject);
    let beside = html!(
        "<p>{} · <bdi>{}</bdi> · {}</p>",
        day,
        rules::clock_text(hour.begins),
        subject
    );
    Ok(Prefill {
        beside,
        ..Prefill::default()
    })
}

fn end_hour(tx: &mut Tx, call: &Call) -> Result<Done> {
    let hour = hour_of(tx, call)?;
    store::classes::end_hour(tx, hour.id, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        "timetable.hour_ended",
        ("class", hour.class),
        json!({}),
    )?;
    Ok(Done::see(format!(
        "/teach/classes/{}/timetable",
        hour.class
    )))
}

// ---- cards

fn cards_form() -> Form {
    vec![Field::many("members", Choices::Listed(learners_here))]
}

/// Gives some learners other pictures and codes: what stood on their old cards works no longer.
fn make_cards(tx: &mut Tx, call: &Call) -> Result<Done> {
    let class = taught(tx, call)?;
    let members = ids(&call.values.many("members"));
    for member in &members {
        if !store::classes::is_in(tx, class.id, *member, Role::Learner.code(), call.today)? {
            return Err(Error::Forbidden(Role::Teacher.code()));
        }
        store::people::card_made(tx, *member, true, call.now)?;
        store::entry::end_sessions(tx, *member, call.now)?;
    }
    let about = json!({ "cards": members.len() });
    ledger::tell(
        tx,
        (call.now, Some(call.actor()?.account)),
        "class.cards_made",
        ("class", class.id),
        about,
    )?;
    Ok(Done::see(format!("/teach/classes/{}/cards", class.id)))
}
