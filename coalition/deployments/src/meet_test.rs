//! The overlap rule by hand and by chance: symmetric, and the index never misses what every pair
//! compared with every other finds.

use crate::find::{Look, near};
use crate::meet::{self, Part, People, Tree};
use crate::store::overlaps::Near;
use base::{Day, Id};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A gazetteer as its file says it: each place with its explicit parent.
#[derive(Debug)]
struct Parents(BTreeMap<String, Option<String>>);

impl Tree for Parents {
    fn up(&self, place: &str) -> Vec<String> {
        let mut out = vec![place.to_owned()];
        let mut at = place;
        while let Some(Some(parent)) = self.0.get(at) {
            out.push(parent.clone());
            at = parent;
        }
        out
    }
}

fn lebanon() -> Parents {
    let file = include_str!("../../../data/gazetteer/LBN.csv");
    let rows = file.lines().skip(1).map(|line| {
        let mut cells = line.split(',');
        let code = cells.next().unwrap_or("").to_owned();
        let parent = cells.next().filter(|p| !p.is_empty()).map(str::to_owned);
        (code, parent)
    });
    Parents(rows.collect())
}

fn day(n: i64) -> Day {
    Day::parse("2027-01-01").map_or_else(|| unreachable!("a day"), |d| d.plus(n))
}

fn part(places: &[&str]) -> Part {
    Part {
        service_class: "devices".to_owned(),
        places: places.iter().map(|p| (*p).to_owned()).collect(),
        group: None,
        from: day(0),
        to: day(90),
        reach: Some(100),
    }
}

#[test]
fn lebanons_parents_are_explicit_and_not_in_the_codes() {
    let tree = lebanon();
    assert_eq!(tree.up("62179"), ["62179", "LB63", "LB6", "LB"]);
    let cadastre = part(&["62179"]);
    for (other, shared) in [
        ("LB", vec!["62179"]),
        ("LB6", vec!["62179"]),
        ("LB63", vec!["62179"]),
        ("62179", vec!["62179"]),
        ("LB62", vec![]),
        ("LB1", vec![]),
    ] {
        let found = meet::meet(&cadastre, &part(&[other]), &tree);
        assert_eq!(found.map_or(vec![], |d| d.places), shared, "{other}");
    }
}

#[test]
fn each_dimension_alone_keeps_two_apart() {
    let tree = lebanon();
    let one = part(&["LB6"]);
    let apart = [
        Part {
            service_class: "content".to_owned(),
            ..one.clone()
        },
        Part {
            places: vec!["LB1".to_owned()],
            ..one.clone()
        },
        Part {
            from: day(91),
            to: day(120),
            ..one.clone()
        },
    ];
    for other in apart {
        assert_eq!(meet::meet(&one, &other, &tree), None, "{other:?}");
    }
    let girls = Part {
        group: Some("girls".to_owned()),
        ..one.clone()
    };
    let boys = Part {
        group: Some("boys".to_owned()),
        ..one.clone()
    };
    assert_eq!(meet::meet(&girls, &boys, &tree), None);
    let all = meet::meet(&girls, &one, &tree).unwrap_or_else(|| unreachable!("all contains girls"));
    assert_eq!(all.group.as_deref(), Some("girls"));
    assert_eq!(all.reach_both, Some(200));
    // The last day of one is the first of the other: they cross.
    let next = Part {
        from: day(90),
        to: day(100),
        ..one.clone()
    };
    assert_eq!(
        meet::meet(&one, &next, &tree).map(|d| (d.from, d.to)),
        Some((day(90), day(90)))
    );
}

#[test]
fn a_wide_deployment_counts_only_with_what_it_does_there() {
    let tree = lebanon();
    let here = ["LB63".to_owned()];
    let own = [
        ("LB63".to_owned(), Some(40)),
        ("LB6".to_owned(), Some(5)),
        ("LB1".to_owned(), Some(900)),
    ];
    // The district itself and what lies around it may touch; the other governorate does not.
    assert_eq!(meet::reach_in(Some(500), &own, &here, &tree), Some(24));
    let everywhere = ["LB".to_owned()];
    let whole = meet::reach_in(Some(500), &own, &everywhere, &tree);
    assert_eq!(whole, Some(500));
    assert_eq!(meet::reach_in(None, &own, &here, &tree), None);
    assert_eq!(meet::reach_in(Some(500), &[], &here, &tree), Some(500));
    let uncounted = [("LB63".to_owned(), None), ("LB1".to_owned(), Some(3))];
    assert_eq!(
        meet::reach_in(Some(500), &uncounted, &here, &tree),
        Some(500)
    );
}

#[test]
fn what_is_not_known_cannot_be_ruled_out() {
    let all = |n| People {
        at_least: n,
        is_all: true,
    };
    let some = |n| People {
        at_least: n,
        is_all: false,
    };
    for (reach, people, expected) in [
        (Some(200), all(200), false),
        (Some(201), all(200), true),
        (Some(200), some(200), false),
        (Some(201), some(200), true),
        (None, all(1_000_000), true),
        (Some(1), some(0), true),
        (Some(0), all(0), false),
    ] {
        assert_eq!(
            meet::beyond(reach, people),
            expected,
            "{reach:?} {people:?}"
        );
    }
}

/// A random tree of up to thirty places: each place's parent comes before it.
fn gazetteers() -> impl Strategy<Value = Parents> {
    prop::collection::vec(any::<prop::sample::Index>(), 0..30).prop_map(|parents| {
        let mut tree = BTreeMap::from([("P0".to_owned(), None)]);
        for (at, parent) in parents.iter().enumerate() {
            let parent = format!("P{}", parent.index(at + 1));
            tree.insert(format!("P{}", at + 1), Some(parent));
        }
        Parents(tree)
    })
}

type Raw = (Vec<prop::sample::Index>, u8, u8, (i64, i64), Option<i64>);

fn raws() -> impl Strategy<Value = Vec<Raw>> {
    let places = prop::collection::vec(any::<prop::sample::Index>(), 1..4);
    let one = (
        places,
        0..2_u8,
        0..3_u8,
        (0..40_i64, 0..20_i64),
        prop::option::of(1..200_i64),
    );
    prop::collection::vec(one, 2..20)
}

fn parts(tree: &Parents, raws: &[Raw]) -> Vec<Part> {
    let codes: Vec<&String> = tree.0.keys().collect();
    raws.iter()
        .map(|(places, class, group, (from, long), reach)| {
            let chosen: Vec<String> = places.iter().map(|p| (*p.get(&codes)).clone()).collect();
            Part {
                service_class: format!("class{class}"),
                places: meet::tops(&chosen, tree),
                group: [None, Some("girls"), Some("rural")]
                    .get(usize::from(*group))
                    .copied()
                    .flatten()
                    .map(str::to_owned),
                from: day(*from),
                to: day(from + long),
                reach: *reach,
            }
        })
        .collect()
}

/// What the tables would answer, from the rows [`meet::kept`] says to keep.
fn by_index(tree: &Parents, kept: &[Part], asked: &Part) -> BTreeMap<usize, Vec<String>> {
    let number = |at: usize| Id::named("deployment", &at.to_string());
    let mut rows: BTreeMap<(String, bool), Vec<usize>> = BTreeMap::new();
    for (at, one) in kept.iter().enumerate() {
        for (place, chosen) in meet::kept(&one.places, tree) {
            rows.entry((place, chosen)).or_default().push(at);
        }
    }
    let found = near(&asked.places, tree, &mut |look, place| {
        let key = (place.to_owned(), look == Look::At);
        let at = rows.get(&key).cloned().unwrap_or_default();
        let hits = at.into_iter().filter_map(|at| {
            let one = kept.get(at)?;
            let meets = one.service_class == asked.service_class
                && meet::crossing((one.from, one.to), (asked.from, asked.to)).is_some();
            meets.then(|| {
                let near = Near {
                    deployment: number(at),
                    place: place.to_owned(),
                    group: one.group.clone(),
                    from: one.from,
                    to: one.to,
                    reach: one.reach,
                };
                let places = if look == Look::Below {
                    one.places.clone()
                } else {
                    Vec::new()
                };
                (near, places)
            })
        });
        Ok(hits.collect())
    });
    let found = found.unwrap_or_default();
    let mut out = BTreeMap::new();
    for (at, one) in kept.iter().enumerate() {
        if let Some((near, places)) = found.get(&number(at))
            && meet::same_group(asked.group.as_deref(), near.group.as_deref()).is_some()
        {
            assert_eq!(near.group, one.group);
            out.insert(at, places.clone());
        }
    }
    out
}

proptest! {
    #[test]
    fn an_overlap_is_the_same_from_both_sides(tree in gazetteers(), raws in raws()) {
        let parts = parts(&tree, &raws);
        for a in &parts {
            for b in &parts {
                prop_assert_eq!(meet::meet(a, b, &tree), meet::meet(b, a, &tree));
            }
        }
    }

    #[test]
    fn the_index_misses_nothing_and_invents_nothing(tree in gazetteers(), raws in raws()) {
        let parts = parts(&tree, &raws);
        for asked in &parts {
            let brute: BTreeMap<usize, Vec<String>> = parts
                .iter()
                .enumerate()
                .filter_map(|(at, one)| Some((at, meet::meet(asked, one, &tree)?.places)))
                .collect();
            prop_assert_eq!(by_index(&tree, &parts, asked), brute);
        }
    }

    #[test]
    fn shared_places_never_hold_one_another(tree in gazetteers(), raws in raws()) {
        let parts = parts(&tree, &raws);
        for (a, b) in parts.iter().zip(parts.iter().skip(1)) {
            let shared = meet::shared(&a.places, &b.places, &tree);
            let tops: BTreeSet<String> = meet::tops(&shared, &tree).into_iter().collect();
            prop_assert_eq!(shared.into_iter().collect::<BTreeSet<_>>(), tops);
        }
    }
}
