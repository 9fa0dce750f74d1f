//! Calls for support: what is missing, asked of everybody, drafted from a round's gaps.

use base::{Day, Id, Moment, Names};

/// A call.
#[derive(Clone, Debug, PartialEq)]
pub struct Call {
    pub id: Id,
    pub number: i64,
    pub title: Names,
    /// The round whose gaps it comes from.
    pub round: Option<Id>,
    pub country: String,
    pub service_class: String,
    /// A place code within the country.
    pub place: Option<String>,
    pub language: Option<String>,
    pub quantity: i64,
    pub words: String,
    pub closes_on: Day,
    pub created_by: Id,
    pub created_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub version: i64,
}

impl Call {
    /// `draft`, `published` or, once its last day is over, `closed`.
    pub fn state(&self, today: Day) -> &'static str {
        match self.published_at {
            None => "draft",
            Some(_) if self.closes_on < today => "closed",
            Some(_) => "published",
        }
    }
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/calls/{}", self.id)
    }
}
