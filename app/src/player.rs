//! Installing the program that plays packages: from an archive or a folder the operator has.

use crate::config::Config;
use crate::open;
use base::{Clock, Error, Result};
use flate2::read::GzDecoder;
use formats::Package;
use launch::Player;
use serde_json::{Value, json};
use std::fs;
use std::io::{BufReader, Read};
use std::path::{Path, PathBuf};

/// Which packages a player plays.
#[derive(Clone, Copy, Debug, clap::ValueEnum)]
pub enum Kind {
    H5p,
}

/// Bytes of one file, and of all files that are read.
const MOST: (u64, u64) = (16 << 20, 64 << 20);
/// Files that are looked at.
const FILES: usize = 2_000;

/// A file of a player, by its name.
type Found = Vec<(String, Vec<u8>)>;

/// Installs a player, takes it out, or says which one is there; false when none is.
///
/// # Errors
/// A fault that says what cannot be read or what is missing.
pub fn run(config: &Config, file: Option<&Path>, remove: bool, as_json: bool) -> Result<bool> {
    let read = file.map(read).transpose()?;
    let site = open::site(config, Clock::Machine, None)?;
    if remove {
        site.db.write_now(launch::remove_player)?;
    }
    if let Some((version, found)) = read {
        let (inner, now) = (site.clone(), site.clock.now());
        site.db.write_now(move |tx| {
            launch::install_player(tx, &inner.files, (&version, &found), now)
        })?;
    }
    let player = site.db.read_now(launch::player)?;
    site.db.close();
    if as_json {
        let said = player
            .as_ref()
            .map(|one| json!({ "version": one.version, "bytes": one.bytes, "hash": one.hash }));
        println!("{}", json!({ "h5p": said }));
    } else {
        println!("{}", says(player.as_ref()));
    }
    Ok(remove || player.is_some())
}

/// What is installed, in a line.
pub fn says(player: Option<&Player>) -> String {
    player.map_or_else(
        || "no player for H5P".to_owned(),
        |one| {
            let kilo = (one.bytes + 999) / 1_000;
            format!(
                "player for H5P: {}, {kilo} kB to fetch at most",
                one.version
            )
        },
    )
}

/// The player in an archive or a folder: its version, and its files by their names beside `main.bundle.js`.
///
/// # Errors
/// A fault that says what cannot be read or what is missing.
pub fn read(from: &Path) -> Result<(String, Found)> {
    let fault = |why: String| Error::fault(format!("{}: {why}", from.display()));
    let all = if from.is_dir() {
        folder(from)
    } else {
        archive(from)
    }
    .map_err(|error| fault(error.to_string()))?;
    let version = all
        .iter()
        .filter(|(name, _)| name.rsplit('/').next() == Some("package.json"))
        .filter_map(|(_, bytes)| serde_json::from_slice::<Value>(bytes).ok())
        .find_map(|facts| {
            let name = facts.get("name")?.as_str()?;
            Some(format!("{name} {}", facts.get("version")?.as_str()?))
        });
    let start = all
        .iter()
        .filter_map(|(name, _)| name.strip_suffix("main.bundle.js"))
        .filter(|start| start.is_empty() || start.ends_with('/'))
        .min_by_key(|start| start.len())
        .unwrap_or_default()
        .to_owned();
    let found: Found = all
        .into_iter()
        .filter_map(|(name, bytes)| Some((name.strip_prefix(&start)?.to_owned(), bytes)))
        .collect();
    let lacks = launch::player_lacks(&found);
    if !lacks.is_empty() {
        return Err(fault(format!(
            "no player for H5P: {} missing; take the folder dist of h5p-standalone or what npm pack h5p-standalone writes",
            lacks.join(", ")
        )));
    }
    Ok((version.unwrap_or_else(|| "unknown".to_owned()), found))
}

fn archive(from: &Path) -> Result<Found> {
    let file = fs::File::open(from).map_err(Error::fault)?;
    let mut start = [0; 2];
    let mut file = BufReader::new(file);
    file.read_exact(&mut start).map_err(Error::fault)?;
    std::io::Seek::rewind(&mut file).map_err(Error::fault)?;
    match &start {
        b"PK" => zipped(file),
        [0x1f, 0x8b] => tarred(file),
        _ => Err(Error::fault("neither a .tgz nor a .zip")),
    }
}

fn zipped(file: BufReader<fs::File>) -> Result<Found> {
    let mut package = Package::over(file)?;
    if package.unpacked() > MOST.1 {
        return Err(Error::fault("too large for a player"));
    }
    let names: Vec<String> = package.names().take(FILES).map(str::to_owned).collect();
    let mut out = Found::new();
    for name in names {
        let bytes = package.read(&name)?;
        out.push((name, bytes));
    }
    Ok(out)
}

fn tarred(file: BufReader<fs::File>) -> Result<Found> {
    let mut archive = tar::Archive::new(GzDecoder::new(file).take(MOST.1));
    let mut out = Found::new();
    for entry in archive.entries().map_err(Error::fault)?.take(FILES) {
        let mut entry = entry.map_err(Error::fault)?;
        if !entry.header().entry_type().is_file() {
            continue;
        }
        let name = entry.path().map_err(Error::fault)?;
        let name = name.to_string_lossy().into_owned();
        let mut bytes = Vec::new();
        let mut part = entry.by_ref().take(MOST.0);
        part.read_to_end(&mut bytes).map_err(Error::fault)?;
        out.push((name, bytes));
    }
    Ok(out)
}

fn folder(from: &Path) -> Result<Found> {
    let mut out = Found::new();
    let mut open: Vec<PathBuf> = vec![from.to_owned()];
    let mut bytes_read = 0;
    while let Some(dir) = open.pop() {
        for entry in fs::read_dir(&dir).map_err(Error::fault)? {
            let path = entry.map_err(Error::fault)?.path();
            let facts = fs::symlink_metadata(&path).map_err(Error::fault)?;
            if facts.is_dir() {
                open.push(path);
                continue;
            }
            bytes_read += facts.len();
            if !facts.is_file() || out.len() >= FILES {
                continue;
            }
            if bytes_read > MOST.1 {
                return Err(Error::fault("too large for a player"));
            }
            let parts = path.strip_prefix(from).map_err(Error::fault)?.iter();
            let name: Vec<String> = parts.map(|p| p.to_string_lossy().into_owned()).collect();
            out.push((name.join("/"), fs::read(&path).map_err(Error::fault)?));
        }
    }
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use flate2::{Compression, write::GzEncoder};

    const WHOLE: [(&str, &str); 5] = [
        (
            "package/package.json",
            "{\"name\":\"h5p-standalone\",\"version\":\"3.8.2\"}",
        ),
        ("package/dist/main.bundle.js", "main"),
        ("package/dist/frame.bundle.js", "frame"),
        ("package/dist/styles/h5p.css", "style"),
        ("package/dist/fonts/h5p-core-30.woff2", "icons"),
    ];

    fn tgz(files: &[(&str, &str)]) -> Vec<u8> {
        let mut out = tar::Builder::new(GzEncoder::new(Vec::new(), Compression::fast()));
        for (name, text) in files {
            let mut header = tar::Header::new_gnu();
            header.set_size(text.len() as u64);
            header.set_mode(0o644);
            header.set_cksum();
            out.append_data(&mut header, name, text.as_bytes()).unwrap();
        }
        out.into_inner().unwrap().finish().unwrap()
    }

    fn zip(files: &[(&str, &str)]) -> Vec<u8> {
        let files = files.iter();
        let files: Found = files
            .map(|(name, text)| ((*name).to_owned(), text.as_bytes().to_vec()))
            .collect();
        formats::pack(&files).unwrap()
    }

    #[test]
    fn a_player_is_read_from_what_npm_writes_from_a_zip_and_from_a_folder() {
        let dir = std::env::temp_dir().join(format!("harambee-player-{}", base::Uuid::new_v4()));
        let spread = dir.join("spread");
        for (name, text) in WHOLE {
            let path = spread.join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, text).unwrap();
        }
        fs::write(dir.join("a.tgz"), tgz(&WHOLE)).unwrap();
        fs::write(dir.join("a.zip"), zip(&WHOLE)).unwrap();
        for from in ["a.tgz", "a.zip", "spread"] {
            let (version, mut found) = read(&dir.join(from)).unwrap();
            assert_eq!(version, "h5p-standalone 3.8.2", "{from}");
            found.sort();
            let names: Vec<&str> = found.iter().map(|(name, _)| name.as_str()).collect();
            let ours = [
                "fonts/h5p-core-30.woff2",
                "frame.bundle.js",
                "main.bundle.js",
                "styles/h5p.css",
            ];
            assert_eq!(names, ours, "{from}");
        }
        // The folder dist alone says no version.
        let (version, found) = read(&spread.join("package/dist")).unwrap();
        assert_eq!((version.as_str(), found.len()), ("unknown", 4));
        fs::write(dir.join("less.tgz"), tgz(&WHOLE[..2])).unwrap();
        let error = read(&dir.join("less.tgz")).unwrap_err().to_string();
        assert!(
            error.contains("less.tgz") && error.contains("frame.bundle.js, styles/h5p.css"),
            "{error}"
        );
        fs::write(dir.join("text"), "no archive").unwrap();
        let error = read(&dir.join("text")).unwrap_err().to_string();
        assert!(error.contains("neither a .tgz nor a .zip"), "{error}");
        fs::remove_dir_all(&dir).unwrap();
    }
}
