//! Totals over many claims: `cargo run --release -p reports --example fold [claims]`.
//! Says CPU seconds of this process and the most memory it held.

use reports::interval::{Counts, EVERYBODY, Record, Tree, UNBOUNDED, fold};

const PLACES: u32 = 20_000;

/// A number that looks random and is the same every time.
fn mixed(seed: u64) -> u64 {
    let mut x = seed.wrapping_add(0x9e37_79b9_7f4a_7c15);
    x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    x ^ (x >> 31)
}

fn below(seed: u64, most: u64) -> u32 {
    u32::try_from(mixed(seed) % most).unwrap_or(0)
}

fn main() {
    let claims: u32 = std::env::args()
        .nth(1)
        .and_then(|n| n.parse().ok())
        .unwrap_or(1_000_000);
    let mut tree = Tree::default();
    for place in 1..=PLACES {
        // 200 countries, each with a hundred districts.
        let at = tree.add(if place <= 200 { 0 } else { place % 200 + 1 });
        if place % 3 == 0 {
            tree.populate(at, EVERYBODY, if place <= 200 { 4_000_000 } else { 40_000 });
        }
    }
    let record = |nth: u32| {
        let seed = u64::from(nth);
        let low = i64::from(below(seed, 900));
        let from = 20_000 + 90 * i32::try_from(mixed(seed ^ 6) % 12).unwrap_or(0);
        Record {
            // One in ten was received before.
            print: u128::from(if nth % 10 == 9 {
                mixed(seed - 1)
            } else {
                mixed(seed)
            }),
            activity: mixed(seed ^ 2) % 100_000,
            nth,
            place: below(seed ^ 3, u64::from(PLACES)) + 1,
            group: u16::try_from(mixed(seed ^ 4) % 4).unwrap_or(0),
            contested: nth.is_multiple_of(1_000),
            about: nth.is_multiple_of(50),
            from,
            to: from + 90,
            low,
            high: if nth.is_multiple_of(20) {
                UNBOUNDED
            } else {
                low
            },
        }
    };
    for counts in [Counts::Distinct, Counts::Additive] {
        let before = gauge::thread_seconds();
        let total = fold(counts, (0..claims).map(record), &tree);
        println!(
            "{counts:?}: {claims} claims in {:.2} CPU s; {total:?}",
            gauge::thread_seconds() - before
        );
    }
    println!("at most {:.0} MB in memory", gauge::peak_mb());
}
