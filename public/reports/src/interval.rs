//! The rule of counting: many reports become one interval that certainly holds the truth, as long
//! as every report holds.
//!
//! 1. Identical records count once, whoever sent them; the first received stands for all.
//! 2. Inside one activity a part of a told whole (a group, a smaller place, a shorter time) is in it.
//! 3. Distinct things (people, accounts, schools): the same one may stand in every report of a place,
//!    so there are at least as many as the largest single figure and at most as many as the sum or
//!    the population; places beside each other add.
//! 4. Additive things (items, contacts, hours …): different activities add.
//! 5. «At least» gives no upper end, «at most» no lower one; what is contested counts for the upper
//!    end only. A figure beyond the population is never cut: it is marked.

use std::cmp::Reverse;
use std::collections::{BTreeMap, HashMap};

/// What a unit counts: the same thing twice, or always something more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Counts {
    Distinct,
    Additive,
}

/// The group of everybody.
pub const EVERYBODY: u16 = 0;
/// The place that holds all others.
pub const WORLD: u32 = 0;
/// An upper end that nobody told.
pub const UNBOUNDED: i64 = i64::MAX;

/// One told figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Record {
    /// The same in two records that are one.
    pub print: u128,
    /// What it speaks of: one activity's figures of one indicator share a number.
    pub activity: u64,
    /// In which order it was received.
    pub nth: u32,
    pub place: u32,
    pub group: u16,
    pub contested: bool,
    /// Told as «about».
    pub about: bool,
    /// First and last day, as numbers.
    pub from: i32,
    pub to: i32,
    /// 0 when nobody told a lower end.
    pub low: i64,
    pub high: i64,
}

impl Record {
    /// The figure as a reader would add it up.
    fn told(&self) -> i64 {
        if self.high == UNBOUNDED {
            self.low
        } else {
            self.high
        }
    }
}

/// The places, each inside another, and how many live there.
#[derive(Clone, Debug)]
pub struct Tree {
    parents: Vec<u32>,
    people: HashMap<(u32, u16), i64>,
}

impl Default for Tree {
    fn default() -> Self {
        Self {
            parents: vec![WORLD],
            people: HashMap::new(),
        }
    }
}

impl Tree {
    /// A new place inside another.
    pub fn add(&mut self, parent: u32) -> u32 {
        self.parents.push(parent);
        u32::try_from(self.parents.len() - 1).unwrap_or(u32::MAX)
    }
    /// How many of a group there are in a place; not called means unknown.
    pub fn populate(&mut self, place: u32, group: u16, people: i64) {
        self.people.insert((place, group), people);
    }
    /// How many of a group there are, where that is known.
    pub fn people(&self, place: u32, group: u16) -> Option<i64> {
        self.people.get(&(place, group)).copied()
    }
    /// The place that holds this one directly.
    pub fn parent(&self, place: u32) -> Option<u32> {
        let parent = self.parents.get(place as usize).copied()?;
        (place != WORLD).then_some(parent)
    }
    /// The place itself and all that hold it, nearest first.
    fn upwards(&self, place: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(place), |at| self.parent(*at))
    }
}

/// What must be said beside a total.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Some figure was told as «about».
    pub about: bool,
    /// Some figure is contested and not answered.
    pub contested: bool,
    /// Some figure is larger than the population it is about.
    pub beyond_population: bool,
    /// Figures that cannot all be true: a part larger than its whole.
    pub contradictory: bool,
    /// There may be more: somebody told only a lower end.
    pub open_ended: bool,
    /// The population that would bound it is unknown.
    pub population_unknown: bool,
}

/// At least `low`, at most `high`; added up naively `sum`.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Total {
    pub low: i64,
    /// None when nothing bounds it.
    pub high: Option<i64>,
    pub sum: i64,
    /// Records that differ.
    pub records: i64,
    /// Records left out because the same was received before.
    pub repeated: i64,
    /// Records that are parts of a told whole.
    pub parts: i64,
    pub marks: Marks,
}

/// The total of all records: sorts them twice and goes through them once.
pub fn fold(counts: Counts, records: impl IntoIterator<Item = Record>, tree: &Tree) -> Total {
    let mut records: Vec<Record> = records.into_iter().collect();
    let received = records.len();
    records.sort_unstable_by_key(|record| (record.print, record.nth));
    records.dedup_by_key(|record| record.print);
    records.sort_unstable_by_key(|record| record.activity);

    let mut total = Total {
        records: count(records.len()),
        repeated: count(received - records.len()),
        ..Total::default()
    };
    let mut ends = Ends::default();
    let mut additive = 0_i64;
    for activity in records.chunk_by(|one, other| one.activity == other.activity) {
        let wholes = (activity.len() > 1).then(|| Wholes::of(activity));
        for record in activity {
            total.marks.about |= record.about;
            total.marks.contested |= record.contested;
            if wholes.as_ref().is_some_and(|all| all.hold(record, tree)) {
                total.parts += 1;
                ends.part(record);
            } else {
                total.sum = total.sum.saturating_add(record.told());
                ends.whole(record);
            }
        }
        if counts == Counts::Additive {
            additive = additive.saturating_add(least_of_one(activity, tree));
        }
    }
    let (low, high) = match counts {
        Counts::Distinct => ends.climb(tree, &mut total.marks),
        Counts::Additive => (additive, ends.added()),
    };
    total.marks.open_ended = high == UNBOUNDED;
    total.marks.contradictory |= low > high;
    total.low = low;
    total.high = (high != UNBOUNDED).then_some(high.max(low));
    total
}

/// What becomes of a record in a total.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fate {
    Counts,
    /// The same was received before, as the record of this number.
    Repeated(u32),
    /// It is part of a whole that was told.
    Part,
}

/// What becomes of each record, in the order given.
pub fn fates(records: &[Record], tree: &Tree) -> Vec<Fate> {
    let mut first: BTreeMap<u128, &Record> = BTreeMap::new();
    for record in records {
        let known = first.entry(record.print).or_insert(record);
        if record.nth < known.nth {
            *known = record;
        }
    }
    let mut activities: BTreeMap<u64, Vec<Record>> = BTreeMap::new();
    for record in first.values() {
        activities
            .entry(record.activity)
            .or_default()
            .push(**record);
    }
    let wholes: BTreeMap<u64, Wholes> = activities
        .into_iter()
        .map(|(activity, records)| (activity, Wholes::of(&records)))
        .collect();
    let fate = |record: &Record| match first.get(&record.print) {
        Some(known) if known.nth != record.nth => Fate::Repeated(known.nth),
        _ => {
            let whole = wholes.get(&record.activity);
            if whole.is_some_and(|all| all.hold(record, tree)) {
                Fate::Part
            } else {
                Fate::Counts
            }
        }
    };
    records.iter().map(fate).collect()
}

fn count(records: usize) -> i64 {
    i64::try_from(records).unwrap_or(i64::MAX)
}

/// The times for which an activity told of all of a place and group, so that its parts are found.
struct Wholes(BTreeMap<(u32, u16), Vec<(i32, i32)>>);

impl Wholes {
    fn of(activity: &[Record]) -> Self {
        let mut wholes: BTreeMap<_, Vec<(i32, i32)>> = BTreeMap::new();
        for record in activity {
            let times = wholes.entry((record.place, record.group)).or_default();
            times.push((record.from, record.to));
        }
        for times in wholes.values_mut() {
            times.sort_unstable();
            // From here on the second is the latest end of all that begin no later.
            let mut latest = i32::MIN;
            for (_, to) in times {
                latest = latest.max(*to);
                *to = latest;
            }
        }
        Self(wholes)
    }
    /// Whether another record tells of all that this one tells a part of.
    fn hold(&self, record: &Record, tree: &Tree) -> bool {
        tree.upwards(record.place).any(|place| {
            let own = place == record.place;
            self.lasts(record, (place, record.group), own)
                || record.group != EVERYBODY && self.lasts(record, (place, EVERYBODY), false)
        })
    }
    /// Whether a whole lasts as long as the record, or longer.
    fn lasts(&self, record: &Record, whole: (u32, u16), longer: bool) -> bool {
        let Some(times) = self.0.get(&whole) else {
            return false;
        };
        let latest = |until: usize| until.checked_sub(1).and_then(|at| times.get(at));
        let begun = latest(times.partition_point(|(from, _)| *from <= record.from));
        if longer {
            let before = latest(times.partition_point(|(from, _)| *from < record.from));
            before.is_some_and(|(_, to)| *to >= record.to)
                || begun.is_some_and(|(_, to)| *to > record.to)
        } else {
            begun.is_some_and(|(_, to)| *to >= record.to)
        }
    }
}

/// The ends told for each place, on their way up the tree.
#[derive(Default)]
struct Ends {
    lows: BTreeMap<u32, i64>,
    highs: BTreeMap<(u32, u16), i64>,
}

/// What the places inside a place come to.
#[derive(Clone, Copy, Default)]
struct Inside {
    low: i64,
    high: i64,
}

impl Ends {
    /// A part of a whole says something of the lower end only.
    fn part(&mut self, record: &Record) {
        if !record.contested {
            let low = self.lows.entry(record.place).or_default();
            *low = record.low.max(*low);
        }
    }
    fn whole(&mut self, record: &Record) {
        self.part(record);
        let high = self.highs.entry((record.place, record.group)).or_default();
        *high = high.saturating_add(record.high);
    }
    /// The upper end of things that always add.
    fn added(&self) -> i64 {
        let all = self.highs.values();
        all.fold(0, |sum, high| sum.saturating_add(*high))
    }
    /// Distinct things from the smallest places up to the world.
    fn climb(&self, tree: &Tree, marks: &mut Marks) -> (i64, i64) {
        let mut waiting: BTreeMap<u32, Inside> = BTreeMap::new();
        let told = self.lows.keys().chain(self.highs.keys().map(|(at, _)| at));
        for place in told {
            waiting.entry(*place).or_default();
        }
        waiting.entry(WORLD).or_default();
        // A place always has a larger number than the place that holds it.
        while let Some((place, inside)) = waiting.pop_last() {
            let low = inside.low.max(self.lows.get(&place).copied().unwrap_or(0));
            let own = self.own_high(place, tree);
            let sum = inside.high.saturating_add(own);
            let people = tree.people(place, EVERYBODY);
            marks.beyond_population |= people.is_some_and(|people| low > people);
            let high = sum.min(people.map_or(UNBOUNDED, |people| people.max(low)));
            marks.population_unknown |= people.is_none() && own > 0 && sum > low;
            let Some(parent) = tree.parent(place) else {
                return (low, high);
            };
            let above = waiting.entry(parent).or_default();
            above.low = above.low.saturating_add(low);
            above.high = above.high.saturating_add(high);
        }
        (0, 0)
    }
    /// The groups of one place may overlap: their upper ends add, each within its population.
    fn own_high(&self, place: u32, tree: &Tree) -> i64 {
        let groups = self.highs.range((place, u16::MIN)..=(place, u16::MAX));
        groups.fold(0_i64, |sum, ((_, group), high)| {
            let most = tree.people(place, *group).unwrap_or(UNBOUNDED);
            sum.saturating_add((*high).min(most))
        })
    }
}

/// The largest own figure of each place, and the sum of those inside it.
type Places = BTreeMap<u32, (i64, i64)>;

/// The least one activity certainly comes to: places beside each other add, and times after each
/// other; whatever may overlap counts with the larger.
fn least_of_one(activity: &[Record], tree: &Tree) -> i64 {
    if let [only] = activity {
        return if only.contested { 0 } else { only.low };
    }
    let mut times: BTreeMap<(i32, Reverse<i32>), Places> = BTreeMap::new();
    for record in activity.iter().filter(|record| !record.contested) {
        let places = times.entry((record.to, Reverse(record.from))).or_default();
        let (own, _) = places.entry(record.place).or_default();
        *own = record.low.max(*own);
    }
    // The best choice of times that do not cross, by their ends.
    let mut best: Vec<(i32, i64)> = Vec::with_capacity(times.len());
    for ((to, Reverse(from)), places) in times {
        let before = best.partition_point(|(end, _)| *end < from);
        let earlier = before.checked_sub(1).and_then(|at| best.get(at));
        let with = earlier.map_or(0, |(_, low)| *low);
        let with = with.saturating_add(least_at_once(places, tree));
        let without = best.last().map_or(0, |(_, low)| *low);
        best.push((to, with.max(without)));
    }
    best.last().map_or(0, |(_, low)| *low)
}

/// The least of one time: of each place its own figure or the sum of those inside it.
fn least_at_once(mut places: Places, tree: &Tree) -> i64 {
    while let Some((place, (own, inside))) = places.pop_last() {
        let low = own.max(inside);
        let Some(parent) = tree.parent(place) else {
            return low;
        };
        let above = &mut places.entry(parent).or_default().1;
        *above = above.saturating_add(low);
    }
    0
}
