//! School registers by file: dry run, confirmation, the import itself in slices, discarding.

use super::lines::need_for;
use super::requests::of_mine;
use super::{fact, readable, urgency};
use crate::import::{Import, ImportState};
use crate::line::Line;
use crate::register::{self, Frame};
use crate::request::Request;
use crate::store;
use base::{Actor, Arg, Day, Error, Id, Moment, Refusal, Result};
use db::{Db, Tx};
use files::Upload;
use jobs::{Bench, Job};
use places::register::{Entry, Reading};
use places::work;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::sync::Arc;
use web::{Call, Done, Site};

/// The kinds of work of this room.
pub(crate) const IMPORT: &str = "needs-import";
pub(crate) const DISCARD: &str = "needs-discard";
/// Schools one slice of an import writes the lines of.
const SLICE: usize = 250;
/// Lines one slice of a discarded import takes away.
const GONE: i64 = 1000;

/// How lines are derived from a register.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportOptions {
    /// Code of a published rule set; its newest version is used.
    pub rule_set: String,
    /// 0 planned, 1 soon, 2 urgent.
    pub urgency: i64,
    /// Codes of the conditions the authority vouches for at every school of the register.
    pub conditions: Vec<String>,
    pub required_by: Day,
    pub window_from: Day,
    pub window_to: Day,
    /// Of rows that look alike only the first brings a school.
    pub first_only: bool,
}

/// What came of reading a register, before anything is written.
#[derive(Clone, Debug)]
pub struct Derived {
    pub rows_read: i64,
    pub rows_refused: i64,
    pub schools: i64,
    pub lines: i64,
    pub rule_version: i64,
    /// The whole report as the page shows it.
    pub report: Value,
}

fn number(count: usize) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

fn source(request: &Request, file: &Upload, account: Id, allowed: Vec<String>) -> work::Source {
    work::Source {
        country: request.country.clone(),
        file: file.name.clone(),
        hash: file.hash.clone(),
        allowed,
        account: Some(account),
    }
}

/// Reads a register and derives its lines; writes nothing.
///
/// # Errors
/// Refused with every reason why the file cannot be read.
fn derive(
    db: &Db,
    source: &work::Source,
    bytes: &[u8],
    rule_set: &str,
    today: Day,
) -> Result<Derived> {
    let year = i64::from(today.parts().0);
    let (reading, notes) = work::read_register(db, source, bytes, year, &mut |_, _| Ok(()))?;
    let (country, code) = (source.country.clone(), rule_set.to_owned());
    let frame = db.read_now(move |tx| newest_frame(tx, &country, &code))?;
    let report = register::report(work::report(source, &reading, &notes), &reading, &frame);
    let entries = register::taken(&reading, false);
    let lines = register::made(&frame.set, &entries)
        .iter()
        .map(|made| made.lines)
        .sum();
    Ok(Derived {
        rows_read: i64::try_from(reading.rows).unwrap_or(i64::MAX),
        rows_refused: i64::try_from(reading.refused_rows).unwrap_or(i64::MAX),
        schools: number(reading.schools.len()),
        lines,
        rule_version: frame.set.version,
        report,
    })
}

fn newest_frame(tx: &mut Tx, country: &str, code: &str) -> Result<Frame> {
    let sets = store::rule_sets(tx)?;
    let (_, version) = sets
        .into_iter()
        .find(|(known, _)| known == code)
        .ok_or(Error::Missing)?;
    register::frame(tx, country, code, version)
}

/// The place codes an actor's word is limited to in a country; empty means all of it.
fn allowed(actor: &Actor, country: &str) -> Vec<String> {
    let held = actor
        .appointments
        .iter()
        .filter(|a| a.country.as_deref() == Some(country));
    let held: Vec<&[String]> = held.map(|a| a.places.as_slice()).collect();
    if held.iter().any(|places| places.is_empty()) {
        Vec::new()
    } else {
        held.concat()
    }
}

/// Reads the file and derives its lines, outside the transaction.
///
/// # Errors
/// Refused with every reason why the file cannot be read.
pub fn dry_run(site: &Site, call: &mut Call) -> Result<()> {
    let (actor, id, today) = (call.actor()?.clone(), call.id("id")?, call.today);
    let of = actor.clone();
    let request = site.db.read_now(move |tx| of_mine(tx, &of, id, today))?;
    let missing = || Refusal::about("register", "form-file-missing");
    let file = call.values.file("register").ok_or_else(missing)?.clone();
    let source = source(
        &request,
        &file,
        actor.account,
        allowed(&actor, &request.country),
    );
    let bytes = site.files.read(&file.hash)?;
    let rule_set = call.values.text("rule_set").to_owned();
    let derived = derive(&site.db, &source, &bytes, &rule_set, today).map_err(at_register)?;
    let figures = [
        ("rows_read", derived.rows_read),
        ("rows_refused", derived.rows_refused),
        ("schools", derived.schools),
        ("lines", derived.lines),
        ("rule_version", derived.rule_version),
    ];
    for (name, figure) in figures {
        call.prepared.insert(name.to_owned(), figure.to_string());
    }
    call.prepared
        .insert("report".to_owned(), derived.report.to_string());
    Ok(())
}

/// What is wrong with the file is said at its field.
fn at_register(error: Error) -> Error {
    match error {
        Error::Refused(mut refusals) => {
            for refusal in &mut refusals.0 {
                "register".clone_into(&mut refusal.field);
            }
            Error::Refused(refusals)
        }
        other => other,
    }
}

/// Keeps what the dry run found; nothing of it is a need line yet.
///
/// # Errors
/// Refused unless the authority may change the request now.
pub fn upload(tx: &mut Tx, call: &Call) -> Result<Done> {
    let request = of_mine(tx, call.actor()?, call.id("id")?, call.today)?;
    let v = &call.values;
    let figure = |name: &str| {
        call.prepared
            .get(name)
            .and_then(|n| n.parse().ok())
            .unwrap_or(0)
    };
    let derived = Derived {
        rows_read: figure("rows_read"),
        rows_refused: figure("rows_refused"),
        schools: figure("schools"),
        lines: figure("lines"),
        rule_version: figure("rule_version"),
        report: Value::Null,
    };
    let options = ImportOptions {
        rule_set: v.text("rule_set").to_owned(),
        urgency: urgency(v.text("urgency")),
        conditions: v.many("conditions"),
        required_by: v.opt_day("required_by").unwrap_or(request.required_by),
        window_from: v.opt_day("window_from").unwrap_or(call.today),
        window_to: v.opt_day("window_to").unwrap_or(request.required_by),
        first_only: false,
    };
    fits(&options, call.today)?;
    let file = v.file("register").ok_or(Error::Missing)?;
    let by = (call.actor()?.account, call.now);
    let mut import = new_import(&request, file, &options, &derived, by);
    import.conditions = super::lines::conditions(tx, &options.conditions)?;
    let report = call.prepared.get("report").map_or("{}", String::as_str);
    store::add_import(tx, &import, report)?;
    fact(
        tx,
        "need.register-read",
        ("request", request.id),
        about(&import),
        by,
    )?;
    let body = json!({
        "id": import.id.to_string(), "rows_read": import.rows_read,
        "rows_refused": import.rows_refused, "schools": import.schools, "lines": import.lines,
    });
    Ok(Done::see(import.path()).with(body))
}

fn fits(options: &ImportOptions, today: Day) -> Result<()> {
    let mut no = base::Refusals::default();
    no.unless(
        options.window_from <= options.window_to,
        "window_to",
        "needs-window-backwards",
    );
    no.unless(options.window_to >= today, "window_to", "needs-window-past");
    no.unless(
        options.required_by >= today,
        "required_by",
        "needs-required-by-past",
    );
    no.or(())
}

fn about(import: &Import) -> Value {
    json!({
        "import": import.id.to_string(), "hash": import.file.hash, "rows": import.rows_read,
        "refused": import.rows_refused, "schools": import.schools, "lines": import.lines,
    })
}

fn new_import(
    request: &Request,
    file: &Upload,
    options: &ImportOptions,
    derived: &Derived,
    by: (Id, Moment),
) -> Import {
    Import {
        id: Id::new(by.1),
        request: request.id,
        file: file.clone(),
        rule_set: options.rule_set.clone(),
        rule_version: derived.rule_version,
        first_only: options.first_only,
        urgency: options.urgency,
        conditions: 0,
        required_by: options.required_by,
        window_from: options.window_from,
        window_to: options.window_to,
        as_of: by.1.day(),
        state: ImportState::Read,
        rows_read: derived.rows_read,
        rows_refused: derived.rows_refused,
        schools: derived.schools,
        lines: derived.lines,
        account: by.0,
        created_at: by.1,
        done_at: None,
        version: 1,
    }
}

fn in_state(import: &Import, states: &[ImportState]) -> Result<()> {
    if states.contains(&import.state) {
        return Ok(());
    }
    let word = Arg::Word(format!("import_state_{}", import.state.code()));
    Err(Refusal::whole("needs-import-not-now")
        .with("state", word)
        .into())
}

/// An import of a request the actor may change now.
fn own_import(tx: &mut Tx, call: &Call, states: &[ImportState]) -> Result<(Import, Request)> {
    let import = store::import(tx, call.id("id")?)?;
    readable(tx, call.actor.as_ref(), import.request)?;
    let request = of_mine(tx, call.actor()?, import.request, call.today)?;
    in_state(&import, states)?;
    Ok((import, request))
}

/// Starts the import: the lines are written in slices, nobody sees them before the last one.
///
/// # Errors
/// Refused when it was confirmed or discarded before, or there is nothing to import.
pub fn confirm(tx: &mut Tx, call: &Call) -> Result<Done> {
    let (mut import, _) = own_import(tx, call, &[ImportState::Read])?;
    if import.lines == 0 {
        return Err(Refusal::whole("needs-import-empty").into());
    }
    import.state = ImportState::Running;
    import.first_only = call.values.yes("first_only");
    store::save_import(tx, &import)?;
    let account = call.actor()?.account;
    let payload = json!({ "import": import.id.to_string() });
    let job = jobs::enqueue(
        tx,
        IMPORT,
        &payload,
        Some(account),
        &import.path(),
        call.now,
    )?;
    store::set_job(tx, import.id, job)?;
    fact(
        tx,
        "need.register-confirmed",
        ("request", import.request),
        about(&import),
        (account, call.now),
    )?;
    let see = format!("{}/progress", import.path());
    Ok(Done::see(see).with(json!({ "id": import.id.to_string(), "job": job.to_string() })))
}

/// Discards an import; its lines go in slices, and are invisible at once.
///
/// # Errors
/// Refused while it is being written, and unless the authority may change the request now.
pub(crate) fn discard(tx: &mut Tx, call: &Call) -> Result<Done> {
    let states = [
        ImportState::Read,
        ImportState::Running,
        ImportState::Imported,
    ];
    let (mut import, request) = own_import(tx, call, &states)?;
    // What is being written is left alone, unless its job has given up.
    if import.state == ImportState::Running && !gave_up(tx, import.id)? {
        in_state(&import, &[ImportState::Read, ImportState::Imported])?;
    }
    let written = import.state != ImportState::Read;
    import.state = ImportState::Discarded;
    store::save_import(tx, &import)?;
    let account = call.actor()?.account;
    if written {
        for need in store::needs_of(tx, request.id)? {
            store::count_again(tx, need.id)?;
        }
        let payload = json!({ "import": import.id.to_string() });
        jobs::enqueue(
            tx,
            DISCARD,
            &payload,
            Some(account),
            &request.path(),
            call.now,
        )?;
    }
    fact(
        tx,
        "need.register-discarded",
        ("request", request.id),
        about(&import),
        (account, call.now),
    )?;
    Ok(Done::see(request.path()))
}

/// The job of an import ended without doing it.
fn gave_up(tx: &mut Tx, import: Id) -> Result<bool> {
    let job = job_state(tx, import)?;
    Ok(job.is_some_and(|job| matches!(job.state.as_str(), "failed" | "refused")))
}

/// The job that imports.
///
/// # Errors
/// A fault of the database; `Later` when the server is stopping.
pub fn run(bench: &Bench, job: &Job) -> Result<Value> {
    run_import(bench, payload_id(job)?, &mut |done, total| {
        bench.progress(job, done, total)
    })
}

fn payload_id(job: &Job) -> Result<Id> {
    let id = job
        .payload
        .get("import")
        .and_then(Value::as_str)
        .and_then(Id::parse);
    id.ok_or_else(|| Error::fault("a job without an import"))
}

/// Imports what was confirmed: schools and lines in slices; a slice that was written before a stop
/// is not written again, and the last transaction makes all of it visible at once.
///
/// # Errors
/// A fault of the database, or whatever `sign` answers.
pub fn run_import(
    bench: &Bench,
    id: Id,
    sign: &mut dyn FnMut(i64, i64) -> Result<()>,
) -> Result<Value> {
    let (import, request) = bench.db.read_now(move |tx| {
        let import = store::import(tx, id)?;
        let request = store::request(tx, import.request)?;
        Ok((import, request))
    })?;
    if import.state != ImportState::Running {
        return Ok(json!({ "lines": import.lines }));
    }
    let source = source(&request, &import.file, import.account, Vec::new());
    let bytes = bench.files.read(&import.file.hash)?;
    let year = i64::from(import.as_of.parts().0);
    let (reading, _) = work::read_register(&bench.db, &source, &bytes, year, &mut |_, _| Ok(()))?;
    drop(bytes);
    let total = number(reading.schools.len());
    work::put_register(
        bench,
        &source,
        &reading,
        import.first_only,
        &mut |done, _| sign(number(done) / 4, total),
    )?;
    let (of, country) = (import.clone(), request.country.clone());
    let frame = bench
        .db
        .read_now(move |tx| register::frame(tx, &country, &of.rule_set, of.rule_version))?;
    let lines = write_lines(bench, &import, &request, &reading, frame, sign)?;
    finish(bench, id)?;
    Ok(json!({ "lines": lines }))
}

fn write_lines(
    bench: &Bench,
    import: &Import,
    request: &Request,
    reading: &Reading,
    frame: Frame,
    sign: &mut dyn FnMut(i64, i64) -> Result<()>,
) -> Result<i64> {
    let entries = register::taken(reading, import.first_only);
    let made = register::made(&frame.set, &entries);
    let classes = made
        .into_iter()
        .filter(|made| made.lines > 0)
        .map(|made| made.service_class);
    let needs = Arc::new(needs_for(bench, import, request, classes.collect())?);
    let total = number(entries.len());
    let mut written = 0;
    for (slice, schools) in entries.chunks(SLICE).enumerate() {
        let lines = slice_lines(schools, &frame, import, &needs);
        written += number(lines.len());
        write_slice(bench, import, number(slice), lines)?;
        let done = number((slice + 1) * SLICE).min(total);
        sign(total / 4 + done - done / 4, total)?;
    }
    Ok(written)
}

fn slice_lines(
    schools: &[&Entry],
    frame: &Frame,
    import: &Import,
    needs: &BTreeMap<String, Id>,
) -> Vec<Line> {
    schools
        .iter()
        .flat_map(|entry| register::lines_of(&entry.school, frame, import, needs))
        .collect()
}

fn needs_for(
    bench: &Bench,
    import: &Import,
    request: &Request,
    classes: Vec<String>,
) -> Result<BTreeMap<String, Id>> {
    let (import, request, now) = (import.clone(), request.clone(), bench.clock.now());
    bench.db.write_now(move |tx| {
        let mut needs = BTreeMap::new();
        for class in &classes {
            needs.insert(class.clone(), need_for(tx, &request, class, now)?.id);
        }
        fact(
            tx,
            "need.register-begun",
            ("request", request.id),
            about(&import),
            (import.account, now),
        )?;
        Ok(needs)
    })
}

fn write_slice(bench: &Bench, import: &Import, slice: i64, lines: Vec<Line>) -> Result<()> {
    let (id, request, account, now) =
        (import.id, import.request, import.account, bench.clock.now());
    let lines = Arc::new(lines);
    bench.db.write_now(move |tx| {
        if !store::take_slice(tx, id, slice, number(lines.len()))? || lines.is_empty() {
            return Ok(());
        }
        store::add_lines(tx, &lines)?;
        let quantities: Vec<(Id, i64)> =
            lines.iter().map(|line| (line.id, line.quantity)).collect();
        ledger::open_lines(tx, &quantities, now)?;
        let about = json!({ "import": id.to_string(), "slice": slice, "lines": lines.len() });
        fact(
            tx,
            "need.lines-imported",
            ("request", request),
            about,
            (account, now),
        )
    })
}

/// Makes an import visible, all of it at once.
fn finish(bench: &Bench, id: Id) -> Result<()> {
    let now = bench.clock.now();
    bench.db.write_now(move |tx| {
        let mut import = store::import(tx, id)?;
        if import.state != ImportState::Running {
            return Ok(());
        }
        import.state = ImportState::Imported;
        import.lines = store::written(tx, id)?;
        import.done_at = Some(now);
        store::save_import(tx, &import)?;
        for need in store::needs_of(tx, import.request)? {
            store::count_again(tx, need.id)?;
        }
        fact(
            tx,
            "need.register-imported",
            ("request", import.request),
            about(&import),
            (import.account, now),
        )
    })
}

/// The job that takes the lines of a discarded import away.
///
/// # Errors
/// A fault of the database; `Later` when the server is stopping.
pub(crate) fn run_discard(bench: &Bench, job: &Job) -> Result<Value> {
    let id = payload_id(job)?;
    let import = bench.db.read_now(move |tx| store::import(tx, id))?;
    let mut gone = 0;
    loop {
        let (now, request, account) = (bench.clock.now(), import.request, import.account);
        let taken = bench.db.write_now(move |tx| {
            let lines = store::some_lines_of(tx, id, GONE)?;
            for line in &lines {
                ledger::resize_line(tx, *line, 0, now)?;
                store::remove_line(tx, *line)?;
            }
            if lines.is_empty() {
                drop_empty_needs(tx, request)?;
            }
            let about = json!({ "import": id.to_string(), "lines": lines.len() });
            fact(
                tx,
                "need.lines-removed",
                ("request", request),
                about,
                (account, now),
            )?;
            Ok(number(lines.len()))
        })?;
        if taken == 0 {
            return Ok(json!({ "lines": gone }));
        }
        gone += taken;
        bench.progress(job, gone, import.lines)?;
    }
}

fn drop_empty_needs(tx: &mut Tx, request: Id) -> Result<()> {
    for need in store::needs_of(tx, request)? {
        if store::line_count(tx, need.id)? == 0 {
            store::remove_need(tx, need.id)?;
        }
    }
    Ok(())
}

/// Reads, confirms and imports a register at once, for commands and demonstrations. With `dry` it
/// only reads; the report is the one the page shows.
///
/// # Errors
/// Refused with every reason why the file cannot be read, or the actor may not change the request.
pub fn import_file(
    bench: &Bench,
    actor: &Actor,
    request: Id,
    file: (&str, &[u8]),
    options: &ImportOptions,
    dry: bool,
) -> Result<(Option<Id>, Derived)> {
    let (name, bytes) = file;
    let now = bench.clock.now();
    let (of, today) = (actor.clone(), now.day());
    let request = bench
        .db
        .read_now(move |tx| of_mine(tx, &of, request, today))?;
    fits(options, today)?;
    let kept = bench.files.keep(name, "text/csv", bytes)?;
    let source = source(
        &request,
        &kept,
        actor.account,
        allowed(actor, &request.country),
    );
    let derived = derive(&bench.db, &source, bytes, &options.rule_set, today)?;
    if dry {
        return Ok((None, derived));
    }
    let mut import = new_import(&request, &kept, options, &derived, (actor.account, now));
    let vouched = options.conditions.clone();
    import.conditions = bench
        .db
        .read_now(move |tx| super::lines::conditions(tx, &vouched))?;
    let (id, report) = (import.id, derived.report.to_string());
    import.state = ImportState::Running;
    bench.db.write_now(move |tx| {
        store::add_import(tx, &import, &report)?;
        let by = (import.account, now);
        fact(
            tx,
            "need.register-confirmed",
            ("request", import.request),
            about(&import),
            by,
        )
    })?;
    run_import(bench, id, &mut |_, _| Ok(()))?;
    Ok((Some(id), derived))
}

/// The reason an import was refused or failed, for its page.
pub(crate) fn job_state(tx: &mut Tx, import: Id) -> Result<Option<Job>> {
    let (_, job) = store::report(tx, import)?;
    job.map(|id| jobs::find(tx, id)).transpose()
}
