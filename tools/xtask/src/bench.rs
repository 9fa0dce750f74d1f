//! Measuring: whole commands, pages and rooms, as processor time, bytes and memory, never as assertions.

use crate::run::{self, Outcome, cargo};

/// What rooms measure by themselves: the word that chooses it, the crate, its example, its arguments.
const ROOMS: &[(&str, &str, &str, &[&str])] = &[
    ("agreements", "agreements", "bench", &["1000", "100000"]),
    ("overlaps", "deployments", "overlaps", &["100000"]),
    ("claims", "evidence", "claims", &["1000000"]),
    ("totals", "reports", "fold", &["1000000"]),
    ("iati", "publications", "iati", &["100000"]),
    ("search", "resources", "searches", &["10000"]),
    ("roster", "classes", "roster", &["100000"]),
    ("answers", "progress", "measure", &[]),
];

/// Runs the benchmarks of the app and of the rooms; words after `bench` choose some of them.
pub fn run(which: &[&str]) -> Outcome {
    let is_room = |word: &str| ROOMS.iter().any(|room| room.0 == word);
    let of_app: Vec<&str> = which
        .iter()
        .filter(|word| !is_room(word))
        .copied()
        .collect();
    if which.is_empty() || !of_app.is_empty() {
        example("harambee", "bench", &of_app)?;
    }
    for (name, package, program, args) in ROOMS {
        if which.is_empty() || which.contains(name) {
            println!("{name}:");
            example(package, program, args)?;
        }
    }
    Ok(())
}

fn example(package: &str, name: &str, args: &[&str]) -> Outcome {
    run::run(
        cargo()
            .args(["run", "--profile", "measure", "--quiet"])
            .args(["--package", package, "--example", name, "--"])
            .args(args),
    )
}
