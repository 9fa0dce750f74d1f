//! Measuring: whole commands and pages, as processor time, bytes and memory, never as assertions.

use crate::run::{self, Outcome, cargo};

/// Runs the benchmarks of the app; words after `bench` choose some of them.
pub fn run(which: &[&str]) -> Outcome {
    run::run(
        cargo()
            .args([
                "run",
                "--release",
                "--quiet",
                "--package",
                "harambee",
                "--example",
                "bench",
                "--",
            ])
            .args(which),
    )
}
