//! Terms as the rules of other rooms read them. A reader answers nothing for a term that lacks what
//! its vocabulary needs; such a term cannot be published.

use crate::term::Term;
use base::Names;

/// How a service is counted and given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ServiceKind {
    /// Things: given once.
    Stock,
    /// Work: so much in each period.
    Rate,
    /// Goods that use does not consume.
    Digital,
}

impl ServiceKind {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Stock => "stock",
            Self::Rate => "rate",
            Self::Digital => "digital",
        }
    }
    /// The kind of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Stock, Self::Rate, Self::Digital]
            .into_iter()
            .find(|kind| kind.code() == code)
    }
}

/// A class of services a need asks for and an offer gives.
#[derive(Clone, Debug, PartialEq)]
pub struct ServiceClass {
    pub code: String,
    pub names: Names,
    pub kind: ServiceKind,
    /// Code of the unit.
    pub unit: String,
    /// Whether it speaks, so that its language must fit.
    pub language_bearing: bool,
    /// Worth of a unit in the matching, beside other classes.
    pub value: f64,
    /// Classes it works only together with.
    pub pairs_with: Vec<String>,
    pub modality: String,
    /// The connectivity tier a place needs for it.
    pub min_tier: u8,
    pub needs_electricity: bool,
    /// Whether its lines of one school may make a package.
    pub package: bool,
    pub pillar: Option<String>,
}

/// A unit quantities are counted in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    pub code: String,
    pub names: Names,
    pub plurals: Names,
    pub dimension: String,
}

/// A group of learners, and its weight in the matching.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub code: String,
    pub names: Names,
    /// Points a line gets when all its learners are of the group.
    pub weight: f64,
    /// The group's name in the matching; none when it has no part in it.
    pub solver_group: Option<String>,
    /// What it is a property of: `learner`, `place` or `country`.
    pub basis: String,
}

/// What connection a place has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tier {
    pub code: String,
    pub names: Names,
    /// 0 none to 3 fast.
    pub tier: u8,
}

/// An education level of ISCED 2011.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Level {
    pub code: String,
    pub names: Names,
    pub level: u8,
}

/// Something a place has and an offer may ask for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    pub code: String,
    pub names: Names,
    /// Its bit in sets of conditions.
    pub bit: u8,
    pub needs_proof: bool,
}

impl Condition {
    /// The set with this condition alone.
    pub const fn mask(&self) -> u32 {
        1 << self.bit
    }
}

/// How urgent a need is.
#[derive(Clone, Debug, PartialEq)]
pub struct Urgency {
    pub code: String,
    pub names: Names,
    pub factor: f64,
}

/// What an offer's evidence is worth.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EvidenceLevel {
    pub code: String,
    pub names: Names,
    pub rank: u8,
}

/// What a licence allows.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Licence {
    pub code: String,
    pub names: Names,
    pub spdx: Option<String>,
    pub url: Option<String>,
    pub share: bool,
    pub adapt: bool,
    pub commercial: bool,
    pub share_alike: bool,
}

/// A mission with its target.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mission {
    pub code: String,
    pub names: Names,
    pub target: i64,
    pub unit: String,
    pub population: String,
    pub flagship: Option<String>,
}

fn text(term: &Term, name: &str) -> Option<String> {
    Some(term.attribute(name).to_owned()).filter(|text| !text.is_empty())
}

fn small(term: &Term, name: &str) -> Option<u8> {
    term.whole(name)
        .and_then(|number| u8::try_from(number).ok())
}

/// Reads a term as what its vocabulary holds.
pub trait Typed: Sized {
    /// The vocabulary.
    const VOCABULARY: &'static str;
    /// The term as that; none when it lacks something.
    fn read(term: &Term) -> Option<Self>;
}

impl Typed for ServiceClass {
    const VOCABULARY: &'static str = "service_classes";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            kind: ServiceKind::parse(term.attribute("kind"))?,
            unit: text(term, "unit")?,
            language_bearing: term.is("language_bearing"),
            value: term.decimal("value").filter(|value| *value >= 0.0)?,
            pairs_with: term.list("pairs_with"),
            modality: text(term, "modality")?,
            min_tier: small(term, "min_tier").filter(|tier| *tier <= 3)?,
            needs_electricity: term.is("needs_electricity"),
            package: term.is("package"),
            pillar: text(term, "pillar"),
        })
    }
}

impl Typed for Unit {
    const VOCABULARY: &'static str = "units";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            plurals: term.in_languages("plural"),
            dimension: text(term, "dimension")?,
        })
    }
}

impl Typed for Group {
    const VOCABULARY: &'static str = "groups";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            weight: term.decimal("weight").filter(|weight| *weight >= 0.0)?,
            solver_group: text(term, "solver_group"),
            basis: text(term, "basis")?,
        })
    }
}

impl Typed for Tier {
    const VOCABULARY: &'static str = "connectivity_tiers";
    fn read(term: &Term) -> Option<Self> {
        let tier = small(term, "tier").filter(|tier| *tier <= 3)?;
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            tier,
        })
    }
}

impl Typed for Level {
    const VOCABULARY: &'static str = "isced_levels";
    fn read(term: &Term) -> Option<Self> {
        let level = small(term, "level").filter(|level| *level <= 8)?;
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            level,
        })
    }
}

impl Typed for Condition {
    const VOCABULARY: &'static str = "conditions";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            bit: small(term, "bit").filter(|bit| *bit < 32)?,
            needs_proof: term.is("needs_proof"),
        })
    }
}

impl Typed for Urgency {
    const VOCABULARY: &'static str = "urgency";
    fn read(term: &Term) -> Option<Self> {
        let factor = term.decimal("factor").filter(|factor| *factor > 0.0)?;
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            factor,
        })
    }
}

impl Typed for EvidenceLevel {
    const VOCABULARY: &'static str = "evidence_levels";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            rank: small(term, "rank")?,
        })
    }
}

impl Typed for Licence {
    const VOCABULARY: &'static str = "licences";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            spdx: text(term, "spdx"),
            url: text(term, "url"),
            share: term.is("share"),
            adapt: term.is("adapt"),
            commercial: term.is("commercial"),
            share_alike: term.is("share_alike"),
        })
    }
}

impl Typed for Mission {
    const VOCABULARY: &'static str = "missions";
    fn read(term: &Term) -> Option<Self> {
        Some(Self {
            code: term.code.clone(),
            names: term.names.clone(),
            target: term.whole("target").filter(|target| *target > 0)?,
            unit: text(term, "unit")?,
            population: text(term, "population")?,
            flagship: text(term, "flagship"),
        })
    }
}
