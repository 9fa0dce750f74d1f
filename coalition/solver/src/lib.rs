//! Matches needs against offers under published rules, and proves how near the best the plan is.
//!
//! Pure: reads no file, no clock and no chance but its own seed. The same input gives the same bytes.
//! Read an instance with [`read_instance`] or build an [`Instance`], call [`solve`], write the plan with
//! [`write_allocation`] and its proof with [`write_prices`].

mod certify;
mod conflict;
mod counterfactual;
mod descent;
mod digital;
mod dual;
mod eligibility;
mod exact;
mod explain;
mod fairness;
mod gaps;
mod hollow;
mod instance;
mod json;
mod model;
mod moves;
mod oracle;
mod pass;
mod plan;
mod prices;
mod random;
mod score;
mod search;
mod solve;
mod text;

pub use certify::{Certificate, certify};
pub use conflict::{Conflict, conflicts};
pub use counterfactual::{Counterfactual, GroupCoverage, counterfactual, group_coverage};
pub use eligibility::{Lots, Match, Rule, fit, pair};
pub use explain::{Argument, Explainer, Reason, RunnerUp, Why, WhyNot, Worth};
pub use fairness::group_points;
pub use gaps::{Gap, GapAnalysis, GapOptions, gap_analysis};
pub use hollow::hollow_floors;
pub use instance::{
    Category, Country, Delivery, Floor, Group, Instance, Kind, Languages, Meta, Need, Offer, Place,
    Places, Prior, PriorState, Problem, QTY_MAX,
};
pub use moves::{Moved, write_moved};
pub use prices::Prices;
pub use score::{Score, Violation, check, coverage, objective};
pub use solve::{Options, Progress, Silent, Solution, Step, Work, solve};
pub use text::{
    InstanceText, read_allocation, read_instance, read_prices, write_allocation, write_instance,
    write_prices,
};
