//! The command line: one binary, every part.

use clap::{Parser, Subcommand};
use harambee::{config::Config, import, matching, operate, player, serve};
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(
    name = "harambee",
    version,
    about = "The working platform of an education coalition"
)]
struct Line {
    /// The configuration file; `HARAMBEE_…` variables stand over it.
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    /// Answer as one JSON object where the command answers anything.
    #[arg(long, global = true)]
    json: bool,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Run the main job on real data and serve it, with a sign-in link for each role.
    Demo {
        /// The port to serve on; 0 takes a free one.
        #[arg(long, default_value_t = 8080)]
        port: u16,
        /// Where the demo keeps its data; a second start goes on where it was.
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
        /// Print the outcome and end.
        #[arg(long)]
        once: bool,
        /// The story was told by this program before it gave way to itself.
        #[arg(long, hide = true)]
        told: bool,
    },
    /// Serve.
    Serve,
    /// Match an instance with the solver alone.
    Match {
        /// A folder with meta.json, needs.csv, offers.csv and prior.csv.
        dir: PathBuf,
        /// Where allocation.csv, prices.csv and, after earlier matches, moved.csv go; the same folder when left out.
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// Stop when the plan is certainly this near the best, as a fraction.
        #[arg(long)]
        gap: Option<f64>,
        /// Stop after so many seconds of processor time.
        #[arg(long)]
        seconds: Option<f64>,
        /// Threads; the outcome is the same for any number.
        #[arg(long, default_value_t = 2)]
        threads: usize,
    },
    /// Read a file into the database: a dry run unless --yes is given.
    Import {
        /// What the file holds.
        kind: import::Kind,
        file: PathBuf,
        /// The country the file is about, ISO 3166-1 alpha-2.
        #[arg(long)]
        country: Option<String>,
        #[command(flatten)]
        purpose: import::Purpose,
        /// Really import; without it every row refused is listed and nothing is changed.
        #[arg(long)]
        yes: bool,
    },
    /// Write a list as CSV to standard output.
    Export {
        /// The path of a list, such as `needs` or `members`.
        kind: String,
    },
    /// Build releases of open data and write them into a folder, each with its hash and what the
    /// validators found. What says nothing new is the release before.
    Publish {
        /// Which format, or all of them.
        format: operate::PublishFormat,
        #[arg(long, value_name = "DIR")]
        out: PathBuf,
    },
    /// Copy the whole database into one file, while the server runs.
    Backup { file: PathBuf },
    /// Bring a backup back into an empty database.
    Restore { file: PathBuf },
    /// Copy everything from one database to another, empty one.
    MoveData {
        #[arg(long)]
        from: String,
        #[arg(long)]
        to: String,
    },
    /// Verify the ledger's chain, conservation and references.
    Check {
        /// Also rebuild the read state from the facts and compare.
        #[arg(long)]
        replay: bool,
    },
    /// The program that plays packages of a kind: says what is installed, or installs it from a file.
    Player {
        /// Which kind of packages.
        kind: player::Kind,
        /// An archive (.tgz, .zip) or a folder that holds the player, such as what `npm pack h5p-standalone` writes.
        file: Option<PathBuf>,
        /// Take the player out.
        #[arg(long, conflicts_with = "file")]
        remove: bool,
    },
    /// People's accounts.
    Account {
        #[command(subcommand)]
        act: operate::AccountAct,
    },
    /// Machine keys.
    Key {
        #[command(subcommand)]
        act: operate::KeyAct,
    },
}

fn main() -> ExitCode {
    let line = Line::parse();
    log();
    match run(&line) {
        Ok(true) => ExitCode::SUCCESS,
        Ok(false) => ExitCode::FAILURE,
        Err(error) => {
            eprintln!("harambee: {error}");
            ExitCode::FAILURE
        }
    }
}

fn log() {
    let wanted = std::env::var("HARAMBEE_LOG").unwrap_or_else(|_| "warn".to_owned());
    let filter = tracing_subscriber::EnvFilter::try_new(&wanted)
        .unwrap_or_else(|_| tracing_subscriber::EnvFilter::new("warn"));
    tracing_subscriber::fmt()
        .json()
        .with_env_filter(filter)
        .with_writer(std::io::stderr)
        .init();
}

/// Runs the command; false when it ran and found something wrong.
fn run(line: &Line) -> base::Result<bool> {
    if let Command::Demo {
        port,
        data,
        once,
        told,
    } = &line.command
    {
        let choice = harambee::demo::Choice {
            port: *port,
            data: data.clone(),
            once: *once,
            json: line.json,
            told: *told,
        };
        return harambee::demo::run(&choice).map(|()| true);
    }
    if let Command::Match {
        dir,
        out,
        gap,
        seconds,
        threads,
    } = &line.command
    {
        let choice = matching::Choice {
            gap: *gap,
            threads: *threads,
            seconds: *seconds,
        };
        let figures = matching::run(dir, out.as_ref().unwrap_or(dir), &choice)?;
        println!("{figures}");
        return Ok(true);
    }
    let config = Config::load(line.config.as_deref())?;
    config.zone()?.keep()?;
    match &line.command {
        Command::Demo { .. } | Command::Match { .. } => Ok(true),
        Command::Serve => {
            let site = harambee::open::site(&config, base::Clock::Machine, None)?;
            serve::serve(&site, config.socket()?, |address| {
                eprintln!(
                    "harambee serves on http://{address}, by the time of {}",
                    base::Zone::of_site().name()
                );
            })?;
            Ok(true)
        }
        Command::Import {
            kind,
            file,
            country,
            purpose,
            yes,
        } => {
            let of = import::Imported {
                kind: *kind,
                file,
                country: country.as_deref(),
                purpose,
            };
            import::file(&config, &of, *yes, line.json)
        }
        Command::Export { kind } => operate::export(&config, kind),
        Command::Publish { format, out } => operate::publish(&config, *format, out, line.json),
        Command::Backup { file } => operate::backup(&config, file),
        Command::Restore { file } => operate::restore(&config, file),
        Command::MoveData { from, to } => operate::move_data(from, to, line.json),
        Command::Check { replay } => operate::check(&config, *replay, line.json),
        Command::Player {
            kind: player::Kind::H5p,
            file,
            remove,
        } => player::run(&config, file.as_deref(), *remove, line.json),
        Command::Account { act } => operate::account(&config, act, line.json),
        Command::Key { act } => operate::key(&config, act, line.json),
    }
}
