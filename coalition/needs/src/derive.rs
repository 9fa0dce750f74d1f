//! From a school register to need lines: the published rules, applied. Pure.
//!
//! What is unknown derives nothing; it is counted, so that somebody can ask the school.

use crate::line::Shares;
use serde::{Deserialize, Serialize};

/// What is counted to find a quantity.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Basis {
    Learners,
    Teachers,
    /// One school.
    School,
}

impl Basis {
    /// The stable code.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Learners => "learners",
            Self::Teachers => "teachers",
            Self::School => "school",
        }
    }
    /// The basis of a code.
    pub fn parse(code: &str) -> Option<Self> {
        [Self::Learners, Self::Teachers, Self::School]
            .into_iter()
            .find(|b| b.code() == code)
    }
}

/// What a school must be known to have (yes) or to lack (no) for a rule to apply; none: any.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Services {
    pub water: Option<bool>,
    pub internet: Option<bool>,
    pub electricity: Option<bool>,
    pub computers: Option<bool>,
}

impl Services {
    /// Name and value of each, in the order they are shown.
    pub const fn all(&self) -> [(&'static str, Option<bool>); 4] {
        [
            ("water", self.water),
            ("internet", self.internet),
            ("electricity", self.electricity),
            ("computers", self.computers),
        ]
    }
    /// How many are known to be missing.
    pub fn missing(&self) -> i64 {
        self.all()
            .iter()
            .map(|(_, has)| i64::from(*has == Some(false)))
            .sum()
    }
}

/// One published rule.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    pub code: String,
    pub service_class: String,
    pub when: Services,
    pub basis: Basis,
    /// One unit for so many of the basis.
    pub per: i64,
    /// At least so many units.
    pub least: i64,
    /// Rounded up to whole lots of so many.
    pub lot: i64,
    pub audience: String,
    pub partners: i64,
    /// Counts together with the other such lines of the school.
    pub package: bool,
}

/// Rules published together.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleSet {
    pub code: String,
    pub version: i64,
    pub rules: Vec<Rule>,
}

/// What a register says of a school, as far as the rules look at it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Facts {
    pub code: String,
    pub girls: Option<i64>,
    pub boys: Option<i64>,
    pub learners: Option<i64>,
    pub teachers: Option<i64>,
    pub rural: Option<bool>,
    pub services: Services,
}

/// What a rule says of a school.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// So many units are needed.
    Needs(i64),
    /// The rule does not concern the school.
    Not,
    /// The register does not say what the rule must know.
    Unknown,
}

/// Applies one rule to one school.
pub fn apply(rule: &Rule, school: &Facts) -> Outcome {
    let mut unknown = false;
    for ((_, wanted), (_, has)) in rule.when.all().iter().zip(school.services.all()) {
        match (wanted, has) {
            (None, _) => {}
            (Some(_), None) => unknown = true,
            (Some(wanted), Some(has)) if *wanted != has => return Outcome::Not,
            (Some(_), Some(_)) => {}
        }
    }
    let count = match rule.basis {
        Basis::Learners => school.learners,
        Basis::Teachers => school.teachers,
        Basis::School => Some(1),
    };
    match count {
        Some(0) => Outcome::Not,
        Some(count) if !unknown && count > 0 => Outcome::Needs(quantity(rule, count)),
        _ => Outcome::Unknown,
    }
}

fn quantity(rule: &Rule, count: i64) -> i64 {
    let (per, lot) = (rule.per.max(1), rule.lot.max(1));
    let units = ceiling(count, per).max(rule.least);
    ceiling(units, lot).saturating_mul(lot)
}

/// `count / per`, rounded up; both are positive.
const fn ceiling(count: i64, per: i64) -> i64 {
    count / per + (count % per > 0) as i64
}

/// Severity from 1 to 5: one more for every service the school is known to lack.
pub fn severity(services: &Services) -> i64 {
    (1 + services.missing()).clamp(1, 5)
}

/// The connectivity already there: a known connection counts as narrow, known absence as none.
pub const fn tier(services: &Services) -> Option<i64> {
    match services.internet {
        Some(true) => Some(2),
        Some(false) => Some(0),
        None => None,
    }
}

/// Girls among the learners, in per mille; none where either is unknown or there are no learners.
pub fn girls_share(school: &Facts) -> Option<i64> {
    let girls = school.girls?;
    let learners = match school.boys {
        Some(boys) => girls.checked_add(boys)?,
        None => school.learners?,
    };
    (learners > 0 && girls <= learners).then(|| girls.saturating_mul(1000) / learners)
}

/// What is the same for every school of the country.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Ground {
    pub ldc: Option<bool>,
    /// Per mille of the people who live in poverty.
    pub poor: Option<i64>,
}

/// The shares of a school's learners.
pub fn shares(school: &Facts, ground: &Ground) -> Shares {
    let all_or_none = |yes: bool| if yes { 1000 } else { 0 };
    Shares {
        girls: girls_share(school),
        rural: school.rural.map(all_or_none),
        disability: None,
        displaced: None,
        poor: ground.poor,
        ldc: ground.ldc.map(all_or_none),
    }
}

/// What one rule made of a whole register.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    pub rule: String,
    pub service_class: String,
    pub lines: i64,
    pub quantity: i64,
    pub learners: i64,
    pub learners_unknown: i64,
    /// Schools of which the register does not say what the rule must know.
    pub unknown: i64,
    /// Schools the rule does not concern.
    pub not: i64,
}

impl Made {
    /// Counts one more school.
    pub fn count(&mut self, outcome: Outcome, learners: Option<i64>) {
        match outcome {
            Outcome::Needs(quantity) => {
                self.lines += 1;
                self.quantity = self.quantity.saturating_add(quantity);
                self.learners = self.learners.saturating_add(learners.unwrap_or(0));
                self.learners_unknown += i64::from(learners.is_none());
            }
            Outcome::Not => self.not += 1,
            Outcome::Unknown => self.unknown += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn rule(internet: Option<bool>, electricity: Option<bool>, basis: Basis) -> Rule {
        Rule {
            code: "connection".to_owned(),
            service_class: "connectivity".to_owned(),
            when: Services {
                internet,
                electricity,
                ..Services::default()
            },
            basis,
            per: 150,
            least: 1,
            lot: 1,
            audience: "schools".to_owned(),
            partners: 1,
            package: true,
        }
    }

    fn school(internet: Option<bool>, electricity: Option<bool>, learners: Option<i64>) -> Facts {
        let services = Services {
            internet,
            electricity,
            ..Services::default()
        };
        Facts {
            learners,
            services,
            ..Facts::default()
        }
    }

    #[test]
    fn only_what_is_known_derives_a_need() {
        let rule = rule(Some(false), Some(true), Basis::Learners);
        let (yes, no) = (Some(true), Some(false));
        for (internet, electricity, learners, outcome) in [
            (no, yes, Some(1), Outcome::Needs(1)),
            (no, yes, Some(150), Outcome::Needs(1)),
            (no, yes, Some(151), Outcome::Needs(2)),
            (no, yes, Some(0), Outcome::Not),
            (no, yes, None, Outcome::Unknown),
            (yes, yes, Some(90), Outcome::Not),
            (no, no, Some(90), Outcome::Not),
            (None, yes, Some(90), Outcome::Unknown),
            (no, None, Some(90), Outcome::Unknown),
            // One service that is known to be otherwise settles it, whatever else is unknown.
            (None, no, Some(90), Outcome::Not),
            (yes, None, None, Outcome::Not),
        ] {
            let school = school(internet, electricity, learners);
            assert_eq!(
                apply(&rule, &school),
                outcome,
                "{internet:?} {electricity:?} {learners:?}"
            );
        }
    }

    #[test]
    fn quantities_are_whole_lots() {
        for (per, least, lot, count, quantity) in [
            (10, 5, 5, 1, 5),
            (10, 5, 5, 51, 10),
            (1, 10, 10, 11, 20),
            (5, 1, 1, 5, 1),
            (5, 1, 1, 6, 2),
        ] {
            let rule = Rule {
                per,
                least,
                lot,
                ..rule(None, None, Basis::Learners)
            };
            let school = school(None, None, Some(count));
            assert_eq!(
                apply(&rule, &school),
                Outcome::Needs(quantity),
                "{count} per {per}"
            );
        }
    }

    #[test]
    fn a_service_unknown_is_not_a_service_missing() {
        let no = Some(false);
        for (water, internet, electricity, computers, severity_is, tier_is) in [
            (None, None, None, None, 1, None),
            (no, no, no, no, 5, Some(0)),
            (Some(true), Some(true), Some(true), no, 2, Some(2)),
            (None, no, no, None, 3, Some(0)),
        ] {
            let services = Services {
                water,
                internet,
                electricity,
                computers,
            };
            assert_eq!(
                (severity(&services), tier(&services)),
                (severity_is, tier_is)
            );
        }
    }

    #[test]
    fn the_share_of_girls_is_known_only_with_both() {
        for (girls, boys, learners, share) in [
            (Some(260), Some(244), Some(504), Some(515)),
            (Some(3), None, Some(4), Some(750)),
            (None, Some(4), Some(4), None),
            (Some(0), Some(0), Some(0), None),
            (Some(9), None, Some(4), None),
        ] {
            let school = Facts {
                girls,
                boys,
                learners,
                ..Facts::default()
            };
            assert_eq!(girls_share(&school), share);
        }
    }

    proptest! {
        #[test]
        fn every_school_is_counted_once(
            schools in prop::collection::vec(
                (prop::option::of(any::<bool>()), prop::option::of(any::<bool>()), prop::option::of(0_i64..5000)),
                0..60,
            ),
            per in 1_i64..200, least in 1_i64..20, lot in 1_i64..30,
        ) {
            let rule = Rule { per, least, lot, ..rule(Some(false), Some(true), Basis::Learners) };
            let mut made = Made::default();
            for (internet, electricity, learners) in &schools {
                let school = school(*internet, *electricity, *learners);
                let outcome = apply(&rule, &school);
                if let Outcome::Needs(units) = outcome {
                    let count = learners.unwrap_or(0);
                    prop_assert!(units % lot == 0 && units >= least && units * per >= count);
                    prop_assert!(units < least + lot || (units - lot) * per < count);
                }
                made.count(outcome, *learners);
            }
            prop_assert_eq!(made.lines + made.unknown + made.not, i64::try_from(schools.len()).unwrap());
        }
    }
}
