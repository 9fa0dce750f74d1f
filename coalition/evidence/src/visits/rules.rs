//! What is decided about visits, without database or clock.

use super::VisitState;
use base::{Arg, Refusal, Result};

/// Something a person does with a visit.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Step {
    Accept,
    Refuse,
    /// Found what of one claim.
    Find,
    Report,
    SendBack,
    Approve,
    Cancel,
}

/// The state after a step.
///
/// # Errors
/// Refused when the step does not follow from the state.
pub(crate) fn next(state: VisitState, step: Step) -> Result<VisitState> {
    use VisitState as S;
    match (state, step) {
        (S::Assigned, Step::Accept) => Ok(S::Accepted),
        (S::Assigned | S::Accepted, Step::Refuse) => Ok(S::Refused),
        (S::Accepted | S::SentBack, Step::Find) => Ok(state),
        (S::Accepted | S::SentBack, Step::Report) => Ok(S::Reported),
        (S::Reported, Step::SendBack) => Ok(S::SentBack),
        (S::Reported, Step::Approve) => Ok(S::Approved),
        (S::Assigned | S::Accepted | S::SentBack, Step::Cancel) => Ok(S::Cancelled),
        _ => {
            let word = Arg::Word(format!("visit_state_{}", state.code()));
            Err(Refusal::whole("evidence-visit-not-now")
                .with("state", word)
                .into())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_visit_is_approved_only_after_it_was_accepted_and_reported() {
        use VisitState as S;
        let all = [
            S::Assigned,
            S::Accepted,
            S::Refused,
            S::Reported,
            S::SentBack,
            S::Approved,
            S::Cancelled,
        ];
        let from =
            |step: Step| -> Vec<S> { all.into_iter().filter(|s| next(*s, step).is_ok()).collect() };
        assert_eq!(from(Step::Approve), [S::Reported]);
        assert_eq!(from(Step::SendBack), [S::Reported]);
        assert_eq!(from(Step::Report), [S::Accepted, S::SentBack]);
        assert_eq!(from(Step::Refuse), [S::Assigned, S::Accepted]);
        assert_eq!(from(Step::Cancel), [S::Assigned, S::Accepted, S::SentBack]);
    }
}
