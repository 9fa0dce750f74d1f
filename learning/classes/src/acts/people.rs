//! People of a school: adding, editing, roles, enrolling, moving, leaving, cards for adults.

use super::{HEADS, class_choice, run_school, run_school_of};
use crate::door;
use crate::person::{NEEDS, NewPerson, Person};
use crate::{rules, store};
use base::{Day, Error, Id, Lang, Refusal, Result, Role};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choice, Choices, Done, Entered, Field, Form, Prefill};

/// The roles a school gives.
pub(crate) const ROLES: &[&str] = &["learner", "teacher", "school_head", "guardian"];
/// Classes offered in a choice.
const CLASSES_MAX: i64 = 500;

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "school-person-new",
            "/teach/schools/{id}/people/new",
            HEADS,
            new_form,
            add,
        )
        .shown(new_shown),
        Act::new(
            "school-person-edit",
            "/teach/people/{id}/edit",
            HEADS,
            person_form_with_version,
            edit,
        )
        .shown(edit_shown),
        Act::new(
            "school-role-new",
            "/teach/people/{id}/roles/new",
            HEADS,
            role_form,
            give_role,
        )
        .shown(person_beside),
        Act::new(
            "school-role-end",
            "/teach/roles/{id}/end",
            HEADS,
            end_form,
            end_role,
        )
        .shown(role_beside),
        Act::new(
            "enrolment-new",
            "/teach/people/{id}/enrolments/new",
            HEADS,
            enrol_form,
            enrol,
        )
        .shown(enrol_shown),
        Act::new(
            "enrolment-move",
            "/teach/enrolments/{id}/move",
            HEADS,
            move_form,
            move_on,
        )
        .shown(enrolment_beside),
        Act::new(
            "enrolment-end",
            "/teach/enrolments/{id}/end",
            HEADS,
            end_form,
            end_enrolment,
        )
        .shown(enrolment_beside),
        Act::new(
            "adult-card",
            "/teach/people/{id}/card/new",
            HEADS,
            super::nothing,
            make_card,
        )
        .shown(person_beside),
    ]
}

fn person_form() -> Form {
    vec![
        Field::text("given").max(100),
        Field::text("family").max(100).optional(),
        Field::whole("birth_year", 1900, 2200).optional(),
        Field::choice("sex", Choices::Fixed("person-sex", &["female", "male"])).optional(),
        Field::choice("language", Choices::Fixed("lang", &["en", "fr", "ar"])),
        Field::many("needs", Choices::Fixed("person-need", NEEDS)).optional(),
        Field::text("user_name").max(40).optional(),
    ]
}

fn person_form_with_version() -> Form {
    let mut form = person_form();
    form.push(Field::version());
    form
}

fn new_form() -> Form {
    let mut form = vec![Field::choice("school_role", Choices::Fixed("role", ROLES))];
    form.extend(person_form());
    form.push(Field::choice("class", Choices::Listed(classes)).optional());
    form.push(Field::day("from_on"));
    form
}

/// The classes of the school in the path, or of the schools of the person in the path.
fn classes(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let id = ask.id("id")?;
    let school = if ask.path.contains("/schools/") {
        id
    } else {
        run_school_of(tx, ask.actor()?, id, ask.today)?.id()
    };
    let found = store::classes::of_school(tx, school, ask.today, (-1, "", None), CLASSES_MAX)?;
    Ok(found
        .iter()
        .map(|class| class_choice(&ask.words, class))
        .collect())
}

fn new_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let school = run_school(tx, ask.actor()?, ask.id("id")?)?;
    let entered = Entered::default()
        .with("language", ask.words.lang().code())
        .with("from_on", ask.today.to_string());
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi></p>", school.name),
    })
}

/// What was entered of a person.
fn entered(call: &Call, country: &str) -> Result<NewPerson> {
    let v = &call.values;
    let birth_year = v.opt_whole("birth_year");
    if let Some(year) = birth_year {
        rules::birth_year(year, call.today)?;
    }
    Ok(NewPerson {
        country: country.to_owned(),
        given: v.text("given").to_owned(),
        family: v.text("family").to_owned(),
        birth_year,
        sex: v.opt_text("sex").map(str::to_owned),
        lang: Lang::parse(v.text("language")).unwrap_or_default(),
        needs: v.many("needs"),
        user_name: v.opt_text("user_name").map(rules::user_name).transpose()?,
        sourced_id: None,
        sample: false,
    })
}

fn add(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let school = run_school(tx, actor, call.id("id")?)?;
    let role = Role::parse(call.values.text("school_role")).ok_or(Error::Missing)?;
    require_gives(call, role, &school)?;
    let new = entered(call, &school.country)?;
    let from_on = call.values.opt_day("from_on").unwrap_or(call.today);
    let by = Some(actor.account);
    let id = door::add_person(tx, &new, by, call.now)?;
    door::give_role(tx, (id, school.id()), role, from_on, by, call.now)?;
    if let Some(class) = call.values.id("class") {
        if !matches!(role, Role::Learner | Role::Teacher) {
            return Err(Refusal::about("class", "role-not-in-a-class").into());
        }
        own_class(tx, class, school.id())?;
        door::enrol(tx, (id, class), role, from_on, by, call.now)?;
    }
    Ok(Done::see(format!("/teach/people/{id}")).with(json!({ "id": id.to_string() })))
}

/// A head is named by the country's learning officer, not by another head.
fn require_gives(call: &Call, role: Role, school: &places::School) -> Result<()> {
    let officer = call.actor()?.is_in(Role::LearningOfficer, &school.country);
    if role == Role::SchoolHead && !officer {
        return Err(Refusal::about("school_role", "head-by-the-officer").into());
    }
    Ok(())
}

fn own_class(tx: &mut Tx, class: Id, school: Id) -> Result<()> {
    if store::classes::class(tx, class)?.school == school {
        Ok(())
    } else {
        Err(Refusal::about("class", "class-of-another-school").into())
    }
}

fn edit_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    run_school_of(tx, ask.actor()?, ask.id("id")?, ask.today)?;
    let p = store::people::person(tx, ask.id("id")?)?;
    let mut entered = Entered::default()
        .with("given", p.given.as_str())
        .with("family", p.family.as_str())
        .with(
            "birth_year",
            p.birth_year.map(|y| y.to_string()).unwrap_or_default(),
        )
        .with("sex", p.sex.unwrap_or_default())
        .with("language", p.lang.code())
        .with("user_name", p.user_name.unwrap_or_default())
        .with("version", p.version.to_string());
    for need in &p.needs {
        entered = entered.with("needs", need.as_str());
    }
    Ok(Prefill {
        entered,
        ..Prefill::default()
    })
}

fn edit(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, id) = (call.actor()?, call.id("id")?);
    run_school_of(tx, actor, id, call.today)?;
    let was = store::people::person(tx, id)?;
    let new = entered(call, &was.country)?;
    let person = Person {
        given: new.given,
        family: new.family,
        birth_year: new.birth_year,
        sex: new.sex,
        lang: new.lang,
        needs: new.needs,
        user_name: new.user_name,
        ..was
    };
    let done = store::people::change_person(tx, &person, call.values.version());
    db::on_unique(
        done,
        "school_person.user_name",
        Refusal::about("user_name", "user-name-taken"),
    )?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "person.changed",
        ("person", id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/people/{id}")))
}

// ---- roles

fn role_form() -> Form {
    vec![
        Field::choice("school_role", Choices::Fixed("role", ROLES)),
        Field::choice("at_school", Choices::Listed(own_schools)),
        Field::day("from_on"),
    ]
}

/// The schools the actor heads; for a learning officer, the schools of the person in the path.
fn own_schools(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let actor = ask.actor()?;
    let mut ids = actor.schools(&[Role::SchoolHead]);
    if actor.is(Role::LearningOfficer) {
        let held = store::people::roles(tx, ask.id("id")?)?;
        ids.extend(
            held.iter()
                .filter(|h| actor.is_in(Role::LearningOfficer, &h.country))
                .map(|h| h.school),
        );
    }
    ids.sort();
    ids.dedup();
    let mut found = Vec::new();
    for id in ids {
        let school = places::school(tx, id)?;
        found.push(Choice {
            code: id.to_string(),
            label: school.name,
        });
    }
    Ok(found)
}

fn person_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let id = ask.id("id")?;
    super::school_of(tx, ask.actor()?, id, ask.today)?;
    let name = store::people::person(tx, id)?.name();
    let entered = Entered::default().with("from_on", ask.today.to_string());
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi></p>", name),
    })
}

fn give_role(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, id) = (call.actor()?, call.id("id")?);
    let school = run_school(
        tx,
        actor,
        call.values.id("at_school").ok_or(Error::Missing)?,
    )?;
    // Somebody of another school comes here by their code, on paper or by telling it: who knows the
    // person's page already works with them.
    super::school_of(tx, actor, id, call.today)?;
    let role = Role::parse(call.values.text("school_role")).ok_or(Error::Missing)?;
    require_gives(call, role, &school)?;
    let from_on = call.values.opt_day("from_on").unwrap_or(call.today);
    door::give_role(
        tx,
        (id, school.id()),
        role,
        from_on,
        Some(actor.account),
        call.now,
    )?;
    Ok(Done::see(format!("/teach/people/{id}")))
}

fn end_form() -> Form {
    vec![Field::day("last_on"), Field::text("reason").max(300)]
}

fn role_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let held = store::people::role(tx, ask.id("id")?)?;
    run_school(tx, ask.actor()?, held.school)?;
    let name = store::people::person(tx, held.person)?.name();
    let role = ask.words.code("role", held.role.code());
    let entered = Entered::default().with("last_on", ask.today.to_string());
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi> · {}</p>", name, role),
    })
}

/// Ends a role, and with it the person's place in the classes of that school.
fn end_role(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let held = store::people::role(tx, call.id("id")?)?;
    let school = run_school(tx, actor, held.school)?;
    require_gives(call, held.role, &school)?;
    let (last, reason) = (last_on(call, held.from_on)?, call.values.text("reason"));
    if !store::people::end_role(tx, held.id, last, reason, Some(actor.account), call.now)? {
        return Err(Refusal::whole("role-over").into());
    }
    if matches!(held.role, Role::Learner | Role::Teacher) {
        for e in store::classes::enrolments(tx, held.person)? {
            let here = e.role == held.role
                && e.to_on.is_none()
                && store::classes::class(tx, e.class)?.school == held.school;
            if here {
                store::classes::end_enrolment(
                    tx,
                    e.id,
                    last.max(e.from_on),
                    reason,
                    Some(actor.account),
                    call.now,
                )?;
            }
        }
    }
    store::entry::end_sessions(tx, held.person, call.now)?;
    let about = json!({ "role": held.role.code() });
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "school_role.ended",
        ("school_role", held.id),
        about,
    )?;
    Ok(Done::see(format!("/teach/people/{}", held.person)))
}

/// The last day that was entered: not before the first.
fn last_on(call: &Call, first: Day) -> Result<Day> {
    let last = call.values.opt_day("last_on").unwrap_or(call.today);
    if last < first {
        return Err(Refusal::about("last_on", "last-day-before-first")
            .with("first", first.to_string())
            .into());
    }
    Ok(last)
}

// ---- enrolments

fn enrol_form() -> Form {
    vec![
        Field::choice("class", Choices::Listed(classes)),
        Field::choice(
            "class_role",
            Choices::Fixed("role", &["learner", "teacher"]),
        ),
        Field::day("from_on"),
    ]
}

fn enrol_shown(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let mut prefill = person_beside(tx, ask)?;
    let roles = store::people::roles(tx, ask.id("id")?)?;
    let teaches = roles
        .iter()
        .any(|h| h.is_on(ask.today) && h.role == Role::Teacher);
    let role = if teaches { "teacher" } else { "learner" };
    prefill.entered = prefill.entered.with("class_role", role);
    Ok(prefill)
}

fn enrol(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, id) = (call.actor()?, call.id("id")?);
    let school = run_school_of(tx, actor, id, call.today)?;
    let class = call.values.id("class").ok_or(Error::Missing)?;
    own_class(tx, class, school.id())?;
    let role = Role::parse(call.values.text("class_role")).ok_or(Error::Missing)?;
    let from_on = call.values.opt_day("from_on").unwrap_or(call.today);
    holds(tx, id, (school.id(), role), from_on)?;
    door::enrol(
        tx,
        (id, class),
        role,
        from_on,
        Some(actor.account),
        call.now,
    )?;
    Ok(Done::see(format!("/teach/people/{id}")))
}

/// Refuses a place in a class for somebody without the role at its school.
fn holds(tx: &mut Tx, person: Id, (school, role): (Id, Role), day: Day) -> Result<()> {
    let roles = store::people::roles(tx, person)?;
    if roles
        .iter()
        .any(|h| h.school == school && h.role == role && h.is_on(day))
    {
        Ok(())
    } else {
        Err(Refusal::about("class_role", "no-such-role-here").into())
    }
}

fn enrolment_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let e = store::classes::enrolment(tx, ask.id("id")?)?;
    let class = store::classes::class(tx, e.class)?;
    run_school(tx, ask.actor()?, class.school)?;
    let name = store::people::person(tx, e.person)?.name();
    let entered = Entered::default().with("last_on", ask.today.to_string());
    let label = crate::pages::class_label(&ask.words, &class);
    Ok(Prefill {
        entered,
        beside: html!("<p><bdi>{}</bdi> · {}</p>", name, label),
    })
}

fn move_form() -> Form {
    vec![
        Field::choice("class", Choices::Listed(sister_classes)),
        Field::day("last_on"),
        Field::text("reason").max(300),
    ]
}

/// The other classes of the school of an enrolment.
fn sister_classes(tx: &mut Tx, ask: &Ask) -> Result<Vec<Choice>> {
    let e = store::classes::enrolment(tx, ask.id("id")?)?;
    let class = store::classes::class(tx, e.class)?;
    let found =
        store::classes::of_school(tx, class.school, ask.today, (-1, "", None), CLASSES_MAX)?;
    let others = found.iter().filter(|c| c.id != class.id);
    Ok(others
        .map(|class| class_choice(&ask.words, class))
        .collect())
}

/// Ends the place in one class and begins another the day after: both stay on record.
fn move_on(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let e = store::classes::enrolment(tx, call.id("id")?)?;
    let class = store::classes::class(tx, e.class)?;
    run_school(tx, actor, class.school)?;
    let to = call.values.id("class").ok_or(Error::Missing)?;
    own_class(tx, to, class.school)?;
    finish(tx, call, &e)?;
    let begins = last_on(call, e.from_on)?.plus(1);
    door::enrol(
        tx,
        (e.person, to),
        e.role,
        begins,
        Some(actor.account),
        call.now,
    )?;
    Ok(Done::see(format!("/teach/people/{}", e.person)))
}

fn end_enrolment(tx: &mut Tx, call: &Call) -> Result<Done> {
    let e = store::classes::enrolment(tx, call.id("id")?)?;
    let class = store::classes::class(tx, e.class)?;
    run_school(tx, call.actor()?, class.school)?;
    finish(tx, call, &e)?;
    Ok(Done::see(format!("/teach/people/{}", e.person)))
}

fn finish(tx: &mut Tx, call: &Call, e: &crate::person::Enrolment) -> Result<()> {
    let by = Some(call.actor()?.account);
    let last = last_on(call, e.from_on)?;
    if !store::classes::end_enrolment(tx, e.id, last, call.values.text("reason"), by, call.now)? {
        return Err(Refusal::whole("enrolment-over").into());
    }
    for group in store::classes::groups_of(tx, e.person)? {
        if group.class == e.class {
            let mut members = store::classes::members(tx, group.id)?;
            members.retain(|m| *m != e.person);
            store::classes::set_members(tx, group.id, &members, call.now)?;
        }
    }
    ledger::tell(
        tx,
        (call.now, by),
        "enrolment.ended",
        ("enrolment", e.id),
        json!({ "class": e.class.to_string() }),
    )
}

// ---- cards of adults

/// Makes a card with which an adult chooses a password; earlier cards and the old password are void.
fn make_card(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, id) = (call.actor()?, call.id("id")?);
    run_school_of(tx, actor, id, call.today)?;
    if id == actor.account {
        return Err(Refusal::whole("card-not-for-oneself").into());
    }
    store::people::card_made(tx, id, true, call.now)?;
    store::people::set_password(tx, id, None)?;
    store::entry::end_sessions(tx, id, call.now)?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "person.card_made",
        ("person", id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/people/{id}/card")))
}
