//! What later rooms may call: who is in which class on which day, and who may see whose work.

use crate::person::{
    Class, Enrolment, Group, Held, Hour, Link, Listed, Mark, Missed, NewClass, NewPerson, Person,
};
use crate::{codes, rules, store};
use base::{Actor, Day, Error, Id, Moment, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use std::collections::BTreeMap;

// ---- people

/// A person.
///
/// # Errors
/// Missing when there is none.
pub fn person(tx: &mut Tx, id: Id) -> Result<Person> {
    store::people::person(tx, id)
}

/// Several people; unknown ids are left out.
///
/// # Errors
/// A fault of the database.
pub fn persons(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Person>> {
    store::people::people(tx, ids)
}

/// A person's name, for those who work with them only.
///
/// # Errors
/// Missing when there is none.
pub fn name(tx: &mut Tx, id: Id) -> Result<String> {
    Ok(store::people::person(tx, id)?.name())
}

/// The person of a code such as `KTBQ-492M`, however it was typed.
///
/// # Errors
/// A fault of the database.
pub fn person_by_code(tx: &mut Tx, typed: &str) -> Result<Option<Person>> {
    match codes::person_code_typed(typed) {
        Some(code) => store::people::by_code(tx, &code),
        None => Ok(None),
    }
}

/// Every role a person holds or held at a school, in the order of giving.
///
/// # Errors
/// A fault of the database.
pub fn roles(tx: &mut Tx, person: Id) -> Result<Vec<Held>> {
    store::people::roles(tx, person)
}

/// Those who hold a role at a school on a day, by name.
///
/// # Errors
/// A fault of the database.
pub fn with_role(tx: &mut Tx, school: Id, role: Role, day: Day, limit: i64) -> Result<Vec<Person>> {
    let held = (school, role.code());
    let found = store::people::at_school(tx, held, day, None, ("", None), limit)?;
    Ok(found.into_iter().map(|(_, _, person)| person).collect())
}

/// Everybody who ever learned at a school, with the last day there; none while they are there.
///
/// # Errors
/// A fault of the database.
pub fn ever_learners(tx: &mut Tx, school: Id) -> Result<BTreeMap<Id, Option<Day>>> {
    let mut all: BTreeMap<Id, Option<Day>> = BTreeMap::new();
    for (person, last) in store::people::ever_learners(tx, school)? {
        let known = all.entry(person).or_insert(last);
        *known = known.zip(last).map(|(one, other)| one.max(other));
    }
    Ok(all)
}

/// Adds a person.
///
/// # Errors
/// Refused when the user name is taken.
pub fn add_person(tx: &mut Tx, new: &NewPerson, by: Option<Id>, now: Moment) -> Result<Id> {
    let id = Id::new(now);
    let number = store::next(tx, &format!("person {}", new.country), 1)?;
    let row = store::people::person_row(id, &codes::person_code(number), new, now)?;
    let added = store::people::add_people(tx, &[row]);
    let taken = Refusal::about("user_name", "user-name-taken");
    db::on_unique(added, "school_person.user_name", taken)?;
    ledger::tell(tx, (now, by), "person.added", ("person", id), json!({}))?;
    Ok(id)
}

/// Gives a person a role at a school from a day on. The same role held already is answered.
///
/// # Errors
/// Refused when the role is none of a school, or somebody would appoint themselves.
pub fn give_role(
    tx: &mut Tx,
    (person, school): (Id, Id),
    role: Role,
    from_on: Day,
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    if !role.is_of_a_school() {
        return Err(Refusal::about("role", "role-not-of-a-school").into());
    }
    if by == Some(person) && role != Role::Guardian {
        return Err(Refusal::whole("appointment-not-oneself").into());
    }
    let known = store::people::person(tx, person)?;
    let held = store::people::roles(tx, person)?;
    if let Some(same) = held
        .iter()
        .find(|h| h.school == school && h.role == role && h.is_on(from_on))
    {
        return Ok(same.id);
    }
    let new = Held {
        id: Id::new(now),
        person,
        school,
        country: known.country.clone(),
        role,
        from_on,
        to_on: None,
        reason: None,
    };
    let key = store::people::sort_key(&known.given, &known.family);
    store::people::add_roles(tx, &[store::people::role_row(&new, &key, by, now)])?;
    ledger::tell(
        tx,
        (now, by),
        "school_role.given",
        ("school_role", new.id),
        json!({ "role": role.code() }),
    )?;
    Ok(new.id)
}

// ---- classes

/// A class.
///
/// # Errors
/// Missing when there is none.
pub fn class(tx: &mut Tx, id: Id) -> Result<Class> {
    store::classes::class(tx, id)
}

/// Adds a class.
///
/// # Errors
/// A fault of the database.
pub fn add_class(tx: &mut Tx, new: &NewClass, by: Option<Id>, now: Moment) -> Result<Id> {
    let id = Id::new(now);
    let number = store::next(tx, "class", 1)?;
    let row = store::classes::class_row(id, &codes::class_code(number), new, now)?;
    store::classes::add_classes(tx, &[row])?;
    ledger::tell(
        tx,
        (now, by),
        "class.added",
        ("class", id),
        json!({ "school": new.school.to_string() }),
    )?;
    Ok(id)
}

/// The classes a person teaches on a day, by grade and name.
///
/// # Errors
/// A fault of the database.
pub fn classes_of_teacher(tx: &mut Tx, person: Id, day: Day) -> Result<Vec<Class>> {
    store::classes::of_person(tx, person, Role::Teacher.code(), day)
}

/// The classes a person learns in on a day.
///
/// # Errors
/// A fault of the database.
pub fn classes_of_learner(tx: &mut Tx, person: Id, day: Day) -> Result<Vec<Class>> {
    store::classes::of_person(tx, person, Role::Learner.code(), day)
}

/// The classes of a school on a day, by grade and name; at most `limit`.
///
/// # Errors
/// A fault of the database.
pub fn classes_of_school(tx: &mut Tx, school: Id, day: Day, limit: i64) -> Result<Vec<Class>> {
    store::classes::of_school(tx, school, day, (-1, "", None), limit)
}

/// The learners of a class on a day, by name.
///
/// # Errors
/// A fault of the database.
pub fn learners(tx: &mut Tx, class: Id, day: Day) -> Result<Vec<Person>> {
    Ok(listed(tx, class, day)?
        .into_iter()
        .map(|l| l.person)
        .collect())
}

/// The learners of a class on a day with their numbers, by name.
///
/// # Errors
/// A fault of the database.
pub fn listed(tx: &mut Tx, class: Id, day: Day) -> Result<Vec<Listed>> {
    store::classes::listed(tx, class, Role::Learner.code(), (day, day))
}

/// The teachers of a class on a day, by name.
///
/// # Errors
/// A fault of the database.
pub fn teachers(tx: &mut Tx, class: Id, day: Day) -> Result<Vec<Person>> {
    let all = store::classes::listed(tx, class, Role::Teacher.code(), (day, day))?;
    Ok(all.into_iter().map(|l| l.person).collect())
}

/// Everybody who was a learner of a class on some day from `from` to `to`, by name.
///
/// # Errors
/// A fault of the database.
pub fn listed_between(tx: &mut Tx, class: Id, days: (Day, Day)) -> Result<Vec<Listed>> {
    store::classes::listed(tx, class, Role::Learner.code(), days)
}

/// Every enrolment a person has or had, the latest first.
///
/// # Errors
/// A fault of the database.
pub fn enrolments(tx: &mut Tx, person: Id) -> Result<Vec<Enrolment>> {
    store::classes::enrolments(tx, person)
}

/// Enrols a person in a class, as learner or teacher, from a day on.
///
/// # Errors
/// Refused when the person is in the class already, or the day lies outside the class's days.
pub fn enrol(
    tx: &mut Tx,
    (person, class): (Id, Id),
    role: Role,
    from_on: Day,
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    let class = store::classes::class(tx, class)?;
    let known = store::people::person(tx, person)?;
    let held = store::classes::enrolments(tx, person)?;
    rules::enrol(&held, (class.id, class.days), role, from_on)?;
    let number = match role {
        Role::Learner => match store::classes::number_of(tx, class.id, person)? {
            Some(number) => number,
            None => {
                tx.lock(&format!("class {}", class.id))?;
                store::classes::next_number(tx, class.id)?
            }
        },
        _ => 0,
    };
    let enrolment = Enrolment {
        id: Id::new(now),
        class: class.id,
        person,
        role,
        number,
        from_on,
        to_on: None,
        reason: None,
    };
    let key = store::people::sort_key(&known.given, &known.family);
    let added = store::classes::add_enrolments(
        tx,
        &[store::classes::enrolment_row(
            &enrolment, &key, None, by, now,
        )],
    );
    let held = Refusal::about("from_on", "enrolment-held");
    db::on_unique(
        added,
        "school_enrolment.class_id,person_id,role,from_on",
        held,
    )?;
    ledger::tell(
        tx,
        (now, by),
        "enrolment.begun",
        ("enrolment", enrolment.id),
        json!({ "class": class.id.to_string(), "role": role.code() }),
    )?;
    Ok(enrolment.id)
}

// ---- groups and hours

/// The groups of a class, in the order of making.
///
/// # Errors
/// A fault of the database.
pub fn groups(tx: &mut Tx, class: Id) -> Result<Vec<Group>> {
    store::classes::groups(tx, class)
}

/// A group.
///
/// # Errors
/// Missing when there is none, or it was dissolved.
pub fn group(tx: &mut Tx, id: Id) -> Result<Group> {
    store::classes::group(tx, id)
}

/// Who is in a group now.
///
/// # Errors
/// A fault of the database.
pub fn members(tx: &mut Tx, group: Id) -> Result<Vec<Id>> {
    store::classes::members(tx, group)
}

/// The groups a person is in now.
///
/// # Errors
/// A fault of the database.
pub fn groups_of(tx: &mut Tx, person: Id) -> Result<Vec<Group>> {
    store::classes::groups_of(tx, person)
}

/// Makes a group of a class; with a level's code it is one of that level.
///
/// # Errors
/// Refused when somebody is no learner of the class today.
pub fn add_group(
    tx: &mut Tx,
    class: Id,
    (name, level): (&str, Option<&str>),
    members: &[Id],
    by: Option<Id>,
    now: Moment,
) -> Result<Id> {
    let kind = if level.is_some() { "level" } else { "free" };
    let group = Group {
        id: Id::new(now),
        class,
        name: name.to_owned(),
        kind: kind.to_owned(),
        level: level.map(str::to_owned),
        version: 1,
    };
    store::classes::add_group(tx, &group, by, now)?;
    put_members(tx, &group, members, now)?;
    ledger::tell(
        tx,
        (now, by),
        "group.made",
        ("group", group.id),
        json!({ "members": members.len() }),
    )?;
    Ok(group.id)
}

/// Sets who is in a group from now on; earlier membership is kept as history.
///
/// # Errors
/// Refused when somebody is no learner of the class today.
pub fn set_members(
    tx: &mut Tx,
    group: Id,
    members: &[Id],
    by: Option<Id>,
    now: Moment,
) -> Result<()> {
    let group = store::classes::group(tx, group)?;
    put_members(tx, &group, members, now)?;
    ledger::tell(
        tx,
        (now, by),
        "group.members_set",
        ("group", group.id),
        json!({ "members": members.len() }),
    )
}

fn put_members(tx: &mut Tx, group: &Group, members: &[Id], now: Moment) -> Result<()> {
    for member in members {
        if !store::classes::is_in(tx, group.class, *member, Role::Learner.code(), now.day())? {
            return Err(Refusal::about("members", "not-in-the-class").into());
        }
    }
    store::classes::set_members(tx, group.id, members, now)
}

/// Dissolves a group.
///
/// # Errors
/// Missing when there is none.
pub fn end_group(tx: &mut Tx, group: Id, by: Option<Id>, now: Moment) -> Result<()> {
    store::classes::group(tx, group)?;
    store::classes::end_group(tx, group, now)?;
    ledger::tell(
        tx,
        (now, by),
        "group.dissolved",
        ("group", group),
        json!({}),
    )
}

/// The timetable of a class, through the week.
///
/// # Errors
/// A fault of the database.
pub fn hours(tx: &mut Tx, class: Id) -> Result<Vec<Hour>> {
    store::classes::hours(tx, class)
}

// ---- attendance

/// What the register says of a class in the days from `from` to `to`, corrections applied, by day.
///
/// # Errors
/// A fault of the database.
pub fn attendance(tx: &mut Tx, class: Id, days: (Day, Day)) -> Result<Vec<Mark>> {
    store::attendance::marks_between(tx, class, days)
}

/// How often each code holds of a learner in the days from `from` to `to`.
///
/// # Errors
/// A fault of the database.
pub fn attendance_of(tx: &mut Tx, learner: Id, days: (Day, Day)) -> Result<BTreeMap<String, i64>> {
    store::attendance::tally(tx, learner, days)
}

/// What a learner missed in the days from `from` to `to`, newest first; by lesson where registers are kept so.
///
/// # Errors
/// A fault of the database.
pub fn missed(tx: &mut Tx, learner: Id, days: (Day, Day)) -> Result<Vec<Missed>> {
    store::marks::missed(tx, learner, days)
}

// ---- guardians

/// The learners whose work a guardian may see.
///
/// # Errors
/// A fault of the database.
pub fn wards(tx: &mut Tx, guardian: Id) -> Result<Vec<Id>> {
    let links = store::people::links_of_guardian(tx, guardian)?;
    Ok(links
        .iter()
        .filter(|l| l.lets_see())
        .map(|l| l.learner)
        .collect())
}

/// The ties of a learner that hold, verified or waiting.
///
/// # Errors
/// A fault of the database.
pub fn guardians_of(tx: &mut Tx, learner: Id) -> Result<Vec<Link>> {
    let links = store::people::links_of_learner(tx, learner)?;
    Ok(links.into_iter().filter(|l| l.ended_at.is_none()).collect())
}

// ---- who may

/// Refuses whoever neither teaches the class on the day nor heads its school; answers the class.
///
/// # Errors
/// Forbidden; missing when there is no such class.
pub fn require_teaches(tx: &mut Tx, actor: &Actor, class: Id, day: Day) -> Result<Class> {
    let class = store::classes::class(tx, class)?;
    let head = actor.is_for(Role::SchoolHead, class.school);
    if head
        || (actor.is_for(Role::Teacher, class.school)
            && store::classes::is_in(tx, class.id, actor.account, Role::Teacher.code(), day)?)
    {
        return Ok(class);
    }
    Err(Error::Forbidden(Role::Teacher.code()))
}

/// Refuses whoever may not see a learner's work: the learner, a teacher of theirs, the head of their
/// school, a guardian the school verified. Answers the learner.
///
/// # Errors
/// Forbidden; missing when there is no such person.
pub fn require_may_see(tx: &mut Tx, actor: &Actor, learner: Id, day: Day) -> Result<Person> {
    let person = store::people::person(tx, learner)?;
    if actor.account == learner {
        return Ok(person);
    }
    let heads = actor.schools(&[Role::SchoolHead]);
    if !heads.is_empty() {
        let roles = store::people::roles(tx, learner)?;
        if roles
            .iter()
            .any(|h| h.role == Role::Learner && h.is_on(day) && heads.contains(&h.school))
        {
            return Ok(person);
        }
    }
    if actor.is(Role::Teacher) && store::classes::teaches(tx, actor.account, learner, day)? {
        return Ok(person);
    }
    if actor.is(Role::Guardian) && wards(tx, actor.account)?.contains(&learner) {
        return Ok(person);
    }
    Err(Error::Forbidden(Role::Teacher.code()))
}

/// The actor a person of a school would be, everything in force: for commands and stories.
///
/// # Errors
/// Missing when there is none.
pub fn actor(tx: &mut Tx, person: Id, day: Day) -> Result<Actor> {
    let known = store::people::person(tx, person)?;
    let held = store::people::roles(tx, person)?;
    Ok(Actor {
        account: person,
        name: known.name(),
        lang: known.lang,
        appointments: held
            .into_iter()
            .filter(|h| h.is_on(day))
            .map(|h| base::Appointment {
                role: h.role,
                organisation: Some(h.school),
                country: Some(h.country),
                places: Vec::new(),
            })
            .collect(),
    })
}

/// A path that signs somebody of a school in: once and within a day; again and again when the person
/// was made for a demonstration.
///
/// # Errors
/// Missing when there is none.
pub fn sign_in_link(tx: &mut Tx, person: Id, now: Moment) -> Result<String> {
    let sample = store::people::person(tx, person)?.sample;
    let until = if sample {
        now.plus_days(rules::DEMO_LINK_DAYS)
    } else {
        now.plus_seconds(rules::LINK_HOURS * 3_600)
    };
    let token = codes::token();
    store::entry::add_link(
        tx,
        Id::new(now),
        &codes::hash(&token),
        person,
        sample,
        until,
    )?;
    ledger::tell(
        tx,
        (now, None),
        "person.link_made",
        ("person", person),
        json!({ "reusable": sample }),
    )?;
    Ok(format!("/learn/link/{token}"))
}
