//! Building a release: files are written from one view of the data, checked by reading them again,
//! kept under their hashes, and only then named.

use crate::check::{self, Report};
use crate::gather::{Known, activities, processes, tables};
use crate::iati::{Activities, Publisher};
use crate::ocds::{self, Package};
use crate::release::{Built, Checked, Filed, Format, Release, State};
use crate::sink::{Sink, Written, hex};
use crate::store;
use crate::table::{Rows, data_package};
use base::{Error, Id, Moment, Refusal, Result};
use db::{Db, Tx};
use jobs::Bench;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use std::fs::File;
use std::io::{BufReader, Write};
use std::path::{Path, PathBuf};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Order {
    /// Address of the site, without a slash at the end: files name their own place by it.
    pub site: String,
    /// Who builds; none for the command.
    pub by: Option<Id>,
    /// Read by everybody.
    pub note: Option<String>,
}

impl Order {
    /// With an address for what refers to pages: the machine's own, until an operator says how the
    /// world reaches the site.
    fn somewhere(&self) -> Self {
        let mut order = self.clone();
        if order.site.is_empty() {
            order.site = "http://127.0.0.1:8080".to_owned();
        }
        order
    }
}

/// Who publishes until the coalition has said who it is.
pub(crate) fn publisher(tx: &mut Tx) -> Result<Publisher> {
    let said = store::publisher(tx)?;
    Ok(said.map_or_else(crate::sample::publisher, |(publisher, _)| publisher))
}

/// Builds a release of a format. When it would say nothing new, the last one is answered.
///
/// # Errors
/// A fault of the database or the disk; later when another build is under way.
pub fn build(bench: &Bench, format: Format, order: &Order) -> Result<Built> {
    let order = &order.somewhere();
    let folder = Folder::new()?;
    let now = bench.clock.now();
    // The count every number of this release comes from; a format without numbers names it too.
    reports::take_now(bench)?;
    if format == Format::Ocds {
        record_processes(&bench.db, &order.site, now)?;
    }
    let (dir, asked) = (folder.0.clone(), order.clone());
    let draft = bench
        .db
        .read_now(move |tx| write(tx, format, &asked, &dir, now))?;
    let content = print(
        draft
            .files
            .iter()
            .map(|f| (f.name.as_str(), f.written.content.as_str())),
    );
    let last = bench.db.read_now(move |tx| store::newest(tx, format))?;
    if let Some(last) = last.filter(|last| last.content == content) {
        let (id, mut built) = (
            last.id,
            Built {
                release: last,
                new: false,
                files: Vec::new(),
                checks: Vec::new(),
            },
        );
        (built.files, built.checks) = bench
            .db
            .read_now(move |tx| Ok((store::files(tx, id)?, store::checks(tx, id)?)))?;
        return Ok(built);
    }
    let checks = draft.checks(format, now)?;
    let mut files = Vec::with_capacity(draft.files.len());
    for draft in &draft.files {
        let kept = bench
            .files
            .keep_file(&draft.name, draft.mime, &draft.written.path)?;
        if kept.hash != draft.written.hash {
            return Err(Error::fault("a file changed while it was being kept"));
        }
        files.push(Filed {
            name: draft.name.clone(),
            mime: kept.mime,
            hash: kept.hash,
            bytes: draft.written.bytes,
            rows: draft.rows,
        });
    }
    let release = Release {
        id: Id::new(now),
        code: draft.code,
        format,
        snapshot: draft.snapshot,
        seq: draft.seq,
        built_at: now,
        built_by: order.by,
        content,
        hash: print(files.iter().map(|f| (f.name.as_str(), f.hash.as_str()))),
        bytes: files.iter().map(|f| f.bytes).sum(),
        state: State::Built,
        note: order.note.clone(),
        decided_by: None,
        decided_at: None,
        reason: None,
        supersedes: None,
        version: 1,
    };
    let built = Built {
        release,
        new: true,
        files,
        checks,
    };
    let (told, snapshot) = (built.clone(), draft.snapshot_id);
    bench.db.write_now(move |tx| tell(tx, &told, snapshot))?;
    Ok(built)
}

fn tell(tx: &mut Tx, built: &Built, snapshot: Option<Id>) -> Result<()> {
    let r = &built.release;
    let busy = Refusal::whole("publications-busy");
    db::on_unique(
        store::add(tx, r, &built.files, &built.checks),
        "publication_release.code",
        busy,
    )?;
    if let Some(snapshot) = snapshot {
        reports::keep(tx, snapshot)?;
    }
    let about = json!({ "code": r.code, "format": r.format.code(), "hash": r.hash, "files": built.files.len() });
    ledger::tell(
        tx,
        (r.built_at, r.built_by),
        "publications.built",
        ("publication", r.id),
        about,
    )
}

/// One print of many named prints.
fn print<'a>(parts: impl Iterator<Item = (&'a str, &'a str)>) -> String {
    let mut hash = Sha256::new();
    for (name, print) in parts {
        hash.update(format!("{name} {print}\n"));
    }
    hex(&hash.finalize())
}

/// A folder that goes when it is no longer needed.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Result<Self> {
        let dir = std::env::temp_dir().join(format!(
            "harambee-publish-{}",
            base::Uuid::new_v4().simple()
        ));
        std::fs::create_dir_all(&dir).map_err(Error::fault)?;
        Ok(Self(dir))
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left over lies in the machine's folder for passing files.
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

/// A file that is written and not yet kept.
struct Draft {
    name: String,
    mime: &'static str,
    written: Written,
    rows: i64,
}

/// Files that are written and not yet checked.
struct Drafts {
    code: String,
    snapshot: String,
    snapshot_id: Option<Id>,
    seq: i64,
    files: Vec<Draft>,
    /// Texts that were left out because they name somebody.
    withheld: i64,
    today: base::Day,
}

fn write(tx: &mut Tx, format: Format, order: &Order, dir: &Path, now: Moment) -> Result<Drafts> {
    let today = now.day();
    let stem = format!("{}-{today}", format.code());
    let code = match store::of_day(tx, &stem)? {
        0 => stem,
        n => format!("{stem}-{}", n + 1),
    };
    let (seq, _) = ledger::head(tx)?;
    let snapshot = reports::snapshot_newest(tx)?;
    let mut known = Known::read(tx, today)?;
    let mut writing = Writing {
        dir,
        site: &order.site,
        code: &code,
        publisher: publisher(tx)?,
        now,
        known: &mut known,
    };
    let files = match format {
        Format::Iati => vec![writing.activities(tx)?],
        Format::Ocds => vec![writing.releases(tx)?, writing.records(tx)?],
        Format::Hxl | Format::Csv => writing.tables(tx, format)?,
    };
    Ok(Drafts {
        withheld: known.withheld,
        snapshot: snapshot
            .as_ref()
            .map_or_else(String::new, |s| s.id.to_string()),
        snapshot_id: snapshot.map(|s| s.id),
        code,
        seq,
        files,
        today,
    })
}

struct Writing<'w> {
    dir: &'w Path,
    site: &'w str,
    code: &'w str,
    publisher: Publisher,
    now: Moment,
    known: &'w mut Known,
}

impl Writing<'_> {
    fn sink(&self, name: &str) -> Result<Sink> {
        Sink::create(&self.dir.join(name))
    }

    fn activities(&mut self, tx: &mut Tx) -> Result<Draft> {
        let sink = self.sink("activities.xml")?;
        let mut file = Activities::begin(sink, &self.publisher, self.site, self.now)?;
        file.out().content_begins();
        activities::each(tx, self.known, &mut |activity| file.add(activity))?;
        let (sink, rows) = file.finish()?;
        drafted("activities.xml", "application/xml", sink, rows)
    }

    fn package(&self, what: &str) -> Result<Package<Sink>> {
        let name = format!("{what}.json");
        let uri = format!("{}/data/releases/{}/{name}", self.site, self.code);
        let sink = self.sink(&name)?;
        let mut package = Package::begin(sink, what, &uri, &self.publisher, self.site, self.now)?;
        package.out().content_begins();
        Ok(package)
    }

    fn releases(&mut self, tx: &mut Tx) -> Result<Draft> {
        let mut package = self.package("releases")?;
        store::each_said(tx, &mut |_, body| package.add(body))?;
        let (sink, rows) = package.finish()?;
        drafted("releases.json", "application/json", sink, rows)
    }

    fn records(&mut self, tx: &mut Tx) -> Result<Draft> {
        let mut package = self.package("records")?;
        let (mut ocid, mut all): (String, Vec<Value>) = (String::new(), Vec::new());
        let mut record = |ocid: &str, all: &mut Vec<Value>| {
            let all = std::mem::take(all);
            if all.is_empty() {
                return Ok(());
            }
            package.add(&ocds::record(ocid, &all).to_string())
        };
        store::each_said(tx, &mut |of, body| {
            if of != ocid {
                record(&ocid, &mut all)?;
                of.clone_into(&mut ocid);
            }
            all.push(serde_json::from_str(body).map_err(Error::fault)?);
            Ok(())
        })?;
        record(&ocid, &mut all)?;
        let (sink, rows) = package.finish()?;
        drafted("records.json", "application/json", sink, rows)
    }

    fn tables(&mut self, tx: &mut Tx, format: Format) -> Result<Vec<Draft>> {
        let mut files = Vec::new();
        let all = tables::of(format);
        let (dir, site) = (self.dir, self.site);
        let mut gathering = tables::Gathering::new(self.known, site);
        for table in all {
            let sink = Sink::create(&dir.join(table.file()))?;
            let mut rows = Rows::begin(sink, table)?;
            gathering.fill(tx, table, &mut rows)?;
            let (sink, count, content) = rows.finish()?;
            let mut draft = drafted(&table.file(), "text/csv; charset=utf-8", sink, count)?;
            draft.written.content = content;
            files.push(draft);
        }
        if format == Format::Csv {
            let said = data_package(all, &self.publisher.name, site).to_string();
            let rest = said.strip_prefix('{').unwrap_or(&said);
            let mut sink = self.sink("datapackage.json")?;
            write!(sink, "{{\"created\":\"{}\",", self.now).map_err(Error::fault)?;
            sink.content_begins();
            writeln!(sink, "{rest}").map_err(Error::fault)?;
            let count = i64::try_from(all.len()).unwrap_or(0);
            files.push(drafted(
                "datapackage.json",
                "application/json",
                sink,
                count,
            )?);
        }
        Ok(files)
    }
}

fn drafted(name: &str, mime: &'static str, sink: Sink, rows: i64) -> Result<Draft> {
    Ok(Draft {
        name: name.to_owned(),
        mime,
        written: sink.finish()?,
        rows,
    })
}

impl Drafts {
    /// What the validators that live here find in the files as they lie on the disk.
    fn checks(&self, format: Format, now: Moment) -> Result<Vec<Checked>> {
        let mut all = Vec::new();
        let mut told = |file: &str, validator: &str, version: &str, report: &Report| {
            all.push(Checked {
                file: file.to_owned(),
                validator: validator.to_owned(),
                version: version.to_owned(),
                errors: report.errors,
                warnings: report.warnings,
                found: report.json(),
                by: None,
                at: now,
            });
        };
        let mut keys = check::Keys::new();
        for draft in &self.files {
            let open = || {
                File::open(&draft.written.path)
                    .map(BufReader::new)
                    .map_err(Error::fault)
            };
            match format {
                Format::Iati => {
                    let (codes, rules) = check::iati(open()?, self.today).map_err(Error::fault)?;
                    told(&draft.name, "iati-codelists", check::IATI_VERSION, &codes);
                    told(&draft.name, "iati-ruleset", check::IATI_VERSION, &rules);
                }
                Format::Ocds => {
                    told(
                        &draft.name,
                        "ocds-structure",
                        check::OCDS_VERSION,
                        &check::ocds(open()?),
                    );
                }
                Format::Hxl | Format::Csv => {
                    let table = tables::of(format).iter().find(|t| t.file() == draft.name);
                    if let Some(table) = table {
                        let report = check::table(open()?, table, &mut keys);
                        told(&draft.name, "table-schema", check::TABLE_VERSION, &report);
                    }
                }
            }
        }
        let mut personal = Report::default();
        for _ in 0..self.withheld {
            personal.warn("a text was left out because it names somebody", "");
        }
        told("*", "no-personal-data", "1", &personal);
        Ok(all)
    }
}

/// Processes recorded in one transaction.
const RECORDED: usize = 200;

/// Adds the releases that processes need beyond those there are. Safe to repeat: what was said
/// before is compared first.
fn record_processes(db: &Db, site: &str, now: Moment) -> Result<()> {
    let today = now.day();
    let agreements = db.read_now(move |tx| {
        let known = Known::read(tx, today)?;
        processes::public(tx, &known)
    })?;
    for slice in agreements.chunks(RECORDED) {
        let (slice, site) = (slice.to_vec(), site.to_owned());
        db.write_now(move |tx| record_slice(tx, &slice, &site, now))?;
    }
    Ok(())
}

fn record_slice(tx: &mut Tx, agreements: &[Id], site: &str, now: Moment) -> Result<()> {
    tx.lock("ocds-releases")?;
    let prefix = publisher(tx)?.ocds_prefix;
    let mut known = Known::read(tx, now.day())?;
    let mut new = Vec::new();
    for id in agreements {
        let all = processes::of(tx, &mut known, *id, &prefix)?;
        let ocids: Vec<String> = all.iter().map(|process| process.ocid.clone()).collect();
        let said = store::said(tx, &ocids)?;
        for process in &all {
            let before = said.get(&process.ocid).cloned().unwrap_or_default();
            new.extend(ocds::releases(process, &before, site, now));
        }
    }
    if new.is_empty() {
        return Ok(());
    }
    store::add_said(tx, &new, now)?;
    let about = json!({ "releases": new.len() });
    ledger::tell(
        tx,
        (now, None),
        "publications.processes_recorded",
        ("publication", Id::new(now)),
        about,
    )
}

/// Writes releases into a folder, each format into its own, with a manifest of what they are.
///
/// # Errors
/// A fault of the disk.
pub fn write_out(bench: &Bench, all: &[Built], dir: &Path) -> Result<Value> {
    let fault = |e: std::io::Error| Error::fault(format!("{}: {e}", dir.display()));
    let mut told = Vec::new();
    for built in all {
        let folder = dir.join(built.release.format.code());
        std::fs::create_dir_all(&folder).map_err(fault)?;
        for file in &built.files {
            let (mut kept, _) = bench.files.open_kept(&file.hash)?;
            let mut out = File::create(folder.join(&file.name)).map_err(fault)?;
            std::io::copy(&mut kept, &mut out).map_err(fault)?;
        }
        told.push(summary(built));
    }
    let manifest = Value::Array(told);
    let text = serde_json::to_string_pretty(&manifest).map_err(Error::fault)?;
    std::fs::write(dir.join("manifest.json"), text + "\n").map_err(fault)?;
    Ok(manifest)
}

/// A release in numbers, as the manifest has it.
pub fn summary(built: &Built) -> Value {
    let r = &built.release;
    let file =
        |f: &Filed| json!({ "name": f.name, "sha256": f.hash, "bytes": f.bytes, "rows": f.rows });
    json!({
        "release": r.code,
        "format": r.format.code(),
        "new": built.new,
        "state": r.state.code(),
        "built_at": r.built_at.to_string(),
        "snapshot": r.snapshot,
        "fact": r.seq,
        "sha256": r.hash,
        "bytes": r.bytes,
        "files": built.files.iter().map(file).collect::<Vec<_>>(),
        "validators": built.checks.iter().map(checked).collect::<Vec<_>>(),
    })
}

/// What a validator found, as JSON.
pub(crate) fn checked(c: &Checked) -> Value {
    json!({
        "file": c.file, "validator": c.validator, "version": c.version, "errors": c.errors,
        "warnings": c.warnings, "found": c.found,
    })
}
