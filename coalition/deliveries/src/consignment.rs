//! The nouns: a consignment with its lines, what its receivers checked in, and what is in dispute.

use base::{Day, Error, Id, Moment, Result};
use files::Upload;

/// What is delivered, and so what its steps are called.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// It travels.
    Goods,
    /// It is given over a time, as days of training are.
    Service,
    /// It is opened, as an account or a licence is; nothing travels.
    Access,
}

/// A type with a stable code for each of its values.
macro_rules! coded {
    ($type:ident { $($value:ident = $code:literal),+ $(,)? }) => {
        impl $type {
            /// Every code.
            pub const CODES: &'static [&'static str] = &[$($code),+];
            /// The stable code, as stored and sent.
            pub const fn code(self) -> &'static str {
                match self { $(Self::$value => $code),+ }
            }
            /// The value of a code.
            pub fn parse(code: &str) -> Option<Self> {
                match code { $($code => Some(Self::$value),)+ _ => None }
            }
            /// The value of a stored code.
            #[allow(dead_code, reason = "some are only written")]
            pub(crate) fn stored(code: &str) -> Result<Self> {
                Self::parse(code).ok_or_else(|| {
                    Error::fault(format!("no {} is called {code}", stringify!($type)))
                })
            }
        }
    };
}
coded!(Kind {
    Goods = "goods",
    Service = "service",
    Access = "access",
});

/// How far people have brought a consignment. What follows from receipts is not set by anybody.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    Requested,
    Accepted,
    OnHold,
    Rejected,
    Withdrawn,
    Dispatched,
    Closed,
}
coded!(Stage {
    Requested = "requested",
    Accepted = "accepted",
    OnHold = "on_hold",
    Rejected = "rejected",
    Withdrawn = "withdrawn",
    Dispatched = "dispatched",
    Closed = "closed",
});

/// Where a consignment stands: its stage, and what follows from what was received.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Standing {
    Requested,
    Accepted,
    OnHold,
    Rejected,
    Withdrawn,
    /// On its way; begun, for a service; opened, for an access.
    Dispatched,
    /// The member says that all of it arrived; given, for a service.
    Arrived,
    PartlyReceived,
    Received,
    DiscrepancyOpen,
    Closed,
}
coded!(Standing {
    Requested = "requested",
    Accepted = "accepted",
    OnHold = "on_hold",
    Rejected = "rejected",
    Withdrawn = "withdrawn",
    Dispatched = "dispatched",
    Arrived = "arrived",
    PartlyReceived = "partly_received",
    Received = "received",
    DiscrepancyOpen = "discrepancy_open",
    Closed = "closed",
});

impl Standing {
    /// The words' code: the same state is called otherwise when nothing travels.
    pub const fn code_for(self, kind: Kind) -> &'static str {
        match (self, kind) {
            (Self::Dispatched, Kind::Service) => "begun",
            (Self::Arrived, Kind::Service) => "given",
            (Self::Dispatched | Self::Arrived, Kind::Access) => "opened",
            _ => self.code(),
        }
    }
}

/// Units for one line of the need, within a consignment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ConsignmentLine {
    pub id: Id,
    pub consignment: Id,
    /// The need line served.
    pub line: Id,
    pub proposal: Id,
    pub offer: Id,
    pub units: i64,
    pub place: String,
    /// First-level area.
    pub department: String,
    /// The school's code in its country's register.
    pub school: Option<String>,
    pub label: String,
}

/// Units of all lines together, as they are known.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    pub units: i64,
    /// Of them, what the member says arrived.
    pub arrived: i64,
    /// What the receivers checked in.
    pub checked: Checked,
    /// What is confirmed now: good at the check-in, found or replaced since, less what was lost or
    /// went back afterwards.
    pub confirmed: i64,
    /// Units in open discrepancies, and how many of those there are.
    pub disputed: i64,
    pub open_discrepancies: i64,
}

impl Counts {
    /// Units no receiver has said anything about.
    pub const fn pending(&self) -> i64 {
        self.units - self.checked.accounted()
    }
}

/// What a receiver found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Checked {
    pub good: i64,
    pub damaged: i64,
    pub short: i64,
    /// Beyond what was sent; never part of the line's balance.
    pub surplus: i64,
}

impl Checked {
    /// Units of the consignment this says something about.
    pub const fn accounted(&self) -> i64 {
        self.good + self.damaged + self.short
    }
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            good: self.good + other.good,
            damaged: self.damaged + other.damaged,
            short: self.short + other.short,
            surplus: self.surplus + other.surplus,
        }
    }
}

/// A step somebody took: who, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Step {
    pub by: Id,
    pub at: Moment,
}

/// What a member sends to the receivers of a deployment's lines.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consignment {
    pub id: Id,
    /// `HN-2026-C-0001`.
    pub code: String,
    pub year: i64,
    pub number: i64,
    pub deployment: Id,
    pub country: String,
    pub member: Id,
    pub kind: Kind,
    pub service_class: String,
    /// Where all its lines are: a department, or the country.
    pub to_place: String,
    /// The day it should be there.
    pub planned_on: Day,
    pub lines: i64,
    pub counts: Counts,
    pub stage: Stage,
    /// What the parties should know: the carrier, the packing. Never public.
    pub note: Option<String>,
    /// Why it waits, was turned down or withdrawn.
    pub reason: Option<String>,
    pub requested: Step,
    pub decided: Option<Step>,
    pub dispatched_on: Option<Day>,
    pub dispatched: Option<Step>,
    /// The way-bill or whatever paper went with it.
    pub paper: Option<Upload>,
    /// The last day the member said something arrived.
    pub arrived_on: Option<Day>,
    pub closed: Option<Step>,
    pub first_received_on: Option<Day>,
    pub last_received_on: Option<Day>,
    pub version: i64,
}

impl Consignment {
    /// Its page.
    pub fn path(&self) -> String {
        format!("/consignments/{}", self.id)
    }
    /// Where it stands.
    pub const fn standing(&self) -> Standing {
        crate::rules::standing(self.stage, &self.counts)
    }
    /// The day it should be there has passed, and something is missing still.
    pub fn is_overdue(&self, today: Day) -> bool {
        crate::rules::is_overdue(self.stage, &self.counts, self.planned_on, today)
    }
}

/// How a check-in came.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Via {
    /// Somebody of the authority, signed in.
    Account,
    /// The receiver's own link.
    Link,
    /// A table the authority brought.
    Sheet,
}
coded!(Via {
    Account = "account",
    Link = "link",
    Sheet = "sheet",
});

/// What a receiver checked in of a line at one time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Receipt {
    pub id: Id,
    pub consignment: Id,
    pub consignment_line: Id,
    pub department: String,
    pub checked: Checked,
    pub on: Day,
    pub via: Via,
    /// The account of the authority; none when it came by a link.
    pub by: Option<Id>,
    pub link: Option<Id>,
    /// Photo or paper.
    pub proof: Option<Upload>,
    pub note: Option<String>,
    pub at: Moment,
}

/// What is wrong with some units.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Wrong {
    Damaged,
    Short,
    Surplus,
}
coded!(Wrong {
    Damaged = "damaged",
    Short = "short",
    Surplus = "surplus",
});

/// What became of units in dispute.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Resolution {
    /// Found, or repaired: now with the receiver.
    Found,
    /// The member sent others in their place, and they are with the receiver.
    Replaced,
    Lost,
    /// Went back to the member.
    Returned,
    /// Surplus the authority keeps.
    Kept,
    /// Surplus given to another open line.
    Given,
}
coded!(Resolution {
    Found = "found",
    Replaced = "replaced",
    Lost = "lost",
    Returned = "returned",
    Kept = "kept",
    Given = "given",
});

/// Units in dispute, and what became of them so far.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Discrepancy {
    pub id: Id,
    pub consignment: Id,
    pub consignment_line: Id,
    pub country: String,
    pub member: Id,
    pub department: String,
    pub wrong: Wrong,
    /// Found after the units had been confirmed.
    pub late: bool,
    pub settled: crate::rules::Settled,
    /// Why somebody counted again; what a check-in found needs no reason.
    pub why: Option<String>,
    pub opened_on: Day,
    pub opened_at: Moment,
    pub version: i64,
}

impl Discrepancy {
    /// Units nobody has decided about.
    pub const fn open(&self) -> i64 {
        self.settled.open()
    }
    /// Its page.
    pub fn path(&self) -> String {
        format!("/discrepancies/{}", self.id)
    }
}

/// A decision about some units of a discrepancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settling {
    pub id: Id,
    pub discrepancy: Id,
    /// The code of a resolution, or `needed_again`.
    pub how: String,
    pub units: i64,
    /// The other line surplus was given to.
    pub to_line: Option<Id>,
    pub reason: String,
    pub by: Id,
    pub at: Moment,
}

/// A receiver's link: who holds it checks in one line, without an account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptLink {
    pub id: Id,
    pub consignment: Id,
    pub consignment_line: Id,
    pub issued_by: Id,
    pub issued_at: Moment,
    pub expires_on: Day,
    pub revoked_at: Option<Moment>,
    pub used_at: Option<Moment>,
}

impl ReceiptLink {
    /// It still opens.
    pub fn is_good(&self, today: Day) -> bool {
        self.revoked_at.is_none() && today <= self.expires_on
    }
}
