//! What waits for whom.

use super::waiting;
use crate::request::State;
use crate::rules::STALE_DAYS;
use crate::store;
use base::{Actor, Moment, Result, Role};
use db::Tx;
use web::{Ask, Waiting};

/// What waits for the actor in this room.
pub(crate) fn inbox(tx: &mut Tx, ask: &Ask, actor: &Actor) -> Result<Vec<Waiting>> {
    let mut list = Vec::new();
    if actor.is(Role::SecretariatOfficer) {
        for (state, key) in [
            (State::Submitted, "needs-waits-receipt"),
            (State::Received, "needs-waits-assessment"),
            (State::UnderAssessment, "needs-waits-edit"),
        ] {
            for request in store::waiting(tx, state, None)? {
                list.push(waiting(ask, &request, key, request.submitted_at));
            }
        }
    }
    if actor.is(Role::SecretariatApprover) {
        for request in store::waiting(tx, State::UnderAssessment, None)? {
            list.push(waiting(
                ask,
                &request,
                "needs-waits-validation",
                request.received_at,
            ));
        }
    }
    for country in actor.authority_countries() {
        for (state, key) in [
            (State::Draft, "needs-waits-submission"),
            (State::Returned, "needs-waits-answer"),
        ] {
            for request in store::waiting(tx, state, Some(&country))? {
                list.push(waiting(ask, &request, key, request.received_at));
            }
        }
        for need in store::ending(tx, &country, ask.today.plus(STALE_DAYS))? {
            let args = [
                ("code", need.code.as_str().into()),
                ("title", need.title.get(ask.words.lang()).into()),
            ];
            list.push(Waiting {
                href: need.path(),
                text: ask.words.say_with("needs-waits-reconfirmation", &args),
                since: need
                    .valid_until
                    .map_or(ask.now, |day| Moment::start_of(day.plus(-STALE_DAYS))),
                due: need.valid_until,
            });
        }
    }
    Ok(list)
}
