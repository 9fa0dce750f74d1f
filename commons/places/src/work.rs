//! The long work: reading a register and putting it, outside requests, in slices, with progress.

use crate::acts::{self, Brought, Put, SLICE};
use crate::outline::{bounds, outline};
use crate::place::Gazetteer;
use crate::register::{self, Frame, Reading};
use crate::store;
use base::{Error, Id, Refusal, Refusals, Result};
use db::Db;
use jobs::{Bench, Job};
use serde_json::{Value, json};
use sheets::{Limits, Sheet};

/// The kinds of work of this room.
pub(crate) const READ: &str = "schools-read";
pub(crate) const PUT: &str = "schools-put";
/// Rows read between two signs of progress.
const ROWS_PER_SIGN: usize = 5_000;
/// Groups of like rows and other lists a report keeps.
const GROUPS_MAX: usize = 5_000;

/// A register to read: whose, which file, what may be brought.
#[derive(Clone, Debug, Default)]
pub struct Source {
    /// ISO 3166-1 alpha-2.
    pub country: String,
    /// The file's name: its ending says what it is.
    pub file: String,
    /// The hash it is kept under; empty when it is not kept.
    pub hash: String,
    /// Place codes the reader may bring schools of; empty means the whole country.
    pub allowed: Vec<String>,
    pub account: Option<Id>,
}

/// How large a register may be: a million schools.
pub fn limits() -> Limits {
    Limits {
        rows_max: 1_000_000,
        ..Limits::default()
    }
}

/// The frame a country's registers are read against, from the database.
///
/// # Errors
/// Missing when there is no such country.
pub fn gazetteer(db: &Db, country: &str) -> Result<Gazetteer> {
    let country = country.to_owned();
    db.read_now(move |tx| crate::gazetteer(tx, &country))
}

/// Reads a register from bytes.
///
/// # Errors
/// Refused with every reason why the file as a whole cannot be read.
pub fn read_register(
    db: &Db,
    source: &Source,
    bytes: &[u8],
    this_year: i64,
    sign: &mut dyn FnMut(usize, usize) -> Result<()>,
) -> Result<(Reading, Vec<sheets::Note>)> {
    let gazetteer = gazetteer(db, &source.country)?;
    let sheet = Sheet::read(&source.file, bytes, &limits()).map_err(whole)?;
    let frame = Frame {
        country: &source.country,
        gazetteer: &gazetteer,
        bounds: outline(&source.country).and_then(bounds),
        this_year,
        allowed: &source.allowed,
    };
    let mut reader = register::Reader::new(&sheet, frame).map_err(whole)?;
    let mut done = 0;
    for range in sheet.slices(ROWS_PER_SIGN) {
        done = range.end;
        reader.slice(range);
        sign(done, sheet.len())?;
    }
    debug_assert_eq!(done, sheet.len());
    Ok((reader.finish(), sheet.notes().to_vec()))
}

/// The reasons why a file cannot be read, as a form shows them.
pub fn whole(refusals: Vec<sheets::Refusal>) -> Error {
    let one = |refusal: &sheets::Refusal| {
        let about = Refusal::about("file", refusal.key);
        refusal
            .arguments()
            .into_iter()
            .fold(about, |about, (name, text)| about.with(name, text))
    };
    Error::Refused(Refusals(refusals.iter().map(one).collect()))
}

/// What the owner of the register is told of a reading.
pub fn report(source: &Source, reading: &Reading, notes: &[sheets::Note]) -> Value {
    let args = |args: &[(&'static str, String)]| -> Value {
        args.iter()
            .map(|(name, text)| ((*name).to_owned(), json!(text)))
            .collect::<serde_json::Map<_, _>>()
            .into()
    };
    let refused: Vec<Value> = reading
        .refused
        .iter()
        .map(|r| json!({ "row": r.row, "column": r.column, "key": r.key, "args": args(&r.arguments()) }))
        .collect();
    let remarks: Vec<Value> = reading
        .remarks
        .iter()
        .map(|r| json!({ "key": r.key, "args": args(&r.args), "rows": r.rows, "first_row": r.first_row }))
        .collect();
    let notes: Vec<Value> = notes
        .iter()
        .map(|n| json!({ "row": n.row, "column": n.column, "key": n.key, "args": args(&n.arguments()) }))
        .collect();
    let alike = |group: &register::Alike| json!({ "reason": group.reason, "rows": group.rows, "shared": group.shared });
    let duplicates: Vec<Value> = reading
        .duplicates
        .iter()
        .take(GROUPS_MAX)
        .map(alike)
        .collect();
    let at = |test: &dyn Fn(&crate::school::School) -> bool| {
        reading
            .schools
            .iter()
            .filter(|entry| test(&entry.school))
            .count()
    };
    json!({
        "country": source.country, "file": source.file, "hash": source.hash,
        "rows": reading.rows, "schools": reading.schools.len(),
        "refused_rows": reading.refused_rows, "refused": refused,
        "remarks": remarks, "notes": notes,
        "duplicates": duplicates, "duplicate_groups": reading.duplicates.len(),
        "used": reading.used, "unused": reading.unused,
        "placed": at(&|s| s.department.as_deref().is_some_and(|d| d != s.place)),
        "placed_in_area": at(&|s| s.department.as_deref() == Some(s.place.as_str())),
        "placed_in_country": at(&|s| s.department.is_none()),
    })
}

/// Puts what was read into the register, slice by slice; with `first_only`, the later rows of each
/// group that looks alike are left out, as the owner decided who saw the groups.
///
/// # Errors
/// A fault of the database.
pub fn put_register(
    bench: &Bench,
    source: &Source,
    reading: &Reading,
    first_only: bool,
    sign: &mut dyn FnMut(usize, usize) -> Result<()>,
) -> Result<(Put, usize)> {
    let (mut entries, left) = if first_only {
        reading.first_of_each()
    } else {
        (reading.schools.iter().collect(), Vec::new())
    };
    // In the order of their codes, so that a slice is compared with a stretch of the register.
    entries.sort_by(|a, b| a.school.code.cmp(&b.school.code));
    let total = entries.len();
    let mut put = Put::default();
    let mut done = 0;
    for slice in entries.chunks(SLICE) {
        let schools: Vec<crate::school::School> =
            slice.iter().map(|entry| entry.school.clone()).collect();
        let (source, now) = (source.clone(), bench.clock.now());
        put.merge(bench.db.write_now(move |tx| {
            let schools: Vec<&crate::school::School> = schools.iter().collect();
            acts::put_schools(tx, &brought(&source, now), &schools)
        })?);
        done += slice.len();
        sign(done, total)?;
    }
    let (source, now) = (source.clone(), bench.clock.now());
    bench
        .db
        .write_now(move |tx| acts::tally_schools(tx, &brought(&source, now)))?;
    Ok((put, left.len()))
}

fn brought(source: &Source, now: base::Moment) -> Brought<'_> {
    Brought {
        country: &source.country,
        file: &source.file,
        hash: &source.hash,
        actor: source.account,
        now,
    }
}

/// Reads and puts a register at once, for commands and demonstrations; the report as the page has it.
///
/// # Errors
/// Refused with every reason why the file as a whole cannot be read.
pub fn import_register(
    bench: &Bench,
    source: &Source,
    bytes: &[u8],
    first_only: bool,
) -> Result<Value> {
    let mut quiet = |_, _| Ok(());
    let (reading, notes) = read_register(&bench.db, source, bytes, this_year(bench), &mut quiet)?;
    let mut report = report(source, &reading, &notes);
    let (put, left) = put_register(bench, source, &reading, first_only, &mut quiet)?;
    told(&mut report, put, left);
    Ok(report)
}

fn told(report: &mut Value, put: Put, left: usize) {
    if let Value::Object(map) = report {
        map.insert(
            "put".to_owned(),
            json!({ "added": put.added, "changed": put.changed, "same": put.same }),
        );
        map.insert("left_out".to_owned(), json!(left));
    }
}

fn this_year(bench: &Bench) -> i64 {
    i64::from(bench.clock.now().day().parts().0)
}

// ---- the jobs

/// What a job of this room carries.
pub(crate) fn payload(source: &Source, first_only: bool) -> Value {
    json!({
        "country": source.country, "file": source.file, "hash": source.hash,
        "allowed": source.allowed, "first_only": first_only,
    })
}

/// The source a job carries.
pub(crate) fn source(job: &Job) -> Source {
    let text = |name: &str| {
        job.payload
            .get(name)
            .and_then(Value::as_str)
            .unwrap_or_default()
            .to_owned()
    };
    let allowed = job.payload.get("allowed").and_then(Value::as_array);
    Source {
        country: text("country"),
        file: text("file"),
        hash: text("hash"),
        allowed: allowed
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .map(str::to_owned)
            .collect(),
        account: job.account,
    }
}

fn count(number: usize) -> i64 {
    i64::try_from(number).unwrap_or(i64::MAX)
}

pub(crate) fn read_job(bench: &Bench, job: &Job) -> Result<Value> {
    let source = source(job);
    let bytes = bench.files.read(&source.hash)?;
    let mut sign = |done, total| bench.progress(job, count(done), count(total));
    let (reading, notes) = read_register(&bench.db, &source, &bytes, this_year(bench), &mut sign)?;
    Ok(report(&source, &reading, &notes))
}

pub(crate) fn put_job(bench: &Bench, job: &Job) -> Result<Value> {
    let source = source(job);
    let first_only = job
        .payload
        .get("first_only")
        .and_then(Value::as_bool)
        .unwrap_or(false);
    let bytes = bench.files.read(&source.hash)?;
    let mut sign = |done, total| bench.progress(job, count(done), count(2 * total));
    let (reading, notes) = read_register(&bench.db, &source, &bytes, this_year(bench), &mut sign)?;
    let mut report = report(&source, &reading, &notes);
    let mut sign = |done, total| bench.progress(job, count(total + done), count(2 * total));
    let (put, left) = put_register(bench, &source, &reading, first_only, &mut sign)?;
    told(&mut report, put, left);
    Ok(report)
}

/// Every country that has a register, with what it adds up to.
///
/// # Errors
/// A fault of the database.
pub(crate) fn uncounted(tx: &mut db::Tx) -> Result<Vec<String>> {
    let mut breaches = Vec::new();
    let countries: std::collections::BTreeSet<String> = store::all_tallies(tx)?
        .into_iter()
        .map(|tally| tally.country)
        .collect();
    for country in countries {
        if store::tallies(tx, &country)? != store::count_anew(tx, &country)? {
            breaches.push(format!(
                "the register of {country} does not add up to its tally"
            ));
        }
    }
    Ok(breaches)
}
