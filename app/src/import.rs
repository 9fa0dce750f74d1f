//! The `import` command: a file into the database, or what would come of it.

mod learning;

use crate::config::Config;
use crate::open;
use base::{Actor, Clock, Error, Id, Refusal, Result};
use clap::ValueEnum;
use db::Tx;
use serde_json::{Value, json};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use web::Site;

/// What a file for `import` holds.
#[derive(Clone, Copy, Debug, ValueEnum)]
pub enum Kind {
    /// A country's school register.
    Schools,
    /// A school register, of which the lines of a drafted request are derived.
    Needs,
    /// Offers of members who are named in the file.
    Offers,
    /// A partner's spreadsheet of figures, for a drafted report.
    Reports,
    /// A curriculum framework in CASE JSON.
    Frameworks,
    /// A table of learning resources, with their files in a zip.
    Resources,
    /// African Storybook's stories, as an archive of their texts.
    Storybook,
    /// People, classes and enrolments as a OneRoster 1.2 zip.
    Rosters,
}

/// For whom or what a file is read, by whom, and under which rules.
#[derive(Debug, Default, clap::Args)]
pub struct Purpose {
    /// The request's identifier (needs).
    #[arg(long)]
    pub request: Option<String>,
    /// The report's identifier (reports).
    #[arg(long)]
    pub report: Option<String>,
    /// The e-mail address of the person who imports: the authority's (needs), the member's (reports),
    /// the learning officer (frameworks, resources, storybook, rosters).
    #[arg(long, value_name = "EMAIL")]
    pub person: Option<String>,
    /// The published rules by which lines are derived (needs).
    #[arg(long, default_value = "school_basics")]
    pub rules: String,
    /// By when help is required, as 2027-09-30 (needs).
    #[arg(long, value_name = "DAY")]
    pub required_by: Option<String>,
    /// The zip with the files a table names (resources).
    #[arg(long, value_name = "ZIP")]
    pub archive: Option<PathBuf>,
    /// The register's code of the one school a roster is of (rosters).
    #[arg(long, value_name = "CODE")]
    pub school: Option<String>,
}

/// A file to import, what it holds and what it is for.
#[derive(Debug)]
pub struct Imported<'a> {
    pub kind: Kind,
    pub file: &'a Path,
    pub country: Option<&'a str>,
    pub purpose: &'a Purpose,
}

impl<'a> Imported<'a> {
    /// The country the file is for, and who brings what with it.
    fn to_country(&self) -> Result<learning::For<'a>> {
        Ok(learning::For {
            country: self.country.ok_or_else(no_country)?,
            purpose: self.purpose,
        })
    }
}

fn no_country() -> Error {
    Error::fault("say which country with --country HN")
}

/// Reads a file; without `yes` only says what would come of it. False when a row was refused.
///
/// # Errors
/// A fault of the file or the database.
pub fn file(config: &Config, of: &Imported<'_>, yes: bool, as_json: bool) -> Result<bool> {
    let file = of.file;
    let bytes =
        std::fs::read(file).map_err(|e| Error::fault(format!("{}: {e}", file.display())))?;
    let name = file
        .file_name()
        .map(|n| n.to_string_lossy().into_owned())
        .unwrap_or_default();
    let site = open::site(config, Clock::Machine, None)?;
    let (report, refused) = match of.kind {
        Kind::Schools => schools(&site, &bytes, of.country, yes)?,
        Kind::Needs => needs(&site, (&name, &bytes), of.purpose, yes)?,
        Kind::Offers => offers(&site, &name, &bytes, yes)?,
        Kind::Reports => reports(&site, (&name, &bytes), of.purpose, yes)?,
        Kind::Frameworks => learning::framework(&site, &bytes, &of.to_country()?, yes)?,
        Kind::Resources => learning::resources(&site, (&name, &bytes), &of.to_country()?, yes)?,
        Kind::Storybook => learning::storybook(&site, file, &of.to_country()?, yes)?,
        Kind::Rosters => learning::roster(&site, &bytes, &of.to_country()?, yes)?,
    };
    if as_json {
        println!("{report}");
    } else {
        println!(
            "{}",
            serde_json::to_string_pretty(&report).unwrap_or_default()
        );
        if !yes {
            println!("Nothing was changed. Give --yes to import.");
        }
    }
    site.db.close();
    Ok(refused == 0)
}

fn schools(site: &Site, bytes: &[u8], country: Option<&str>, yes: bool) -> Result<(Value, u64)> {
    let country = country.ok_or_else(no_country)?;
    let source = places::work::Source {
        country: country.to_owned(),
        ..Default::default()
    };
    let year = i64::from(site.clock.now().day().parts().0);
    let (reading, notes) =
        places::work::read_register(&site.db, &source, bytes, year, &mut |_, _| Ok(()))?;
    let mut report = places::work::report(&source, &reading, &notes);
    if yes {
        report["imported"] = places::work::import_register(&site.bench(), &source, bytes, false)?;
    }
    Ok((report, reading.refused_rows))
}

fn needs(site: &Site, file: (&str, &[u8]), purpose: &Purpose, yes: bool) -> Result<(Value, u64)> {
    let id = purpose.request.as_deref().and_then(Id::parse);
    let id = id.ok_or_else(|| wanted("which request with --request"))?;
    let required_by = purpose.required_by.as_deref().and_then(base::Day::parse);
    let required_by = required_by.ok_or_else(|| wanted("by when with --required-by 2027-09-30"))?;
    let today = site.clock.now().day();
    let actor = person(site, purpose)?;
    let options = needs::ImportOptions {
        rule_set: purpose.rules.clone(),
        urgency: 1,
        conditions: Vec::new(),
        required_by,
        window_from: today,
        window_to: required_by,
        first_only: false,
    };
    let (_, derived) = needs::import_file(&site.bench(), &actor, id, file, &options, !yes)?;
    Ok((
        derived.report,
        u64::try_from(derived.rows_refused).unwrap_or(u64::MAX),
    ))
}

fn offers(site: &Site, name: &str, bytes: &[u8], yes: bool) -> Result<(Value, u64)> {
    let (name, bytes, now) = (name.to_owned(), bytes.to_vec(), site.clock.now());
    let words = site.library.words(site.settings.lang);
    let report = site.db.write_now(move |tx| {
        offers::import_file(tx, (&name, &bytes), &offers::Whose::Rows(None), now, !yes)
    })?;
    let refused: Vec<Value> = report
        .refused
        .iter()
        .map(|r| json!({ "row": r.row, "column": r.column, "reason": words.refusal(&r.refusal) }))
        .collect();
    let count = refused.len() as u64;
    Ok((
        json!({ "rows": report.rows, "made": report.made.len(), "refused": refused }),
        count,
    ))
}

/// Receives the file for the report. What raises no question is brought in; a file that raises some
/// waits on its page until a person has answered each.
fn reports(
    site: &Site,
    (name, bytes): (&str, &[u8]),
    purpose: &Purpose,
    yes: bool,
) -> Result<(Value, u64)> {
    let report = purpose.report.as_deref().and_then(Id::parse);
    let report = report.ok_or_else(|| wanted("for which report with --report"))?;
    let (actor, now) = (person(site, purpose)?, site.clock.now());
    let mime = "application/octet-stream";
    let upload = site.files.keep(name, mime, bytes)?;
    let bytes = bytes.to_vec();
    let report = as_if(site, yes, move |tx| {
        let file = evidence::receive_file(tx, report, &upload, &bytes, &actor, now)?;
        let asked = evidence::asked(tx, file)?;
        let found = evidence::report_file(tx, file)?;
        let imported = match asked.is_empty() && yes {
            true => Some(evidence::import_report_file(tx, file, &actor, now)?),
            false => None,
        };
        Ok(
            json!({ "rows": found.rows_read, "figures": found.figures, "imported": imported,
            "questions": asked, "page": yes.then(|| found.path()) }),
        )
    })?;
    let questions = report["questions"].as_array().map_or(0, Vec::len);
    Ok((report, questions as u64))
}

/// Does it; unless `yes`, the transaction ends without being kept and only the report remains.
fn as_if(
    site: &Site,
    yes: bool,
    mut run: impl FnMut(&mut Tx) -> Result<Value> + Send + 'static,
) -> Result<Value> {
    let told = Arc::new(Mutex::new(None));
    let keep = told.clone();
    let written = site.db.write_now(move |tx| {
        let report = run(tx)?;
        if yes {
            return Ok(report);
        }
        *keep.lock().unwrap_or_else(PoisonError::into_inner) = Some(report);
        Err(Refusal::whole("dry-run").into())
    });
    let report = told.lock().unwrap_or_else(PoisonError::into_inner).take();
    match (written, report) {
        (Err(_), Some(report)) => Ok(report),
        (written, _) => written,
    }
}

fn wanted(what: &str) -> Error {
    Error::fault(format!("say {what}; see import --help"))
}

/// Who imports.
fn person(site: &Site, purpose: &Purpose) -> Result<Actor> {
    let email = purpose
        .person
        .clone()
        .ok_or_else(|| wanted("who imports with --person"))?;
    let today = site.clock.now().day();
    site.db.read_now(move |tx| {
        let account = people::account_by_email(tx, &email.to_lowercase())?.ok_or(Error::Missing)?;
        people::actor(tx, account, today)
    })
}
