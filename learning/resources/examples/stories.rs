//! What it costs to bring a whole tree of stories in: processor time and memory.
//!
//! `cargo run --release -p resources --example stories -- TREE.tar.gz [postgres://…]`
#![expect(
    clippy::unwrap_used,
    reason = "a measurement that goes wrong ends here"
)]

use base::{Clock, Id, Moment};
use gauge::{cpu_seconds, peak_mb};
use std::collections::BTreeMap;

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
    println!("before: at most {:.0} MB", peak_mb());
    for turn in ["first", "again"] {
        let (before, clock) = (cpu_seconds(), std::time::Instant::now());
        let people = (
            Id::named("account", "olga"),
            Some(Id::named("account", "rita")),
        );
        let tree = std::path::Path::new(&tree);
        let done = resources::import_storybook(&bench, tree, "KE", people).unwrap();
        println!(
            "{turn}: {} added, {} known, {} refused; {:.2} s of processor, {:.1} s; at most {:.0} MB",
            done.added,
            done.known,
            done.refused.len(),
            cpu_seconds() - before,
            clock.elapsed().as_secs_f64(),
            peak_mb()
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
