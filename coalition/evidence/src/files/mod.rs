//! Partners' spreadsheets: read whole, hidden parts too; whatever is doubtful is asked, and nothing
//! is imported before a person has said yes or no to each question.

pub(crate) mod acts;
pub(crate) mod cells;
pub(crate) mod forms;
pub(crate) mod heads;
pub(crate) mod pages;
pub(crate) mod questions;
pub(crate) mod reading;
pub(crate) mod rows;
pub(crate) mod store;

use base::{Day, Id, Moment};
use serde_json::{Value, json};

/// Where a file stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileState {
    /// Its rows and questions are kept; nothing was imported.
    Read,
    Imported,
    Discarded,
}

impl FileState {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Read => "read",
            Self::Imported => "imported",
            Self::Discarded => "discarded",
        }
    }
    /// The state of a code.
    pub fn parse(code: &str) -> Option<Self> {
        let all = [Self::Read, Self::Imported, Self::Discarded];
        all.into_iter().find(|state| state.code() == code)
    }
}

/// A partner's spreadsheet, received for a report.
#[derive(Clone, Debug, PartialEq)]
pub struct ReportFile {
    pub id: Id,
    pub report: Id,
    pub upload: files::Upload,
    pub state: FileState,
    pub rows_read: i64,
    /// Figures found in it, doubtful ones included.
    pub figures: i64,
    pub questions: i64,
    /// Figures imported, once they were.
    pub imported: Option<i64>,
    pub account: Id,
    pub received_at: Moment,
    pub version: i64,
    /// What a person must be told of the file: keys with their arguments.
    pub notes: Vec<Value>,
}

impl ReportFile {
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/report-files/{}", self.id)
    }
}

/// A figure as it stands in a row of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct FileFigure {
    pub(crate) indicator: String,
    pub(crate) group: String,
    pub(crate) place: String,
    pub(crate) from: Day,
    pub(crate) to: Day,
    pub(crate) figure: crate::Figure,
    pub(crate) method: String,
    /// In the file's words; read by the parties only.
    pub(crate) source: String,
    /// The column it stands in, by its letter.
    pub(crate) column: String,
}

/// A row of a file with the figures found in it.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct FileRow {
    pub(crate) sheet: String,
    pub(crate) number: i64,
    /// The same for rows that say the same, in whichever file they come.
    pub(crate) print: String,
    /// The row in its own words.
    pub(crate) words: String,
    pub(crate) figures: Vec<FileFigure>,
    /// Why somebody must look at it.
    pub(crate) marks: Vec<Mark>,
}

/// Why somebody must look at a row, a column or a sheet before anything of it is imported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Mark {
    HiddenSheet,
    /// A hidden column with figures, or one that figures of the sheet rest on.
    HiddenColumn {
        header: String,
        figures: i64,
    },
    HiddenRow,
    /// It speaks of days outside the report's period.
    Outside {
        from: Day,
        to: Day,
    },
    /// The sheet has no column of days: the report's period would be taken.
    NoDays {
        rows: i64,
    },
    /// A day is missing where others have one.
    Undated,
    /// It looks like a line of totals.
    Total,
    /// The same row stands further up.
    Twice {
        row: i64,
        sheet: String,
    },
    /// It was received before in so many other files.
    Received {
        files: i64,
        first: Moment,
        last: Moment,
    },
    /// The same figure stands already.
    Stands {
        claims: i64,
    },
    /// A cell that cannot be read.
    Unreadable {
        key: String,
        args: Vec<(String, String)>,
    },
    /// A sheet that cannot be read.
    SheetUnreadable {
        key: String,
        args: Vec<(String, String)>,
    },
}

impl Mark {
    /// The stable code.
    pub(crate) const fn code(&self) -> &'static str {
        match self {
            Self::HiddenSheet => "hidden_sheet",
            Self::HiddenColumn { .. } => "hidden_column",
            Self::HiddenRow => "hidden",
            Self::Outside { .. } => "outside",
            Self::NoDays { .. } => "no_days",
            Self::Undated => "undated",
            Self::Total => "total",
            Self::Twice { .. } => "twice",
            Self::Received { .. } => "received",
            Self::Stands { .. } => "stands",
            Self::Unreadable { .. } => "unreadable",
            Self::SheetUnreadable { .. } => "sheet_unreadable",
        }
    }
}

/// What is asked about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum About {
    Sheet,
    /// By its letter.
    Column(String),
    /// By its number in the sheet.
    Row(i64),
}

/// A question a person answers with yes or no.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Question {
    pub(crate) position: i64,
    pub(crate) sheet: String,
    pub(crate) about: About,
    pub(crate) marks: Vec<Mark>,
    /// The row in its own words, for questions about rows.
    pub(crate) words: String,
    pub(crate) answer: Option<bool>,
}

impl Question {
    /// For programs: where it is, why somebody must look, and the row in its own words.
    pub(crate) fn summary(&self) -> Value {
        let reasons: Vec<&str> = self.marks.iter().map(Mark::code).collect();
        let (column, row) = match &self.about {
            About::Sheet => (None, None),
            About::Column(letter) => (Some(letter.as_str()), None),
            About::Row(number) => (None, Some(*number)),
        };
        json!({ "sheet": self.sheet, "column": column, "row": row, "reasons": reasons, "words": self.words })
    }
    /// What may be answered together: questions for the same reasons.
    pub(crate) fn kind(&self) -> String {
        let mut codes: Vec<&str> = self.marks.iter().map(Mark::code).collect();
        codes.dedup();
        codes.join("+")
    }
}
