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
mod pages;
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

use base::{Actor, Id, Lang, Moment, Result, Role};
use db::{Migration, Tx};
use web::{Act, Check, Done, Form, MenuGroup, MenuItem, Prefill, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[
    Migration {
        name: "20261122_allocation",
        sql: include_str!("../migrations/20261122_allocation.sql"),
        sample: include_str!("../migrations/20261122_allocation.data.sql"),
    },
    Migration {
        name: "20261122_allocation_moved",
        sql: include_str!("../migrations/20261122_allocation_moved.sql"),
        sample: include_str!("../migrations/20261122_allocation_moved.data.sql"),
    },
];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

const OFFICER: Who = Who::Any(&[Role::SecretariatOfficer]);
const APPROVER: Who = Who::Any(&[Role::SecretariatApprover]);

/// The room.
pub fn room() -> Room {
    Room {
        name: "allocation",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: acts(),
        inbox: Some(pages::elsewhere::inbox),
        checks: vec![Check {
            name: "allocation-units-agree",
            run: disagreeing,
        }],
        slots: vec![
            Slot {
                at: "need-page",
                fill: pages::elsewhere::on_need,
            },
            Slot {
                at: "offer-page",
                fill: pages::elsewhere::on_offer,
            },
            Slot {
                at: "member-page",
                fill: pages::elsewhere::on_member,
            },
        ],
        jobs: vec![
            jobs::Kind {
                name: work::JOB,
                run: work::job,
            },
            jobs::Kind {
                name: work::LAPSE_JOB,
                run: work::lapse_job,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/allocation",
                key: "allocation-title",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 40,
            },
            MenuItem {
                href: "/proposals",
                key: "proposals-menu",
                who: Who::SignedIn,
                group: MenuGroup::Work,
                order: 41,
            },
            MenuItem {
                href: "/calls",
                key: "calls-title",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 42,
            },
        ],
        ..Room::default()
    }
}

fn acts() -> Vec<Act> {
    use pages::{calls, policies, proposals, rounds};
    type Filled = Option<fn(&mut Tx, &web::Ask) -> Result<Prefill>>;
    type Run = fn(&mut Tx, &web::Call) -> Result<Done>;
    let act = |name, path, who, form: fn() -> Form, prefill: Filled, run: Run| Act {
        name,
        path,
        who,
        form,
        prefill,
        prepare: None,
        run,
    };
    let seen: Filled = Some(proposals::decision_prefill);
    let (inside, reason) = (Who::SignedIn, rounds::reason_form as fn() -> Form);
    let part = proposals::acceptance_form;
    vec![
        act(
            "round-new",
            "/allocation/new",
            OFFICER,
            rounds::new_form,
            Some(rounds::new_prefill),
            rounds::new,
        ),
        act(
            "round-cancellation",
            "/allocation/{id}/cancellation",
            OFFICER,
            reason,
            None,
            rounds::cancel,
        ),
        act(
            "policy-new",
            "/allocation/policies/new",
            OFFICER,
            policies::form,
            Some(policies::new_prefill),
            policies::new,
        ),
        act(
            "policy-edit",
            "/allocation/policies/{id}/edit",
            OFFICER,
            policies::form,
            Some(policies::edit_prefill),
            policies::edit,
        ),
        act(
            "policy-publication",
            "/allocation/policies/{id}/publication",
            APPROVER,
            Vec::new,
            None,
            policies::publish,
        ),
        act(
            "proposal-member-acceptance",
            "/proposals/{id}/member-acceptance",
            inside,
            part,
            seen,
            proposals::member_acceptance,
        ),
        act(
            "proposal-member-decline",
            "/proposals/{id}/member-decline",
            inside,
            reason,
            seen,
            proposals::member_decline,
        ),
        act(
            "proposal-authority-acceptance",
            "/proposals/{id}/authority-acceptance",
            inside,
            part,
            seen,
            proposals::authority_acceptance,
        ),
        act(
            "proposal-authority-decline",
            "/proposals/{id}/authority-decline",
            inside,
            reason,
            seen,
            proposals::authority_decline,
        ),
        act(
            "proposal-shortlisting",
            "/proposals/{id}/shortlisting",
            OFFICER,
            reason,
            seen,
            proposals::shortlisting,
        ),
        act(
            "proposal-lock",
            "/proposals/{id}/lock",
            OFFICER,
            reason,
            seen,
            proposals::lock,
        ),
        act(
            "proposal-release",
            "/proposals/{id}/release",
            OFFICER,
            Vec::new,
            seen,
            proposals::release,
        ),
        act(
            "call-new",
            "/calls/new",
            OFFICER,
            calls::new_form,
            None,
            calls::new,
        ),
        act(
            "call-publication",
            "/calls/{id}/publication",
            APPROVER,
            Vec::new,
            None,
            calls::publish,
        ),
    ]
}

/// What stands in proposals is what the ledger holds as proposed, line by line.
fn disagreeing(tx: &mut Tx) -> Result<Vec<String>> {
    if store::rounds::under_way(tx, None)? {
        return Ok(Vec::new());
    }
    let mut here = std::collections::BTreeMap::new();
    here.extend(
        store::proposals::counted(tx)?
            .into_iter()
            .filter(|(_, units)| *units > 0),
    );
    let ledger = std::collections::BTreeMap::from_iter(store::proposals::proposed_in_ledger(tx)?);
    let lines: std::collections::BTreeSet<Id> = here.keys().chain(ledger.keys()).copied().collect();
    let wrong = lines
        .into_iter()
        .filter(|line| here.get(line) != ledger.get(line));
    Ok(wrong
        .map(|line| {
            format!(
                "line {line}: {:?} in proposals, {:?} in the ledger",
                here.get(&line),
                ledger.get(&line)
            )
        })
        .collect())
}

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
pub fn agreed_lines(
    tx: &mut Tx,
    id: Id,
    now: Moment,
) -> Result<Vec<(Id, Option<offers::Period>, i64)>> {
    let p = store::proposals::find(tx, id)?;
    if rules::state_on(&p, now) != State::Agreed {
        return Ok(Vec::new());
    }
    let lines = store::proposals::lines(tx, id)?;
    let standing = lines.into_iter().filter(|line| line.quantity > 0);
    Ok(standing
        .map(|l| {
            (
                l.line,
                (l.period >= 0).then_some(offers::Period(l.period)),
                l.quantity,
            )
        })
        .collect())
}

/// Accepts for the member, wholly or in part.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn accept_for_member(
    tx: &mut Tx,
    id: Id,
    part: &Part,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    acts::decisions::accept(tx, id, Side::Member, part, actor, now)
}

/// Accepts for the national authority, wholly or in part.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn accept_for_authority(
    tx: &mut Tx,
    id: Id,
    part: &Part,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    acts::decisions::accept(tx, id, Side::Authority, part, actor, now)
}

/// Declines for the member.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn decline_for_member(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    acts::decisions::decline(tx, id, Side::Member, reason, actor, now)
}

/// Declines for the national authority.
///
/// # Errors
/// Forbidden or refused with the rule that says no.
pub fn decline_for_authority(
    tx: &mut Tx,
    id: Id,
    reason: &str,
    actor: &Actor,
    now: Moment,
) -> Result<State> {
    acts::decisions::decline(tx, id, Side::Authority, reason, actor, now)
}

/// The newest round that is finished.
///
/// # Errors
/// A fault of the database.
pub fn latest_round(tx: &mut Tx) -> Result<Option<Id>> {
    Ok(store::rounds::list(tx, Some("done"), None, 1)?
        .first()
        .map(|round| round.id))
}

/// The rounds that were done, the newest first, a hundred at most.
///
/// # Errors
/// A fault of the database.
pub fn rounds_done(tx: &mut Tx) -> Result<Vec<Round>> {
    store::rounds::list(tx, Some("done"), None, 100)
}

/// A round.
///
/// # Errors
/// Missing when there is none.
pub fn round(tx: &mut Tx, id: Id) -> Result<Round> {
    store::rounds::find(tx, id)
}

/// The calls for support that are published and not over, by country.
///
/// # Errors
/// A fault of the database.
pub fn open_calls(tx: &mut Tx, today: base::Day) -> Result<Vec<(String, i64)>> {
    store::calls::open(tx, today)
}
