//! Errors, sorted by who must act.

use std::fmt;

/// Why something did not happen.
#[derive(Debug)]
pub enum Error {
    /// A rule said no: the person corrects what is named.
    Refused(Refusals),
    /// Not there, or not the asker's to know.
    Missing,
    /// Known, but not allowed; the key says who may.
    Forbidden(&'static str),
    /// Nobody is signed in and somebody must be.
    SignIn,
    /// Someone else changed it first.
    Conflict(Box<Conflict>),
    /// Too many tries: come back after so many seconds.
    Later(i64),
    /// The machine failed; the words are for the operator.
    Fault(String),
}

/// Both versions of what two people edited: field name, and the value that is saved now.
#[derive(Clone, Debug, Default)]
pub struct Conflict {
    /// The saved version's number.
    pub version: i64,
    /// The saved values by field name.
    pub saved: Vec<(String, String)>,
}

/// An argument of a message.
#[derive(Clone, Debug, PartialEq)]
pub enum Arg {
    Text(String),
    /// The key of another message or code, to be put into words first.
    Word(String),
    Number(i64),
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}

/// One reason why a rule said no: the field, the message's key, its arguments.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// The form field it is about; empty when about the whole.
    pub field: String,
    /// The message's key in the translation files.
    pub key: String,
    pub args: Vec<(&'static str, Arg)>,
}

impl Refusal {
    /// A refusal about one field.
    pub fn about(field: &str, key: &str) -> Self {
        Self {
            field: field.to_owned(),
            key: key.to_owned(),
            args: Vec::new(),
        }
    }
    /// A refusal about the whole.
    pub fn whole(key: &str) -> Self {
        Self::about("", key)
    }
    /// With an argument of the message.
    #[must_use]
    pub fn with(mut self, name: &'static str, value: impl Into<Arg>) -> Self {
        self.args.push((name, value.into()));
        self
    }
}

/// Every reason found, never only the first.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Refusals(pub Vec<Refusal>);

impl Refusals {
    /// Adds a reason.
    pub fn push(&mut self, refusal: Refusal) {
        self.0.push(refusal);
    }
    /// Adds the reason when the condition does not hold.
    pub fn unless(&mut self, holds: bool, field: &str, key: &str) {
        if !holds {
            self.push(Refusal::about(field, key));
        }
    }
    /// The value when nothing was refused.
    ///
    /// # Errors
    /// All reasons together.
    pub fn or<T>(self, value: T) -> Result<T, Error> {
        if self.0.is_empty() {
            Ok(value)
        } else {
            Err(Error::Refused(self))
        }
    }
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Refusals(vec![refusal]))
    }
}
impl From<Refusals> for Error {
    fn from(refusals: Refusals) -> Self {
        Self::Refused(refusals)
    }
}

impl Error {
    /// A failure of the machine.
    pub fn fault(what: impl fmt::Display) -> Self {
        Self::Fault(what.to_string())
    }
    /// The keys of all reasons, for tests and logs.
    pub fn keys(&self) -> Vec<&str> {
        match self {
            Self::Refused(refusals) => refusals.0.iter().map(|r| r.key.as_str()).collect(),
            Self::Forbidden(key) => vec![key],
            Self::Missing | Self::SignIn | Self::Conflict(_) | Self::Later(_) | Self::Fault(_) => {
                Vec::new()
            }
        }
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(refusals) => {
                write!(f, "refused:")?;
                refusals
                    .0
                    .iter()
                    .try_for_each(|r| write!(f, " {}={}{:?}", r.field, r.key, r.args))
            }
            Self::Missing => write!(f, "missing"),
            Self::Forbidden(key) => write!(f, "forbidden: {key}"),
            Self::SignIn => write!(f, "sign in first"),
            Self::Conflict(conflict) => write!(f, "conflict with version {}", conflict.version),
            Self::Later(seconds) => write!(f, "too many tries; again in {seconds} s"),
            Self::Fault(what) => write!(f, "fault: {what}"),
        }
    }
}

impl std::error::Error for Error {}
