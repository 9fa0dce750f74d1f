//! The words a coalition works with, as data it can edit.

use base::{Id, Lang, Moment, Names};
use std::collections::BTreeMap;

/// What a term says of itself beyond its name, as text by name.
pub type Attributes = BTreeMap<String, String>;

/// A term of a vocabulary.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Term {
    pub vocabulary: String,
    pub code: String,
    /// Where it stands in its vocabulary.
    pub place: i64,
    pub names: Names,
    pub descriptions: Names,
    pub attributes: Attributes,
    pub source: String,
    /// Why it is no longer used; it stays readable where it was used.
    pub retired: Option<String>,
    pub version: i64,
}

impl Term {
    /// The name in a language; the code when it has no name.
    pub fn name(&self, lang: Lang) -> &str {
        match self.names.get(lang) {
            "" => &self.code,
            name => name,
        }
    }
    /// An attribute; empty when it is not there.
    pub fn attribute(&self, name: &str) -> &str {
        self.attributes.get(name).map_or("", String::as_str)
    }
    /// The codes of an attribute that holds several.
    pub fn list(&self, name: &str) -> Vec<String> {
        list(self.attribute(name))
    }
    /// A yes of an attribute.
    pub fn is(&self, name: &str) -> bool {
        matches!(self.attribute(name), "1" | "true" | "yes")
    }
    /// The whole number of an attribute.
    pub fn whole(&self, name: &str) -> Option<i64> {
        self.attribute(name).parse().ok()
    }
    /// The decimal number of an attribute.
    pub fn decimal(&self, name: &str) -> Option<f64> {
        self.attribute(name)
            .parse()
            .ok()
            .filter(|number: &f64| number.is_finite())
    }
    /// An attribute kept in three languages, as `plural_en`, `plural_fr`, `plural_ar`.
    pub fn in_languages(&self, name: &str) -> Names {
        let part = |lang: &str| self.attribute(&format!("{name}_{lang}"));
        Names::three(part("en"), part("fr"), part("ar"))
    }
}

/// The codes in a text.
pub(crate) fn list(text: &str) -> Vec<String> {
    let parts = text.split(['|', ';']).map(str::trim);
    parts
        .filter(|part| !part.is_empty())
        .map(str::to_owned)
        .collect()
}

/// What a draft would do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    Add,
    Edit,
    Retire,
    Restore,
}

impl Step {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Add => "add",
            Self::Edit => "edit",
            Self::Retire => "retire",
            Self::Restore => "restore",
        }
    }
    /// The step of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Add, Self::Edit, Self::Retire, Self::Restore]
            .into_iter()
            .find(|step| step.code() == code)
    }
}

/// A change somebody proposes and somebody else publishes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    pub id: Id,
    pub step: Step,
    pub vocabulary: String,
    pub code: String,
    pub names: Names,
    pub descriptions: Names,
    pub attributes: Attributes,
    pub source: String,
    pub reason: String,
    /// The version it changes; 0 for a new term.
    pub base_version: i64,
    pub drafted_by: Id,
    pub drafted_at: Moment,
    /// `open`, `published` or `returned`.
    pub state: String,
    pub decided_by: Option<Id>,
    pub decided_at: Option<Moment>,
    /// Why it was returned.
    pub decision: Option<String>,
    pub version: i64,
}
