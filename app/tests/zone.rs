//! The program keeps the zone it is told, or the machine's; what was written by one holds by another.
#![allow(clippy::unwrap_used, reason = "a test that goes wrong ends here")]

use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

/// A folder that goes when the test does.
struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("harambee-{name}-{}", std::process::id()));
        let _ = std::fs::remove_dir_all(&path);
        Self(path)
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn harambee(data: &Path, zone: (&str, &str), words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_harambee"));
    for name in [
        "TZ",
        "HARAMBEE_TIME_ZONE",
        "HARAMBEE_DATABASE",
        "HARAMBEE_URL",
    ] {
        command.env_remove(name);
    }
    command.env(zone.0, zone.1).env("HARAMBEE_DATA", data);
    command.env("HARAMBEE_LISTEN", "127.0.0.1:0").args(words);
    command
}

fn run(data: &Path, zone: (&str, &str), words: &[&str]) -> Output {
    harambee(data, zone, words).output().unwrap()
}

#[test]
fn what_was_written_by_one_zone_holds_by_another() {
    let data = Folder::new("zones");
    let add = [
        "account",
        "add",
        "--email",
        "olga@example.org",
        "--name",
        "Olga Osei",
        "--role",
        "administrator",
    ];
    let made = run(&data.0, ("TZ", "Pacific/Kiritimati"), &add);
    assert!(made.status.success(), "{made:?}");
    for zone in ["America/Lima", "Pacific/Kiritimati", "<+08>-8"] {
        let zone = ("HARAMBEE_TIME_ZONE", zone);
        let checked = run(&data.0, zone, &["check", "--replay"]);
        assert!(checked.status.success(), "{checked:?}");
    }
    for zone in [
        ("TZ", "Pacific/Kiritimati"),
        ("HARAMBEE_TIME_ZONE", "<+08>-8"),
    ] {
        let mut child = harambee(&data.0, zone, &["serve"]);
        let mut child = child.stderr(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        let mut said = BufReader::new(child.stderr.take().unwrap());
        said.read_line(&mut line).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(
            line.contains(&format!("by the time of {}", zone.1)),
            "{line}"
        );
    }
}

#[test]
fn nothing_starts_by_the_time_of_nowhere() {
    let data = Folder::new("nowhere");
    for name in ["TZ", "HARAMBEE_TIME_ZONE"] {
        let refused = run(&data.0, (name, "Pacific/Fidschi"), &["check"]);
        assert!(!refused.status.success());
        let said = String::from_utf8_lossy(&refused.stderr);
        assert!(said.contains("«Pacific/Fidschi»"), "{said}");
        assert!(said.contains("such as Pacific/Fiji"), "{said}");
    }
    assert!(!data.0.exists(), "nothing was made");
}
