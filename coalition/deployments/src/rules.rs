//! The decisions: pure. No clock, no database, no web.

use crate::deployment::{Deployment, InPerson, Plan, Stage, Standing};
use crate::overlap::OverlapStep;
use base::{Actor, Day, Error, Id, Refusal, Refusals, Result, Role, Second};

/// Stages of teacher involvement that must be told before it begins, before its completion is
/// claimed, and before it is closed.
pub const BEFORE_START: [&str; 2] = ["design", "testing"];
/// See [`BEFORE_START`].
pub const BEFORE_COMPLETION: [&str; 1] = ["rollout"];
/// See [`BEFORE_START`].
pub const BEFORE_CLOSING: [&str; 1] = ["scaling"];

/// It should have begun or ended by now. Time makes things overdue, and nothing else.
pub fn overdue(d: &Deployment, today: Day) -> bool {
    match d.stage {
        Stage::Planned => d.planned_from < today,
        Stage::Active | Stage::Paused => d.planned_to < today,
        Stage::CompletionClaimed | Stage::Confirmed | Stage::Closed | Stage::Cancelled => false,
    }
}

/// The one stage of a standing, where there is one.
pub(crate) fn stage_of(standing: &str) -> Option<Stage> {
    match Standing::parse(standing)? {
        Standing::Planned | Standing::Blocked | Standing::Cleared => Some(Stage::Planned),
        Standing::Suspended => None,
        other => Stage::parse(other.code()),
    }
}

/// What an agreement and its schedule allow a plan.
#[derive(Clone, Debug)]
pub struct Frame {
    pub starts_on: Day,
    pub ends_on: Day,
}

/// Whether a plan can be kept.
///
/// # Errors
/// Refused with everything that is wrong.
pub fn plan(p: &Plan, frame: &Frame) -> Result<()> {
    let mut wrong = Refusals::default();
    let empty = |text: &str| text.trim().is_empty();
    wrong.unless(!p.title.is_empty(), "deployment_title", "form-missing");
    wrong.unless(!p.implementers.is_empty(), "implementers", "form-choose");
    wrong.unless(!p.levels.is_empty(), "levels", "form-choose");
    wrong.unless(!empty(&p.maintenance), "maintenance", "form-missing");
    wrong.unless(
        !empty(&p.financing_after),
        "financing_after",
        "form-missing",
    );
    wrong.unless(
        crate::ASSETS_TO.contains(&p.assets_to.as_str()),
        "assets_to",
        "form-choose",
    );
    wrong.unless(
        p.planned_from <= p.planned_to,
        "planned_to",
        "deployments-ends-before-it-begins",
    );
    if p.planned_from < frame.starts_on || p.planned_to > frame.ends_on {
        let refusal = Refusal::about("planned_from", "deployments-outside-agreement");
        let refusal = refusal.with("from", frame.starts_on.to_string());
        wrong.push(refusal.with("to", frame.ends_on.to_string()));
    }
    wrong.unless(
        p.free_until >= p.planned_to,
        "free_until",
        "deployments-free-ends-early",
    );
    wrong.unless(
        p.reach_planned.is_none_or(|n| n > 0),
        "reach_planned",
        "deployments-reach-nobody",
    );
    let why = p.replaces_reason.as_deref().unwrap_or("");
    wrong.unless(
        p.in_person == InPerson::Supplements || !empty(why),
        "replaces_reason",
        "deployments-replaces-why",
    );
    wrong.or(())
}

/// The reason of a decision.
///
/// # Errors
/// Refused when it is empty.
pub fn reason(words: &str) -> Result<&str> {
    let words = words.trim();
    if words.is_empty() {
        Err(Refusal::about("reason", "form-missing").into())
    } else {
        Ok(words)
    }
}

/// Who somebody is to a deployment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// Focal point or officer of the member.
    Member,
    /// Focal point or signatory of the country's authority.
    Authority,
    Officer,
    Approver,
}

/// Whether the actor stands on a side of a deployment.
pub fn stands(actor: &Actor, side: Side, member: Id, country: &str) -> bool {
    match side {
        Side::Member => {
            actor.is_for(Role::MemberFocalPoint, member)
                || actor.is_for(Role::MemberOfficer, member)
        }
        Side::Authority => {
            actor.is_in(Role::AuthorityFocalPoint, country)
                || actor.is_in(Role::AuthoritySignatory, country)
        }
        Side::Officer => actor.is(Role::SecretariatOfficer),
        Side::Approver => actor.is(Role::SecretariatApprover),
    }
}

/// The actor stands on one of the sides.
///
/// # Errors
/// Forbidden, with the first side's role.
pub fn require(actor: &Actor, sides: &[Side], member: Id, country: &str) -> Result<()> {
    if sides
        .iter()
        .any(|side| stands(actor, *side, member, country))
    {
        return Ok(());
    }
    Err(Error::Forbidden(match sides.first() {
        Some(Side::Authority) => Role::AuthorityFocalPoint.code(),
        Some(Side::Officer) => Role::SecretariatOfficer.code(),
        Some(Side::Approver) => Role::SecretariatApprover.code(),
        Some(Side::Member) | None => Role::MemberFocalPoint.code(),
    }))
}

/// Who may see the words between the parties: reasons and steps.
pub fn is_inside(actor: Option<&Actor>, member: Id, country: &str) -> bool {
    actor.is_some_and(|actor| {
        actor.reads_all()
            || stands(actor, Side::Member, member, country)
            || stands(actor, Side::Authority, member, country)
    })
}

/// Something people do that moves a deployment on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Move {
    Change,
    Activate,
    Extend,
    Pause,
    Resume,
    Claim,
    Refuse,
    Confirm,
    Close,
    Cancel,
}

impl Move {
    /// Who may.
    pub const fn sides(self) -> &'static [Side] {
        match self {
            Self::Change | Self::Extend => &[Side::Member, Side::Officer],
            Self::Activate | Self::Claim => &[Side::Member],
            Self::Pause | Self::Resume => &[Side::Member, Side::Authority],
            Self::Refuse | Self::Confirm => &[Side::Authority],
            Self::Close => &[Side::Approver],
            Self::Cancel => &[Side::Member, Side::Authority, Side::Approver],
        }
    }
    /// From which standings.
    pub const fn from(self) -> &'static [Standing] {
        use Standing as S;
        match self {
            Self::Change => &[S::Planned, S::Blocked, S::Cleared],
            Self::Activate => &[S::Cleared],
            Self::Pause => &[S::Active],
            Self::Extend => &[S::Active, S::Paused],
            Self::Resume => &[S::Paused],
            Self::Claim => &[S::Active, S::Paused],
            Self::Refuse | Self::Confirm => &[S::CompletionClaimed],
            Self::Close => &[S::Confirmed],
            Self::Cancel => &[
                S::Planned,
                S::Blocked,
                S::Cleared,
                S::Active,
                S::Paused,
                S::Suspended,
                S::CompletionClaimed,
            ],
        }
    }
    /// The actor is of a side that may, and the deployment stands where it is possible.
    pub fn open_to(self, d: &Deployment, actor: &Actor) -> bool {
        self.from().contains(&d.standing)
            && self
                .sides()
                .iter()
                .any(|side| stands(actor, *side, d.member, &d.country))
    }
}

/// Whether the actor may do it to a deployment as it stands.
///
/// # Errors
/// Forbidden, or refused with the standing that says no.
pub fn may(to: Move, d: &Deployment, actor: &Actor) -> Result<()> {
    require(actor, to.sides(), d.member, &d.country)?;
    if to.from().contains(&d.standing) {
        return Ok(());
    }
    let mut refusal = Refusal::whole("deployments-not-possible");
    refusal.args.push(("state", standing_word(d.standing)));
    Err(refusal.into())
}

/// The words of a standing.
pub fn standing_word(standing: Standing) -> base::Arg {
    base::Arg::Word(format!("deployment-state-{}", standing.code()))
}

/// The actual days fit: not in the future, the end not before the beginning.
///
/// # Errors
/// Refused at the field of the day.
pub fn happened(field: &str, day: Day, not_before: Option<Day>, today: Day) -> Result<()> {
    if day > today {
        return Err(Refusal::about(field, "deployments-day-to-come").into());
    }
    match not_before.filter(|first| day < *first) {
        Some(_) => Err(Refusal::about(field, "deployments-ends-before-it-begins").into()),
        None => Ok(()),
    }
}

/// Whether the planned end can be moved to a day.
///
/// # Errors
/// Refused when it would lie before the end, before today, or after the agreement's end.
pub fn extend(d: &Deployment, to: Day, agreement_ends: Day, today: Day) -> Result<()> {
    let mut wrong = Refusals::default();
    wrong.unless(
        to > d.planned_to && to >= today,
        "planned_to",
        "deployments-not-later",
    );
    if to > agreement_ends {
        let refusal = Refusal::about("planned_to", "deployments-after-agreement");
        wrong.push(refusal.with("on", agreement_ends.to_string()));
    }
    wrong.or(())
}

/// Who confirms is not who claimed.
///
/// # Errors
/// Refused with `four-eyes`.
pub fn confirm(d: &Deployment, actor: &Actor) -> Result<Second> {
    let first: Vec<Id> = [Some(d.planned_by), d.claimed_by]
        .into_iter()
        .flatten()
        .collect();
    Second::after(&first, actor)
}

/// Who closes neither claimed nor confirmed nor planned.
///
/// # Errors
/// Refused with `four-eyes`.
pub fn close(d: &Deployment, actor: &Actor) -> Result<Second> {
    let first: Vec<Id> = [Some(d.planned_by), d.claimed_by, d.confirmed_by]
        .into_iter()
        .flatten()
        .collect();
    Second::after(&first, actor)
}

/// Every stage of teacher involvement that is asked for has been told.
///
/// # Errors
/// Refused, once for each that is missing.
pub fn teachers_told(asked: &[&str], told: &[String]) -> Result<()> {
    let mut wrong = Refusals::default();
    for stage in asked
        .iter()
        .filter(|stage| !told.iter().any(|t| t == *stage))
    {
        let word = base::Arg::Word(format!("teacher-stage-{stage}"));
        let mut refusal = Refusal::whole("deployments-teachers-missing");
        refusal.args.push(("stage", word));
        wrong.push(refusal);
    }
    wrong.or(())
}

/// Units the member gets back in whole lots when `back` of `units` units come back: all of them
/// when nothing has gone, otherwise what whole lots allow.
pub const fn lots_back(units: i64, given: i64, back: i64, step: i64) -> i64 {
    if back >= units {
        return given;
    }
    let share = given.saturating_mul(back) / if units > 0 { units } else { 1 };
    let step = if step > 1 { step } else { 1 };
    share / step * step
}

/// What is told of teachers makes sense.
///
/// # Errors
/// Refused with everything that is wrong.
pub fn involved(involved: bool, teachers: Option<i64>, words: &str) -> Result<()> {
    let mut wrong = Refusals::default();
    let why = if involved {
        "form-missing"
    } else {
        "deployments-teachers-why-not"
    };
    wrong.unless(!words.trim().is_empty(), "words", why);
    wrong.unless(
        teachers.is_none_or(|n| involved && n > 0),
        "teachers",
        "deployments-teachers-count",
    );
    wrong.or(())
}

/// The sides of an overlap an actor speaks for: a member's authorised officer for each of its own
/// deployments, an officer of the secretariat for the secretariat.
pub fn speaks_for(actor: &Actor, members: [Id; 2]) -> Vec<&'static str> {
    let [one, other] = members;
    let mut sides = Vec::new();
    if actor.is_for(Role::MemberOfficer, one) {
        sides.push("deployment");
    }
    if actor.is_for(Role::MemberOfficer, other) {
        sides.push("other");
    }
    if sides.is_empty() && actor.is(Role::SecretariatOfficer) {
        sides.push("secretariat");
    }
    sides
}

/// Who has called an overlap complementary since it was last found, each side once.
pub fn still_said(said: &[OverlapStep]) -> Vec<(&str, Id)> {
    let since = said
        .iter()
        .rposition(|step| step.step.starts_with("found"))
        .map_or(0, |at| at + 1);
    let mut out: Vec<(&str, Id)> = Vec::new();
    for step in said.iter().skip(since) {
        if step.step == "complementary" && !out.iter().any(|(side, _)| *side == step.side) {
            out.push((&step.side, step.account));
        }
    }
    out
}
