//! The rules of deliveries, case by case; units are conserved in whatever order things become known.
#![allow(
    clippy::unwrap_used,
    clippy::indexing_slicing,
    reason = "a test that goes wrong ends here"
)]

use super::*;
use proptest::prelude::*;
use std::collections::BTreeMap;

const KINDS: [Kind; 3] = [Kind::Goods, Kind::Service, Kind::Access];

/// A book as the ledger keeps it: it refuses what no unit may do.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Book(BTreeMap<Bucket, i64>);

impl Book {
    fn open(units: i64) -> Self {
        Self(BTreeMap::from([(Bucket::Committed, units)]))
    }
    fn book(&mut self, shifts: &[Shift]) {
        for shift in shifts {
            assert!(shift.from.may_move(shift.to), "{shift:?}");
            assert!(shift.units > 0, "{shift:?}");
            let held = self.0.entry(shift.from).or_default();
            *held -= shift.units;
            assert!(*held >= 0, "{shift:?}");
            *self.0.entry(shift.to).or_default() += shift.units;
        }
        self.0.retain(|_, units| *units != 0);
    }
}

/// Where the units are, from what is known of them alone.
fn places(known: &Known, kind: Kind) -> Book {
    let mut book = Book(BTreeMap::new());
    for (bucket, units) in [
        (known.waits(kind), known.waiting()),
        (Bucket::Confirmed, known.confirmed()),
        (
            Bucket::Lost,
            known.settled.lost_now() + known.late.lost_now(),
        ),
        (
            Bucket::Returned,
            known.settled.returned_now() + known.late.returned_now(),
        ),
        (
            Bucket::Uncovered,
            known.settled.again_lost
                + known.settled.again_returned
                + known.late.again_lost
                + known.late.again_returned,
        ),
    ] {
        assert!(units >= 0, "{bucket:?} {known:?}");
        *book.0.entry(bucket).or_default() += units;
    }
    book.0.retain(|_, units| *units != 0);
    book
}

#[derive(Clone, Debug)]
enum Event {
    Dispatch,
    Arrive,
    CheckIn(Checked),
    Recount(i64),
    Settle(bool, usize, i64),
    Again(bool, i64),
}

/// What happens, as far as it may; whether it did.
fn happen(known: &mut Known, book: &mut Book, kind: Kind, event: &Event) -> bool {
    let shifts = match event {
        Event::Dispatch => known.dispatch(kind),
        Event::Arrive if kind == Kind::Access => return false,
        Event::Arrive => known.arrive(kind),
        Event::CheckIn(checked) => match known.check_in(kind, *checked) {
            Ok(shifts) => shifts,
            Err(_) => return false,
        },
        Event::Recount(units) => return known.recount(*units).is_ok(),
        Event::Settle(late, how, units) => {
            let how = resolutions(Wrong::Damaged)[how % 4];
            let mut tried = if *late { known.late } else { known.settled };
            if resolve(&mut tried, Wrong::Damaged, how, *units).is_err() {
                return false;
            }
            known.settle(kind, *late, how, *units)
        }
        Event::Again(late, units) => {
            let settled = if *late {
                &mut known.late
            } else {
                &mut known.settled
            };
            let Ok((lost, returned)) = need_again(settled, *units) else {
                return false;
            };
            let mut shifts = way(kind, Bucket::Lost, Bucket::Uncovered, lost);
            shifts.extend(way(kind, Bucket::Returned, Bucket::Uncovered, returned));
            shifts
        }
    };
    book.book(&shifts);
    true
}

fn checked() -> impl Strategy<Value = Checked> {
    (0..12_i64, 0..5_i64, 0..5_i64, 0..5_i64).prop_map(|(good, damaged, short, surplus)| Checked {
        good,
        damaged,
        short,
        surplus,
    })
}

fn event() -> impl Strategy<Value = Event> {
    prop_oneof![
        Just(Event::Dispatch),
        Just(Event::Arrive),
        checked().prop_map(Event::CheckIn),
        (1..6_i64).prop_map(Event::Recount),
        (any::<bool>(), 0..4_usize, 1..6_i64)
            .prop_map(|(late, how, n)| Event::Settle(late, how, n)),
        (any::<bool>(), 1..6_i64).prop_map(|(late, n)| Event::Again(late, n)),
    ]
}

proptest! {
    #[test]
    fn units_are_conserved_whatever_happens(
        units in 1..40_i64,
        kind in 0..3_usize,
        events in proptest::collection::vec(event(), 0..24),
    ) {
        let kind = KINDS[kind];
        let mut known = Known { units, ..Known::default() };
        let mut book = Book::open(units);
        for event in &events {
            happen(&mut known, &mut book, kind, event);
            prop_assert_eq!(&book, &places(&known, kind), "after {:?}", event);
            prop_assert_eq!(book.0.values().sum::<i64>(), units);
        }
    }

    #[test]
    fn the_order_of_events_does_not_matter(
        units in 20..60_i64,
        kind in 0..3_usize,
        parts in proptest::collection::vec(checked(), 0..3),
        resolved in 0..4_usize,
        order in any::<proptest::sample::Index>(),
        dispatched in any::<bool>(),
        arrived in any::<bool>(),
    ) {
        let kind = KINDS[kind];
        let mut events: Vec<Event> = parts.into_iter().map(Event::CheckIn).collect();
        events.extend(dispatched.then_some(Event::Dispatch));
        events.extend(arrived.then_some(Event::Arrive));
        let tell = |events: &[Event]| {
            let mut known = Known { units, ..Known::default() };
            let mut book = Book::open(units);
            let done: Vec<bool> =
                events.iter().map(|event| happen(&mut known, &mut book, kind, event)).collect();
            let settle = Event::Settle(false, resolved, 1);
            happen(&mut known, &mut book, kind, &settle);
            (done.iter().all(|done| *done), book)
        };
        let (whole, straight) = tell(&events);
        let turn = order.index(events.len().max(1));
        let mut turned = events.clone();
        turned.rotate_left(turn);
        turned.reverse();
        // A check-in that does not fit is refused in one order or the other: only whole stories compare.
        if whole && tell(&turned).0 {
            prop_assert_eq!(straight, tell(&turned).1);
        }
    }

    #[test]
    fn a_check_in_never_says_more_than_is_outstanding(pending in 0..50_i64, checked in checked()) {
        let taken = may_check_in(pending, &checked).is_ok();
        let says = checked != Checked::default();
        prop_assert_eq!(taken, says && checked.accounted() <= pending);
    }
}

#[test]
fn a_check_in_before_the_dispatch_goes_through_every_bucket() {
    let mut known = Known {
        units: 10,
        ..Known::default()
    };
    let checked = Checked {
        good: 7,
        damaged: 1,
        short: 2,
        surplus: 3,
    };
    let shifts = known.check_in(Kind::Goods, checked).unwrap();
    let stops: Vec<Bucket> = shifts.iter().map(|shift| shift.to).collect();
    assert_eq!(
        stops,
        [Bucket::InTransit, Bucket::Delivered, Bucket::Confirmed]
    );
    assert!(shifts.iter().all(|shift| shift.units == 7));
    // The member's word, when it comes, moves only what waits: damaged and short ones.
    let late = known.dispatch(Kind::Goods);
    assert_eq!(late.len(), 1);
    assert_eq!((late[0].to, late[0].units), (Bucket::InTransit, 3));
    assert_eq!(known.pending(), 0);
}

#[test]
fn an_access_is_opened_and_never_travels() {
    let mut known = Known {
        units: 5,
        ..Known::default()
    };
    let shifts = known.dispatch(Kind::Access);
    assert_eq!(shifts.len(), 1);
    assert_eq!(
        (shifts[0].from, shifts[0].to),
        (Bucket::Committed, Bucket::Delivered)
    );
    assert_eq!(
        may_arrive(Stage::Dispatched, Kind::Access)
            .err()
            .map(|error| error.keys().join(" ")),
        Some("deliveries-nothing-travels".to_owned())
    );
    assert!(may_arrive(Stage::Dispatched, Kind::Service).is_ok());
}

#[test]
fn what_was_lost_unsent_was_sent_first() {
    let mut known = Known {
        units: 2,
        ..Known::default()
    };
    let short = Checked {
        short: 2,
        ..Checked::default()
    };
    known.check_in(Kind::Goods, short).unwrap();
    let shifts = known.settle(Kind::Goods, false, Resolution::Lost, 2);
    assert_eq!(
        shifts.iter().map(|shift| shift.to).collect::<Vec<_>>(),
        [Bucket::InTransit, Bucket::Lost]
    );
}

#[test]
fn surplus_never_enters_the_balance() {
    let mut known = Known {
        units: 5,
        ..Known::default()
    };
    let shifts = known
        .check_in(
            Kind::Goods,
            Checked {
                surplus: 4,
                ..Checked::default()
            },
        )
        .unwrap();
    assert!(shifts.is_empty());
    let mut settled = Settled {
        units: 4,
        ..Settled::default()
    };
    for (how, taken) in [
        (Resolution::Lost, false),
        (Resolution::Found, false),
        (Resolution::Kept, true),
        (Resolution::Given, true),
        (Resolution::Returned, true),
    ] {
        assert_eq!(
            resolve(&mut settled, Wrong::Surplus, how, 1).is_ok(),
            taken,
            "{how:?}"
        );
    }
    assert_eq!(settled.open(), 1);
    assert!(resolve(&mut settled, Wrong::Surplus, Resolution::Kept, 2).is_err());
}

#[test]
fn what_is_gone_is_needed_again_only_as_far_as_it_is_gone() {
    let mut settled = Settled {
        units: 5,
        lost: 2,
        returned: 3,
        ..Settled::default()
    };
    assert!(need_again(&mut settled, 6).is_err());
    assert_eq!(need_again(&mut settled, 4).unwrap(), (2, 2));
    assert_eq!(need_again(&mut settled, 1).unwrap(), (0, 1));
    assert!(need_again(&mut settled, 1).is_err());
}

#[test]
fn a_stage_follows_only_from_those_before_it() {
    for stage in [
        Stage::Requested,
        Stage::Accepted,
        Stage::OnHold,
        Stage::Rejected,
        Stage::Withdrawn,
        Stage::Dispatched,
        Stage::Closed,
    ] {
        assert!(next(stage, stage).is_err(), "{stage:?}");
        assert_eq!(
            next(stage, Stage::Dispatched).is_ok(),
            stage == Stage::Accepted
        );
        assert!(next(Stage::Closed, stage).is_err() && next(Stage::Withdrawn, stage).is_err());
        assert_eq!(
            may_receive(stage).is_ok(),
            !matches!(stage, Stage::Rejected | Stage::Withdrawn | Stage::Closed)
        );
    }
    assert!(next(Stage::OnHold, Stage::Accepted).is_ok());
    assert!(next(Stage::Dispatched, Stage::Rejected).is_err());
}

#[test]
fn standing_follows_from_what_was_received() {
    let counts = |good, damaged, open| Counts {
        units: 10,
        arrived: 0,
        checked: Checked {
            good,
            damaged,
            ..Checked::default()
        },
        confirmed: good,
        disputed: open,
        open_discrepancies: open,
    };
    for (stage, counts, standing_is) in [
        (Stage::Requested, counts(0, 0, 0), Standing::Requested),
        (Stage::Requested, counts(4, 0, 0), Standing::PartlyReceived),
        (Stage::Accepted, counts(0, 0, 0), Standing::Accepted),
        (Stage::Dispatched, counts(0, 0, 0), Standing::Dispatched),
        (
            Stage::Dispatched,
            counts(4, 1, 1),
            Standing::DiscrepancyOpen,
        ),
        (Stage::Dispatched, counts(9, 1, 0), Standing::Received),
        (Stage::Rejected, counts(0, 0, 0), Standing::Rejected),
        (Stage::Closed, counts(10, 0, 0), Standing::Closed),
    ] {
        assert_eq!(standing(stage, &counts), standing_is);
    }
    let arrived = Counts {
        arrived: 10,
        ..counts(0, 0, 0)
    };
    assert_eq!(standing(Stage::Dispatched, &arrived), Standing::Arrived);
    assert_eq!(Standing::Arrived.code_for(Kind::Service), "given");
    assert_eq!(Standing::Dispatched.code_for(Kind::Access), "opened");
    assert!(may_close(&counts(10, 0, 0)).is_ok());
    assert!(may_close(&counts(9, 0, 0)).is_err());
    assert!(may_close(&counts(9, 1, 1)).is_err());
}

#[test]
fn time_makes_overdue_and_nothing_else() {
    let day = |text| Day::parse(text).unwrap();
    let open = Counts {
        units: 10,
        ..Counts::default()
    };
    let (planned, later) = (day("2026-12-01"), day("2026-12-02"));
    assert!(!is_overdue(Stage::Accepted, &open, planned, planned));
    assert!(is_overdue(Stage::Accepted, &open, planned, later));
    assert!(!is_overdue(Stage::Withdrawn, &open, planned, later));
    let all = Counts {
        checked: Checked {
            good: 10,
            ..Checked::default()
        },
        ..open
    };
    assert!(!is_overdue(Stage::Dispatched, &all, planned, later));
}

#[test]
fn a_proof_is_a_picture_or_a_paper() {
    for (mime, name, good) in [
        ("image/jpeg", "a", true),
        ("application/octet-stream", "IMG_1.HEIC", true),
        ("application/pdf", "a", true),
        ("image/svg+xml", "a.svg", false),
        ("text/html", "a.html", false),
    ] {
        assert_eq!(is_proof("photo", mime, name).is_ok(), good, "{mime} {name}");
    }
}

#[test]
fn schools_are_read_line_by_line() {
    let read = schools("0801\n 0802 25 \n\n0803;7\n").unwrap();
    assert_eq!(
        read,
        [
            ("0801".to_owned(), None),
            ("0802".to_owned(), Some(25)),
            ("0803".to_owned(), Some(7))
        ]
    );
    for wrong in ["0801 many", "0801 0", "0801 1 2"] {
        assert!(schools(wrong).is_err(), "{wrong}");
    }
    assert!(schools("").unwrap().is_empty());
}
