//! Measures what the README and the budgets promise, and asserts nothing: `cargo xtask bench`, with the
//! names of some parts to measure only those: `memory import pages chain writes round`.
//!
//! It plays the demo in a scratch folder, then measures the same rooms, router and solver that serve.
//! CPU seconds are those of the whole process, from /proc; ratios and bytes hold on any machine.

use axum::body::{Body, to_bytes};
use axum::http::{Request, header};
use base::{Actor, Clock, Day, Error, Id, Moment, Result};
use gauge::{cpu_seconds, own_and_file_mb, peak_mb, resident_mb};
use harambee::config::Config;
use harambee::{demo, open};
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};
use std::time::Instant;
use tower::ServiceExt;
use web::{Site, hand};

/// Requests measured for each page, after as many as warm it up.
const REQUESTS: u32 = 1_000;
const WARM: u32 = 50;
/// Clients that write at once, and what each of them writes.
const CLIENTS: u32 = 64;
const WRITES: u32 = 200;

fn main() -> ExitCode {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let args: Vec<&str> = args.iter().map(String::as_str).collect();
    let outcome = match args.as_slice() {
        ["--rest", folder] => rest(Path::new(folder)),
        ["--play", folder] => play(Path::new(folder)),
        parts => measure(parts),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("bench: {error}");
            ExitCode::FAILURE
        }
    }
}

fn row(what: &str, figure: &str, note: &str) {
    println!("{what:<44} {figure:>16}  {note}");
}

fn config(folder: &Path) -> Config {
    Config {
        data: folder.to_path_buf(),
        ..Config::default()
    }
}

/// The demo's story into a folder, its outcome to standard output.
fn play(folder: &Path) -> Result<()> {
    let data = Some(folder.to_path_buf());
    demo::run(&demo::Choice {
        port: 0,
        data,
        once: true,
        json: true,
        told: false,
    })
}

/// A site at rest: opened, one page served; says what memory it takes.
fn rest(folder: &Path) -> Result<()> {
    let started = Instant::now();
    let site = open::site(&config(folder), Clock::Machine, None)?;
    let runtime = runtime(2)?;
    runtime.block_on(get(&web::router(&site), "/needs"))?;
    let first = started.elapsed().as_millis();
    let (own, file) = own_and_file_mb();
    println!(
        "{:.1} {:.1} {first} {own:.1} {file:.1}",
        own + file,
        peak_mb()
    );
    Ok(())
}

fn runtime(threads: usize) -> Result<tokio::runtime::Runtime> {
    let mut builder = tokio::runtime::Builder::new_multi_thread();
    builder
        .worker_threads(threads)
        .enable_all()
        .build()
        .map_err(Error::fault)
}

/// This program again, in a process of its own; what it prints.
fn again(how: &str, folder: &Path) -> Result<String> {
    let own = std::env::current_exe().map_err(Error::fault)?;
    let done = Command::new(own)
        .arg(how)
        .arg(folder)
        .output()
        .map_err(Error::fault)?;
    if !done.status.success() {
        return Err(Error::fault(String::from_utf8_lossy(&done.stderr)));
    }
    Ok(String::from_utf8_lossy(&done.stdout).trim().to_owned())
}

/// A folder that goes when the measuring ends.
struct Scratch(PathBuf);

impl Scratch {
    fn new(name: &str) -> Self {
        Self(std::env::temp_dir().join(format!("harambee-bench-{}-{name}", std::process::id())))
    }
}
impl Drop for Scratch {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn measure(parts: &[&str]) -> Result<()> {
    let wanted = |part: &str| parts.is_empty() || parts.contains(&part);
    let (played, fresh) = (Scratch::new("played"), Scratch::new("fresh"));
    if wanted("memory") {
        at_rest("nothing in it", &fresh.0)?;
    }
    let started = Instant::now();
    let outcome = again("--play", &played.0)?;
    told(&outcome, started.elapsed().as_secs_f64());
    if wanted("memory") {
        at_rest("the whole story in it", &played.0)?;
    }
    let site = site(&played.0)?;
    if wanted("pages") {
        pages(&site)?;
    }
    if wanted("chain") {
        chain(&site)?;
    }
    if wanted("writes") {
        writes(&site)?;
    }
    if wanted("round") {
        round(&site)?;
    }
    if wanted("import") {
        import(&site)?;
    }
    row(
        "memory after all of it (MB)",
        &format!("{:.1}", resident_mb()),
        &format!("at most {:.1}", peak_mb()),
    );
    site.db.close();
    Ok(())
}

fn at_rest(what: &str, folder: &Path) -> Result<()> {
    again("--rest", folder)?;
    let said = again("--rest", folder)?;
    let mut said = said.split_whitespace();
    let (now, most) = (said.next().unwrap_or(""), said.next().unwrap_or(""));
    let start = said.next().unwrap_or("");
    let (own, file) = (said.next().unwrap_or(""), said.next().unwrap_or(""));
    row(
        "memory at rest (MB)",
        now,
        &format!(
            "{what}; {own} own, {file} pages of files; at most {most}; first page after {start} ms"
        ),
    );
    Ok(())
}

/// What the demo says of itself.
fn told(outcome: &str, seconds: f64) {
    let line = outcome.lines().last().unwrap_or("");
    let value: serde_json::Value = serde_json::from_str(line).unwrap_or_default();
    let list = [
        "schools",
        "needs",
        "need_lines",
        "offers",
        "members",
        "proposals",
    ];
    let counts: Vec<String> = list
        .iter()
        .map(|name| format!("{} {name}", value[*name]))
        .collect();
    row(
        "the demo, start to end (s)",
        &format!("{seconds:.1}"),
        &counts.join(", "),
    );
    row(
        "its round's gap",
        &value["gap"].to_string(),
        &format!("{} of {}", value["objective"], value["upper_bound"]),
    );
}

/// The played site, its clock where the story ended.
fn site(folder: &Path) -> Result<Site> {
    let config = config(folder);
    let db = open::database(&config)?;
    let end = db.read_now(|tx| tx.one("SELECT MAX(at) FROM fact", &[])?.read().moment())?;
    db.close();
    open::site(&config, Clock::at(end.plus_seconds(60)), None)
}

fn actor(site: &Site, email: &'static str) -> Result<Actor> {
    let today = site.clock.now().day();
    site.db.read_now(move |tx| {
        let account = people::account_by_email(tx, email)?.ok_or(Error::Missing)?;
        people::actor(tx, account, today)
    })
}

/// Bytes of an answer, packed as it goes over the wire.
async fn get(router: &axum::Router, path: &str) -> Result<(u16, usize)> {
    let request = Request::builder()
        .uri(path)
        .header(header::ACCEPT_ENCODING, "gzip");
    let request = request.body(Body::empty()).map_err(Error::fault)?;
    let answer = router
        .clone()
        .oneshot(request)
        .await
        .map_err(Error::fault)?;
    let status = answer.status().as_u16();
    let bytes = to_bytes(answer.into_body(), usize::MAX)
        .await
        .map_err(Error::fault)?;
    Ok((status, bytes.len()))
}

fn first(site: &Site, sql: &'static str) -> Result<Option<Id>> {
    site.db
        .read_now(move |tx| tx.row(sql, &[])?.map(|row| row.read().id()).transpose())
}

fn pages(site: &Site) -> Result<()> {
    let runtime = runtime(1)?;
    let router = web::router(site);
    let sheet = runtime.block_on(get(&router, ui::sheet_path()))?.1;
    row(
        "the style sheet (bytes on the wire)",
        &sheet.to_string(),
        "once for all pages",
    );
    let need = first(
        site,
        "SELECT id FROM need WHERE published_at IS NOT NULL ORDER BY number, id LIMIT 1",
    )?;
    let round = first(
        site,
        "SELECT id FROM matching_round WHERE state = 'done' ORDER BY number DESC, id LIMIT 1",
    )?;
    let mut paths: Vec<String> = [
        "/",
        "/needs",
        "/members",
        "/offers",
        "/answer-times",
        "/map",
        "/schools",
    ]
    .map(str::to_owned)
    .into();
    if let Some(need) = need {
        paths.extend([format!("/needs/{need}"), format!("/needs/{need}/lines")]);
    }
    if let Some(round) = round {
        paths.extend([
            format!("/allocation/{round}"),
            format!("/allocation/{round}/proposals"),
        ]);
    }
    for path in &paths {
        let (status, bytes) = runtime.block_on(async {
            let mut last = (0, 0);
            for _ in 0..WARM {
                last = get(&router, path).await?;
            }
            Ok::<_, Error>(last)
        })?;
        let before = cpu_seconds();
        runtime.block_on(async {
            for _ in 0..REQUESTS {
                get(&router, path).await?;
            }
            Ok::<_, Error>(())
        })?;
        let each = (cpu_seconds() - before) * 1_000.0 / f64::from(REQUESTS);
        let name = path.split('/').map(|part| {
            if Id::parse(part).is_some() {
                "…"
            } else {
                part
            }
        });
        let name = name.collect::<Vec<_>>().join("/");
        row(
            &format!("page {name} (ms CPU)"),
            &format!("{each:.2}"),
            &format!("{bytes} bytes, gzip included; status {status}"),
        );
    }
    let before = Instant::now();
    site.db.write_now(fact(site.clock.now(), 0))?;
    runtime.block_on(get(&router, "/"))?;
    let counted = before.elapsed().as_secs_f64() * 1_000.0;
    row(
        "the front page after a new fact (ms)",
        &format!("{counted:.1}"),
        "once, however many ask",
    );
    Ok(())
}

/// A line opened with its fact: a small act, all of it durable.
fn fact(now: Moment, number: u32) -> impl FnMut(&mut db::Tx) -> Result<i64> + Send + 'static {
    let line = Id::new(now);
    move |tx| {
        ledger::open_line(tx, line, 1, now)?;
        let about = serde_json::json!({ "number": number });
        ledger::record(
            tx,
            &ledger::Fact {
                now,
                actor: None,
                verb: "bench.written",
                subject: ("line", line),
                about,
            },
        )
    }
}

fn chain(site: &Site) -> Result<()> {
    let (before, started) = (cpu_seconds(), Instant::now());
    let verdict = site.db.read_now(ledger::verify)?;
    let took = started.elapsed().as_secs_f64();
    let facts = match verdict {
        ledger::Verdict::Whole(whole) => whole.facts,
        ledger::Verdict::Broken { seq, why } => {
            return Err(Error::fault(format!("fact {seq}: {why}")));
        }
    };
    let bytes = site.db.read_now(|tx| {
        tx.one(
            "SELECT CAST(COALESCE(SUM(LENGTH(images)), 0) AS BIGINT) FROM fact",
            &[],
        )?
        .read()
        .int()
    })?;
    let note = format!(
        "{facts} facts with {} MB of rows, {:.2} CPU s",
        bytes / 1_000_000,
        cpu_seconds() - before
    );
    row("the whole chain walked (s)", &format!("{took:.2}"), &note);
    Ok(())
}

fn writes(site: &Site) -> Result<()> {
    let runtime = runtime(2)?;
    let all = CLIENTS * WRITES;
    let (before, started) = (cpu_seconds(), Instant::now());
    runtime.block_on(async {
        let mut clients = tokio::task::JoinSet::new();
        for _ in 0..CLIENTS {
            let site = site.clone();
            clients.spawn(async move {
                for number in 0..WRITES {
                    site.db.write(fact(site.clock.now(), number)).await?;
                }
                Ok::<_, Error>(())
            });
        }
        while let Some(done) = clients.join_next().await {
            done.map_err(Error::fault)??;
        }
        Ok::<_, Error>(())
    })?;
    let micros = (cpu_seconds() - before) * 1e6 / f64::from(all);
    let rate = f64::from(all) / started.elapsed().as_secs_f64();
    let note = format!("{CLIENTS} clients at once, each answer on disk; {rate:.0} a second here");
    row("a durable write (µs CPU)", &format!("{micros:.0}"), &note);
    Ok(())
}

/// A round over everything that is open, with a policy's published defaults.
fn round(site: &Site) -> Result<()> {
    let officer = actor(site, "officer2@sample.example")?;
    let now = site.clock.now();
    let new = allocation::NewRound {
        title: "Measured".to_owned(),
        country: Some("HN".to_owned()),
        policy: None,
        from: now.day(),
        periods: 4,
    };
    let id = site.db.write_now(move |tx| {
        allocation::seed(tx, now)?;
        allocation::create_round(tx, &new, &officer, now)
    })?;
    let (before, started) = (cpu_seconds(), Instant::now());
    let came = allocation::run_round(&site.bench(), id)?;
    let (cpu, took) = (cpu_seconds() - before, started.elapsed().as_secs_f64());
    let note = format!(
        "{took:.1} s here; snapshot, plan, comparison, storing; {} lines",
        came["lines"]
    );
    row("a round over Honduras (CPU s)", &format!("{cpu:.1}"), &note);
    row(
        "its value",
        &came["objective"].to_string(),
        &format!("bound {}, gap {}", came["upper_bound"], came["gap"]),
    );
    row(
        "its proposals",
        &came["proposals"].to_string(),
        &format!("{} lines served", came["served_lines"]),
    );
    Ok(())
}

/// The register of Honduras into a new request: read, derived, written with its facts.
fn import(site: &Site) -> Result<()> {
    let focal = actor(site, "focal.point@sample.example")?;
    let kept = site
        .files
        .keep("letter.pdf", "application/pdf", b"%PDF-1.4\n%%EOF\n")?;
    let mut entered = web::room::entered(&[
        ("country", "HN"),
        ("subject", "Measured"),
        ("context", "plan"),
        ("context_name", "Measured"),
        ("own_words", "Medido."),
        ("own_lang", "es"),
        ("urgency", "soon"),
        ("required_by", "2027-09-30"),
    ]);
    entered.files.insert("letter".to_owned(), kept);
    let made = hand::act(site, Some(&focal), "request-new", &[], entered)?;
    let request = made
        .see
        .rsplit('/')
        .next()
        .and_then(Id::parse)
        .ok_or(Error::Missing)?;
    let day = |text: &str| Day::parse(text).ok_or(Error::Missing);
    let options = needs::ImportOptions {
        rule_set: "school_basics".to_owned(),
        urgency: 1,
        required_by: day("2027-09-30")?,
        window_from: day("2027-01-01")?,
        window_to: day("2027-12-31")?,
        first_only: false,
        conditions: Vec::new(),
    };
    let register = places::shipped::honduras()?;
    let file = ("register.csv", register.as_slice());
    let (before, started) = (cpu_seconds(), Instant::now());
    let (_, derived) = needs::import_file(&site.bench(), &focal, request, file, &options, false)?;
    let (cpu, took) = (cpu_seconds() - before, started.elapsed().as_secs_f64());
    #[expect(clippy::cast_precision_loss, reason = "lines are few")]
    let rate = derived.lines as f64 / cpu;
    let note = format!(
        "{} rows to {} lines, {cpu:.1} CPU s, {took:.1} s here",
        derived.rows_read, derived.lines
    );
    row(
        "import (lines per CPU second)",
        &format!("{rate:.0}"),
        &note,
    );
    Ok(())
}
