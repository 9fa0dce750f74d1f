//! The rule of counting, proved on small worlds of persons who are all known.

use proptest::prelude::*;
use reports::interval::{
    Counts, EVERYBODY, Fate, Record, Total, Tree, UNBOUNDED, WORLD, fates, fold,
};

const QUARTERS: usize = 3;
const ACTIVITIES: usize = 3;
const GROUPS: u16 = 3;
/// The place that holds each place: two regions, the first with two districts.
const PARENTS: [u32; 5] = [0, 0, 0, 1, 1];

fn tree() -> Tree {
    let mut tree = Tree::default();
    for parent in &PARENTS[1..] {
        tree.add(*parent);
    }
    tree
}

fn inside(mut place: u32, holder: u32) -> bool {
    while place != holder && place != WORLD {
        place = PARENTS[place as usize];
    }
    place == holder
}

/// Everybody there is, and what was done with whom.
#[derive(Clone, Debug)]
struct World {
    /// Place and groups (bits) of each person.
    people: Vec<(u32, u8)>,
    /// How often each activity met each person in each quarter.
    met: Vec<Vec<Vec<u8>>>,
    /// Which populations are known.
    known: Vec<bool>,
}

/// What a report says it is about, and how much it holds back.
#[derive(Clone, Debug)]
struct Told {
    activity: usize,
    place: u32,
    group: u16,
    first: usize,
    last: usize,
    under: i64,
    over: Option<i64>,
    contested: bool,
}

impl World {
    fn is_of(&self, person: usize, place: u32, group: u16) -> bool {
        let (home, groups) = self.people[person];
        inside(home, place) && (group == EVERYBODY || groups & (1 << (group - 1)) != 0)
    }
    /// The meetings a report speaks of: quarter and person.
    fn meant(&self, told: &Told) -> Vec<(usize, usize)> {
        let mut meetings = Vec::new();
        for quarter in told.first..=told.last {
            for person in 0..self.people.len() {
                let met = self.met[told.activity][quarter][person] > 0;
                if met && self.is_of(person, told.place, told.group) {
                    meetings.push((quarter, person));
                }
            }
        }
        meetings
    }
    fn figure(&self, counts: Counts, told: &Told) -> i64 {
        let meant = self.meant(told);
        match counts {
            Counts::Additive => meant
                .iter()
                .map(|(q, p)| i64::from(self.met[told.activity][*q][*p]))
                .sum(),
            Counts::Distinct => {
                let mut people: Vec<usize> = meant.iter().map(|(_, person)| *person).collect();
                people.sort_unstable();
                people.dedup();
                people.len() as i64
            }
        }
    }
    fn truth(&self, counts: Counts, all: &[Told]) -> i64 {
        let meetings = all.iter().flat_map(|told| {
            let of = |(quarter, person)| (told.activity, quarter, person);
            self.meant(told).into_iter().map(of)
        });
        let mut meetings: Vec<_> = meetings.collect();
        meetings.sort_unstable();
        meetings.dedup();
        match counts {
            Counts::Additive => meetings
                .iter()
                .map(|(a, q, p)| i64::from(self.met[*a][*q][*p]))
                .sum(),
            Counts::Distinct => {
                let mut people: Vec<usize> = meetings.iter().map(|(.., person)| *person).collect();
                people.sort_unstable();
                people.dedup();
                people.len() as i64
            }
        }
    }
    fn tree(&self) -> Tree {
        let mut tree = tree();
        for place in 0..PARENTS.len() {
            for group in 0..=GROUPS {
                let at = place as u32;
                if self.known[place * (1 + GROUPS as usize) + group as usize] {
                    let of = (0..self.people.len()).filter(|p| self.is_of(*p, at, group));
                    tree.populate(at, group, of.count() as i64);
                }
            }
        }
        tree
    }
    fn records(&self, counts: Counts, all: &[Told]) -> Vec<Record> {
        let one = |(nth, told): (usize, &Told)| {
            let figure = self.figure(counts, told);
            let low = (figure - told.under).max(0);
            let high = told.over.map_or(UNBOUNDED, |over| figure + over);
            let mut record = Record {
                print: 0,
                activity: told.activity as u64,
                nth: nth as u32,
                place: told.place,
                group: told.group,
                contested: told.contested,
                about: false,
                from: told.first as i32,
                to: told.last as i32,
                low,
                high,
            };
            record.print = print_of(&record);
            record
        };
        all.iter().enumerate().map(one).collect()
    }
}

/// What makes two records one: all but who sent it and when.
fn print_of(r: &Record) -> u128 {
    let mut print = 0_u128;
    for part in [
        r.activity as i64,
        r.place.into(),
        r.group.into(),
        r.from.into(),
        r.to.into(),
        r.low,
        r.high.min(1_000),
    ] {
        print = print * 1_013 + part as u128;
    }
    print
}

fn worlds() -> impl Strategy<Value = World> {
    let people = prop::collection::vec((0..PARENTS.len() as u32, 0..8_u8), 1..8);
    let places = PARENTS.len() * (1 + GROUPS as usize);
    (people, prop::collection::vec(any::<bool>(), places)).prop_flat_map(|(people, known)| {
        let often = prop_oneof![3 => Just(0_u8), 2 => Just(1), 1 => Just(3)];
        let of_quarter = prop::collection::vec(often, people.len());
        let of_activity = prop::collection::vec(of_quarter, QUARTERS);
        prop::collection::vec(of_activity, ACTIVITIES).prop_map(move |met| World {
            people: people.clone(),
            met,
            known: known.clone(),
        })
    })
}

prop_compose! {
    fn told()(
        activity in 0..ACTIVITIES, place in 0..PARENTS.len() as u32,
        group in prop_oneof![2 => Just(EVERYBODY), 1 => 1..=GROUPS],
        first in 0..QUARTERS, more in 0..QUARTERS,
        under in prop_oneof![2 => Just(0_i64), 1 => 1..4_i64],
        over in prop_oneof![4 => Just(Some(0_i64)), 1 => (1..4_i64).prop_map(Some), 1 => Just(None)],
        contested in prop::bool::weighted(0.1),
    ) -> Told {
        Told { activity, place, group, first, last: (first + more).min(QUARTERS - 1), under, over, contested }
    }
}

fn reports() -> impl Strategy<Value = Vec<Told>> {
    prop::collection::vec(told(), 0..9)
}

fn counts() -> impl Strategy<Value = Counts> {
    prop_oneof![Just(Counts::Distinct), Just(Counts::Additive)]
}

/// What a reader sees of a total.
fn seen(total: &Total) -> (i64, Option<i64>, i64) {
    (total.low, total.high, total.sum)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, ..ProptestConfig::default() })]

    #[test]
    fn the_truth_always_lies_within(world in worlds(), all in reports(), counts in counts()) {
        let truth = world.truth(counts, &all);
        let total = fold(counts, world.records(counts, &all), &world.tree());
        prop_assert!(total.low <= truth, "{truth} below {total:?}");
        prop_assert!(total.high.is_none_or(|high| truth <= high), "{truth} above {total:?}");
        prop_assert!(!total.marks.contradictory && !total.marks.beyond_population, "{total:?}");
    }

    #[test]
    fn what_was_received_before_changes_nothing(
        world in worlds(), all in reports(), counts in counts(), again in prop::collection::vec((any::<prop::sample::Index>(), 0..9_u64), 0..4),
    ) {
        let mut records = world.records(counts, &all);
        let once = fold(counts, records.clone(), &world.tree());
        for (index, sender) in again.iter().filter(|_| !all.is_empty()) {
            let mut copy = records[index.index(all.len())];
            copy.activity = *sender;
            copy.nth = records.len() as u32;
            records.push(copy);
        }
        let twice = fold(counts, records.clone(), &world.tree());
        prop_assert_eq!(seen(&once), seen(&twice));
        prop_assert_eq!(twice.repeated - once.repeated, (records.len() - all.len()) as i64);
    }

    #[test]
    fn the_order_changes_nothing(world in worlds(), all in reports(), counts in counts(), seed in any::<u64>()) {
        let records = world.records(counts, &all);
        let mut mixed = records.clone();
        mixed.sort_by_key(|record| (u64::from(record.nth) + 1).wrapping_mul(seed | 1));
        prop_assert_eq!(fold(counts, records, &world.tree()), fold(counts, mixed, &world.tree()));
    }

    /// What is told of each record is what the total did with it.
    #[test]
    fn every_record_has_its_fate(world in worlds(), all in reports(), counts in counts()) {
        let mut records = world.records(counts, &all);
        records.extend(records.first().copied().map(|first| Record { nth: 99, activity: 88, ..first }));
        let total = fold(counts, records.clone(), &world.tree());
        let fates = fates(&records, &world.tree());
        let count = |wanted: fn(&Fate) -> bool| fates.iter().filter(|fate| wanted(fate)).count() as i64;
        prop_assert_eq!(count(|fate| *fate == Fate::Part), total.parts);
        prop_assert_eq!(count(|fate| matches!(fate, Fate::Repeated(_))), total.repeated);
        let sum: i64 = records.iter().zip(&fates).filter(|(_, fate)| **fate == Fate::Counts)
            .map(|(r, _)| if r.high == UNBOUNDED { r.low } else { r.high }).sum();
        prop_assert_eq!(sum, total.sum);
    }

    /// Any figures, true or not: the ends never cross, and the population bounds all but single figures.
    #[test]
    fn the_ends_never_cross(
        raw in prop::collection::vec((0..3_u64, 0..5_u32, 0..3_u16, 0..4_i32, 0..4_i32, 0..50_i64, 0..50_i64, any::<bool>()), 0..12),
        people in prop::collection::vec(prop::option::of(0..60_i64), 5), counts in counts(),
    ) {
        let mut tree = tree();
        for (place, people) in people.iter().enumerate().filter_map(|(at, n)| Some((at, (*n)?))) {
            tree.populate(place as u32, EVERYBODY, people);
        }
        let records = raw.iter().enumerate().map(|(nth, (activity, place, group, from, long, low, more, bounded))| {
            let mut record = Record {
                print: 0, activity: *activity, nth: nth as u32, place: *place, group: *group, contested: false, about: false,
                from: *from, to: from + long, low: *low, high: if *bounded { low + more } else { UNBOUNDED },
            };
            record.print = print_of(&record);
            record
        });
        let total = fold(counts, records, &tree);
        prop_assert!(total.high.is_none_or(|high| total.low <= high), "{total:?}");
        if let (Counts::Distinct, Some(world), Some(high)) = (counts, people[0], total.high) {
            prop_assert!(high <= world || total.marks.beyond_population, "{total:?}");
        }
    }

    /// One report for a place, or one for each place inside it: the same total. Among other reports
    /// a split only says more: the interval never widens and the sum stays.
    #[test]
    fn splitting_by_place_changes_no_total(
        world in worlds(), others in reports(), counts in counts(), parts in prop::collection::vec(0..20_i64, 2),
    ) {
        let others = world.records(counts, &others);
        let record = |activity, nth, place, figure| {
            let mut record = Record {
                print: 0, activity, nth, place, group: EVERYBODY, contested: false, about: false,
                from: 0, to: 2, low: figure, high: figure,
            };
            record.print = print_of(&record);
            record
        };
        // A new activity, so that nothing of it is told already.
        let whole = [record(77, 100, 1, parts[0] + parts[1])];
        let split = [record(77, 100, 3, parts[0]), record(77, 101, 4, parts[1])];
        prop_assert_eq!(seen(&fold(counts, whole, &tree())), seen(&fold(counts, split, &tree())));
        let whole = fold(counts, others.iter().copied().chain(whole), &tree());
        let split = fold(counts, others.iter().copied().chain(split), &tree());
        prop_assert!(split.low >= whole.low && split.sum == whole.sum, "{whole:?} {split:?}");
        prop_assert!(whole.high.is_none_or(|high| split.high.is_some_and(|split| split <= high)), "{whole:?} {split:?}");
    }
}

fn figure(activity: u64, place: u32, low: i64, high: i64) -> Record {
    let mut record = Record {
        print: 0,
        activity,
        nth: activity as u32,
        place,
        group: EVERYBODY,
        contested: false,
        about: false,
        from: 0,
        to: 90,
        low,
        high,
    };
    record.print = print_of(&record);
    record
}

#[test]
fn two_activities_in_one_place_may_have_met_the_same_people() {
    let mut tree = tree();
    let all = [figure(1, 3, 400, 400), figure(2, 3, 300, 300)];
    let total = fold(Counts::Distinct, all, &tree);
    assert_eq!((total.low, total.high, total.sum), (400, Some(700), 700));
    assert!(total.marks.population_unknown);
    tree.populate(3, EVERYBODY, 520);
    let total = fold(Counts::Distinct, all, &tree);
    assert_eq!((total.low, total.high, total.sum), (400, Some(520), 700));
    assert!(!total.marks.population_unknown);
}

#[test]
fn places_beside_each_other_add_and_items_always_do() {
    let all = [
        figure(1, 3, 400, 400),
        figure(2, 4, 300, 300),
        figure(3, 2, 50, 50),
    ];
    let total = fold(Counts::Distinct, all, &tree());
    assert_eq!((total.low, total.high), (750, Some(750)));
    let items = [figure(1, 3, 400, 400), figure(2, 3, 300, 300)];
    let total = fold(Counts::Additive, items, &tree());
    assert_eq!((total.low, total.high), (700, Some(700)));
}

#[test]
fn over_has_no_upper_end_and_up_to_no_lower_one() {
    let mut tree = tree();
    let over = figure(1, 3, 1_000, UNBOUNDED);
    let total = fold(Counts::Distinct, [over], &tree);
    assert_eq!((total.low, total.high), (1_000, None));
    assert!(total.marks.open_ended);
    tree.populate(3, EVERYBODY, 4_000);
    let total = fold(Counts::Distinct, [over, figure(2, 3, 0, 700)], &tree);
    assert_eq!((total.low, total.high), (1_000, Some(4_000)));
    assert!(!total.marks.open_ended);
}

#[test]
fn a_figure_beyond_the_population_is_marked_and_not_cut() {
    let mut tree = tree();
    tree.populate(3, EVERYBODY, 100);
    let total = fold(Counts::Distinct, [figure(1, 3, 130, 130)], &tree);
    assert_eq!((total.low, total.high), (130, Some(130)));
    assert!(total.marks.beyond_population);
}

#[test]
fn one_row_in_thirty_three_files_counts_once() {
    let row = figure(1, 3, 1_200, 1_200);
    let files = (0..33).map(|nth| Record {
        nth,
        activity: u64::from(nth),
        ..row
    });
    let total = fold(Counts::Distinct, files, &tree());
    assert_eq!(
        (total.low, total.high, total.sum, total.repeated),
        (1_200, Some(1_200), 1_200, 32)
    );
}

#[test]
fn girls_of_a_told_whole_are_in_it() {
    let whole = figure(1, 3, 400, 400);
    let mut girls = figure(1, 3, 210, 210);
    girls.group = 1;
    girls.print = print_of(&girls);
    let total = fold(Counts::Distinct, [whole, girls], &tree());
    assert_eq!(
        (total.high, total.sum, total.parts, total.records),
        (Some(400), 400, 1, 2)
    );
}

#[test]
fn what_is_contested_counts_for_the_upper_end_only() {
    let contested = Record {
        contested: true,
        ..figure(1, 3, 400, 400)
    };
    let total = fold(Counts::Distinct, [contested, figure(2, 3, 90, 90)], &tree());
    assert_eq!((total.low, total.high), (90, Some(490)));
    assert!(total.marks.contested);
}

#[test]
fn nothing_told_is_nothing_known() {
    let total = fold(Counts::Distinct, [], &tree());
    assert_eq!((total.records, total.low, total.high), (0, 0, Some(0)));
}
