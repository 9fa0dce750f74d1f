//! Allocation: who gets what from whom, decided by published rules on a snapshot, proved, explained,
//! and agreed by both sides.
//!
//! Owns policies, rounds, proposals and calls for support. The secretariat accepts for nobody; every
//! unit is in one bucket at every moment; the same snapshot and policy give the same bytes.

mod acts;
mod build;
mod call;
mod explain;
mod holds;
mod outcome;
mod policy;
mod proposal;
mod round;
mod rules;
mod snapshot;
mod store;
mod upstream;
mod work;

pub use acts::policies::seed;
pub use acts::rounds::create as create_round;
pub use call::Call;
pub use outcome::outcome;
pub use policy::{FloorRule, GROUPS, Parameters, Policy};
pub use proposal::{Answer, Line, Mark, Part, Proposal, Side, State};
pub use round::{NewRound, Round};
pub use work::{release_lapsed, run_round};

use base::{Actor, Id, Moment, Result};
use db::{Migration, Tx};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261122_allocation",
    sql: include_str!("../migrations/20261122_allocation.sql"),
    sample: include_str!("../migrations/20261122_allocation.data.sql"),
}];

// ---- the door: what later rooms ask

/// The proposals of a round, best first.
///
/// # Errors
/// A fault of the database.
pub fn proposals_of(tx: &mut Tx, round: Id) -> Result<Vec<Proposal>> {
    store::proposals::of_round(tx, round)
}

/// A proposal.
///
/// # Errors
/// Missing when there is none.
pub fn proposal(tx: &mut Tx, id: Id) -> Result<Proposal> {
    store::proposals::find(tx, id)
}

/// How a proposal stands.
pub fn state_on(proposal: &Proposal, now: Moment) -> State {
    rules::state_on(proposal, now)
}

/// The lines of a proposal with what still stands of them, best first.
///
/// # Errors
/// A fault of the database.
pub fn lines_of(tx: &mut Tx, proposal: Id) -> Result<Vec<Line>> {
    store::proposals::lines(tx, proposal)
}

/// What both sides agreed to: need line, period and units.
///
/// # Errors
/// Missing when there is no such proposal.
pub fn agreed_lines(tx: &mut Tx, id: Id, now: Moment) -> Result<Vec<(Id, Option<offers::Period>, i64)>> {
    let p = store::proposals::find(tx, id)?;
    if rules::state_on(&p, now) != State::Agreed {
        return Ok(Vec::new());
    }
    let lines = store::proposals::lines(tx, id)?;
    let standing = lines.into_iter().filter(|line| line.quantity > 0);
    Ok(standing
        .map(|l| (l.line, (l.period >= 0).then_some(offers::Period(l.period)), l.quantity))
        .collect())
}

/// Accepts for the member, wholly or in part.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn accept_for_member(tx: &mut Tx, id: Id, part: &Part, actor: &Actor, now: Moment) -> Result<State> {
    acts::decisions::accept(tx, id, Side::Member, part, actor, now)
}

/// Accepts for the national authority, wholly or in part.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn accept_for_authority(tx: &mut Tx, id: Id, part: &Part, actor: &Actor, now: Moment) -> Result<State> {
    acts::decisions::accept(tx, id, Side::Authority, part, actor, now)
}

/// Declines for the member.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn decline_for_member(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<State> {
    acts::decisions::decline(tx, id, Side::Member, reason, actor, now)
}

/// Declines for the national authority.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn decline_for_authority(tx: &mut Tx, id: Id, reason: &str, actor: &Actor, now: Moment) -> Result<State> {
    acts::decisions::decline(tx, id, Side::Authority, reason, actor, now)
}
