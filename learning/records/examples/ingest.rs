//! What it costs to keep a statement: `ingest [DATABASE-URL|file] [UNTIL] [CLIENTS]`.
//!
//! Answers come one by one from many clients at once, then in batches, until so many are stored;
//! each line tells what the last part cost: CPU and bytes written for one statement, its waiting
//! time, and how long it takes to find a learner's last twenty.

use base::{Clock, Id};
use records::{Answered, Mode, Search};
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Instant;

const LEARNERS: u64 = 10_000;
const ITEMS: u64 = 1_000;

fn answer(n: u64, clock: &Clock) -> Answered {
    let learner = (n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) % LEARNERS;
    let item = (n.wrapping_mul(0xc2b2_ae3d_27d4_eb4f) >> 32) % ITEMS;
    Answered {
        id: Id::new(clock.now()),
        learner: Id::named("learner", &learner.to_string()),
        item: Id::named("item", &item.to_string()),
        lesson: Some(Id::named("lesson", &(item / 6).to_string())),
        competency: Some(Id::named("competency", &(item / 12).to_string())),
        assignment: None,
        mode: Mode::Web,
        response: "b".to_owned(),
        score: Some(1.0),
        success: Some(true),
        seconds: Some(12),
        at: clock.now(),
        entered_by: None,
        corrects: None,
    }
}

/// Seconds of CPU this process has used, and bytes it has written.
fn used() -> (f64, f64) {
    (gauge::cpu_seconds(), gauge::written_bytes())
}

#[expect(clippy::cast_precision_loss, reason = "a measurement")]
fn tell(what: &str, stored: u64, count: u64, before: (f64, f64), since: Instant, worst: u64) {
    let (now, n) = (used(), count.max(1) as f64);
    println!(
        "{what:8} stored {stored:>9}  {:>7.4} ms CPU  {:>7.0} bytes written  {:>8.0}/s  worst {:>6.1} ms",
        (now.0 - before.0) * 1000.0 / n,
        (now.1 - before.1) / n,
        n / since.elapsed().as_secs_f64(),
        worst as f64 / 1000.0,
    );
}

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let mut args = std::env::args().skip(1);
    let file = db::testing::File::new();
    let url = args.next().filter(|word| word != "file");
    let url = url.unwrap_or_else(|| file.url());
    let until: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(100_000);
    let clients: u64 = args.next().and_then(|n| n.parse().ok()).unwrap_or(64);
    let db = db::Db::open(&url, records::MIGRATIONS)?;
    let clock = Clock::Machine;
    let number = Arc::new(AtomicU64::new(0));
    let part = (until / 10).max(1_000);
    let mut stored = 0;
    while stored < until {
        let single = part.min(20_000);
        let (before, since) = (used(), Instant::now());
        let worst = Arc::new(AtomicU64::new(0));
        let mut tasks = Vec::new();
        for _ in 0..clients {
            let (db, clock) = (db.clone(), clock.clone());
            let (number, worst) = (number.clone(), worst.clone());
            tasks.push(tokio::spawn(async move {
                for _ in 0..single / clients {
                    let one = answer(number.fetch_add(1, Ordering::Relaxed), &clock);
                    let (begun, now) = (Instant::now(), clock.now());
                    let kept = db.write(move |tx| records::append_answer(tx, &one, now));
                    kept.await?;
                    let micros = u64::try_from(begun.elapsed().as_micros()).unwrap_or(0);
                    worst.fetch_max(micros, Ordering::Relaxed);
                }
                Ok::<(), base::Error>(())
            }));
        }
        for task in tasks {
            task.await??;
        }
        let count = single / clients * clients;
        stored += count;
        tell(
            "single",
            stored,
            count,
            before,
            since,
            worst.load(Ordering::Relaxed),
        );
        let (before, since) = (used(), Instant::now());
        let mut batched = 0;
        while batched < part.saturating_sub(single) {
            let first = number.fetch_add(1_000, Ordering::Relaxed);
            let many: Vec<Answered> = (first..first + 1_000).map(|n| answer(n, &clock)).collect();
            let now = clock.now();
            db.write(move |tx| records::append_answers(tx, &many, now))
                .await?;
            batched += 1_000;
        }
        stored += batched;
        if batched > 0 {
            tell("batched", stored, batched, before, since, 0);
        }
        let home = records::HOME;
        let (before, since) = (used(), Instant::now());
        for n in 0..1_000_u64 {
            let key = records::agent_key(home, Id::named("learner", &(n * 7).to_string()));
            db.read(move |tx| {
                let search = Search {
                    keys: vec![(key, true)],
                    before: i64::MAX,
                    limit: 20,
                    ..Search::default()
                };
                records::find(tx, &search)
            })
            .await?;
        }
        tell("found 20", stored, 1_000, before, since, 0);
    }
    println!("memory at most {:.0} MB", gauge::peak_mb());
    let (searched, counted) = db
        .read(|tx| {
            let (mut searched, mut counted) = (0_usize, 0_usize);
            let some: Vec<Id> = (0..300_u64)
                .map(|n| Id::named("learner", &n.to_string()))
                .collect();
            for learner in &some {
                searched += records::of_learner(tx, *learner, 0, 1_000_000)?.len();
            }
            let names: std::collections::BTreeSet<String> =
                some.iter().map(Id::to_string).collect();
            records::each_of(tx, records::Whose::Everything, &mut |text| {
                let name = text
                    .split("\"name\":\"")
                    .nth(1)
                    .and_then(|rest| rest.get(..36));
                counted += usize::from(name.is_some_and(|name| names.contains(name)));
                Ok(())
            })?;
            Ok((searched, counted))
        })
        .await?;
    println!("of 300 learners found {searched}, there are {counted}");
    let since = Instant::now();
    let total = db
        .read(move |tx| {
            let mut bytes = 0_usize;
            records::each_of(tx, records::Whose::Everything, &mut |text| {
                bytes += text.len();
                Ok(())
            })?;
            Ok(bytes)
        })
        .await?;
    println!(
        "exported {total} bytes in {:.1} s, memory at most {:.0} MB",
        since.elapsed().as_secs_f64(),
        gauge::peak_mb()
    );
    Ok(())
}
