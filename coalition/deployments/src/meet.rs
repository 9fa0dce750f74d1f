//! When two deployments meet: the same service, places in ancestor relation, the same group,
//! crossing dates, reach beyond the people in need. Pure, so that it can be argued with.

use crate::overlap::Dimensions;
use base::Day;

/// The tree of places as far as the rule needs it.
pub trait Tree {
    /// A place and all above it, nearest first.
    fn up(&self, place: &str) -> Vec<String>;
}

impl Tree for places::Gazetteer {
    fn up(&self, place: &str) -> Vec<String> {
        let above = self.ancestors(place).into_iter().map(|p| p.code.clone());
        std::iter::once(place.to_owned()).chain(above).collect()
    }
}

/// One side as the rule sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    pub service_class: String,
    pub places: Vec<String>,
    pub group: Option<String>,
    pub from: Day,
    pub to: Day,
    pub reach: Option<i64>,
}

/// People in need somewhere: how many are known, and whether that is all of them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct People {
    pub at_least: i64,
    pub is_all: bool,
}

impl People {
    /// Added over places that do not meet.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            at_least: self.at_least.saturating_add(other.at_least),
            is_all: self.is_all && other.is_all,
        }
    }
    /// The number where all are known.
    pub fn known(self) -> Option<i64> {
        self.is_all.then_some(self.at_least)
    }
}

/// The chosen places without those that lie in another chosen one, in order.
pub fn tops(chosen: &[String], tree: &dyn Tree) -> Vec<String> {
    let mut out: Vec<String> = chosen
        .iter()
        .filter(|place| {
            !tree
                .up(place)
                .iter()
                .skip(1)
                .any(|above| chosen.contains(above))
        })
        .cloned()
        .collect();
    out.sort_unstable();
    out.dedup();
    out
}

/// What is kept of a deployment's places to find it by: each chosen one, and all above it.
pub fn kept(tops: &[String], tree: &dyn Tree) -> Vec<(String, bool)> {
    let mut rows: Vec<(String, bool)> = tops.iter().map(|place| (place.clone(), true)).collect();
    for place in tops {
        for above in tree.up(place).into_iter().skip(1) {
            if !rows.iter().any(|(known, _)| *known == above) {
                rows.push((above, false));
            }
        }
    }
    rows
}

/// The smaller place of every pair in ancestor relation; none when they do not meet.
pub fn shared(a: &[String], b: &[String], tree: &dyn Tree) -> Vec<String> {
    let within = |one: &[String], other: &[String]| -> Vec<String> {
        one.iter()
            .filter(|place| tree.up(place).iter().any(|above| other.contains(above)))
            .cloned()
            .collect()
    };
    let mut out = within(a, b);
    out.extend(within(b, a));
    out.sort_unstable();
    out.dedup();
    out
}

/// The group both serve, where they serve one: a named group lies in all learners.
pub fn same_group(a: Option<&str>, b: Option<&str>) -> Option<Option<String>> {
    match (a, b) {
        (Some(a), Some(b)) if a != b => None,
        (Some(one), _) | (None, Some(one)) => Some(Some(one.to_owned())),
        (None, None) => Some(None),
    }
}

/// The days both take.
pub fn crossing(a: (Day, Day), b: (Day, Day)) -> Option<(Day, Day)> {
    let (from, to) = (a.0.max(b.0), a.1.min(b.1));
    (from <= to).then_some((from, to))
}

/// People a deployment plans to reach in some of its places: its whole plan, divided as the learners
/// of its own need lines are (`own`, by area; none is unknown), rounded up.
pub fn reach_in(
    whole: Option<i64>,
    own: &[(String, Option<i64>)],
    places: &[String],
    tree: &dyn Tree,
) -> Option<i64> {
    let whole = whole?;
    let touches = |area: &String| {
        let above = tree.up(area);
        places
            .iter()
            .any(|place| above.contains(place) || tree.up(place).contains(area))
    };
    let (mut there, mut all) = (0_i128, 0_i128);
    for (area, learners) in own {
        let Some(learners) = *learners else {
            return Some(whole);
        };
        all += i128::from(learners);
        there += i128::from(if touches(area) { learners } else { 0 });
    }
    if all <= 0 {
        return Some(whole);
    }
    let part = (i128::from(whole) * there + all - 1) / all;
    Some(i64::try_from(part).unwrap_or(whole))
}

/// Whether both may reach beyond the people in need: what is not known cannot be ruled out.
pub fn beyond(reach_both: Option<i64>, people: People) -> bool {
    reach_both.is_none_or(|reach| reach > people.at_least)
}

/// Everything but the reach: where, when and for whom two deployments meet.
pub fn meet(a: &Part, b: &Part, tree: &dyn Tree) -> Option<Dimensions> {
    if a.service_class != b.service_class {
        return None;
    }
    let (from, to) = crossing((a.from, a.to), (b.from, b.to))?;
    let group = same_group(a.group.as_deref(), b.group.as_deref())?;
    let places = shared(&a.places, &b.places, tree);
    (!places.is_empty()).then(|| Dimensions {
        places,
        group,
        from,
        to,
        reach_both: a.reach.zip(b.reach).map(|(a, b)| a.saturating_add(b)),
        people_in_need: None,
    })
}
