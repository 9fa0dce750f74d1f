//! Deployments: what members do in countries under agreements, for need lines, and where two of
//! them would do the same for the same people.

mod acts;
mod coverage;
mod deployment;
mod find;
mod forms;
pub mod meet;
#[cfg(test)]
mod meet_test;
mod overlap;
mod pages;
pub mod rules;
#[cfg(test)]
mod rules_test;
mod store;
mod upstream;

pub use acts::{
    Told, accept, activate, call_complementary, cancel, change, claim_completion, clearance, close,
    confirm, extend, involve, pause, plan, refuse_completion, resume, resume_agreement, send,
    suspend_agreement, terminate_agreement,
};
pub use coverage::coverage;
pub use deployment::{
    ASSETS_TO, Covered, DeployedLine, Deployment, InPerson, Involvement, Plan, Scope, Stage,
    Standing, Step,
};
pub use find::find_overlaps;
pub use overlap::{Candidate, Dimensions, Found, Overlap, OverlapStep, Resolution};

use base::{Day, Id, Lang, Refusal, Result};
use db::{Migration, Tx};
use pages::elsewhere;
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261123_deployments",
    sql: include_str!("../migrations/20261123_deployments.sql"),
    sample: include_str!("../migrations/20261123_deployments.data.sql"),
}];

/// This room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room.
pub fn room() -> Room {
    Room {
        name: "deployments",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(elsewhere::inbox),
        checks: vec![Check {
            name: "deployments-lines-add-up",
            run: store::out_of_step,
        }],
        slots: vec![
            Slot {
                at: "agreement-page",
                fill: elsewhere::on_agreement,
            },
            Slot {
                at: "need-page",
                fill: elsewhere::on_need,
            },
            Slot {
                at: "need-line-page",
                fill: elsewhere::on_line,
            },
            Slot {
                at: "member-page",
                fill: elsewhere::on_member,
            },
            Slot {
                at: "country-page",
                fill: elsewhere::on_country,
            },
        ],
        menu: vec![
            MenuItem {
                href: "/deployments",
                key: "deployments-title",
                who: Who::Anyone,
                group: MenuGroup::Coalition,
                order: 60,
            },
            MenuItem {
                href: "/who-does-what-where",
                key: "coverage-title",
                who: Who::Anyone,
                group: MenuGroup::Results,
                order: 61,
            },
            MenuItem {
                href: "/overlaps",
                key: "overlaps-title",
                who: Who::Anyone,
                group: MenuGroup::Results,
                order: 62,
            },
        ],
        ..Room::default()
    }
}

// ---- the door: what later rooms ask

/// A deployment as it stands today.
///
/// # Errors
/// Missing when there is none.
pub fn deployment(tx: &mut Tx, id: Id, today: Day) -> Result<Deployment> {
    store::find(tx, id, today)
}

/// Deployments in the order asked.
///
/// # Errors
/// Missing when one is not there.
pub fn heads(tx: &mut Tx, ids: &[Id], today: Day) -> Result<Vec<Deployment>> {
    ids.iter().map(|id| store::find(tx, *id, today)).collect()
}

/// Every deployment of a scope, by id, streamed; also those called off, which say so.
///
/// # Errors
/// A fault of the database, or what `seen` answers.
pub fn each(
    tx: &mut Tx,
    scope: &Scope,
    today: Day,
    seen: &mut dyn FnMut(Deployment) -> Result<()>,
) -> Result<()> {
    store::each(tx, scope, today, seen)
}

/// How many deployments of a scope were not called off.
///
/// # Errors
/// A fault of the database.
pub fn count(tx: &mut Tx, scope: &Scope) -> Result<i64> {
    store::count(tx, scope)
}

/// The need lines a deployment serves.
///
/// # Errors
/// A fault of the database.
pub fn lines(tx: &mut Tx, deployment: Id) -> Result<Vec<DeployedLine>> {
    store::lines::of(tx, deployment)
}

/// One of the need lines a deployment serves, once for each proposal it comes from.
///
/// # Errors
/// Missing when the deployment does not serve it.
pub fn line_in(tx: &mut Tx, deployment: Id, line: Id) -> Result<Vec<DeployedLine>> {
    let found = store::lines::one(tx, deployment, line)?;
    if found.is_empty() {
        return Err(base::Error::Missing);
    }
    Ok(found)
}

/// The deployments that serve a need line and were not called off.
///
/// # Errors
/// A fault of the database.
pub fn of_need_line(tx: &mut Tx, line: Id) -> Result<Vec<Id>> {
    store::lines::of_line(tx, line)
}

/// The deployments of a need, the newest first.
///
/// # Errors
/// A fault of the database.
pub fn of_need(tx: &mut Tx, need: Id) -> Result<Vec<Id>> {
    store::lines::of_need(tx, need)
}

/// The needs a deployment serves.
///
/// # Errors
/// A fault of the database.
pub fn needs_of(tx: &mut Tx, deployment: Id) -> Result<Vec<Id>> {
    store::lines::needs(tx, deployment)
}

/// A deployment that is at work.
///
/// # Errors
/// Refused with `deployments-not-active` and its standing otherwise.
pub fn require_active(tx: &mut Tx, id: Id, today: Day) -> Result<Deployment> {
    let found = store::find(tx, id, today)?;
    if found.standing == Standing::Active {
        return Ok(found);
    }
    let state = base::Arg::Word(format!("deployment-state-{}", found.standing.code()));
    let mut refusal = Refusal::whole("deployments-not-active");
    refusal.args.push(("state", state));
    Err(refusal.into())
}

/// The overlaps of a deployment, on either side.
///
/// # Errors
/// A fault of the database.
pub fn overlaps(tx: &mut Tx, deployment: Id) -> Result<Vec<Overlap>> {
    store::overlaps::of(tx, deployment)
}

/// How teachers took part in a deployment, by stage.
///
/// # Errors
/// A fault of the database.
pub fn involvements(tx: &mut Tx, deployment: Id) -> Result<Vec<Involvement>> {
    store::steps::involvements(tx, deployment)
}

/// For measurements over many deployments.
#[doc(hidden)]
pub mod bench {
    use crate::store;
    use base::Result;
    use db::{Tx, Val};

    /// Fills deployments and their places, without facts.
    ///
    /// # Errors
    /// A fault of the database.
    pub fn fill(tx: &mut Tx, deployments: &[Vec<Val>], places: &[Vec<Val>]) -> Result<()> {
        tx.fill(&store::DEPLOYMENT, deployments)?;
        tx.fill(&store::overlaps::PLACE, places)
    }
}
