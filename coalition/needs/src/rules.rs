//! The decisions of this room. Pure: no clock, no database, no web.

use crate::line::Line;
use crate::need::{Buckets, Need, Standing};
use crate::request::{Request, State, Step};
use base::{Day, Refusal, Refusals, Result, Role};

/// Days a need stays valid without being reconfirmed.
pub const VALID_DAYS: i64 = 90;
/// Days before the end from which a need counts as stale.
pub const STALE_DAYS: i64 = 14;

/// Who takes a step: the national authority, or a role of the secretariat.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    Authority,
    Officer,
    /// A person who has taken none of the steps before.
    Approver,
}

impl By {
    /// The role whose name says who may.
    pub const fn role(self) -> Role {
        match self {
            Self::Authority => Role::AuthorityFocalPoint,
            Self::Officer => Role::SecretariatOfficer,
            Self::Approver => Role::SecretariatApprover,
        }
    }
}

/// Who may take a step.
pub const fn by(step: Step) -> By {
    match step {
        Step::Draft
        | Step::Submit
        | Step::Answer
        | Step::Withdraw
        | Step::Reconfirm
        | Step::WithdrawNeed => By::Authority,
        Step::Receive | Step::Assess | Step::Edit | Step::Return => By::Officer,
        Step::Validate | Step::Decline | Step::Close => By::Approver,
    }
}

/// The state after a step.
///
/// # Errors
/// Refused when the step does not follow from the state.
pub fn next(state: State, step: Step) -> Result<State> {
    use State as S;
    let after = match (state, step) {
        (S::Draft, Step::Submit) => S::Submitted,
        (S::Submitted, Step::Receive) => S::Received,
        (S::Received, Step::Assess) | (S::Returned, Step::Answer) => S::UnderAssessment,
        (S::UnderAssessment, Step::Edit) => S::UnderAssessment,
        (S::UnderAssessment, Step::Return) => S::Returned,
        (S::UnderAssessment, Step::Validate) => S::Validated,
        (S::UnderAssessment, Step::Decline) => S::Declined,
        (_, Step::Withdraw) if !state.ended() => S::Withdrawn,
        _ => {
            let refusal = Refusal::whole("needs-not-in-this-state");
            let word = base::Arg::Word(format!("request_state_{}", state.code()));
            return Err(refusal.with("state", word).into());
        }
    };
    Ok(after)
}

/// What must be known of a request to judge whether it can go to the secretariat.
#[derive(Clone, Debug, Default)]
pub struct Filed {
    pub lines: i64,
    pub imports_open: i64,
    /// Service classes with at least one line.
    pub classes: Vec<String>,
    pub pairing_reason: bool,
}

/// Classes that help only those who have learnt to use them.
const WANT_SKILLS: [&str; 2] = ["connectivity", "devices"];
/// Classes that teach it.
const SKILLS: [&str; 2] = ["teacher_training", "skills_courses"];

/// Devices or connections are asked for without anybody learning to use them.
pub fn lacks_skills(classes: &[String]) -> bool {
    let any = |of: &[&str]| classes.iter().any(|class| of.contains(&class.as_str()));
    any(&WANT_SKILLS) && !any(&SKILLS)
}

/// Whether a request is whole enough for the secretariat.
///
/// # Errors
/// Refused with everything that is missing.
pub fn complete(request: &Request, filed: &Filed, today: Day) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(request.letter.is_some(), "letter", "needs-letter-missing");
    no.unless(filed.lines > 0, "", "needs-no-lines");
    no.unless(filed.imports_open == 0, "", "needs-import-open");
    no.unless(
        request.required_by >= today,
        "required_by",
        "needs-required-by-past",
    );
    let paired = filed.pairing_reason || !lacks_skills(&filed.classes);
    no.unless(paired, "pairing_reason", "needs-skills-missing");
    no.or(())
}

/// Whether what describes a request holds together.
///
/// # Errors
/// Refused with every field that does not fit.
pub fn sound(request: &Request, today: Day) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(
        request.required_by >= today,
        "required_by",
        "needs-required-by-past",
    );
    no.unless(
        request.required_by <= today.plus(3660),
        "required_by",
        "needs-required-by-far",
    );
    if request.context == "emergency" {
        no.unless(request.cause.is_some(), "cause", "needs-cause-missing");
    }
    if let Some(glide) = &request.glide {
        no.unless(is_glide(glide), "glide", "needs-not-glide");
    }
    no.or(())
}

/// A GLIDE number: `EQ-2026-000123-HND`.
pub fn is_glide(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let upper = |part: &str, count: usize| {
        part.len() == count && part.bytes().all(|b| b.is_ascii_uppercase())
    };
    let digits =
        |part: &str, count: usize| part.len() == count && part.bytes().all(|b| b.is_ascii_digit());
    match parts.as_slice() {
        [kind, year, number, country] => {
            upper(kind, 2) && digits(year, 4) && digits(number, 6) && upper(country, 3)
        }
        _ => false,
    }
}

/// Whether a line holds together.
///
/// # Errors
/// Refused with every field that does not fit.
pub fn line_is_sound(line: &Line, today: Day) -> Result<()> {
    let mut no = Refusals::default();
    no.unless(line.quantity > 0, "quantity", "needs-quantity-missing");
    no.unless(
        line.window_from <= line.window_to,
        "window_to",
        "needs-window-backwards",
    );
    no.unless(line.window_to >= today, "window_to", "needs-window-past");
    no.unless(
        line.required_by >= today,
        "required_by",
        "needs-required-by-past",
    );
    no.unless(
        line.lang2.as_ref() != Some(&line.lang1),
        "lang2",
        "needs-same-language",
    );
    if line.learners.is_some() {
        no.unless(
            line.learners_method.is_some(),
            "learners_method",
            "needs-learners-how",
        );
        no.unless(
            line.learners_source.is_some(),
            "learners_source",
            "needs-learners-whence",
        );
    }
    no.unless(
        line.package.is_none() || line.partners == 1,
        "partners",
        "needs-package-one-partner",
    );
    no.or(())
}

/// Whether a need's edit is whole enough to be published.
pub fn can_be_published(need: &Need) -> bool {
    need.clean_text.is_some()
        && need.objective.is_some()
        && need.phase.is_some()
        && !need.title.is_empty()
}

/// How a need stands.
pub fn standing(need: &Need, buckets: &Buckets, today: Day) -> Standing {
    match need.ended.as_deref() {
        Some("withdrawn") => return Standing::Withdrawn,
        Some(_) => return Standing::ClosedPartlyMet,
        None => {}
    }
    let wanting = buckets.uncovered + buckets.proposed;
    let moving = buckets.in_transit + buckets.delivered + buckets.confirmed;
    let quantity = buckets.quantity();
    if quantity > 0 && buckets.confirmed == quantity {
        return Standing::Met;
    }
    if wanting > 0 && need.valid_until.is_some_and(|day| day < today) {
        return Standing::Lapsed;
    }
    match (
        moving > 0,
        buckets.committed > 0 || wanting < quantity,
        wanting > 0,
    ) {
        (true, _, _) => Standing::InDelivery,
        (false, true, true) => Standing::PartlyMatched,
        (false, true, false) => Standing::Matched,
        (false, false, _) => Standing::Open,
    }
}

/// The need ends soon unless its authority reconfirms it.
pub fn stale(need: &Need, standing: Standing, today: Day) -> bool {
    let soon = need
        .valid_until
        .is_some_and(|day| today.days_until(day) <= STALE_DAYS);
    soon && standing.can_be_matched()
}

/// Whether a need can be reconfirmed until a day.
///
/// # Errors
/// Refused when it has ended for good, or the day lies in the past or too far off; a lapsed need
/// is reopened only with new facts.
pub fn reconfirm(standing: Standing, until: Day, facts: Option<&str>, today: Day) -> Result<()> {
    let mut no = Refusals::default();
    match standing {
        Standing::ClosedPartlyMet | Standing::Withdrawn | Standing::Met => {
            no.push(Refusal::whole("needs-ended"));
        }
        Standing::Lapsed => no.unless(facts.is_some(), "facts", "needs-new-facts-missing"),
        Standing::Open | Standing::PartlyMatched | Standing::Matched | Standing::InDelivery => {}
    }
    no.unless(until > today, "valid_until", "needs-day-past");
    no.unless(
        until <= today.plus(2 * VALID_DAYS),
        "valid_until",
        "needs-day-far",
    );
    no.or(())
}

/// Whether a need can be closed or withdrawn.
///
/// # Errors
/// Refused when it has ended already; withdrawn only while nobody has promised anything.
pub fn end(standing: Standing, buckets: &Buckets, withdraw: bool) -> Result<()> {
    let mut no = Refusals::default();
    let ended = [
        Standing::ClosedPartlyMet,
        Standing::Withdrawn,
        Standing::Met,
    ];
    no.unless(!ended.contains(&standing), "", "needs-ended");
    let promised = buckets.committed + buckets.in_transit;
    no.unless(!withdraw || promised == 0, "", "needs-promised-already");
    no.or(())
}

/// Whether a line can be served at all now.
///
/// # Errors
/// Refused when its need is lapsed, closed or withdrawn.
pub fn open(standing: Standing) -> Result<()> {
    if standing.can_be_matched() {
        Ok(())
    } else {
        Err(Refusal::whole("needs-not-open").into())
    }
}

/// Hours from receipt to answer, rounded down.
pub const fn hours(received: i64, answered: i64) -> i64 {
    (answered - received) / 3_600_000_000
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
