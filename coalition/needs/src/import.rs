//! Imports of school registers into a request.

use base::{Day, Error, Id, Moment, Result};

/// Where an import stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ImportState {
    /// The dry run is shown; nothing has been written.
    Read,
    /// Slices are being written; nobody sees them.
    Running,
    Imported,
    Discarded,
}

impl ImportState {
    /// Every state.
    pub const ALL: [Self; 4] = [Self::Read, Self::Running, Self::Imported, Self::Discarded];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Running => "running",
            Self::Imported => "imported",
            Self::Discarded => "discarded",
        }
    }
    /// The state of a code.
    pub(crate) fn parse(code: &str) -> Result<Self> {
        let found = Self::ALL.into_iter().find(|state| state.code() == code);
        found.ok_or_else(|| Error::fault("an import in no state"))
    }
}

/// An import of a school register into a request.
#[derive(Clone, Debug, PartialEq)]
pub struct Import {
    pub id: Id,
    pub request: Id,
    pub file: files::Upload,
    pub rule_set: String,
    pub rule_version: i64,
    /// Of rows that look alike only the first brings a school, as its owner decided.
    pub first_only: bool,
    pub urgency: i64,
    /// Bits of the conditions the authority vouches for at every school of the register.
    pub conditions: i64,
    pub required_by: Day,
    pub window_from: Day,
    pub window_to: Day,
    /// The day the register was read, for learners of which it gives no year.
    pub as_of: Day,
    pub state: ImportState,
    pub rows_read: i64,
    pub rows_refused: i64,
    pub schools: i64,
    pub lines: i64,
    pub account: Id,
    pub created_at: Moment,
    pub done_at: Option<Moment>,
    pub version: i64,
}

impl Import {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/imports/{}", self.id)
    }
}
