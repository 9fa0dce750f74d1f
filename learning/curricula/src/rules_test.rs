#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use super::*;
use base::Moment;
use proptest::prelude::*;
use serde_json::json;

fn id(n: usize) -> Id {
    Id::named("entry", &n.to_string())
}

fn entry(n: usize, parent: Option<usize>, sequence: i64) -> Competency {
    Competency {
        id: id(n),
        framework: id(0),
        code: format!("M{n}"),
        statement: Names::one("en", &format!("Statement {n}")),
        subject: "mathematics".to_owned(),
        grade_from: 4,
        grade_to: 4,
        parent: parent.map(id),
        sequence,
        kind: "competency".to_owned(),
        notes: String::new(),
        beside: json!({}),
        based_on: None,
        link: Id::named("link", &n.to_string()),
        changed_at: Moment::from_micros(0),
        version: 1,
    }
}

#[test]
fn a_tree_is_read_from_the_top_by_place() {
    let all = vec![
        entry(3, Some(1), 2),
        entry(1, None, 2),
        entry(2, Some(1), 1),
        entry(4, None, 1),
        entry(5, Some(9), 3),
    ];
    let seen: Vec<(usize, String)> = tree(all).into_iter().map(|(d, c)| (d, c.code)).collect();
    let expected = [(0, "M4"), (0, "M1"), (1, "M2"), (1, "M3"), (0, "M5")];
    assert_eq!(seen, expected.map(|(d, c)| (d, c.to_owned())));
}

#[test]
fn circles_are_found_and_nothing_else() {
    let arrows = [(1, 2), (2, 3), (3, 2), (3, 4), (5, 1)];
    let arrows = arrows.map(|(a, b)| (id(a), id(b)));
    assert_eq!(on_circles(&arrows), BTreeSet::from([id(2), id(3)]));
    assert!(on_circles(&arrows[..2]).is_empty());
    assert_eq!(on_circles(&[(id(1), id(1))]), BTreeSet::from([id(1)]));
}

#[test]
fn an_edition_says_what_became_of_every_entry() {
    let before = vec![entry(1, None, 1), entry(2, None, 2), entry(3, None, 3)];
    let mut same = entry(11, None, 1);
    same.based_on = Some(id(1));
    same.code = "M1".to_owned();
    same.statement = before[0].statement.clone();
    let mut changed = entry(12, None, 2);
    changed.based_on = Some(id(2));
    let lines = crosswalk(before, vec![changed, same, entry(13, None, 3)]);
    let fates: Vec<Fate> = lines.iter().map(|(_, _, fate)| *fate).collect();
    assert_eq!(fates, [Fate::Same, Fate::Changed, Fate::New, Fate::Gone]);
    assert_eq!(lines[3].0.as_ref().unwrap().code, "M3");
}

#[test]
fn weeks_are_counted_from_the_first_day_of_the_term() {
    let start = Day::parse("2027-01-04").unwrap();
    for (day, week) in [
        ("2027-01-03", None),
        ("2027-01-04", Some(1)),
        ("2027-01-10", Some(1)),
        ("2027-01-11", Some(2)),
        ("2027-03-28", Some(12)),
        ("2027-03-29", None),
    ] {
        assert_eq!(week_of(start, 12, Day::parse(day).unwrap()), week, "{day}");
    }
}

#[test]
fn a_term_is_a_year_and_a_number() {
    for (text, good) in [
        ("2027-1", true),
        ("2027-12", true),
        ("2027", false),
        ("27-1", false),
        ("2027-a", false),
        ("2027-123", false),
    ] {
        assert_eq!(is_term(text), good, "{text}");
    }
}

#[test]
fn an_entry_never_hangs_on_itself() {
    let parent = entry(2, Some(1), 1);
    let good = Entry {
        code: "M1".to_owned(),
        statement: Names::one("en", "Adds"),
        kind: "competency".to_owned(),
        grade_from: 4,
        grade_to: 4,
        ..Entry::default()
    };
    assert!(entry_fits(&good, id(0), Some(&parent), Some(id(7)), &[id(1)]).is_ok());
    let looped = entry_fits(&good, id(0), Some(&parent), Some(id(1)), &[id(1)]);
    assert_eq!(looped.unwrap_err().keys(), ["curricula-parent-below"]);
    let wrong = Entry {
        kind: "idea".to_owned(),
        grade_from: 5,
        statement: Names::default(),
        ..good
    };
    let keys = [
        "form-missing",
        "form-choose",
        "curricula-grades-turned",
        "curricula-parent-elsewhere",
    ];
    let refused = entry_fits(&wrong, id(1), Some(&parent), None, &[]);
    assert_eq!(refused.unwrap_err().keys(), keys);
}

proptest! {
    /// Whatever hangs on whatever: every entry not on a circle stands in the tree once, after its parent.
    #[test]
    fn nothing_is_lost_from_a_tree(parents in prop::collection::vec(prop::option::of(0usize..30), 1..30)) {
        let all: Vec<Competency> = parents
            .iter()
            .enumerate()
            .map(|(n, parent)| entry(n, *parent, i64::try_from(n % 3).unwrap()))
            .collect();
        let known: BTreeSet<Id> = all.iter().map(|one| one.id).collect();
        let arrows: Vec<(Id, Id)> = all
            .iter()
            .filter_map(|one| Some((one.id, one.parent.filter(|p| known.contains(p))?)))
            .collect();
        let circles = on_circles(&arrows);
        let seen = tree(all.clone());
        let places: BTreeMap<Id, usize> = seen.iter().enumerate().map(|(n, (_, one))| (one.id, n)).collect();
        prop_assert_eq!(places.len(), seen.len());
        for (_, one) in &seen {
            if let Some(parent) = one.parent.filter(|parent| known.contains(parent)) {
                prop_assert!(places[&parent] < places[&one.id]);
            }
        }
        if circles.is_empty() {
            prop_assert_eq!(seen.len(), all.len());
        } else {
            prop_assert!(seen.iter().all(|(_, one)| !circles.contains(&one.id)));
        }
    }

    /// Every entry of both editions stands in the crosswalk exactly once.
    #[test]
    fn a_crosswalk_names_everything_once(before in 0usize..20, from in prop::collection::vec(prop::option::of(0usize..25), 0..20)) {
        let old: Vec<Competency> = (0..before).map(|n| entry(n, None, 0)).collect();
        let mut used = BTreeSet::new();
        let new: Vec<Competency> = from
            .iter()
            .enumerate()
            .map(|(n, from)| {
                let mut one = entry(100 + n, None, 0);
                one.based_on = from.filter(|from| used.insert(*from)).map(id);
                one
            })
            .collect();
        let lines = crosswalk(old.clone(), new.clone());
        let olds: Vec<Id> = lines.iter().filter_map(|l| Some(l.0.as_ref()?.id)).collect();
        let news: Vec<Id> = lines.iter().filter_map(|l| Some(l.1.as_ref()?.id)).collect();
        prop_assert_eq!(olds.len(), old.len());
        prop_assert_eq!(olds.iter().collect::<BTreeSet<_>>().len(), old.len());
        prop_assert_eq!(news.len(), new.len());
    }
}
