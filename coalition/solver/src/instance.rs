//! The matching problem as data: the rules in force, the needs, the offers and earlier matches.
//!
//! Another room builds an [`Instance`] in memory or reads one from text; [`Instance::validate`] names every fault.
//! Ids are positions: need 0 is the first of `needs`. Nothing here solves anything.

use std::collections::{BTreeMap, BTreeSet};

/// Whether an offer is a stock of units, a rate per period, or open to all once opened in a country.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Stock,
    Rate,
    Digital,
}

impl Kind {
    /// The word of the file format.
    pub fn code(self) -> &'static str {
        match self {
            Kind::Stock => "stock",
            Kind::Rate => "rate",
            Kind::Digital => "digital",
        }
    }
}

/// The groups of learners whose shares weigh.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    Girls,
    Rural,
    Disabled,
    Displaced,
    Poor,
    LeastDeveloped,
}

impl Group {
    /// In the order of the file columns and of `Need::groups`.
    pub const ALL: [Group; 6] = [
        Group::Girls,
        Group::Rural,
        Group::Disabled,
        Group::Displaced,
        Group::Poor,
        Group::LeastDeveloped,
    ];

    /// The word of the file format.
    pub fn code(self) -> &'static str {
        match self {
            Group::Girls => "girls",
            Group::Rural => "rural",
            Group::Disabled => "disab",
            Group::Displaced => "displ",
            Group::Poor => "poor",
            Group::LeastDeveloped => "ldc",
        }
    }

    pub(crate) fn from_code(code: &str) -> Option<Group> {
        Group::ALL.into_iter().find(|group| group.code() == code)
    }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Country {
    pub is_ldc: bool,
}

/// A class of service: what a need asks for and an offer gives.
#[derive(Debug, Clone, PartialEq)]
pub struct Category {
    pub name: String,
    pub kind: Kind,
    /// Whether the language of the offer matters.
    pub has_language: bool,
    /// Points for one learner of weight 1, fully served.
    pub value: f64,
}

/// At least `min_share` of what is given in `category` goes to `group`.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Floor {
    pub category: u32,
    pub group: Group,
    pub min_share: f64,
}

/// The published rules of a run: weights, costs, guarantees.
#[derive(Debug, Clone, PartialEq)]
pub struct Meta {
    pub name: String,
    pub periods: u32,
    pub countries: Vec<Country>,
    pub categories: Vec<Category>,
    /// Shares of coverage where the value of more changes; the last is 1.
    pub welfare_breaks: Vec<f64>,
    /// Value of coverage in each stretch, falling.
    pub welfare_slopes: Vec<f64>,
    /// Points added to a learner's weight, by group.
    pub equity: [f64; 6],
    /// Multiplier of weight, by urgency.
    pub urgency: Vec<f64>,
    /// Fit lost per period of delay, by urgency.
    pub late: Vec<f64>,
    /// Fit when only the second language matches.
    pub second_language_fit: f64,
    pub points_per_usd: f64,
    pub points_per_delivery: f64,
    pub points_per_overlap: f64,
    pub points_per_opening: f64,
    /// Share of the value of packaged lines that comes only when all parts arrive.
    pub package_share: f64,
    /// (coverage every part must reach, part of the package value then earned).
    pub package_levels: Vec<(f64, f64)>,
    /// Share of a line's value for keeping an accepted pair.
    pub stability: f64,
    pub floors: Vec<Floor>,
    /// Share of a category's whole capacity one country may take.
    pub country_cap: f64,
}

/// One line of need.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Need {
    /// Package the line belongs to, or -1.
    pub block: i32,
    pub qty: u32,
    pub learners: u32,
    pub area: u32,
    /// Bit mask of conditions met.
    pub have: u32,
    pub lang1: u32,
    /// Second language, or -1.
    pub lang2: i32,
    /// Learners of each group, per mille, in the order of [`Group::ALL`].
    pub groups: [u16; 6],
    pub country: u16,
    pub t_from: u16,
    pub t_to: u16,
    /// Deliveries the line may receive at most.
    pub partners: u16,
    /// Unit cost factor in per cent.
    pub remote: u16,
    pub category: u8,
    pub urgency: u8,
    pub tier: u8,
}

impl Default for Need {
    fn default() -> Self {
        Need {
            block: -1,
            qty: 1,
            learners: 0,
            area: 0,
            have: 0,
            lang1: 0,
            lang2: -1,
            groups: [0; 6],
            country: 0,
            t_from: 0,
            t_to: 0,
            partners: 1,
            remote: 100,
            category: 0,
            urgency: 0,
            tier: 0,
        }
    }
}

/// Where an offer may go: a country, or one area of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    pub country: u32,
    pub area: Option<u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Places {
    Everywhere,
    Listed(Vec<Place>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Languages {
    Any,
    Listed(Vec<u32>),
}

/// One offer of a member.
#[derive(Debug, Clone, PartialEq)]
pub struct Offer {
    pub member: u32,
    pub category: u32,
    /// Stock: units in all; rate: units per period; digital: countries it can be opened in.
    pub capacity: u32,
    pub lot_min: u32,
    pub lot_step: u32,
    pub lot_max: u32,
    pub places: Places,
    pub languages: Languages,
    pub tier_required: u32,
    pub t_from: u32,
    pub t_to: u32,
    /// Periods between the offer's start and its first delivery.
    pub setup: u32,
    pub unit_cost: f64,
    pub fixed_cost: f64,
    /// Bit mask of conditions required.
    pub conditions: u32,
}

impl Default for Offer {
    fn default() -> Self {
        Offer {
            member: 0,
            category: 0,
            capacity: 0,
            lot_min: 1,
            lot_step: 1,
            lot_max: QTY_MAX,
            places: Places::Everywhere,
            languages: Languages::Any,
            tier_required: 0,
            t_from: 0,
            t_to: 0,
            setup: 0,
            unit_cost: 0.0,
            fixed_cost: 0.0,
            conditions: 0,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PriorState {
    /// Stays exactly as it is.
    Locked,
    /// Stays unless moving it is worth more than the stated share.
    Accepted,
}

/// An earlier match.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Prior {
    pub need: u32,
    pub offer: u32,
    /// The period of a rate delivery, otherwise -1.
    pub period: i32,
    pub qty: u32,
    pub state: PriorState,
}

/// One match of a plan.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Delivery {
    pub need: u32,
    pub offer: u32,
    /// The period of a rate delivery, otherwise -1.
    pub period: i32,
    pub qty: u32,
}

/// A matching problem, whole.
#[derive(Debug, Clone, PartialEq)]
pub struct Instance {
    pub meta: Meta,
    pub needs: Vec<Need>,
    pub offers: Vec<Offer>,
    pub prior: Vec<Prior>,
}

/// A fault in an instance: where, a stable code, and one plain sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    pub at: String,
    pub code: &'static str,
    pub sentence: String,
}

impl Problem {
    pub(crate) fn new(
        at: impl Into<String>,
        code: &'static str,
        sentence: impl Into<String>,
    ) -> Self {
        Problem {
            at: at.into(),
            code,
            sentence: sentence.into(),
        }
    }
}

/// Largest number of units, learners or countries in one field; keeps every sum exact.
pub const QTY_MAX: u32 = 1_000_000_000;
/// Largest money amount, point value or multiplier.
const AMOUNT_MAX: f64 = 1e9;
/// The checker packs a period into 6 bits.
const PERIODS_MAX: u32 = 60;
/// Levels of a package and stretches of the welfare curve the block oracles keep on the stack.
pub(crate) const LEVELS_MAX: usize = 4;
pub(crate) const BREAKS_MAX: usize = 6;
const LANGUAGES_MAX: u32 = 100_000;
const FAULTS_MAX: usize = 1_000;

impl Meta {
    /// Points one learner of this line weighs: urgency × (1 + points of the groups).
    pub fn weight(&self, need: &Need) -> f64 {
        let mut weight = 1.0;
        for (points, share) in self.equity.iter().zip(need.groups) {
            weight += points * f64::from(share) / 1000.0;
        }
        weight
            * self
                .urgency
                .get(usize::from(need.urgency))
                .copied()
                .unwrap_or(0.0)
    }

    /// V: points of the line when fully served by an offer of fit 1.
    pub fn value(&self, need: &Need) -> f64 {
        let worth = self
            .categories
            .get(usize::from(need.category))
            .map_or(0.0, |c| c.value);
        self.weight(need) * f64::from(need.learners) * worth
    }

    /// φ: the share of value earned at a coverage.
    pub fn welfare(&self, coverage: f64) -> f64 {
        let (mut sum, mut before) = (0.0, 0.0);
        for (&end, &slope) in self.welfare_breaks.iter().zip(&self.welfare_slopes) {
            sum += slope * (coverage.max(before).min(end) - before);
            before = end;
        }
        sum
    }

    pub(crate) fn kind(&self, category: usize) -> Kind {
        self.categories
            .get(category)
            .map_or(Kind::Stock, |c| c.kind)
    }

    fn faults(&self, out: &mut Vec<Problem>) {
        let mut say = |code, sentence: &str| out.push(Problem::new("meta", code, sentence));
        if self.periods == 0 || self.periods > PERIODS_MAX {
            say(
                "periods_out_of_range",
                "There must be from 1 to 60 periods.",
            );
        }
        if self.countries.is_empty() || self.countries.len() > 60_000 {
            say(
                "countries_out_of_range",
                "There must be from 1 to 60,000 countries.",
            );
        }
        if self.categories.is_empty() || self.categories.len() > 250 {
            say(
                "categories_out_of_range",
                "There must be from 1 to 250 categories.",
            );
        }
        if self.categories.iter().any(|c| !is_amount(c.value)) {
            say(
                "number_out_of_range",
                "The value of a category must be from 0 to 1e9.",
            );
        }
        if !self.is_welfare_sound() {
            say(
                "welfare_not_concave",
                "Welfare needs 1 to 6 rising breaks that end in 1 and slopes that fall, add up to 1 and are not negative.",
            );
        }
        if self.urgency.is_empty()
            || self.urgency.len() > 250
            || self.late.len() != self.urgency.len()
        {
            say(
                "urgency_mismatch",
                "Urgency and late must have the same number of entries, from 1 to 250.",
            );
        }
        let amounts = self.equity.iter().chain(&self.urgency).chain(&self.late);
        let single = [
            self.points_per_usd,
            self.points_per_delivery,
            self.points_per_overlap,
            self.points_per_opening,
        ];
        if !amounts.chain(&single).all(|&x| is_amount(x)) {
            say(
                "number_out_of_range",
                "Weights and costs must be numbers from 0 to 1e9.",
            );
        }
        let shares = [
            self.second_language_fit,
            self.package_share,
            self.stability,
            self.country_cap,
        ];
        if shares.iter().any(|&x| !(0.0..=1.0).contains(&x)) {
            say("share_out_of_range", "Shares must lie between 0 and 1.");
        }
        self.guarantee_faults(out);
    }

    fn guarantee_faults(&self, out: &mut Vec<Problem>) {
        let levels = &self.package_levels;
        let rising = levels.windows(2).all(|w| w[0].0 < w[1].0);
        let parts: f64 = levels.iter().map(|l| l.1).sum();
        if levels.len() > LEVELS_MAX
            || !rising
            || levels
                .iter()
                .any(|l| !(l.0 > 0.0 && l.0 <= 1.0 && (0.0..=1.0).contains(&l.1)))
            || parts > 1.0 + 1e-9
        {
            out.push(Problem::new(
                "meta",
                "package_levels_wrong",
                "Package levels must be at most 4, rise in coverage within 0 to 1, and their parts add up to at most 1.",
            ));
        }
        for (at, floor) in self.floors.iter().enumerate() {
            let known = self
                .categories
                .get(floor.category as usize)
                .is_some_and(|c| c.kind != Kind::Digital);
            if !known || !(0.0..=1.0).contains(&floor.min_share) {
                out.push(Problem::new(
                    format!("floor {at}"),
                    "floor_wrong",
                    "A floor needs a category that is not digital and a share between 0 and 1.",
                ));
            }
        }
    }

    fn is_welfare_sound(&self) -> bool {
        let (breaks, slopes) = (&self.welfare_breaks, &self.welfare_slopes);
        let mut before = 0.0;
        let mut total = 0.0;
        for (&end, &slope) in breaks.iter().zip(slopes) {
            if !(end > before && end <= 1.0 && is_amount(slope)) {
                return false;
            }
            total += slope * (end - before);
            before = end;
        }
        !breaks.is_empty()
            && breaks.len() == slopes.len()
            && breaks.len() <= BREAKS_MAX
            && before == 1.0
            && slopes.windows(2).all(|w| w[0] >= w[1])
            && (total - 1.0).abs() < 1e-6
    }
}

fn is_amount(x: f64) -> bool {
    (0.0..=AMOUNT_MAX).contains(&x)
}

impl Instance {
    /// Names every fault; an empty answer means the instance may be solved.
    pub fn validate(&self) -> Vec<Problem> {
        let mut out = Vec::new();
        self.meta.faults(&mut out);
        if self.needs.len() > u32::MAX as usize / 8 || self.offers.len() > 5_000_000 {
            out.push(Problem::new(
                "instance",
                "too_many_rows",
                "There are more needs or offers than can be numbered.",
            ));
        }
        for (id, need) in self.needs.iter().enumerate() {
            if out.len() < FAULTS_MAX {
                self.need_faults(id, need, &mut out);
            }
        }
        for (id, offer) in self.offers.iter().enumerate() {
            if out.len() < FAULTS_MAX {
                self.offer_faults(id, offer, &mut out);
            }
        }
        self.package_faults(&mut out);
        self.prior_faults(&mut out);
        out
    }

    fn need_faults(&self, id: usize, need: &Need, out: &mut Vec<Problem>) {
        let mut say =
            |code, sentence: &str| out.push(Problem::new(format!("need {id}"), code, sentence));
        if usize::from(need.category) >= self.meta.categories.len() {
            say("unknown_category", "The category is not in the list.");
        }
        if usize::from(need.country) >= self.meta.countries.len() {
            say("unknown_country", "The country is not in the list.");
        }
        if usize::from(need.urgency) >= self.meta.urgency.len() {
            say("unknown_urgency", "The urgency is not in the list.");
        }
        if need.qty == 0 || need.qty > QTY_MAX || need.learners > QTY_MAX {
            say(
                "number_out_of_range",
                "The quantity must be from 1 and learners from 0 to 1,000,000,000.",
            );
        }
        if need.groups.iter().any(|&share| share > 1000) {
            say(
                "share_out_of_range",
                "A group's share must be from 0 to 1000 per mille.",
            );
        }
        if need.t_from > need.t_to || u32::from(need.t_to) >= self.meta.periods {
            say(
                "window_wrong",
                "The window must begin before it ends and lie within the periods.",
            );
        }
        if need.partners == 0 || need.tier > 250 {
            say(
                "number_out_of_range",
                "At least one partner must be allowed.",
            );
        }
        if need.lang1 >= LANGUAGES_MAX || need.lang2 < -1 || need.lang2 >= LANGUAGES_MAX as i32 {
            say("unknown_language", "A language number is out of range.");
        }
        if need.block < -1 {
            say(
                "package_wrong",
                "The package must be -1 or a number from 0.",
            );
        }
    }

    fn offer_faults(&self, id: usize, offer: &Offer, out: &mut Vec<Problem>) {
        let mut say =
            |code, sentence: &str| out.push(Problem::new(format!("offer {id}"), code, sentence));
        if offer.category as usize >= self.meta.categories.len() {
            say("unknown_category", "The category is not in the list.");
        }
        if offer.capacity > QTY_MAX || offer.lot_min > QTY_MAX || offer.lot_max > QTY_MAX {
            say(
                "number_out_of_range",
                "Capacity and lots must be at most 1,000,000,000.",
            );
        }
        if offer.lot_step == 0 || offer.lot_step > QTY_MAX {
            say("lot_step_zero", "The lot step must be at least 1.");
        }
        if offer.t_from > offer.t_to || offer.t_to >= self.meta.periods || offer.setup > PERIODS_MAX
        {
            say(
                "window_wrong",
                "The window must begin before it ends and lie within the periods.",
            );
        }
        if !is_amount(offer.unit_cost) || !is_amount(offer.fixed_cost) {
            say(
                "number_out_of_range",
                "Costs must be numbers from 0 to 1e9.",
            );
        }
        if let Places::Listed(places) = &offer.places {
            if places.is_empty() {
                say(
                    "no_place",
                    "An offer must name a place or be for everywhere.",
                );
            }
            if places
                .iter()
                .any(|p| p.country as usize >= self.meta.countries.len())
            {
                say("unknown_country", "A country is not in the list.");
            }
        }
        if let Languages::Listed(languages) = &offer.languages {
            if languages.is_empty() {
                say(
                    "no_language",
                    "An offer must name a language or be for any.",
                );
            }
            if languages.iter().any(|&l| l >= LANGUAGES_MAX) {
                say("unknown_language", "A language number is out of range.");
            }
        }
    }

    fn package_faults(&self, out: &mut Vec<Problem>) {
        let mut sizes: BTreeMap<i32, u32> = BTreeMap::new();
        for need in self.needs.iter().filter(|n| n.block >= 0) {
            *sizes.entry(need.block).or_default() += 1;
        }
        if sizes
            .keys()
            .next_back()
            .is_some_and(|&last| last as usize > self.needs.len())
        {
            out.push(Problem::new(
                "needs",
                "package_wrong",
                "Packages must be numbered from 0, without large holes.",
            ));
        }
        for (id, need) in self.needs.iter().enumerate().filter(|(_, n)| n.block >= 0) {
            if sizes.get(&need.block).is_none_or(|&size| size < 2) || out.len() >= FAULTS_MAX {
                continue;
            }
            if need.partners != 1 || self.meta.kind(usize::from(need.category)) == Kind::Digital {
                out.push(Problem::new(
                    format!("need {id}"),
                    "package_line_wrong",
                    "A line of a package takes one partner and is not digital.",
                ));
            }
        }
    }

    fn prior_faults(&self, out: &mut Vec<Problem>) {
        let mut seen = BTreeSet::new();
        for (at, prior) in self.prior.iter().enumerate() {
            let mut say = |code, sentence: &str| {
                out.push(Problem::new(format!("prior {at}"), code, sentence))
            };
            let (Some(_), Some(offer)) = (
                self.needs.get(prior.need as usize),
                self.offers.get(prior.offer as usize),
            ) else {
                say(
                    "unknown_need_or_offer",
                    "The need or the offer of an earlier match does not exist.",
                );
                continue;
            };
            if prior.qty == 0 || prior.qty > QTY_MAX {
                say(
                    "number_out_of_range",
                    "The quantity must be from 1 to 1,000,000,000.",
                );
            }
            let rate = self.meta.kind(offer.category as usize) == Kind::Rate;
            if (prior.period >= 0) != rate
                || prior.period < -1
                || prior.period >= self.meta.periods as i32
            {
                say(
                    "period_wrong",
                    "A period belongs to rate offers and to no others.",
                );
            }
            if !seen.insert((prior.need, prior.offer, prior.period, prior.state)) {
                say("prior_twice", "The same earlier match stands twice.");
            }
        }
    }
}
