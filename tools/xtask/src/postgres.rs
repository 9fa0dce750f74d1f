//! A PostgreSQL of the tests' own: made, started and thrown away.

use crate::run::{self, Outcome};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// A running server; it stops when this is dropped.
pub struct Server {
    pub url: String,
    bin: PathBuf,
    dir: PathBuf,
}

impl Server {
    /// Starts a fresh server, installing PostgreSQL when it is missing.
    pub fn start() -> Result<Self, String> {
        let bin = match programs() {
            Some(bin) => bin,
            None => {
                run::apt(&["postgresql"], "the tests on PostgreSQL")?;
                programs().ok_or("PostgreSQL was installed but initdb is not found")?
            }
        };
        let dir = std::env::temp_dir().join(format!("harambee-pg-{}", std::process::id()));
        std::fs::create_dir_all(&dir).map_err(|e| format!("{}: {e}", dir.display()))?;
        if is_root() {
            // PostgreSQL refuses to run as root.
            run::run(Command::new("chown").arg("postgres").arg(&dir))?;
        }
        let data = dir.join("data");
        quiet(as_user(&bin.join("initdb")).arg("-D").arg(&data).args([
            "-U",
            "postgres",
            "-A",
            "trust",
            "-E",
            "UTF8",
            "--locale=C",
            "--no-sync",
        ]))?;
        let port = free_port()?;
        let options = format!(
            "-p {port} -c listen_addresses=127.0.0.1 -c unix_socket_directories='' \
             -c fsync=off -c synchronous_commit=off -c full_page_writes=off -c max_connections=400"
        );
        quiet(
            as_user(&bin.join("pg_ctl"))
                .arg("-D")
                .arg(&data)
                .arg("-l")
                .arg(dir.join("log"))
                .args(["-w", "-o", &options, "start"]),
        )?;
        Ok(Self {
            url: format!("postgres://postgres@127.0.0.1:{port}/postgres"),
            bin,
            dir,
        })
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let data = self.dir.join("data");
        let stop = quiet(as_user(&self.bin.join("pg_ctl")).arg("-D").arg(data).args([
            "-m",
            "immediate",
            "stop",
        ]));
        if let Err(error) = stop {
            eprintln!("{error}");
        }
        let _ = std::fs::remove_dir_all(&self.dir);
    }
}

fn programs() -> Option<PathBuf> {
    let mut found: Vec<PathBuf> = std::fs::read_dir("/usr/lib/postgresql")
        .into_iter()
        .flatten()
        .flatten()
        .map(|version| version.path().join("bin"))
        .filter(|bin| bin.join("initdb").is_file())
        .collect();
    found.sort();
    found
        .pop()
        .or_else(|| run::find("initdb").and_then(|p| p.parent().map(Path::to_owned)))
}

fn is_root() -> bool {
    run::read(Command::new("id").arg("-u")).is_ok_and(|id| id.trim() == "0")
}

fn as_user(program: &Path) -> Command {
    if is_root() {
        let mut command = Command::new("setpriv");
        command
            .args(["--reuid=postgres", "--regid=postgres", "--clear-groups"])
            .arg(program);
        command.current_dir("/");
        command
    } else {
        Command::new(program)
    }
}

fn quiet(command: &mut Command) -> Outcome {
    run::run(command.stdout(Stdio::null()))
}

fn free_port() -> Result<u16, String> {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").map_err(|e| e.to_string())?;
    listener
        .local_addr()
        .map(|address| address.port())
        .map_err(|e| e.to_string())
}
