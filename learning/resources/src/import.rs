//! Many resources at once: a table with a row for each, and an archive of the files it names. A dry
//! run names every row refused and why; nothing is half imported.

use crate::licence::licence_named;
use crate::reading::{self, Given};
use crate::resource::{ACCESSIBILITY, New};
use crate::rules::{self, Known};
use crate::{acts, store};
use base::{Error, Id, Moment, Names, Refusal, Result};
use db::Tx;
use files::Files;
use serde_json::{Value, json};
use sheets::{Kind, Limits, Row, Sheet, Wanted};

/// Rows a table may have.
const ROWS_MAX: u32 = 5_000;
/// Refusals kept; the rest is counted.
const KEPT: usize = 500;

/// Why a row was refused.
#[derive(Clone, Debug, PartialEq)]
pub struct RowRefused {
    pub row: u64,
    pub refusal: Refusal,
}

/// What came of reading a table.
#[derive(Clone, Debug, Default)]
pub struct Tried {
    pub rows: usize,
    pub refused: Vec<RowRefused>,
    /// What would be kept.
    news: Vec<New>,
}

impl Tried {
    /// What was found, as it is kept and answered.
    pub fn report(&self) -> Value {
        let refused: Vec<Value> = self
            .refused
            .iter()
            .take(KEPT)
            .map(|one| {
                let args: Vec<Value> = one
                    .refusal
                    .args
                    .iter()
                    .map(|(name, arg)| match arg {
                        base::Arg::Number(n) => json!([name, n]),
                        base::Arg::Text(text) | base::Arg::Word(text) => json!([name, text]),
                    })
                    .collect();
                json!({
                    "row": one.row, "column": one.refusal.field,
                    "key": one.refusal.key, "args": args,
                })
            })
            .collect();
        json!({"rows": self.rows, "refusals": self.refused.len(), "refused": refused})
    }
}

fn wanted() -> Vec<Wanted<'static>> {
    let column = |name, aliases, required| Wanted {
        name,
        aliases,
        required,
        kind: Kind::Text,
    };
    vec![
        column("file", &["filename", "fichier", "ملف"], true),
        column("title", &["titre", "العنوان"], true),
        column("language", &["languages", "langue", "lang", "اللغة"], true),
        column("subject", &["matière", "المادة"], true),
        column("grade_from", &["grade", "niveau", "الصف"], true),
        column("grade_to", &[], false),
        column("licence", &["license", "الرخصة"], true),
        column(
            "credit",
            &["author", "authors", "auteur", "auteurs", "المؤلف"],
            true,
        ),
        column("source", &[], false),
        column("about", &["description"], false),
        column("series", &[], false),
        column("accessibility", &[], false),
        column("reading_level", &[], false),
        column("minutes", &[], false),
        column("competencies", &[], false),
        column("permits", &[], false),
        column("permission", &[], false),
    ]
}

/// A row read so far, with everything wrong in it.
struct Reading<'a> {
    columns: &'a sheets::Columns,
    row: Row<'a>,
    wrong: Vec<Refusal>,
}

impl Reading<'_> {
    fn text(&mut self, name: &str, max: usize) -> String {
        let read = self
            .columns
            .column(name)
            .and_then(|column| self.row.cell(column).text(max));
        match read {
            Ok(text) => text.unwrap_or_default(),
            Err(why) => {
                self.sheet_refusal(name, &why);
                String::new()
            }
        }
    }
    fn whole(&mut self, name: &str, least: i64, most: i64) -> Option<i64> {
        let read = self
            .columns
            .column(name)
            .and_then(|column| self.row.cell(column).whole(least, most));
        match read {
            Ok(number) => number,
            Err(why) => {
                self.sheet_refusal(name, &why);
                None
            }
        }
    }
    fn sheet_refusal(&mut self, name: &str, why: &sheets::Refusal) {
        let mut refusal = Refusal::about(name, why.key);
        for (arg, text) in why.arguments() {
            refusal = refusal.with(arg, text);
        }
        self.wrong.push(refusal);
    }
    fn strange(&mut self, name: &str, value: &str) {
        self.wrong
            .push(Refusal::about(name, "resource-import-value-strange").with("value", value));
    }
}

/// What is looked up for a row.
struct Around<'a> {
    country: &'a str,
    school: Option<Id>,
    files: &'a Files,
}

fn codes(text: &str) -> Vec<String> {
    text.split(['|', ';', ',', ' '])
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Reads a table and the files it names.
///
/// # Errors
/// Refused when the table or the archive cannot be read at all; a fault of the database or the disk.
pub fn try_table(
    tx: &mut Tx,
    files: &Files,
    (name, table): (&str, &[u8]),
    archive: Option<&[u8]>,
    (country, school): (&str, Option<Id>),
) -> Result<Tried> {
    let limits = Limits {
        rows_max: ROWS_MAX,
        ..Limits::default()
    };
    let sheet = Sheet::read(name, table, &limits).map_err(whole)?;
    if sheet.is_empty() {
        return Err(Refusal::about("resource_sheet", "resource-import-rows").into());
    }
    let columns = sheet.table().columns(&wanted()).map_err(whole)?;
    let mut package = archive.map(formats::Package::open).transpose()?;
    let around = Around {
        country,
        school,
        files,
    };
    let mut tried = Tried::default();
    for row in sheet.rows(0..sheet.len()) {
        tried.rows += 1;
        let number = row.number();
        let mut reading = Reading {
            columns: &columns,
            row,
            wrong: Vec::new(),
        };
        let new = one_row(tx, &mut reading, &around, &mut |file| {
            let found = package.as_mut().map(|package| {
                let inside = package
                    .names()
                    .find(|inside| *inside == file || inside.ends_with(&format!("/{file}")))
                    .map(str::to_owned)
                    .ok_or(Error::Missing)?;
                package.read(&inside)
            });
            found.unwrap_or(Err(Error::Missing))
        })?;
        for refusal in reading.wrong {
            tried.refused.push(RowRefused {
                row: number,
                refusal,
            });
        }
        tried.news.extend(new);
    }
    Ok(tried)
}

fn whole(refusals: Vec<sheets::Refusal>) -> Error {
    let mut all = base::Refusals::default();
    for why in refusals {
        let mut refusal = Refusal::about("resource_sheet", why.key);
        for (arg, text) in why.arguments() {
            refusal = refusal.with(arg, text);
        }
        all.push(refusal);
    }
    all.into()
}

fn one_row(
    tx: &mut Tx,
    r: &mut Reading<'_>,
    around: &Around<'_>,
    file_of: &mut dyn FnMut(&str) -> Result<Vec<u8>>,
) -> Result<Option<New>> {
    let mut known = Known::default();
    let langs = codes(&r.text("language", 60));
    for code in &langs {
        if places::language_name(tx, code, base::Lang::En)? == *code {
            known.strange_langs.push(code.clone());
        }
    }
    let lang = langs.first().cloned().unwrap_or_default();
    let title = r.text("title", rules::TITLE_MAX);
    let subject = r.text("subject", 40).to_lowercase().replace(' ', "_");
    if !curricula::SUBJECTS.contains(&subject.as_str()) {
        r.strange("subject", &subject);
    }
    let said = r.text("licence", 120);
    let national = crate::national::find(tx, said.trim())?
        .filter(|one| one.country == around.country && one.closed_at.is_none());
    known.national = national.as_ref().map(|one| one.licence());
    let licence = known
        .national
        .as_ref()
        .or_else(|| licence_named(&said))
        .map(|known| known.code.clone());
    if licence.is_none() {
        r.wrong
            .push(Refusal::about("licence", "resource-licence-missing"));
    }
    let from = r.whole("grade_from", 0, 13).unwrap_or(0);
    let to = r.whole("grade_to", 0, 13).unwrap_or(from);
    let mut competencies = Vec::new();
    for code in codes(&r.text("competencies", 400)) {
        match curricula::find_competency(tx, around.country, &code)? {
            Some(one) => competencies.push(one.id),
            None => known.strange_competencies.push(code),
        }
    }
    let accessibility = codes(&r.text("accessibility", 300));
    for code in &accessibility {
        if !ACCESSIBILITY.contains(&code.as_str()) {
            r.strange("accessibility", code);
        }
    }
    let about = r.text("about", 500);
    let some = |text: String| (!text.is_empty()).then_some(text);
    let mut new = New {
        country: around.country.to_owned(),
        school: around.school,
        names: if title.is_empty() {
            Names::default()
        } else {
            Names::one(&lang, &title)
        },
        about: some(about).map(|text| Names::one(&lang, &text)),
        subject,
        grades: (from, to),
        competencies,
        licence: licence.unwrap_or_default(),
        permits: match &national {
            Some(one) => one.permits.clone(),
            None => codes(&r.text("permits", 60))
                .iter()
                .filter_map(|code| crate::licence::Use::parse(code))
                .collect(),
        },
        duties: national.map(|one| one.duties).unwrap_or_default(),
        permission: some(r.text("permission", 300)),
        credit: r.text("credit", 300),
        source: r.text("source", 300),
        series: some(r.text("series", 60)),
        accessibility,
        reading_level: r.whole("reading_level", 1, 10),
        minutes: r.whole("minutes", 1, 600),
        langs,
        ..New::default()
    };
    if let Some(given) = file(tx, r, around, &lang, file_of)? {
        new.kind = given.kind;
        new.text = given.text;
        new.renditions = given.forms;
    }
    for refusal in rules::faults(&new, &known).0 {
        let said_already = refusal.key == "resource-licence-missing";
        if !said_already {
            r.wrong.push(refusal);
        }
    }
    Ok(r.wrong.is_empty().then_some(new))
}

/// The file a row names, read and kept.
fn file(
    tx: &mut Tx,
    r: &mut Reading<'_>,
    around: &Around<'_>,
    lang: &str,
    file_of: &mut dyn FnMut(&str) -> Result<Vec<u8>>,
) -> Result<Option<Given>> {
    let name = r.text("file", 300);
    let bytes = match file_of(&name) {
        Ok(bytes) => bytes,
        Err(Error::Missing) => {
            r.wrong.push(
                Refusal::about("file", "resource-import-file-missing").with("file", name.as_str()),
            );
            return Ok(None);
        }
        Err(Error::Refused(why)) => {
            r.wrong.extend(why.0);
            return Ok(None);
        }
        Err(error) => return Err(error),
    };
    match reading::read(around.files, &name, &bytes, Some(lang)) {
        Ok(given) => {
            for form in given.forms.iter().filter(|one| one.channel != "asset") {
                let there = store::with_file(tx, &form.hash, around.country)?;
                if let Some(other) = there.first() {
                    r.wrong.push(
                        Refusal::about("file", "resource-import-known")
                            .with("code", other.code.as_str()),
                    );
                    break;
                }
            }
            Ok(Some(given))
        }
        Err(Error::Refused(why)) => {
            r.wrong.extend(why.0);
            Ok(None)
        }
        Err(error) => Err(error),
    }
}

/// Keeps every row of a table that was read without a refusal; they wait for a reviewer.
///
/// # Errors
/// Refused while a row is; a fault of the database.
pub fn keep_table(tx: &mut Tx, tried: &Tried, by: Id, now: Moment) -> Result<Vec<Id>> {
    if let Some(first) = tried.refused.first() {
        return Err(first.refusal.clone().into());
    }
    let mut kept = Vec::with_capacity(tried.news.len());
    for new in &tried.news {
        let mut resource = acts::bring(tx, new, (Some(by), None), now)?;
        if new.school.is_none() {
            acts::wait(tx, &mut resource)?;
        }
        kept.push(resource.id);
    }
    ledger::tell(
        tx,
        (now, Some(by)),
        "resources.imported",
        ("resource_import", Id::new(now)),
        json!({"added": kept.len()}),
    )?;
    Ok(kept)
}

/// Imports a table with its archive for a command: the report, and what was kept when it was no trial.
///
/// # Errors
/// Refused when a file cannot be read at all; a fault of the database or the disk.
pub fn import_table(
    bench: &jobs::Bench,
    (name, table): (&str, &[u8]),
    archive: Option<&[u8]>,
    country: &str,
    (by, dry): (Id, bool),
) -> Result<Value> {
    let (files, now) = (bench.files.clone(), bench.clock.now());
    let (name, table) = (name.to_owned(), table.to_vec());
    let (archive, country) = (archive.map(<[u8]>::to_vec), country.to_owned());
    bench.db.write_now(move |tx| {
        let whose = (country.as_str(), None);
        let tried = try_table(tx, &files, (&name, &table), archive.as_deref(), whose)?;
        let mut report = tried.report();
        let kept = if dry || !tried.refused.is_empty() {
            0
        } else {
            keep_table(tx, &tried, by, now)?.len()
        };
        if let Some(object) = report.as_object_mut() {
            object.insert("kept".to_owned(), kept.into());
        }
        Ok(report)
    })
}
