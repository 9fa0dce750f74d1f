//! Measuring: whole commands, pages and rooms, as processor time, bytes and memory, never as assertions.

use crate::run::{self, Outcome, cargo};
use std::path::PathBuf;
use std::process::Command;

/// What rooms measure by themselves: the word that chooses it, their example, its arguments.
const ROOMS: &[(&str, &str, &[&str])] = &[
    ("agreements", "drafts", &["1000", "100000"]),
    ("overlaps", "overlaps", &["100000"]),
    ("claims", "claims", &["1000000"]),
    ("totals", "fold", &["1000000"]),
    ("iati", "iati", &["100000"]),
    ("search", "searches", &["10000"]),
    ("roster", "roster", &["100000"]),
    ("answers", "measure", &["1000", "100000"]),
    ("statements", "ingest", &["file", "1000000"]),
    ("kills", "kill", &["file", "100"]),
];

/// The word for the program's size.
const SIZE: &str = "size";
/// The word for the one that is measured from outside, beside us; it is asked for by name.
const KOLIBRI: &str = "kolibri";
const KOLIBRI_VERSION: &str = "kolibri==0.19.5";

/// Runs the benchmarks of the app and of the rooms; words after `bench` choose some of them.
pub fn run(which: &[&str]) -> Outcome {
    let is_room =
        |word: &str| word == KOLIBRI || word == SIZE || ROOMS.iter().any(|room| room.0 == word);
    let of_app: Vec<&str> = which
        .iter()
        .filter(|word| !is_room(word))
        .copied()
        .collect();
    if which.is_empty() || !of_app.is_empty() {
        example("bench", &of_app)?;
    }
    for (name, program, args) in ROOMS {
        if which.is_empty() || which.contains(name) {
            println!("{name}:");
            example(program, args)?;
        }
    }
    if which.is_empty() || which.contains(&SIZE) {
        let program = program()?;
        let size = std::fs::metadata(program).map_err(|error| error.to_string())?;
        println!("size of the program: {} bytes", size.len());
    }
    if which.contains(&KOLIBRI) {
        beside_kolibri()?;
    }
    Ok(())
}

/// Kolibri and the release binary on this machine, in the same run, measured the same way.
fn beside_kolibri() -> Outcome {
    let script = run::root().join("stories/outside/kolibri.py");
    let wheels = std::env::temp_dir().join("harambee-kolibri");
    run::run(
        Command::new("python3")
            .args(["-m", "pip", "download", "--quiet", "--no-deps", "--dest"])
            .arg(&wheels)
            .arg(KOLIBRI_VERSION),
    )?;
    let wheel = std::fs::read_dir(&wheels)
        .map_err(|error| error.to_string())?
        .filter_map(Result::ok)
        .map(|entry| entry.path())
        .find(|path| path.extension().is_some_and(|end| end == "whl"))
        .ok_or("there is no wheel of Kolibri")?;
    let program = program()?;
    run::run(Command::new("python3").arg(script).arg(wheel).arg(program))
}

/// The program, built as its users build it.
fn program() -> Result<PathBuf, String> {
    run::run(cargo().args(["build", "--release", "--quiet", "--package", "harambee"]))?;
    Ok(run::target().join("release/harambee"))
}

/// Builds an example as the whole workspace has it, so that all share what they stand on, and runs it.
fn example(name: &str, args: &[&str]) -> Outcome {
    run::run(
        cargo()
            .args(["build", "--release", "--quiet", "--workspace"])
            .args(["--example", name]),
    )?;
    let program = run::target().join("release/examples").join(name);
    run::run(Command::new(program).current_dir(run::root()).args(args))
}
