//! What it costs to bring a whole tree of stories in: processor time and memory.
//!
//! `cargo run --release -p resources --example stories -- TREE.tar.gz [postgres://…]`
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

use base::{Clock, Id, Moment};
use std::collections::BTreeMap;

/// Processor time of this process, in seconds.
fn processor() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let after = stat.rsplit(')').next().unwrap_or_default();
    let ticks: f64 = after
        .split_whitespace()
        .skip(11)
        .take(2)
        .filter_map(|n| n.parse::<f64>().ok())
        .sum();
    ticks / 100.0
}

/// The most memory this process has held.
fn most_memory() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find(|line| line.starts_with("VmHWM"));
    line.unwrap_or_default().to_owned()
}

fn main() {
    let mut args = std::env::args().skip(1);
    let tree = args.next().unwrap();
    let dir = std::env::temp_dir().join(format!("stories-{}", base::Uuid::new_v4()));
    std::fs::create_dir_all(&dir).unwrap();
    let url = args
        .next()
        .unwrap_or_else(|| format!("sqlite:{}", dir.join("library.db").display()));
    let rooms = people::testing::rooms(vec![places::room(), curricula::room(), resources::room()]);
    let runtime = tokio::runtime::Runtime::new().unwrap();
    let _inside = runtime.enter();
    let db = db::Db::open(&url, &web::site::migrations(&rooms)).unwrap();
    let bench = jobs::Bench {
        db: db.clone(),
        files: files::Files::open(&dir.join("files")).unwrap(),
        clock: Clock::at(Moment::from_micros(1_800_000_000_000_000)),
        stopping: Default::default(),
    };
    println!("before: {}", most_memory());
    for turn in ["first", "again"] {
        let (before, clock) = (processor(), std::time::Instant::now());
        let people = (
            Id::named("account", "olga"),
            Some(Id::named("account", "rita")),
        );
        let tree = std::path::Path::new(&tree);
        let done = resources::import_storybook(&bench, tree, "KE", people).unwrap();
        println!(
            "{turn}: {} added, {} known, {} refused; {:.2} s of processor, {:.1} s; {}",
            done.added,
            done.known,
            done.refused.len(),
            processor() - before,
            clock.elapsed().as_secs_f64(),
            most_memory()
        );
        for (path, why) in &done.refused {
            println!("  {path}: {why}");
        }
    }
    let wanted = resources::Search {
        limit: 1,
        ..resources::Search::default()
    };
    let found = db
        .read_now(move |tx| resources::search(tx, &wanted))
        .unwrap();
    let facet = |name: &str| found.facets.get(name).cloned().unwrap_or_default();
    println!("{} in {} languages", found.total, facet("lang").len());
    let licences: BTreeMap<String, i64> = facet("licence");
    println!("{licences:?}");
    drop((bench, db));
    std::fs::remove_dir_all(dir).unwrap();
}
