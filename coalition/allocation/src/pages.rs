//! What people see of rounds, proposals, policies and calls.

pub(crate) mod calls;
pub(crate) mod elsewhere;
pub(crate) mod moved;
pub(crate) mod policies;
pub(crate) mod proposals;
pub(crate) mod round;
pub(crate) mod rounds;
pub(crate) mod tell;
pub(crate) mod unserved;

use base::{Result, Role};
use db::Tx;
use ui::Column;
use web::{Answer, Ask, Filter, Shape, View, Who};

/// Who reads everything of this room.
pub(crate) const READERS: &[Role] = &[
    Role::SecretariatOfficer,
    Role::SecretariatApprover,
    Role::Auditor,
];

type Run = fn(&mut Tx, &Ask) -> Result<Answer>;

/// Every view of the room.
pub(crate) fn views() -> Vec<View> {
    let seen = |path, who, shape, run: Run| View {
        path,
        who,
        shape,
        run,
    };
    let list =
        |columns: &'static [Column], filters: &'static [Filter]| Shape::List(columns, filters);
    let record = Shape::Record;
    let (all, inside) = (Who::Anyone, Who::SignedIn);
    vec![
        seen(
            "/allocation",
            all,
            list(rounds::ROUNDS, rounds::FILTERS),
            rounds::rounds,
        ),
        seen(
            "/allocation/policies",
            all,
            list(policies::POLICIES, &[]),
            policies::policies,
        ),
        seen(
            "/allocation/policies/{id}",
            all,
            record(policies::POLICY),
            policies::policy,
        ),
        seen("/allocation/{id}", all, record(round::ROUND), round::round),
        seen(
            "/allocation/{id}/outcome",
            all,
            Shape::File,
            rounds::outcome,
        ),
        seen(
            "/allocation/{id}/files/{name}",
            inside,
            Shape::File,
            rounds::file,
        ),
        seen(
            "/allocation/{id}/proposals",
            inside,
            list(proposals::PROPOSALS, proposals::FILTERS),
            proposals::of_round,
        ),
        seen(
            "/allocation/{id}/unserved",
            inside,
            list(unserved::UNSERVED, unserved::FILTERS),
            unserved::unserved,
        ),
        seen(
            "/allocation/{id}/moved",
            inside,
            list(moved::MOVED, moved::FILTERS),
            moved::moved,
        ),
        seen(
            "/allocation/{id}/gaps",
            inside,
            list(unserved::GAPS, unserved::GAP_FILTERS),
            unserved::gaps,
        ),
        seen(
            "/proposals",
            inside,
            list(proposals::PROPOSALS, proposals::FILTERS),
            proposals::mine,
        ),
        seen(
            "/proposals/{id}",
            inside,
            record(proposals::PROPOSAL),
            proposals::proposal,
        ),
        seen(
            "/proposals/{id}/lines",
            inside,
            list(proposals::LINES, &[]),
            proposals::lines,
        ),
        seen(
            "/calls",
            all,
            list(calls::CALLS, calls::FILTERS),
            calls::calls,
        ),
        seen("/calls/{id}", all, record(calls::CALL), calls::call),
    ]
}
