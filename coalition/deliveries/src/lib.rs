//! Deliveries: what members send, begin or open for the lines of a deployment, and what its
//! receivers find.
//!
//! Owns `consignment`, `consignment_line`, `consignment_arrival`, `receipt`, `discrepancy`,
//! `discrepancy_step`, `receipt_link` and `check_in_file`. Where a line's units are follows from
//! what is known of them, never from the order in which it came to be known.

mod acts;
mod consignment;
mod forms;
mod pages;
mod rules;
mod sheet;
mod store;
mod upstream;

pub use acts::{
    By, Decision, Proof, Said, Terms, accept, arrive, check_in, close, dispatch, hold, issue_links,
    need_again, outstanding, recount, reject, request, resolve, revoke_link, withdraw,
};
pub use consignment::{
    Checked, Consignment, ConsignmentLine, Counts, Discrepancy, Kind, Receipt, ReceiptLink,
    Resolution, Settling, Stage, Standing, Step, Via, Wrong,
};
pub use rules::Settled;

use base::{Day, Id, Lang, Result};
use db::{Migration, Tx};
use web::{Check, MenuGroup, MenuItem, Room, Slot, Who};

/// This room's part of the schema.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261124_deliveries",
    sql: include_str!("../migrations/20261124_deliveries.sql"),
    sample: include_str!("../migrations/20261124_deliveries.data.sql"),
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
        name: "deliveries",
        migrations: MIGRATIONS,
        words: WORDS,
        tables: &store::TABLES,
        views: pages::views(),
        acts: forms::all(),
        inbox: Some(pages::inbox),
        slots: vec![Slot {
            at: "deployment-page",
            fill: pages::on_deployment,
        }],
        menu: vec![MenuItem {
            href: "/deliveries",
            key: "deliveries-menu",
            who: Who::Anyone,
            group: MenuGroup::Coalition,
            order: 60,
        }],
        checks: vec![Check {
            name: "deliveries-conserved",
            run: conserved,
        }],
        ..Room::default()
    }
}

/// The sums of every consignment are those of its rows.
fn conserved(tx: &mut Tx) -> Result<Vec<String>> {
    let wrong = store::consignments::out_of_balance(tx)?;
    let says = |code: String| format!("consignment {code}: its sums are not those of its rows");
    Ok(wrong.into_iter().map(says).collect())
}

// ---- the door: what later rooms ask

/// Which part of what was received.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    Everything,
    Country(String),
    Member(Id),
    Deployment(Id),
}

/// A line somebody checked in, as it stands now; no personal data.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub consignment: Id,
    /// The consignment's.
    pub code: String,
    pub deployment: Id,
    pub country: String,
    pub member: Id,
    /// The need line.
    pub line: Id,
    pub department: String,
    pub place: String,
    pub school: Option<String>,
    pub service_class: String,
    /// Code of the catalogue's units.
    pub unit: String,
    /// Confirmed now: good at the check-in, found or replaced since, less what was lost or went back.
    pub good: i64,
    pub damaged: i64,
    pub short: i64,
    pub surplus: i64,
    /// The day of the last check-in.
    pub on: Day,
}

/// Sums over consignments.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tally {
    /// Units the member says it sent, began to give or opened.
    pub dispatched: i64,
    /// Units the member says arrived or were given.
    pub arrived: i64,
    /// Units the receivers confirm now.
    pub good: i64,
    /// Units that were damaged, missing or too many at the check-in, whatever became of them.
    pub damaged: i64,
    pub short: i64,
    pub surplus: i64,
    pub open_discrepancies: i64,
    pub first_on: Option<Day>,
    pub last_on: Option<Day>,
}

/// A consignment; its standing is [`Consignment::standing`], overdue is [`Consignment::is_overdue`].
///
/// # Errors
/// Missing when there is none.
pub fn consignment(tx: &mut Tx, id: Id) -> Result<Consignment> {
    store::consignments::find(tx, id)
}

/// The consignments of a deployment, oldest first.
///
/// # Errors
/// A fault of the database.
pub fn of_deployment(tx: &mut Tx, deployment: Id) -> Result<Vec<Consignment>> {
    store::consignments::of_deployment(tx, deployment)
}

/// A line of a consignment.
///
/// # Errors
/// Missing when there is none.
pub fn line(tx: &mut Tx, id: Id) -> Result<ConsignmentLine> {
    store::lines::find(tx, id)
}

/// The lines of a consignment, by name.
///
/// # Errors
/// A fault of the database.
pub fn lines(tx: &mut Tx, consignment: Id) -> Result<Vec<ConsignmentLine>> {
    let all = store::lines::all_told(tx, consignment)?;
    Ok(all.into_iter().map(|told| told.line).collect())
}

/// The check-ins of a consignment's line, oldest first.
///
/// # Errors
/// A fault of the database.
pub fn receipts(tx: &mut Tx, line: Id) -> Result<Vec<Receipt>> {
    store::receipts::of_line(tx, line)
}

/// The discrepancies of a consignment's line, oldest first.
///
/// # Errors
/// A fault of the database.
pub fn discrepancies(tx: &mut Tx, line: Id) -> Result<Vec<Discrepancy>> {
    store::discrepancies::of_line(tx, line)
}

/// What was sent, said to have arrived and confirmed of a deployment.
///
/// # Errors
/// A fault of the database.
pub fn tally(tx: &mut Tx, deployment: Id) -> Result<Tally> {
    store::tallies::tally(tx, deployment)
}

/// The same by department, by code.
///
/// # Errors
/// A fault of the database.
pub fn tallies_by_place(tx: &mut Tx, deployment: Id) -> Result<Vec<(String, Tally)>> {
    store::tallies::by_department(tx, deployment)
}

/// Every line somebody checked in, by id, streamed.
///
/// # Errors
/// A fault of the database, or what `f` answers.
pub fn each_received(
    tx: &mut Tx,
    scope: &Scope,
    f: &mut dyn FnMut(Received) -> Result<()>,
) -> Result<()> {
    let units: std::collections::BTreeMap<String, String> = catalogue::service_classes(tx)?
        .into_iter()
        .map(|class| (class.code, class.unit))
        .collect();
    store::tallies::each_received(tx, scope, &mut |mut one| {
        one.unit = units.get(&one.service_class).cloned().unwrap_or_default();
        f(one)
    })
}
