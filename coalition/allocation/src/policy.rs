//! The allocation policy: every weight and limit of a round, as data with versions.
//!
//! A published policy never changes; a change is a new version.

use base::{Id, Moment};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The groups of learners whose shares weigh, in the order the solver counts them.
pub const GROUPS: [&str; 6] = ["girls", "rural", "disability", "displaced", "poor", "ldc"];

/// At least `min_share` of what is given of a service goes to a group.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct FloorRule {
    pub service_class: String,
    pub group: String,
    pub min_share: f64,
}

/// Everything a round's result depends on besides its snapshot.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Parameters {
    /// Shares of coverage where the value of more changes, and the value in each stretch.
    pub welfare_breaks: Vec<f64>,
    pub welfare_slopes: Vec<f64>,
    /// Points added to a learner's weight by each of [`GROUPS`].
    pub equity: [f64; 6],
    /// Multiplier of the weight by urgency 0 to 3.
    pub urgency: [f64; 4],
    /// Fit lost per quarter of delay by urgency 0 to 3.
    pub late: [f64; 4],
    pub second_language_fit: f64,
    pub points_per_usd: f64,
    pub points_per_delivery: f64,
    pub points_per_overlap: f64,
    pub points_per_opening: f64,
    pub package_share: f64,
    /// Coverage every part must reach, and the part of the package's value then earned.
    pub package_levels: Vec<(f64, f64)>,
    pub stability: f64,
    pub country_cap: f64,
    pub floors: Vec<FloorRule>,
    /// Points of one learner of weight 1 fully served, by service class.
    pub category_values: BTreeMap<String, f64>,
}

impl Parameters {
    /// The first version, before the coalition has decided otherwise; the values of services come
    /// from the catalogue.
    pub fn first(category_values: BTreeMap<String, f64>) -> Self {
        let floor = |service_class: &str| FloorRule {
            service_class: service_class.to_owned(),
            group: "rural".to_owned(),
            min_share: 0.5,
        };
        let wanted = ["connectivity", "devices"];
        let floors = wanted
            .iter()
            .filter(|class| category_values.contains_key(**class));
        Self {
            welfare_breaks: vec![0.5, 0.8, 1.0],
            welfare_slopes: vec![1.4, 0.8, 0.3],
            equity: [0.3, 0.5, 1.0, 1.5, 1.0, 0.5],
            urgency: [1.0, 1.3, 1.8, 2.0],
            late: [0.03, 0.08, 0.15, 0.2],
            second_language_fit: 0.75,
            points_per_usd: 0.04,
            points_per_delivery: 3.0,
            points_per_overlap: 10.0,
            points_per_opening: 50.0,
            package_share: 0.5,
            package_levels: vec![(0.5, 0.6), (0.8, 0.4)],
            stability: 0.05,
            country_cap: 0.15,
            floors: floors.map(|class| floor(class)).collect(),
            category_values,
        }
    }
    /// What a learner of these shares (per mille) and urgency weighs.
    pub fn weight(&self, shares: [u16; 6], urgency: usize) -> f64 {
        let points = self.equity.iter().zip(shares);
        let sum: f64 = points
            .map(|(points, share)| points * f64::from(share) / 1000.0)
            .sum();
        (1.0 + sum) * self.urgency.get(urgency).copied().unwrap_or(1.0)
    }
}

/// A version of the policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Policy {
    pub id: Id,
    pub number: i64,
    pub note: String,
    pub parameters: Parameters,
    pub created_by: Option<Id>,
    pub created_at: Moment,
    pub published_by: Option<Id>,
    pub published_at: Option<Moment>,
    pub version: i64,
}

impl Policy {
    /// `draft` or `published`.
    pub const fn state(&self) -> &'static str {
        if self.published_at.is_some() {
            "published"
        } else {
            "draft"
        }
    }
    /// Where it is shown.
    pub fn path(&self) -> String {
        format!("/allocation/policies/{}", self.id)
    }
}
