//! The public record: what was said in public, word by word, contradictions included.

pub(crate) mod acts;
pub(crate) mod pages;
pub(crate) mod read;
pub(crate) mod store;

pub use acts::import_public_record;
pub use read::Files;

/// Something said in public about what was promised or reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// As the record numbers it.
    pub claim_id: String,
    pub topic: String,
    pub metric: String,
    /// The figure, when what was said is one.
    pub value: Option<i64>,
    /// The figure as it stands in the record, whatever it is.
    pub text: String,
    pub unit: String,
    /// As it was said: "exact", "over", "up to" …
    pub comparator: String,
    /// As precisely as it is known: a year, a month or a day.
    pub as_of: String,
    /// ISO 3166-1 alpha-3; empty for the whole coalition.
    pub country: String,
    pub source_id: String,
    pub source_title: String,
    /// Where it was read; not always an address.
    pub url: String,
    /// The very words.
    pub quote: String,
}

/// Something a member promised in public.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Commitment {
    pub commitment_id: String,
    pub member: String,
    pub member_type: String,
    pub kind: String,
    pub description: String,
    pub quantity: String,
    pub unit: String,
    pub country: String,
    pub said_on: String,
    pub status: String,
    pub source_id: String,
    pub source_title: String,
    pub url: String,
    pub quote: String,
}

/// A name in the record, and where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Named {
    pub member: String,
    pub context: String,
    pub source_id: String,
}

/// Where something was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Source {
    pub source_id: String,
    pub title: String,
    pub url: String,
    pub kind: String,
}
