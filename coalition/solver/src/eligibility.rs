//! Rules E1 to E7: who may deliver to whom, when, and in which lots. The same for every caller.

use crate::instance::{Instance, Kind, Languages, Need, Offer, Places};

/// The rule that stands in the way of a pair.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    Category,
    Place,
    Language,
    Tier,
    Conditions,
    Time,
    Lots,
}

impl Rule {
    pub const ALL: [Rule; 7] = [
        Rule::Category,
        Rule::Place,
        Rule::Language,
        Rule::Tier,
        Rule::Conditions,
        Rule::Time,
        Rule::Lots,
    ];

    /// The reason code of a need that no offer reaches because of this rule.
    pub fn reason(self) -> &'static str {
        match self {
            Rule::Category => "no_offer_of_this_service",
            Rule::Place => "no_offer_for_this_place",
            Rule::Language => "no_offer_in_this_language",
            Rule::Tier => "technology_level_too_low",
            Rule::Conditions => "conditions_not_met",
            Rule::Time => "not_in_time",
            Rule::Lots => "lot_too_large",
        }
    }
}

/// How a pair fits together once it is eligible.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Match {
    pub by_second_language: bool,
    /// First and last period of a delivery.
    pub first: u32,
    pub last: u32,
    pub lots: Lots,
}

/// Quantities a delivery may have: multiples of `step` from `lo` to `hi`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lots {
    pub lo: u32,
    pub hi: u32,
    pub step: u32,
}

/// Lots of an offer before a line is known: smallest, step, largest.
pub(crate) fn offer_lots(offer: &Offer) -> (u32, u32, u32) {
    let step = u64::from(offer.lot_step.max(1));
    let lo = u64::from(offer.lot_min).div_ceil(step) * step;
    let top = u64::from(offer.lot_max).min(u64::from(offer.capacity)) / step * step;
    (lo.min(u64::from(u32::MAX)) as u32, step as u32, top as u32)
}

/// Largest lot multiple a line may take of an offer whose largest delivery is `top`.
pub(crate) fn line_top(qty: u32, is_single: bool, step: u32, top: u32) -> u32 {
    let (qty, step) = (u64::from(qty), u64::from(step));
    let own = if is_single {
        qty.div_ceil(step) * step
    } else {
        qty / step * step
    };
    own.min(u64::from(top)) as u32
}

pub(crate) fn has_place(offer: &Offer, country: u32, area: u32) -> bool {
    match &offer.places {
        Places::Everywhere => true,
        Places::Listed(list) => list
            .iter()
            .any(|p| p.country == country && p.area.is_none_or(|a| a == area)),
    }
}

/// None when no language matches; otherwise whether only the second one does.
pub(crate) fn language(offer: &Offer, lang1: u32, lang2: i32) -> Option<bool> {
    match &offer.languages {
        Languages::Any => Some(false),
        Languages::Listed(list) if list.contains(&lang1) => Some(false),
        Languages::Listed(list) => u32::try_from(lang2)
            .is_ok_and(|second| list.contains(&second))
            .then_some(true),
    }
}

/// Tests one pair; the error is the list of all rules that fail.
pub fn pair(instance: &Instance, need: &Need, offer: &Offer) -> Result<Match, Vec<Rule>> {
    let meta = &instance.meta;
    let mut broken = Vec::new();
    if u32::from(need.category) != offer.category {
        broken.push(Rule::Category);
    }
    if !has_place(offer, u32::from(need.country), need.area) {
        broken.push(Rule::Place);
    }
    let matters = meta
        .categories
        .get(offer.category as usize)
        .is_some_and(|c| c.has_language);
    let spoken = if matters {
        language(offer, need.lang1, need.lang2)
    } else {
        Some(false)
    };
    // A second language of no value is no match: the fit would be zero.
    let spoken = spoken.filter(|&second| !second || meta.second_language_fit > 0.0);
    if spoken.is_none() {
        broken.push(Rule::Language);
    }
    if u32::from(need.tier) < offer.tier_required {
        broken.push(Rule::Tier);
    }
    if offer.conditions & !need.have != 0 {
        broken.push(Rule::Conditions);
    }
    let first = u32::from(need.t_from).max(offer.t_from + offer.setup);
    let last = u32::from(need.t_to).min(offer.t_to);
    if first > last {
        broken.push(Rule::Time);
    }
    let lots = lots(meta.kind(offer.category as usize), need, offer);
    if lots.is_none() {
        broken.push(Rule::Lots);
    }
    match (spoken, lots) {
        (Some(by_second_language), Some(lots)) if broken.is_empty() => Ok(Match {
            by_second_language,
            first,
            last,
            lots,
        }),
        _ => Err(broken),
    }
}

fn lots(kind: Kind, need: &Need, offer: &Offer) -> Option<Lots> {
    if kind == Kind::Digital {
        return Some(Lots {
            lo: need.qty,
            hi: need.qty,
            step: need.qty,
        });
    }
    let (lo, step, top) = offer_lots(offer);
    let hi = line_top(need.qty, need.partners == 1, step, top);
    // Nothing is delivered in a lot of nothing.
    let lo = lo.max(step);
    (lo <= hi).then_some(Lots { lo, hi, step })
}

/// q: the fit of a delivery in period `at` (language × timeliness).
pub fn fit(instance: &Instance, need: &Need, by_second_language: bool, at: u32) -> f64 {
    let meta = &instance.meta;
    let spoken = if by_second_language {
        meta.second_language_fit
    } else {
        1.0
    };
    let late = meta
        .late
        .get(usize::from(need.urgency))
        .copied()
        .unwrap_or(0.0);
    spoken * (1.0 - late * (f64::from(at) - f64::from(need.t_from))).max(0.1)
}

/// The countries an offer names, sorted, each with the areas it is limited to (None: all of it).
pub(crate) fn reach(offer: &Offer, countries: usize) -> Vec<(u32, Option<Vec<u32>>)> {
    match &offer.places {
        Places::Everywhere => (0..countries as u32).map(|c| (c, None)).collect(),
        Places::Listed(list) => {
            let mut sorted = list.clone();
            sorted.sort_unstable();
            let mut out: Vec<(u32, Option<Vec<u32>>)> = Vec::new();
            for place in sorted {
                // None sorts before any area, so a whole country is met first.
                match (out.last_mut(), place.area) {
                    (Some((country, None)), _) if *country == place.country => {}
                    (Some((country, Some(areas))), Some(area)) if *country == place.country => {
                        areas.push(area)
                    }
                    (_, area) => out.push((place.country, area.map(|a| vec![a]))),
                }
            }
            out
        }
    }
}
