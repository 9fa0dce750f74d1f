//! Running other programs, with words when they fail.

use std::path::PathBuf;
use std::process::{Command, Stdio};

/// What a step answers: nothing, or words about what went wrong.
pub type Outcome = Result<(), String>;

/// The root of the checkout it is run from: asked for when run, since checkouts may share a target folder.
pub fn root() -> PathBuf {
    let built = || env!("CARGO_MANIFEST_DIR").into();
    let here: PathBuf = std::env::var_os("CARGO_MANIFEST_DIR").map_or_else(built, Into::into);
    here.ancestors().nth(2).unwrap_or(&here).to_owned()
}

/// Runs a program to its end; its output is shown as it comes.
pub fn run(command: &mut Command) -> Outcome {
    let shown = show(command);
    eprintln!("$ {shown}");
    match command.status() {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(format!("{shown}: {status}")),
        Err(error) => Err(format!("{shown}: {error}")),
    }
}

/// Runs a program and answers what it printed.
pub fn read(command: &mut Command) -> Result<String, String> {
    let shown = show(command);
    let out = command
        .stderr(Stdio::inherit())
        .output()
        .map_err(|e| format!("{shown}: {e}"))?;
    if out.status.success() {
        Ok(String::from_utf8_lossy(&out.stdout).into_owned())
    } else {
        Err(format!("{shown}: {}", out.status))
    }
}

/// Whether a program can be found.
pub fn has(program: &str) -> bool {
    find(program).is_some()
}

/// Where a program stands.
pub fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|dir| dir.join(program))
        .find(|file| file.is_file())
}

/// The cargo that runs this.
pub fn cargo() -> Command {
    let mut command = Command::new(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()));
    command.current_dir(root());
    command
}

/// Installs Debian packages when root; else says what to install.
pub fn apt(packages: &[&str], what_for: &str) -> Outcome {
    let list = packages.join(" ");
    let root = read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0");
    if !root || !has("apt-get") {
        return Err(format!(
            "{what_for} needs these packages; install them first: {list}"
        ));
    }
    let install = |update: bool| {
        if update {
            run(Command::new("apt-get").args(["update", "-qq"]))?;
        }
        run(Command::new("apt-get")
            .env("DEBIAN_FRONTEND", "noninteractive")
            .args(["install", "-y", "-qq", "--no-install-recommends"])
            .args(packages)
            .stdout(Stdio::null()))
    };
    install(false).or_else(|_| install(true))
}

fn show(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words
        .map(|word| word.to_string_lossy().into_owned())
        .collect::<Vec<_>>()
        .join(" ")
}

/// Where cargo puts what it builds.
pub fn target() -> PathBuf {
    let said = read(cargo().args(["metadata", "--no-deps", "--format-version", "1"]));
    let said = said.unwrap_or_default();
    let named = said
        .split("\"target_directory\":\"")
        .nth(1)
        .and_then(|rest| rest.split('"').next());
    named.map_or_else(|| root().join("target"), PathBuf::from)
}
