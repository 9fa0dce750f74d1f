//! The verbs on schemes of work.

use crate::framework::Standing;
use crate::rules;
use crate::scheme::{Scheme, Week};
use crate::{store, store_schemes};
use base::{Actor, Day, Id, Moment, Refusal, Refusals, Result};
use db::Tx;
use serde_json::json;

/// What is said of a scheme when it is begun.
#[derive(Clone, Debug)]
pub struct Plan {
    pub framework: Id,
    pub grade: i64,
    pub term: String,
    pub starts_on: Day,
    pub weeks: i64,
}

fn fits(plan: &Plan) -> Result<()> {
    let mut refusals = Refusals::default();
    refusals.unless(rules::is_term(&plan.term), "term", "curricula-no-term");
    let grade = (0..=crate::GRADE_MAX).contains(&plan.grade);
    refusals.unless(grade, "grade", "form-choose");
    refusals.unless(
        (1..=53).contains(&plan.weeks),
        "weeks",
        "curricula-weeks-number",
    );
    refusals.or(())
}

fn blank(plan: &Plan, country: &str, subject: &str, by: Option<Id>, now: Moment) -> Scheme {
    Scheme {
        id: Id::new(now),
        country: country.to_owned(),
        school: None,
        framework: plan.framework,
        based_on: None,
        subject: subject.to_owned(),
        grade: plan.grade,
        term: plan.term.clone(),
        starts_on: plan.starts_on,
        weeks: plan.weeks,
        standing: Standing::Draft,
        supersedes: None,
        drafters: by.into_iter().collect(),
        made_by: by,
        made_at: now,
        changed_at: now,
        proposed_by: None,
        proposed_at: None,
        returned: None,
        adopted_by: None,
        adopted_on: None,
        ended_on: None,
        reason: None,
        version: 1,
    }
}

/// Begins a country's scheme of work for a grade and a term, from a framework in force.
///
/// # Errors
/// Forbidden for everybody but the country's learning officers; refused with every reason.
pub fn begin(tx: &mut Tx, plan: &Plan, actor: &Actor, now: Moment) -> Result<Id> {
    let framework = store::framework(tx, plan.framework)?;
    rules::may_draft(actor, &framework.country)?;
    fits(plan)?;
    if framework.standing != Standing::Adopted {
        return Err(Refusal::about("framework", "curricula-not-in-force").into());
    }
    let by = Some(actor.account);
    let scheme = blank(plan, &framework.country, &framework.subject, by, now);
    store_schemes::add_scheme(tx, &scheme)?;
    let about = json!({ "framework": plan.framework, "grade": plan.grade, "term": plan.term });
    ledger::tell(
        tx,
        (now, by),
        "curricula.scheme_begun",
        ("scheme", scheme.id),
        about,
    )?;
    Ok(scheme.id)
}

/// The scheme for writing in, by whoever may.
fn opened(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<Scheme> {
    let mut scheme = store_schemes::scheme_for_change(tx, id)?;
    match scheme.school {
        Some(school) => {
            rules::may_adapt(actor, school)?;
            if scheme.standing != Standing::Adopted {
                return Err(Refusal::whole("curricula-withdrawn-already").into());
            }
        }
        None => {
            rules::may_draft(actor, &scheme.country)?;
            rules::is_draft(scheme.standing)?;
            scheme.proposed_by = None;
            scheme.proposed_at = None;
        }
    }
    if !scheme.drafters.contains(&actor.account) {
        scheme.drafters.push(actor.account);
    }
    scheme.changed_at = now;
    Ok(scheme)
}

/// Writes a week: of a draft by the country's officers, of a school's own scheme by its head.
///
/// # Errors
/// Refused with every reason; conflict when somebody saved in between.
pub fn put_week(
    tx: &mut Tx,
    id: Id,
    week: &Week,
    seen: i64,
    actor: &Actor,
    now: Moment,
) -> Result<()> {
    let mut scheme = opened(tx, id, actor, now)?;
    if !(1..=scheme.weeks).contains(&week.number) {
        return Err(Refusal::about("week", "curricula-no-such-week").into());
    }
    let aims = store::competencies(tx, &week.competencies)?;
    rules::aims_fit(&scheme, &week.competencies, &aims)?;
    let own = store_schemes::own_weeks(tx, id)?;
    let was = own.iter().find(|was| was.number == week.number);
    store_schemes::change_scheme(tx, &mut scheme, seen)?;
    store_schemes::put_week(tx, id, week, was)?;
    let about = json!({ "week": week.number, "competencies": week.competencies.len() });
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.week_written", ("scheme", id), about)
}

/// Takes a school's own week away: the national one holds again.
///
/// # Errors
/// Missing when the school had none of its own; forbidden for others than its head.
pub fn restore_week(tx: &mut Tx, id: Id, number: i64, actor: &Actor, now: Moment) -> Result<()> {
    let mut scheme = opened(tx, id, actor, now)?;
    let own = store_schemes::own_weeks(tx, id)?;
    let was = own.iter().find(|was| was.number == number);
    let was = was.ok_or(base::Error::Missing)?;
    let version = scheme.version;
    store_schemes::change_scheme(tx, &mut scheme, version)?;
    store_schemes::remove_week(tx, id, was)?;
    let about = json!({ "week": number });
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.week_removed", ("scheme", id), about)
}

/// Lays a draft before the signatory.
///
/// # Errors
/// Refused while a week says nothing; forbidden for others than learning officers.
pub fn propose(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut scheme = opened(tx, id, actor, now)?;
    if scheme.school.is_some() {
        return Err(Refusal::whole("curricula-school-needs-no-adoption").into());
    }
    let weeks = store_schemes::own_weeks(tx, id)?;
    let mut refusals = Refusals::default();
    for number in 1..=scheme.weeks {
        if !weeks.iter().any(|week| week.number == number) {
            refusals.push(Refusal::whole("curricula-week-empty").with("n", number));
        }
    }
    let aimed = weeks.iter().any(|week| !week.competencies.is_empty());
    refusals.unless(aimed, "", "curricula-scheme-without-aims");
    refusals.or(())?;
    scheme.proposed_by = Some(actor.account);
    scheme.proposed_at = Some(now);
    scheme.returned = None;
    let version = scheme.version;
    store_schemes::change_scheme(tx, &mut scheme, version)?;
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.scheme_proposed",
        ("scheme", id),
        json!({}),
    )
}

/// Sends a draft back to its writers.
///
/// # Errors
/// Refused when it was not laid before anybody; forbidden for others than signatories.
pub fn send_back(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut scheme = store_schemes::scheme_for_change(tx, id)?;
    rules::may_adopt(actor, &scheme.country)?;
    let proposed = (scheme.standing, scheme.proposed_at.is_some());
    rules::may_put_in_force(proposed, &[], actor)?;
    scheme.proposed_by = None;
    scheme.proposed_at = None;
    scheme.returned = Some(reason.to_owned());
    let version = scheme.version;
    store_schemes::change_scheme(tx, &mut scheme, version)?;
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.scheme_sent_back",
        ("scheme", id),
        json!({}),
    )
}

/// Puts a draft in force; national schemes for the same grade whose days cross it are superseded.
///
/// # Errors
/// Refused to whoever had a hand in the draft; forbidden for others than signatories.
pub fn adopt(tx: &mut Tx, id: Id, actor: &Actor, now: Moment) -> Result<()> {
    let mut scheme = store_schemes::scheme_for_change(tx, id)?;
    rules::may_adopt(actor, &scheme.country)?;
    let proposed = (scheme.standing, scheme.proposed_at.is_some());
    let second = rules::may_put_in_force(proposed, &scheme.drafters, actor)?;
    let hand = (now, Some(actor.account));
    for mut old in store_schemes::crossing(tx, &scheme)? {
        old.standing = Standing::Superseded;
        old.ended_on = Some(now.day());
        scheme.supersedes = Some(old.id);
        let version = old.version;
        store_schemes::change_scheme(tx, &mut old, version)?;
        let about = json!({ "by": id });
        ledger::tell(
            tx,
            hand,
            "curricula.scheme_superseded",
            ("scheme", old.id),
            about,
        )?;
    }
    scheme.standing = Standing::Adopted;
    scheme.adopted_by = Some(second.account());
    scheme.adopted_on = Some(now.day());
    let version = scheme.version;
    store_schemes::change_scheme(tx, &mut scheme, version)?;
    ledger::tell(
        tx,
        hand,
        "curricula.scheme_adopted",
        ("scheme", id),
        json!({}),
    )
}

/// Takes a scheme back, for a reason: a national one by the signatory, a school's own by its head.
///
/// # Errors
/// Refused when it is withdrawn already.
pub fn withdraw(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<()> {
    let mut scheme = store_schemes::scheme_for_change(tx, id)?;
    match (scheme.school, scheme.standing) {
        (Some(school), _) => rules::may_adapt(actor, school)?,
        (None, Standing::Draft) => rules::may_draft(actor, &scheme.country)?,
        (None, _) => rules::may_adopt(actor, &scheme.country)?,
    }
    if scheme.standing != Standing::Draft {
        rules::may_withdraw(scheme.standing)?;
    }
    scheme.standing = Standing::Withdrawn;
    scheme.ended_on = Some(now.day());
    scheme.reason = Some(reason.to_owned());
    let version = scheme.version;
    store_schemes::change_scheme(tx, &mut scheme, version)?;
    let hand = (now, Some(actor.account));
    ledger::tell(
        tx,
        hand,
        "curricula.scheme_withdrawn",
        ("scheme", id),
        json!({}),
    )
}

/// Begins a draft for another term with the same weeks.
///
/// # Errors
/// As [`begin`].
pub fn copy(
    tx: &mut Tx,
    id: Id,
    (term, starts_on): (&str, Day),
    actor: &Actor,
    now: Moment,
) -> Result<Id> {
    let from = store_schemes::scheme(tx, id)?;
    rules::may_draft(actor, &from.country)?;
    rules::may_see_scheme(&from, Some(actor))?;
    let plan = Plan {
        framework: from.framework,
        grade: from.grade,
        term: term.to_owned(),
        starts_on,
        weeks: from.weeks,
    };
    let made = begin(tx, &plan, actor, now)?;
    for week in crate::weeks(tx, &from)? {
        if !week.title.is_empty() || !week.competencies.is_empty() || !week.note.is_empty() {
            store_schemes::put_week(tx, made, &week, None)?;
        }
    }
    let about = json!({ "from": id });
    let hand = (now, Some(actor.account));
    ledger::tell(tx, hand, "curricula.scheme_copied", ("scheme", made), about)?;
    Ok(made)
}

/// A school's own scheme over the national one: nothing of it differs until a week is written.
///
/// # Errors
/// Forbidden for others than the school's head; refused when the national one is not in force.
pub fn adapt(tx: &mut Tx, national: Id, school: Id, actor: &Actor, now: Moment) -> Result<Id> {
    rules::may_adapt(actor, school)?;
    let from = store_schemes::scheme_for_change(tx, national)?;
    let place = places::school(tx, school)?;
    let mut refusals = Refusals::default();
    let in_force = from.standing == Standing::Adopted && from.school.is_none();
    refusals.unless(in_force, "", "curricula-scheme-not-in-force");
    refusals.unless(place.country == from.country, "school", "form-choose");
    refusals.or(())?;
    if let Some(own) = store_schemes::adaptations(tx, national, Some(school))?.first() {
        return Ok(own.id);
    }
    let plan = Plan {
        framework: from.framework,
        grade: from.grade,
        term: from.term.clone(),
        starts_on: from.starts_on,
        weeks: from.weeks,
    };
    let by = Some(actor.account);
    let mut own = blank(&plan, &from.country, &from.subject, by, now);
    own.school = Some(school);
    own.based_on = Some(national);
    own.standing = Standing::Adopted;
    own.adopted_by = by;
    own.adopted_on = Some(now.day());
    store_schemes::add_scheme(tx, &own)?;
    let about = json!({ "school": school, "based_on": national });
    ledger::tell(
        tx,
        (now, by),
        "curricula.scheme_adapted",
        ("scheme", own.id),
        about,
    )?;
    Ok(own.id)
}
