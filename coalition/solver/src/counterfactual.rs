//! Who would be served without the equity rules: the same run with equity weights at zero and floors off.

use crate::instance::{Delivery, Group, Instance, Kind, Problem};
use crate::score::coverage;
use crate::solve::{Options, Progress, Solution, solve};

/// Coverage of learners, as shares from 0 to 1, in rival categories.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct GroupCoverage {
    pub all: f64,
    /// In the order of [`Group::ALL`].
    pub groups: [f64; 6],
    /// Learners reached: learners of a line × its coverage.
    pub learners_reached: f64,
}

/// Two runs side by side.
#[derive(Debug, Clone, PartialEq)]
pub struct Counterfactual {
    pub with_rules: GroupCoverage,
    pub without_rules: GroupCoverage,
    /// The plan of the run without the rules.
    pub without: Solution,
}

/// Learner-weighted coverage of each group by a plan, over rival needs.
pub fn group_coverage(instance: &Instance, deliveries: &[Delivery]) -> GroupCoverage {
    let covered = coverage(instance, deliveries);
    let mut out = GroupCoverage::default();
    let (mut learners, mut of_group) = (0.0, [0.0; 6]);
    for (need, cover) in instance.needs.iter().zip(covered) {
        if instance.meta.kind(usize::from(need.category)) == Kind::Digital {
            continue;
        }
        let count = f64::from(need.learners);
        learners += count;
        out.learners_reached += count * cover;
        for group in Group::ALL {
            let own = count * f64::from(need.groups[group as usize]);
            of_group[group as usize] += own;
            out.groups[group as usize] += own * cover;
        }
    }
    out.all = out.learners_reached / f64::max(1.0, learners);
    for (share, whole) in out.groups.iter_mut().zip(of_group) {
        *share /= f64::max(1.0, whole);
    }
    out
}

/// Solves again without equity weights and floors, and compares with `plan`.
pub fn counterfactual(
    instance: &Instance,
    plan: &[Delivery],
    options: &Options,
    progress: &mut dyn Progress,
) -> Result<Counterfactual, Vec<Problem>> {
    let mut plain = instance.clone();
    plain.meta.equity = [0.0; 6];
    plain.meta.floors.clear();
    // Prices and plans of the other rules would only mislead this run.
    let options = Options {
        prices: None,
        plan: None,
        ..*options
    };
    let without = solve(&plain, &options, progress)?;
    Ok(Counterfactual {
        with_rules: group_coverage(instance, plan),
        without_rules: group_coverage(instance, &without.deliveries),
        without,
    })
}
