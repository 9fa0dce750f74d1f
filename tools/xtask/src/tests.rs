//! All tests, in the order of their cost: format and tidy, Rust on both databases, the API's
//! description and a fuzzer against it, a real browser. Nothing is skipped.

use crate::operations;
use crate::postgres::Server;
use crate::run::{self, Outcome, cargo, root, run};
use crate::tidy;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};

/// Passes all tests or says what failed.
pub fn all() -> Outcome {
    run(cargo().args(["fmt", "--all", "--check"]))?;
    tidy::look()?;
    let server = Server::start()?;
    run(cargo()
        .args(["test", "--workspace", "--all-targets", "--no-fail-fast"])
        .env("HARAMBEE_TEST_PG", &server.url))?;
    drop(server);
    run(cargo().args([
        "clippy",
        "--workspace",
        "--all-targets",
        "--",
        "-D",
        "warnings",
    ]))?;
    outside()
}

/// What is tested from outside, against the demo as a person starts it.
fn outside() -> Outcome {
    let tools = tools()?;
    run(cargo().args(["build", "--release", "--package", "harambee"]))?;
    let binary = run::target().join("release/harambee");
    operations::all(&binary)?;
    let demo = Demo::start(&binary)?;
    run(Command::new("node")
        .arg(tools.join("pages.mjs"))
        .arg(&demo.line)
        .env("HARAMBEE_BINARY", &binary)
        .env("HARAMBEE_DATA", &demo.dir)
        .current_dir(&tools))?;
    let python = || {
        let mut python = Command::new(tools.join("venv/bin/python"));
        python.current_dir(&tools);
        python
    };
    run(python().arg(tools.join("validate.py")).arg(demo.url()?))?;
    run(python().arg(tools.join("api.py")).arg(&demo.line))
}

/// Chromium, Node and Python with what the outside tests use, installed when missing.
fn tools() -> Result<PathBuf, String> {
    let dir = root().join("stories/outside");
    let mut missing = Vec::new();
    for (program, package) in [
        ("chromium", "chromium"),
        ("node", "nodejs"),
        ("npm", "npm"),
        ("python3", "python3-venv"),
    ] {
        if !run::has(program) {
            missing.push(package);
        }
    }
    if !missing.is_empty() {
        run::apt(&missing, "the tests in a browser and of the API")?;
    }
    run(Command::new("npm")
        .args(["ci", "--ignore-scripts", "--no-audit", "--no-fund"])
        .current_dir(&dir))?;
    if !dir.join("venv/bin/python").is_file() {
        let venv = |clear: bool| {
            let mut command = Command::new("python3");
            command
                .args(["-m", "venv"])
                .args(clear.then_some("--clear"))
                .arg("venv");
            run(command.current_dir(&dir))
        };
        if venv(false).is_err() {
            run::apt(&["python3-venv"], "the tests of the API")?;
            venv(true)?;
        }
    }
    run(Command::new(dir.join("venv/bin/python"))
        .args([
            "-m",
            "pip",
            "install",
            "--quiet",
            "--requirement",
            "requirements.txt",
        ])
        .current_dir(&dir))?;
    Ok(dir)
}

/// A running demo on a free port, with data of its own.
struct Demo {
    child: Child,
    dir: PathBuf,
    /// The JSON line it printed when ready.
    line: String,
}

impl Demo {
    fn start(binary: &Path) -> Result<Self, String> {
        let dir = std::env::temp_dir().join(format!("harambee-demo-{}", std::process::id()));
        let mut child = Command::new(binary)
            .args(["demo", "--json", "--port", "0", "--data"])
            .arg(&dir)
            .stdout(Stdio::piped())
            .spawn()
            .map_err(|e| format!("the demo does not start: {e}"))?;
        let out = child.stdout.take().ok_or("the demo has no output")?;
        let line = BufReader::new(out)
            .lines()
            .map_while(Result::ok)
            .find(|l| l.contains("\"url\""));
        let line = line.ok_or("the demo ended before it was ready")?;
        Ok(Self { child, dir, line })
    }

    /// Where it serves.
    fn url(&self) -> Result<&str, String> {
        let named = self.line.split("\"url\":\"").nth(1);
        let url = named.and_then(|rest| rest.split('"').next());
        url.ok_or_else(|| "the demo does not say where it serves".to_owned())
    }
}

impl Drop for Demo {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}
