//! What an operator does, with the binary itself: the demo's outcome, verify with replay, keep, bring
//! back, move from one database to the other, verify again.

use crate::postgres::Server;
use crate::run::{self, Outcome, run};
use std::path::{Path, PathBuf};
use std::process::Command;

/// What the demo's outcome must hold.
const OUTCOME: &[&str] = &[
    "schools",
    "needs",
    "need_lines",
    "offers",
    "members",
    "agreements",
    "deployments",
    "received",
    "claims",
    "snapshot",
    "proposals",
    "quantity",
    "objective",
    "upper_bound",
    "gap",
    "counterfactual",
    "unserved",
    "gap_analysis",
    "ledger",
    "seconds",
];

/// Goes through all of it, in a folder of its own.
pub fn all(binary: &Path) -> Outcome {
    let dir = std::env::temp_dir().join(format!("harambee-operations-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&dir);
    std::fs::create_dir_all(&dir).map_err(|e| e.to_string())?;
    let outcome = steps(binary, &dir);
    let _ = std::fs::remove_dir_all(&dir);
    outcome
}

fn steps(binary: &Path, dir: &Path) -> Outcome {
    let demo = dir.join("demo");
    the_demo_says_what_came_of_it(binary, &demo)?;
    holds(binary, &demo, "")?;
    let kept = dir.join("kept.db");
    run(command(binary, &demo, "").arg("backup").arg(&kept))?;
    let back = dir.join("back");
    run(command(binary, &back, "").arg("restore").arg(&kept))?;
    holds(binary, &back, "")?;
    publishes(binary, &demo, &dir.join("data"))?;
    let server = Server::start()?;
    let from = format!("sqlite:{}", demo.join("harambee.db").display());
    run(Command::new(binary).args(["move-data", "--from", &from, "--to", &server.url]))?;
    holds(binary, &dir.join("moved"), &server.url)
}

fn the_demo_says_what_came_of_it(binary: &Path, data: &Path) -> Outcome {
    let line = run::read(
        Command::new(binary)
            .args(["demo", "--once", "--json", "--data"])
            .arg(data),
    )?;
    for name in OUTCOME {
        if !line.contains(&format!("\"{name}\":")) {
            return Err(format!("the demo's outcome does not hold {name}: {line}"));
        }
    }
    for fact in ["\"schools\":16733", "\"verified\":true", "\"members\":24"] {
        if !line.contains(fact) {
            return Err(format!("the demo's outcome does not say {fact}: {line}"));
        }
    }
    Ok(())
}

/// `publish all` writes every format, and its own validators find nothing.
fn publishes(binary: &Path, data: &Path, out: &Path) -> Outcome {
    run(command(binary, data, "")
        .args(["publish", "all", "--out"])
        .arg(out))?;
    for name in [
        "iati/activities.xml",
        "ocds/releases.json",
        "hxl/3w.csv",
        "csv/datapackage.json",
        "manifest.json",
    ] {
        if !out.join(name).is_file() {
            return Err(format!("publish all did not write {name}"));
        }
    }
    Ok(())
}

/// `check --replay` finds nothing.
fn holds(binary: &Path, data: &Path, database: &str) -> Outcome {
    run(command(binary, data, database).args(["check", "--replay"]))
}

fn command(binary: &Path, data: &Path, database: &str) -> Command {
    let mut command = Command::new(binary);
    command
        .env("HARAMBEE_DATA", PathBuf::from(data))
        .env("HARAMBEE_DATABASE", database);
    command
}
