//! The decisions of membership. Pure: no clock, no database, no web.

use crate::membership::{Application, Found, Membership, Move, State};
use base::{Actor, Error, Id, Refusal, Refusals, Result, Second};

/// Characters an answer or reason may have.
pub const WORDS_MAX: usize = 4_000;
/// Characters of an organisation's strengths in one language.
pub const STRENGTHS_MAX: usize = 1_000;

/// What the coalition publishes and an application is held against.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    pub kinds: Vec<String>,
    pub schemes: Vec<String>,
    pub objectives: Vec<String>,
    pub obligations: Vec<String>,
    pub principles: Vec<String>,
    pub countries: Vec<String>,
}

fn all_known(given: &[String], known: &[String]) -> bool {
    given.iter().all(|code| known.contains(code))
}

/// Whether an application is complete; every reason when it is not.
///
/// # Errors
/// Refused with a reason for each thing that is missing or unknown.
pub fn may_apply(application: &Application, published: &Published) -> Result<()> {
    let mut no = Refusals::default();
    let a = application;
    no.unless(!a.names.is_empty(), "name", "members-name-missing");
    no.unless(
        published.kinds.contains(&a.kind),
        "kind",
        "members-kind-unknown",
    );
    let country = a
        .country
        .as_ref()
        .is_none_or(|code| published.countries.contains(code));
    no.unless(country, "country", "members-country-unknown");
    no.unless(
        !a.identifiers.is_empty(),
        "identifier",
        "members-identifier-missing",
    );
    for (scheme, value) in &a.identifiers {
        no.unless(
            published.schemes.contains(scheme),
            "identifier_scheme",
            "members-scheme-unknown",
        );
        no.unless(
            !value.trim().is_empty(),
            "identifier",
            "members-identifier-missing",
        );
        no.unless(
            base::discreet::is_code(value),
            "identifier",
            "members-identifier-strange",
        );
    }
    no.unless(
        !a.strengths.is_empty(),
        "strengths",
        "members-strengths-missing",
    );
    no.unless(
        !a.objectives.is_empty(),
        "objectives",
        "members-objective-missing",
    );
    no.unless(
        all_known(&a.objectives, &published.objectives),
        "objectives",
        "members-objective-unknown",
    );
    let accepted = published
        .obligations
        .iter()
        .all(|code| a.obligations.contains(code));
    no.unless(accepted, "obligations", "members-obligations-missing");
    no.unless(a.do_no_harm, "do_no_harm", "members-do-no-harm-missing");
    for code in &published.principles {
        let answered = a
            .principles
            .get(code)
            .is_some_and(|answer| !answer.trim().is_empty());
        no.unless(
            answered,
            &format!("principle_{code}"),
            "members-principle-missing",
        );
    }
    no.or(())
}

/// The registration number without the agency's code before it, as people often write it.
pub fn plain_identifier(scheme: &str, value: &str) -> String {
    let value = value.trim();
    let rest = value
        .strip_prefix(scheme)
        .and_then(|rest| rest.strip_prefix('-'));
    rest.unwrap_or(value).to_owned()
}

/// The state a step leads to.
///
/// # Errors
/// Refused when the step does not start from this state.
pub fn after(state: State, step: Move) -> Result<State> {
    let to = match (state, step) {
        (State::Applied, Move::StartReview) | (State::Clarification, Move::Clarify) => {
            State::UnderReview
        }
        (State::UnderReview, Move::Verify) => State::UnderReview,
        (State::UnderReview, Move::AskClarification) => State::Clarification,
        (State::UnderReview, Move::Admit) | (State::Suspended, Move::Reinstate) => State::Admitted,
        (State::UnderReview | State::Clarification, Move::Decline) => State::Declined,
        (State::Admitted, Move::Suspend) | (State::Suspended, Move::ProposeRemoval) => {
            State::Suspended
        }
        (State::Suspended, Move::Remove) => State::Removed,
        (State::Admitted | State::Suspended, Move::Withdraw) => State::Withdrawn,
        _ => {
            let state = format!("member-state-{}", state.code().replace('_', "-"));
            let refusal = Refusal::whole("members-not-in-this-state");
            return Err(refusal.with("state", base::Arg::Word(state)).into());
        }
    };
    Ok(to)
}

/// The findings that count: the latest on each criterion. `found` is oldest first.
pub fn counting<'a>(found: &'a [Found], criterion: &str) -> Option<&'a Found> {
    found
        .iter()
        .rev()
        .find(|one| one.finding.criterion == criterion)
}

/// Whoever recorded a finding, also one that a later finding replaced.
pub fn verifiers(found: &[Found]) -> Vec<Id> {
    let mut all: Vec<Id> = found.iter().map(|one| one.by).collect();
    all.sort_unstable();
    all.dedup();
    all
}

/// Whether every published criterion has been looked at.
pub fn is_verified(found: &[Found], criteria: &[String]) -> bool {
    criteria
        .iter()
        .all(|criterion| counting(found, criterion).is_some())
}

/// Lets a second person admit, when everything published is met.
///
/// # Errors
/// Refused with every criterion that is open or not met, or because the person took part before.
pub fn admit(
    membership: &Membership,
    found: &[Found],
    criteria: &[(String, String)],
    actor: &Actor,
) -> Result<Second> {
    after(membership.state, Move::Admit)?;
    let mut no = Refusals::default();
    for (criterion, label) in criteria {
        let key = match counting(found, criterion) {
            None => "members-criterion-open",
            Some(one) if !one.finding.met => "members-criterion-not-met",
            Some(_) => continue,
        };
        no.push(Refusal::whole(key).with("criterion", label.as_str()));
    }
    no.or(())?;
    Second::after(&before_admission(membership, found), actor)
}

/// Everybody who had a hand in the application and may therefore not decide on it.
pub fn before_admission(membership: &Membership, found: &[Found]) -> Vec<Id> {
    let mut first = verifiers(found);
    first.push(membership.contact);
    first.extend(membership.officer);
    first.extend(membership.applied_by);
    first.extend(membership.reviewed_by);
    first
}

/// Lets a second approver remove a suspended member whose removal another one proposed.
///
/// # Errors
/// Refused when nobody proposed it, or the same person did.
pub fn remove(membership: &Membership, actor: &Actor) -> Result<Second> {
    after(membership.state, Move::Remove)?;
    let Some(first) = membership.removal_by else {
        return Err(Refusal::whole("members-removal-not-proposed").into());
    };
    Second::after(&[first], actor)
}

/// A reason in words; nothing ends without one.
///
/// # Errors
/// Refused when it is empty.
pub fn reason(field: &'static str, text: &str) -> Result<String> {
    let text = text.trim();
    if text.is_empty() {
        return Err(Refusal::about(field, "members-reason-missing").into());
    }
    Ok(text.chars().take(WORDS_MAX).collect())
}

/// Refuses somebody with a tie to the organisation they would judge.
///
/// # Errors
/// Refused when there is a tie.
pub fn no_conflict(affiliated: bool) -> Result<()> {
    if affiliated {
        Err(Refusal::whole("members-conflict-of-interest").into())
    } else {
        Ok(())
    }
}

/// Whether the person speaks for the applicant.
pub fn is_applicant(membership: &Membership, actor: &Actor) -> bool {
    membership.contact == actor.account
        || membership.officer == Some(actor.account)
        || membership.applied_by == Some(actor.account)
        || actor.organisations().contains(&membership.organisation)
}

/// Whether the actor may see an application: the applicant, and whoever reads for the secretariat.
///
/// # Errors
/// Missing for everybody else: that somebody applied is not theirs to know.
pub fn may_see(membership: &Membership, actor: &Actor) -> Result<()> {
    if actor.reads_all() || is_applicant(membership, actor) {
        Ok(())
    } else {
        Err(Error::Missing)
    }
}

#[cfg(test)]
#[path = "rules_test.rs"]
mod tests;
