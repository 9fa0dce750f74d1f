//! The demo: the main job on real data, done by sample people through the same acts as anybody's, then
//! served with a sign-in link for each role.
//!
//! Honduras' whole school register becomes needs, sample members offer, a round matches, some sides
//! decide. The demo's present is the last moment of its story; time runs on from there.

mod agree;
mod calendar;
mod cast;
mod decide;
mod deliver;
mod deploy;
mod learn;
mod letter;
mod members;
mod outcome;
mod publish;
mod report;
mod request;
mod sample;

use crate::config::{Config, TIME_ZONE};
use crate::{open, serve};
use base::{Clock, Day, Error, Moment, Result};
use cast::Cast;
pub use learn::SCHOOL;
use serde_json::{Value, json};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Instant;
use web::Site;

/// What may be chosen on the command line.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The port to serve on; 0 takes a free one.
    pub port: u16,
    /// Where data are kept; a folder of the user's own when left out.
    pub data: Option<PathBuf>,
    /// Print the outcome and end.
    pub once: bool,
    pub json: bool,
    /// The story was told by this program before it gave way to itself.
    pub told: bool,
}

/// The argument that says so on the command line.
pub const TOLD: &str = "--told";
/// The words above every page of the demo.
const NOTICE: &str = "demo-notice";
/// The first day of the story.
const FIRST_DAY: &str = "2026-03-01";

/// Plays the story where it was not played yet, then prints the outcome or serves.
///
/// # Errors
/// A fault of the machine, or a refusal that the story should not have met.
pub fn run(choice: &Choice) -> Result<()> {
    let started = Instant::now();
    let folder = choice.data.clone().unwrap_or_else(default_folder);
    if choice.once && choice.data.is_none() {
        let _ = std::fs::remove_dir_all(&folder);
    }
    let config = Config {
        data: folder.clone(),
        name: "Harambee".to_owned(),
        time_zone: std::env::var(TIME_ZONE).unwrap_or_default(),
        ..Config::default()
    };
    config.zone()?.keep()?;
    let told = play(&config, choice.told)?;
    if choice.once {
        let mut outcome = outcome::of(&told.site, &told.cast)?;
        outcome["seconds"] = json!(started.elapsed().as_secs_f64());
        print(choice, &outcome);
        told.site.db.close();
        if choice.data.is_none() {
            let _ = std::fs::remove_dir_all(&folder);
        }
        return Ok(());
    }
    let Told { site, cast, end } = told;
    site.db.close();
    drop(site);
    if !choice.told {
        give_way();
    }
    present(choice, config, &cast, end)
}

/// Becomes the same program anew, which serves: what the story took of memory goes with the old one.
/// Where a system cannot, this one goes on.
fn give_way() {
    #[cfg(unix)]
    {
        use std::os::unix::process::CommandExt;
        let Ok(program) = std::env::current_exe() else {
            return;
        };
        let words = std::env::args_os().skip(1).chain([TOLD.into()]);
        let error = std::process::Command::new(program).args(words).exec();
        tracing::warn!(%error, "the demo serves with the memory its story took");
    }
}

/// The story's site and people.
struct Told {
    site: Site,
    cast: Cast,
    /// The moment the story ended.
    end: Moment,
}

/// Plays what of the story was not played yet: each scene happens once.
fn play(config: &Config, told: bool) -> Result<Told> {
    let first = Day::parse(FIRST_DAY).ok_or_else(|| Error::fault("the demo has no first day"))?;
    let clock = Clock::at(Moment::start_of(first).plus_seconds(8 * 3600));
    let site = open::site(config, clock, Some(NOTICE))?;
    let reached = site.db.read_now(|tx| {
        let last = tx.row("SELECT MAX(at) FROM fact", &[])?;
        last.map_or(Ok(None), |row| row.read().opt_moment())
    })?;
    if let Some(reached) = reached {
        let behind = reached.seconds() - site.clock.now().seconds();
        site.clock.advance_seconds(behind.max(0) + 1);
    }
    let cast = cast::gather(&site)?;
    for (name, scene) in SCENES.iter().filter(|_| !told) {
        say(name);
        scene(&site, &cast)?;
    }
    let end = site.clock.now();
    Ok(Told { site, cast, end })
}

type Scene = fn(&Site, &Cast) -> Result<()>;

/// The scenes, in order; each looks whether it was played already.
const SCENES: &[(&str, Scene)] = &[
    ("members join", members::join),
    ("Kenya's register is read", request::read_kenya),
    (
        "Honduras is accredited and files its request",
        request::file,
    ),
    ("the secretariat validates", request::validate),
    ("members offer", members::offer),
    ("a round matches", decide::round),
    ("both sides decide", decide::decide),
    ("agreements are drafted and released", agree::draft),
    ("each party signs", agree::sign),
    ("deployments are planned", deploy::plan),
    ("overlaps are resolved in public", deploy::resolve),
    ("deployments begin", deploy::begin),
    ("consignments leave", deliver::send),
    ("the authority reconfirms its needs", request::reconfirm),
    ("receivers check in", deliver::receive),
    ("members report, others confirm", report::report),
    ("what is still open is matched again", decide::again),
    ("Kenya opens its learning platform", learn::open),
    ("a school begins", learn::teach),
    ("all is counted and published", publish::publish),
];

/// Serves the story's end as the present.
fn present(choice: &Choice, config: Config, cast: &Cast, end: Moment) -> Result<()> {
    let listen: SocketAddr = ([127, 0, 0, 1], choice.port).into();
    let mut config = config;
    if choice.port != 0 {
        // What is printed or copied from pages says where it leads.
        config.url = format!("http://{listen}");
    }
    let site = open::site(&config, Clock::from_now_on(end), Some(NOTICE))?;
    let mut links = cast::links(&site, cast)?;
    links.extend(learn::links(&site)?);
    let keys = cast::keys(&site, cast)?;
    serve::serve(&site, listen, |address| {
        let url = format!("http://{address}");
        let xapi = learn::key(&site, &url).unwrap_or_default();
        let launch = learn::token(&site, &url).unwrap_or_default();
        let sign_in: serde_json::Map<String, Value> = links
            .iter()
            .map(|(role, path)| (role.clone(), json!(format!("{url}{path}"))))
            .collect();
        if choice.json {
            println!(
                "{}",
                json!({ "url": url, "sign_in": sign_in, "keys": keys, "xapi": xapi, "launch": launch })
            );
        } else {
            println!("Harambee serves on {url}\n\nSign in as:");
            for (role, link) in &sign_in {
                println!("  {role:24} {}", link.as_str().unwrap_or_default());
            }
            println!("\nStop with Ctrl-C; the same command goes on where it was.");
        }
    })
}

fn print(choice: &Choice, outcome: &Value) {
    if choice.json {
        println!("{outcome}");
    } else {
        println!(
            "{}",
            serde_json::to_string_pretty(outcome).unwrap_or_default()
        );
    }
}

fn say(scene: &str) {
    eprintln!("{scene} …");
}

/// A folder that survives between starts.
fn default_folder() -> PathBuf {
    let home = std::env::var_os("HOME").map_or_else(std::env::temp_dir, PathBuf::from);
    home.join(".local/share/harambee-demo")
}
