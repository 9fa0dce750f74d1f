//! Releases: what was published, when, by whom, and what validators found.

use base::{Id, Moment};
use serde_json::Value;

/// A format of open data; a release holds the files of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Format {
    Iati,
    Ocds,
    Hxl,
    Csv,
}

impl Format {
    /// All, in the order they are shown.
    pub const ALL: [Self; 4] = [Self::Iati, Self::Ocds, Self::Hxl, Self::Csv];
    /// The codes, for filters and choices.
    pub const CODES: &'static [&'static str] = &["iati", "ocds", "hxl", "csv"];
    /// The stable code, which is also its folder.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Iati => "iati",
            Self::Ocds => "ocds",
            Self::Hxl => "hxl",
            Self::Csv => "csv",
        }
    }
    /// The format of a code.
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.code() == code)
    }
}

/// How a release stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Files are written and checked; nobody else sees them.
    Built,
    Published,
    Discarded,
}

impl State {
    /// The codes, for filters.
    pub const CODES: &'static [&'static str] = &["built", "published", "discarded"];
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Built => "built",
            Self::Published => "published",
            Self::Discarded => "discarded",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Built, Self::Published, Self::Discarded]
            .into_iter()
            .find(|state| state.code() == code)
    }
}

/// A release.
#[derive(Clone, Debug, PartialEq)]
pub struct Release {
    pub id: Id,
    /// Its name in addresses: format and day, such as `iati-2026-11-22`.
    pub code: String,
    pub format: Format,
    /// The snapshot its figures come from.
    pub snapshot: String,
    /// Number of the last fact it tells of.
    pub seq: i64,
    pub built_at: Moment,
    pub built_by: Option<Id>,
    /// Stands for what it says, whenever it is said.
    pub content: String,
    /// Stands for its bytes: SHA-256 over the names and hashes of its files.
    pub hash: String,
    pub bytes: i64,
    pub state: State,
    pub note: Option<String>,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Moment>,
    pub reason: Option<String>,
    pub supersedes: Option<Id>,
    pub version: i64,
}

impl Release {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/data/releases/{}", self.code)
    }
}

/// A file of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filed {
    pub name: String,
    pub mime: String,
    /// SHA-256, under which the site keeps it.
    pub hash: String,
    pub bytes: i64,
    pub rows: i64,
}

/// What a validator found in a file of a release.
#[derive(Clone, Debug, PartialEq)]
pub struct Checked {
    pub file: String,
    pub validator: String,
    pub version: String,
    pub errors: i64,
    pub warnings: i64,
    pub found: Value,
    /// The account that brought the result; none when it was made here.
    pub by: Option<Id>,
    pub at: Moment,
}

/// What came of building a format.
#[derive(Clone, Debug)]
pub struct Built {
    pub release: Release,
    /// False: nothing is said that the last release did not say; that one stands here.
    pub new: bool,
    pub files: Vec<Filed>,
    pub checks: Vec<Checked>,
}
