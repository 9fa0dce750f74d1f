//! The furniture of a new room, so that every room stands alike.

use crate::run::{Outcome, root};
use std::fs;

/// Writes `FLOOR/NAME`: manifest, README, words, door and a first rule with its test.
pub fn run(path: &str) -> Outcome {
    let (floor, name) = path
        .split_once('/')
        .ok_or("write it as FLOOR/NAME, such as coalition/visits")?;
    let floors = ["foundation", "commons", "coalition", "learning", "public"];
    if !floors.contains(&floor) || !name.bytes().all(|b| b.is_ascii_lowercase()) {
        return Err(format!(
            "FLOOR is one of {floors:?}, NAME is lower-case letters"
        ));
    }
    let room = root().join(path);
    if room.exists() {
        return Err(format!("{path} stands already"));
    }
    let files = [
        ("Cargo.toml", MANIFEST.replace("NAME", name)),
        (
            "README.md",
            format!("# {name}\n\nPurpose, words, states, who may, tables, door.\n"),
        ),
        ("lang/en.ftl", format!("{name}-title = {name}\n")),
        ("lang/fr.ftl", format!("{name}-title = {name}\n")),
        ("lang/ar.ftl", format!("{name}-title = {name}\n")),
        ("src/lib.rs", LIB.replace("NAME", name)),
        ("src/rules.rs", RULES.to_owned()),
    ];
    for (file, text) in files {
        let target = room.join(file);
        let folder = target.parent().ok_or("no folder")?;
        fs::create_dir_all(folder).map_err(|e| e.to_string())?;
        fs::write(&target, text).map_err(|e| format!("{}: {e}", target.display()))?;
    }
    eprintln!(
        "{path} stands. Now: a line in the workspace's dependencies, one in app/src/rooms.rs, one in \
         tools/xtask/src/layers.rs."
    );
    Ok(())
}

const MANIFEST: &str = r#"[package]
name = "NAME"
edition.workspace = true
rust-version.workspace = true
version.workspace = true
license.workspace = true
publish.workspace = true

[dependencies]
base = { workspace = true }
db = { workspace = true }
ledger = { workspace = true }
web = { workspace = true }

[lints]
workspace = true
"#;

const LIB: &str = r#"//! What this room is for, in one sentence.

pub mod rules;

use base::Lang;
use web::Room;

/// The room's words.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// The room as the site knows it.
pub fn room() -> Room {
    Room { name: "NAME", words: WORDS, ..Room::default() }
}
"#;

const RULES: &str = r#"//! The decisions of this room. Rules never read the clock, the database or the web.

use base::{Refusal, Result};

/// Refuses what has no reason.
pub fn give_reason(reason: &str) -> Result<()> {
    if reason.trim().is_empty() { Err(Refusal::about("reason", "form-missing").into()) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_reason_is_mandatory() {
        assert!(give_reason(" ").is_err());
        assert!(give_reason("because").is_ok());
    }
}
"#;
