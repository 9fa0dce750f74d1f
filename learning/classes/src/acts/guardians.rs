//! Guardians: entered by one person of the school, verified by another, ended with a reason.

use super::{STAFF, school_of};
use crate::door;
use crate::person::{BASES, Link, NewPerson, RELATIONS};
use crate::{codes, rules, store};
use base::{Error, Id, Refusal, Result, Role, Second};
use db::Tx;
use serde_json::json;
use ui::html;
use web::{Act, Ask, Call, Choices, Done, Field, Form, Prefill, Who};

const VERIFIERS: Who = Who::Any(&[Role::SchoolHead, Role::Teacher, Role::LearningOfficer]);

pub(crate) fn acts() -> Vec<Act> {
    vec![
        Act::new(
            "guardian-new",
            "/teach/people/{id}/guardians/new",
            STAFF,
            new_form,
            add,
        )
        .shown(learner_beside),
        Act::new(
            "guardian-verification",
            "/teach/guardians/{id}/verification",
            VERIFIERS,
            verify_form,
            verify,
        )
        .shown(link_beside),
        Act::new(
            "guardian-end",
            "/teach/guardians/{id}/end",
            STAFF,
            reason_form,
            end,
        )
        .shown(link_beside),
    ]
}

fn new_form() -> Form {
    vec![
        Field::text("person_code").max(20).optional(),
        Field::text("given").max(100).optional(),
        Field::text("family").max(100).optional(),
        Field::choice("relation", Choices::Fixed("relation", RELATIONS)),
    ]
}

fn learner_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let id = ask.id("id")?;
    learners_school(tx, ask, id)?;
    let name = store::people::person(tx, id)?.name();
    Ok(Prefill {
        beside: html!("<p><bdi>{}</bdi></p>", name),
        ..Prefill::default()
    })
}

/// The school where somebody learns and the actor works.
fn learners_school(tx: &mut Tx, ask: &Ask, learner: Id) -> Result<Id> {
    let school = school_of(tx, ask.actor()?, learner, ask.today)?;
    door::require_may_see(tx, ask.actor()?, learner, ask.today)?;
    let roles = store::people::roles(tx, learner)?;
    let here = roles
        .iter()
        .any(|h| h.school == school && h.role == Role::Learner && h.is_on(ask.today));
    if here {
        Ok(school)
    } else {
        Err(Refusal::whole("not-a-learner-here").into())
    }
}

fn add(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (actor, learner) = (call.actor()?, call.id("id")?);
    let school = learners_school(tx, call, learner)?;
    let child = store::people::person(tx, learner)?;
    let v = &call.values;
    let guardian = match v.opt_text("person_code") {
        Some(typed) => {
            let unknown = Refusal::about("person_code", "person-code-unknown");
            let code = codes::person_code_typed(typed).ok_or_else(|| unknown.clone())?;
            store::people::by_code(tx, &code)?.ok_or(unknown)?.id
        }
        None => {
            let given = v
                .opt_text("given")
                .ok_or_else(|| Refusal::about("given", "form-missing"))?;
            let new = NewPerson {
                country: child.country.clone(),
                given: given.to_owned(),
                family: v.text("family").to_owned(),
                lang: child.lang,
                ..NewPerson::default()
            };
            door::add_person(tx, &new, Some(actor.account), call.now)?
        }
    };
    if guardian == learner {
        return Err(Refusal::about("person_code", "guardian-of-oneself").into());
    }
    if store::people::links_of_guardian(tx, guardian)?
        .iter()
        .any(|l| l.learner == learner)
    {
        return Err(Refusal::about("person_code", "guardian-held").into());
    }
    door::give_role(
        tx,
        (guardian, school),
        Role::Guardian,
        call.today,
        Some(actor.account),
        call.now,
    )?;
    let link = Link {
        id: Id::new(call.now),
        guardian,
        learner,
        school,
        relation: v.text("relation").to_owned(),
        asked_by: Some(actor.account),
        asked_at: call.now,
        verified_by: None,
        verified_at: None,
        basis: None,
        may_see: false,
        ended_at: None,
        reason: None,
    };
    store::people::add_link(tx, &link)?;
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "guardian.entered",
        ("guardian", link.id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/people/{learner}")).with(json!({ "id": link.id.to_string() })))
}

fn verify_form() -> Form {
    vec![
        Field::choice("seen_by", Choices::Fixed("guardian-basis", BASES)),
        Field::yes("may_see").optional(),
    ]
}

/// Refuses whoever does not work at the tie's school, nor for its country.
fn require_near(tx: &mut Tx, ask: &Ask, link: &Link) -> Result<()> {
    let actor = ask.actor()?;
    let school = places::school(tx, link.school)?;
    if rules::is_staff(actor, link.school) || actor.is_in(Role::LearningOfficer, &school.country) {
        Ok(())
    } else {
        Err(Error::Forbidden(Role::SchoolHead.code()))
    }
}

fn link_beside(tx: &mut Tx, ask: &Ask) -> Result<Prefill> {
    let link = store::people::link(tx, ask.id("id")?)?;
    require_near(tx, ask, &link)?;
    let guardian = store::people::person(tx, link.guardian)?.name();
    let learner = store::people::person(tx, link.learner)?.name();
    let relation = ask.words.code("relation", &link.relation);
    let says = ask.words.say_with(
        "guardian-of",
        &[
            ("guardian", guardian.into()),
            ("relation", relation.into()),
            ("learner", learner.into()),
        ],
    );
    let entered = web::Entered::default().with("may_see", "yes");
    Ok(Prefill {
        beside: html!("<p>{}</p>", says),
        entered,
    })
}

fn verify(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let link = store::people::link(tx, call.id("id")?)?;
    require_near(tx, call, &link)?;
    let mut first: Vec<Id> = link.asked_by.into_iter().collect();
    first.push(link.guardian);
    let second = Second::after(&first, actor)?;
    let basis = call.values.text("seen_by");
    if !store::people::verify_link(
        tx,
        link.id,
        basis,
        call.values.yes("may_see"),
        second.account(),
        call.now,
    )? {
        return Err(Refusal::whole("guardian-link-settled").into());
    }
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "guardian.verified",
        ("guardian", link.id),
        json!({ "basis": basis }),
    )?;
    Ok(Done::see(format!("/teach/people/{}", link.learner)))
}

fn reason_form() -> Form {
    vec![Field::text("reason").max(300)]
}

fn end(tx: &mut Tx, call: &Call) -> Result<Done> {
    let actor = call.actor()?;
    let link = store::people::link(tx, call.id("id")?)?;
    require_near(tx, call, &link)?;
    if !store::people::end_link(
        tx,
        link.id,
        call.values.text("reason"),
        actor.account,
        call.now,
    )? {
        return Err(Refusal::whole("guardian-link-settled").into());
    }
    ledger::tell(
        tx,
        (call.now, Some(actor.account)),
        "guardian.ended",
        ("guardian", link.id),
        json!({}),
    )?;
    Ok(Done::see(format!("/teach/people/{}", link.learner)))
}
