//! What the compiler cannot check: layers, who writes which table, sizes, files' first lines, the map.
//! Each finding names the rule and the cure.

use crate::layers;
use crate::run::{Outcome, root};
use std::path::{Path, PathBuf};

/// Lines of code a source file may have, its tests left out, before there must be a second one inside.
const FILE_LINES_MAX: usize = 900;

/// Looks at everything; every finding is printed before it fails.
pub fn look() -> Outcome {
    let mut found = Vec::new();
    for room in rooms() {
        layers_of(&room, &mut found);
        room_has_furniture(&room, &mut found);
        for file in sources(&room.join("src")) {
            look_at(&room, &file, &mut found);
        }
    }
    the_map(&mut found);
    for finding in &found {
        eprintln!("tidy: {finding}");
    }
    if found.is_empty() {
        eprintln!("tidy: nothing to say");
        Ok(())
    } else {
        Err(format!("{} findings", found.len()))
    }
}

/// The folders of all rooms.
pub fn rooms() -> Vec<PathBuf> {
    let mut all = Vec::new();
    for floor in ["foundation", "commons", "coalition", "public"] {
        let entries = std::fs::read_dir(root().join(floor))
            .into_iter()
            .flatten()
            .flatten();
        all.extend(
            entries
                .map(|e| e.path())
                .filter(|path| path.join("Cargo.toml").is_file()),
        );
    }
    all.sort();
    all
}

fn name(path: &Path) -> String {
    path.file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default()
}

fn short(path: &Path) -> String {
    path.strip_prefix(root())
        .unwrap_or(path)
        .display()
        .to_string()
}

fn layers_of(room: &Path, found: &mut Vec<String>) {
    let own = name(room);
    let manifest = std::fs::read_to_string(room.join("Cargo.toml")).unwrap_or_default();
    let dependencies = manifest
        .split("[dev-dependencies]")
        .next()
        .unwrap_or_default();
    for line in dependencies
        .lines()
        .filter(|line| line.contains("workspace = true"))
    {
        let other = line.split(['=', '.']).next().unwrap_or_default().trim();
        if layers::RIVER.iter().any(|(known, _)| *known == other)
            && layers::may_use(&own, other) == Some(false)
        {
            found.push(format!(
                "{own} uses {other}, which lies downstream of it. Move what is shared upstream, fill \
                 a slot, or read the ledger."
            ));
        }
    }
    if layers::may_use(&own, "base").is_none() {
        found.push(format!(
            "{own} is not in tools/xtask/src/layers.rs. Say there whom it may use."
        ));
    }
}

fn room_has_furniture(room: &Path, found: &mut Vec<String>) {
    match std::fs::read_to_string(room.join("README.md")) {
        Err(_) => found.push(format!(
            "{} has no README.md. Say what it is for.",
            short(room)
        )),
        Ok(text) if text.lines().count() > 60 => {
            found.push(format!(
                "{}/README.md is longer than 60 lines. Shorten it.",
                short(room)
            ));
        }
        Ok(_) => {}
    }
    let migrations = std::fs::read_dir(room.join("migrations"))
        .into_iter()
        .flatten()
        .flatten();
    for file in migrations.map(|e| e.path()) {
        let text = file.display().to_string();
        if text.ends_with(".sql")
            && !text.ends_with(".data.sql")
            && !Path::new(&text.replace(".sql", ".data.sql")).is_file()
        {
            found.push(format!(
                "{} has no sample rows. Write a .data.sql beside it.",
                short(&file)
            ));
        }
    }
}

fn sources(dir: &Path) -> Vec<PathBuf> {
    let mut all = Vec::new();
    for entry in std::fs::read_dir(dir).into_iter().flatten().flatten() {
        let path = entry.path();
        if path.is_dir() {
            all.extend(sources(&path));
        } else if path.extension().is_some_and(|e| e == "rs") {
            all.push(path);
        }
    }
    all.sort();
    all
}

fn look_at(room: &Path, file: &Path, found: &mut Vec<String>) {
    let text = std::fs::read_to_string(file).unwrap_or_default();
    let place = short(file);
    if !text.starts_with("//!") {
        found.push(format!(
            "{place} does not begin with a `//!` sentence that says what it is for."
        ));
    }
    let code = text
        .split("#[cfg(test)]\nmod tests")
        .next()
        .unwrap_or_default();
    if code.lines().count() > FILE_LINES_MAX {
        found.push(format!(
            "{place} has more than {FILE_LINES_MAX} lines. Is there a second file inside?"
        ));
    }
    if name(room) != "db" && (text.contains("rusqlite") || text.contains("tokio_postgres")) {
        found.push(format!(
            "{place} names a database driver. Only foundation/db may."
        ));
    }
    if name(file).starts_with("rules") {
        for word in ["async fn", "askama", "&mut Tx", ".now()"] {
            if text.contains(word) {
                found.push(format!(
                    "{place} holds `{word}`. Rules are pure: move it to acts or pages."
                ));
            }
        }
    }
    for (number, line) in text.lines().enumerate() {
        let upper = line.trim_start();
        for word in ["NOW()", "ILIKE ", "SERIAL,", " OFFSET "] {
            if upper.contains(word) && upper.contains('"') {
                found.push(format!(
                    "{place}:{}: `{}` is not in the common SQL.",
                    number + 1,
                    word.trim()
                ));
            }
        }
    }
}

fn the_map(found: &mut Vec<String>) {
    for page in [
        "README.md",
        "ARCHITECTURE.md",
        "CONTRIBUTING.md",
        "CHANGELOG.md",
        "docs/glossary.md",
    ] {
        let text = match std::fs::read_to_string(root().join(page)) {
            Ok(text) => text,
            Err(_) => {
                found.push(format!("{page} is missing."));
                continue;
            }
        };
        for path in text.split('`').skip(1).step_by(2) {
            let looks = path.contains('/')
                && !path.contains([' ', '{', '*', '<', ':'])
                && !path.starts_with(['/', '-']);
            let first = path.split('/').next().unwrap_or_default();
            let ours = [
                "foundation",
                "commons",
                "coalition",
                "public",
                "app",
                "stories",
                "tools",
                "docs",
                "data",
            ];
            if looks && ours.contains(&first) && !root().join(path).exists() {
                found.push(format!("{page} names {path}, which does not exist."));
            }
        }
    }
}
