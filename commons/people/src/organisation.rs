//! Organisations: any body with an identifier, in whatever part it plays.

use base::{Id, Names};

/// Kinds of organisation, after the IATI organisation types.
pub const ORGANISATION_KINDS: &[&str] = &[
    "government",
    "local_government",
    "multilateral",
    "international_ngo",
    "national_ngo",
    "foundation",
    "private_sector",
    "academic",
    "media",
    "partnership",
    "other",
];

/// A body that requests, offers, brokers or pays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Organisation {
    pub id: Id,
    pub names: Names,
    /// One of [`ORGANISATION_KINDS`].
    pub kind: String,
    /// ISO 3166-1 alpha-2; none when it belongs to no one country.
    pub country: Option<String>,
    /// Registration agency and number, as org-id.guide lists them: (`GB-CHC`, `202918`).
    pub identifiers: Vec<(String, String)>,
    pub website: Option<String>,
    /// Made for a demonstration.
    pub sample: bool,
    /// The organisation this one turned out to be.
    pub merged_into: Option<Id>,
    pub version: i64,
}

/// A new organisation.
#[derive(Clone, Debug, Default)]
pub struct NewOrganisation {
    pub names: Names,
    pub kind: String,
    pub country: Option<String>,
    pub identifiers: Vec<(String, String)>,
    pub website: Option<String>,
    pub sample: bool,
}
