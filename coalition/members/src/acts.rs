//! The verbs: load, decide, save, record a fact; each in the transaction it is given.

use crate::membership::{
    Application, Contact, Finding, Found, Membership, Message, Move, Person, State, Step,
};
use crate::{rules, store, terms};
use base::{Actor, Day, Error, Id, Lang, Moment, Refusal, Refusals, Result, Role};
use db::Tx;
use people::{NewAccount, NewAppointment, NewOrganisation};
use serde_json::{Value, json};

fn told(
    tx: &mut Tx,
    (now, actor): (Moment, Option<Id>),
    verb: &'static str,
    membership: Id,
    about: Value,
) -> Result<()> {
    ledger::tell(tx, (now, actor), verb, ("membership", membership), about)
}

/// Who a step is by, and why.
struct Because<'a> {
    by: Option<Id>,
    reason: Option<&'a str>,
    rule: Option<&'a str>,
}

/// Moves a membership to the state a step leads to and writes the stretch of its history.
fn go(tx: &mut Tx, m: &mut Membership, step: Move, why: &Because, now: Moment) -> Result<()> {
    let next = rules::after(m.state, step)?;
    let same = next == m.state;
    m.state = next;
    store::change(tx, m)?;
    if same {
        Ok(())
    } else {
        stretch(tx, m, why, now)
    }
}

fn stretch(tx: &mut Tx, m: &Membership, why: &Because, now: Moment) -> Result<()> {
    store::step(
        tx,
        &Step {
            id: Id::new(now),
            membership: m.id,
            organisation: m.organisation,
            number: 0,
            state: m.state,
            from_on: now.day(),
            until_on: None,
            at: now,
            by: why.by,
            reason: why.reason.map(str::to_owned),
            rule: why.rule.map(str::to_owned),
        },
    )
}

fn by(actor: &Actor) -> Because<'static> {
    Because {
        by: Some(actor.account),
        reason: None,
        rule: None,
    }
}

/// Reads a membership nobody else may change until the transaction ends.
fn held(tx: &mut Tx, id: Id) -> Result<Membership> {
    tx.lock("members")?;
    store::find(tx, id)
}

fn held_of(tx: &mut Tx, organisation: Id) -> Result<Membership> {
    tx.lock("members")?;
    store::latest_admitted(tx, organisation)?.ok_or(Error::Missing)
}

/// The secretariat's person: holds the role and has no tie with the organisation.
fn may_judge(tx: &mut Tx, m: &Membership, actor: &Actor, role: Role, today: Day) -> Result<()> {
    actor.require(role)?;
    let tied = people::is_affiliated(tx, actor.account, m.organisation, today)?;
    rules::no_conflict(tied || rules::is_applicant(m, actor))
}

/// Hands in an application: the organisation is found by its identifiers or added, the persons named
/// get accounts that wait for an invitation.
///
/// # Errors
/// Refused with everything that is missing, or when the organisation already is a member or applied.
pub fn apply(tx: &mut Tx, application: &Application, by: Option<Id>, now: Moment) -> Result<Id> {
    let published = terms::published(tx)?;
    rules::may_apply(application, &published)?;
    tx.lock("members")?;
    let organisation = organisation(tx, application, by, now)?;
    let contact = match &application.contact {
        Contact::Account(account) => *account,
        Contact::Person(person) => account(tx, person, application, now)?,
    };
    let officer = match &application.officer {
        Some(person) => Some(account(tx, person, application, now)?),
        None => None,
    };
    let m = Membership {
        id: Id::new(now),
        organisation,
        state: State::Applied,
        strengths: application.strengths.clone(),
        objectives: application.objectives.clone(),
        obligations: application.obligations.clone(),
        obligations_on: now.day(),
        do_no_harm_on: now.day(),
        principles: application.principles.clone(),
        contact,
        officer,
        lang: application.lang,
        applied_by: by,
        applied_at: now,
        reviewed_by: None,
        admitted_on: None,
        admitted_by: None,
        ended_on: None,
        removal_by: None,
        removal_reason: None,
        version: 1,
    };
    store::add(tx, &m)?;
    stretch(
        tx,
        &m,
        &Because {
            by,
            reason: None,
            rule: None,
        },
        now,
    )?;
    let about = json!({ "organisation": organisation, "objectives": m.objectives });
    told(tx, (now, by), "members.applied", m.id, about)?;
    Ok(m.id)
}

/// The organisation that applies: the one its identifiers belong to, else a new one.
fn organisation(tx: &mut Tx, application: &Application, by: Option<Id>, now: Moment) -> Result<Id> {
    let mut known: Vec<Id> = Vec::new();
    let mut identifiers = Vec::new();
    for (scheme, value) in &application.identifiers {
        let value = rules::plain_identifier(scheme, value);
        known.extend(people::organisation_by_identifier(tx, scheme, &value)?);
        if !identifiers.contains(&(scheme.clone(), value.clone())) {
            identifiers.push((scheme.clone(), value));
        }
    }
    known.dedup();
    let Some(found) = known.first().copied() else {
        let new = NewOrganisation {
            names: application.names.clone(),
            kind: application.kind.clone(),
            country: application.country.clone(),
            identifiers,
            website: application.website.clone(),
            sample: application.sample,
        };
        return people::add_organisation(tx, &new, by, now);
    };
    let mut no = Refusals::default();
    no.unless(
        known.iter().all(|id| *id == found),
        "identifier",
        "members-identifiers-of-two",
    );
    let runs = store::latest(tx, found)?.is_some_and(|m| !m.state.has_ended());
    no.unless(!runs, "identifier", "members-already-running");
    no.or(found)
}

fn account(tx: &mut Tx, person: &Person, application: &Application, now: Moment) -> Result<Id> {
    let new = NewAccount {
        email: person.email.clone(),
        name: person.name.clone(),
        lang: application.lang,
        password_hash: None,
        sample: application.sample,
    };
    people::account_for(tx, &new, now)
}

/// Takes an application up.
///
/// # Errors
/// Refused in another state, or for somebody with a tie to the applicant.
pub fn start_review(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut m = held(tx, id)?;
    may_judge(tx, &m, actor, Role::SecretariatOfficer, now.day())?;
    m.reviewed_by = Some(actor.account);
    go(tx, &mut m, Move::StartReview, &by(actor), now)?;
    told(
        tx,
        (now, Some(actor.account)),
        "members.review_started",
        id,
        json!({}),
    )
}

/// Asks the applicant something; the review rests until the answer.
///
/// # Errors
/// Refused in another state, without a question, or for somebody with a tie to the applicant.
pub fn ask_clarification(
    tx: &mut Tx,
    id: Id,
    question: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut m = held(tx, id)?;
    may_judge(tx, &m, actor, Role::SecretariatOfficer, now.day())?;
    let text = rules::reason("question", question)?;
    let why = Because {
        by: Some(actor.account),
        reason: Some(&text),
        rule: None,
    };
    go(tx, &mut m, Move::AskClarification, &why, now)?;
    say(tx, id, true, text.clone(), actor, now)?;
    told(
        tx,
        (now, Some(actor.account)),
        "members.clarification_asked",
        id,
        json!({}),
    )
}

fn say(
    tx: &mut Tx,
    id: Id,
    question: bool,
    text: String,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let message = Message {
        id: Id::new(now),
        membership: id,
        question,
        text,
        by: actor.account,
        at: now,
    };
    store::add_message(tx, &message)
}

/// Answers the secretariat's question.
///
/// # Errors
/// Missing for everybody but the applicant; refused in another state or without an answer.
pub fn answer_clarification(
    tx: &mut Tx,
    id: Id,
    answer: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut m = held(tx, id)?;
    if !rules::is_applicant(&m, actor) {
        rules::may_see(&m, actor)?;
        return Err(Error::Forbidden("members-applicant"));
    }
    let text = rules::reason("answer", answer)?;
    go(tx, &mut m, Move::Clarify, &by(actor), now)?;
    say(tx, id, false, text, actor, now)?;
    told(
        tx,
        (now, Some(actor.account)),
        "members.clarified",
        id,
        json!({}),
    )
}

/// Records what an officer found about one criterion.
///
/// # Errors
/// Refused in another state, for an unknown criterion, without note or evidence, or for somebody
/// with a tie to the applicant.
pub fn verify(tx: &mut Tx, id: Id, finding: &Finding, actor: &Actor, now: Moment) -> Result<()> {
    let mut m = held(tx, id)?;
    may_judge(tx, &m, actor, Role::SecretariatOfficer, now.day())?;
    let mut no = Refusals::default();
    let known = terms::codes(tx, terms::CRITERIA)?.contains(&finding.criterion);
    no.unless(known, "criterion", "members-criterion-unknown");
    no.unless(
        !finding.note.trim().is_empty(),
        "note",
        "members-note-missing",
    );
    no.unless(
        !finding.evidence.trim().is_empty(),
        "evidence",
        "members-evidence-missing",
    );
    no.or(())?;
    go(tx, &mut m, Move::Verify, &by(actor), now)?;
    let found = Found {
        id: Id::new(now),
        finding: finding.clone(),
        by: actor.account,
        at: now,
    };
    store::add_finding(tx, id, &found)?;
    let about = json!({ "criterion": finding.criterion, "met": finding.met });
    told(
        tx,
        (now, Some(actor.account)),
        "members.verified",
        id,
        about,
    )
}

/// Admits the applicant: by an approver who had no hand in the application. The contact becomes
/// focal point, the named officer authorised officer.
///
/// # Errors
/// Refused with every criterion open or not met; four eyes; conflict of interest.
pub fn admit(tx: &mut Tx, id: Id, note: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut m = held(tx, id)?;
    actor.require(Role::SecretariatApprover)?;
    let found = store::findings(tx, id)?;
    let criteria = terms::choices(tx, terms::CRITERIA, Lang::En)?;
    let criteria: Vec<(String, String)> = criteria.into_iter().map(|c| (c.code, c.label)).collect();
    let second = rules::admit(&m, &found, &criteria, actor)?;
    may_judge(tx, &m, actor, Role::SecretariatApprover, now.day())?;
    m.admitted_on = Some(now.day());
    m.admitted_by = Some(second.account());
    let note = Some(note.trim()).filter(|note| !note.is_empty());
    go(
        tx,
        &mut m,
        Move::Admit,
        &Because {
            by: Some(actor.account),
            reason: note,
            rule: None,
        },
        now,
    )?;
    appoint(tx, &m, m.contact, Role::MemberFocalPoint, actor, now)?;
    if let Some(officer) = m.officer {
        appoint(tx, &m, officer, Role::MemberOfficer, actor, now)?;
    }
    told(
        tx,
        (now, Some(actor.account)),
        "members.admitted",
        id,
        json!({ "organisation": m.organisation }),
    )
}

fn appoint(
    tx: &mut Tx,
    m: &Membership,
    account: Id,
    role: Role,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let new = NewAppointment {
        account,
        role,
        organisation: Some(m.organisation),
        country: None,
        places: Vec::new(),
        from_on: now.day(),
        to_on: None,
        basis: "membership",
    };
    people::appoint(tx, &new, Some(actor.account), now)?;
    Ok(())
}

/// Declines an application, with a reason and the published rule it rests on.
///
/// # Errors
/// As [`admit`]; refused without a reason or a published rule.
pub fn decline(
    tx: &mut Tx,
    id: Id,
    (reason, rule): (&str, &str),
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut m = held(tx, id)?;
    may_judge(tx, &m, actor, Role::SecretariatApprover, now.day())?;
    let found = store::findings(tx, id)?;
    base::Second::after(&rules::before_admission(&m, &found), actor)?;
    let reason = rules::reason("reason", reason)?;
    if !terms::codes(tx, terms::DECLINES)?
        .iter()
        .any(|code| code == rule)
    {
        return Err(Refusal::about("rule", "members-rule-missing").into());
    }
    m.ended_on = Some(now.day());
    let why = Because {
        by: Some(actor.account),
        reason: Some(&reason),
        rule: Some(rule),
    };
    go(tx, &mut m, Move::Decline, &why, now)?;
    told(
        tx,
        (now, Some(actor.account)),
        "members.declined",
        id,
        json!({ "rule": rule }),
    )
}

/// Suspends a member: new offers are frozen, what runs stays visible.
///
/// # Errors
/// Refused in another state, without a reason, or for somebody with a tie to the member.
pub fn suspend(
    tx: &mut Tx,
    organisation: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let step = (Move::Suspend, "members.suspended");
    judge(tx, organisation, step, reason, (actor, now), |_| Ok(()))
}

/// Takes a suspension back; a proposed removal falls with it.
///
/// # Errors
/// As [`suspend`].
pub fn reinstate(
    tx: &mut Tx,
    organisation: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let step = (Move::Reinstate, "members.reinstated");
    judge(tx, organisation, step, reason, (actor, now), |m| {
        m.removal_by = None;
        m.removal_reason = None;
        Ok(())
    })
}

/// Proposes to remove a suspended member; another approver decides.
///
/// # Errors
/// As [`suspend`].
pub fn propose_removal(
    tx: &mut Tx,
    organisation: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let step = (Move::ProposeRemoval, "members.removal_proposed");
    let (account, words) = (actor.account, reason.trim().to_owned());
    judge(tx, organisation, step, reason, (actor, now), |m| {
        m.removal_by = Some(account);
        m.removal_reason = Some(words);
        Ok(())
    })
}

/// Removes a suspended member whose removal another approver proposed; its people lose their roles.
///
/// # Errors
/// As [`suspend`]; four eyes.
pub fn remove(
    tx: &mut Tx,
    organisation: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let step = (Move::Remove, "members.removed");
    judge(tx, organisation, step, reason, (actor, now), |m| {
        rules::remove(m, actor)?;
        m.ended_on = Some(now.day());
        Ok(())
    })?;
    let roles = [Role::MemberFocalPoint, Role::MemberOfficer];
    people::end_roles(tx, organisation, &roles, Some(actor.account), reason, now)
}

fn judge(
    tx: &mut Tx,
    organisation: Id,
    (step, verb): (Move, &'static str),
    reason: &str,
    (actor, now): (&Actor, Moment),
    also: impl FnOnce(&mut Membership) -> Result<()>,
) -> Result<()> {
    let mut m = held_of(tx, organisation)?;
    may_judge(tx, &m, actor, Role::SecretariatApprover, now.day())?;
    let reason = rules::reason("reason", reason)?;
    rules::after(m.state, step)?;
    also(&mut m)?;
    let why = Because {
        by: Some(actor.account),
        reason: Some(&reason),
        rule: None,
    };
    go(tx, &mut m, step, &why, now)?;
    told(
        tx,
        (now, Some(actor.account)),
        verb,
        m.id,
        json!({ "organisation": organisation }),
    )
}

/// The member leaves, by its authorised officer. Its people keep their roles, to finish what it owes.
///
/// # Errors
/// Forbidden for everybody else; refused without a reason.
pub fn withdraw(
    tx: &mut Tx,
    organisation: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut m = held_of(tx, organisation)?;
    if !actor.is_for(Role::MemberOfficer, organisation) {
        return Err(Error::Forbidden(Role::MemberOfficer.code()));
    }
    let reason = rules::reason("reason", reason)?;
    m.ended_on = Some(now.day());
    m.removal_by = None;
    let why = Because {
        by: Some(actor.account),
        reason: Some(&reason),
        rule: None,
    };
    go(tx, &mut m, Move::Withdraw, &why, now)?;
    let about = json!({ "organisation": organisation });
    told(
        tx,
        (now, Some(actor.account)),
        "members.withdrawn",
        m.id,
        about,
    )
}
