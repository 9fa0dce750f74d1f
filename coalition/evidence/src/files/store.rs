//! Every SQL statement about partners' files. What stands in them may say anything of anybody: it is
//! kept outside of facts, and read by the parties only.

use super::{FileRow, FileState, Question, ReportFile, questions};
use base::{Error, Id, Moment, Result};
use db::{Row, Tx, Val, args};
use serde_json::Value;
use std::collections::BTreeMap;

db::table!(
    /// A partner's spreadsheet.
    REPORT_FILE = "report_file" key 1 {
        id: Id, report_id: Id, hash: Text, state: Text, rows_read: Int, figures: Int, questions: Int,
        imported: Int, account_id: Id, received_at: Int, version: Int,
    }
);

macro_rules! report_files {
    ($rest:literal) => {
        concat!(
            "SELECT f.id, f.report_id, f.hash, t.name, t.mime, t.size, f.state, f.rows_read, f.figures, \
             f.questions, f.imported, f.account_id, f.received_at, f.version, t.notes FROM report_file f \
             JOIN report_file_text t ON t.file_id = f.id ",
            $rest
        )
    };
}

fn values(f: &ReportFile) -> Vec<Val> {
    args![
        f.id,
        f.report,
        &f.upload.hash,
        f.state.code(),
        f.rows_read,
        f.figures,
        f.questions,
        f.imported,
        f.account,
        f.received_at,
        f.version
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<ReportFile> {
    let mut r = row.read();
    let lost = || Error::fault("a file that cannot be told");
    Ok(ReportFile {
        id: r.id()?,
        report: r.id()?,
        upload: files::Upload {
            hash: r.text()?,
            name: r.text()?,
            mime: r.text()?,
            size: u64::try_from(r.int()?).unwrap_or(0),
        },
        state: FileState::parse(r.str()?).ok_or_else(lost)?,
        rows_read: r.int()?,
        figures: r.int()?,
        questions: r.int()?,
        imported: r.opt_int()?,
        account: r.id()?,
        received_at: r.moment()?,
        version: r.int()?,
        notes: serde_json::from_str::<Vec<Value>>(r.str()?).map_err(Error::fault)?,
    })
}

pub(crate) fn add(tx: &mut Tx, file: &ReportFile, rows: &[FileRow]) -> Result<()> {
    tx.add(&REPORT_FILE, values(file))?;
    let size = i64::try_from(file.upload.size).unwrap_or(i64::MAX);
    let notes = Value::Array(file.notes.clone()).to_string();
    tx.exec(
        "INSERT INTO report_file_text (file_id, name, mime, size, notes) VALUES ($1, $2, $3, $4, $5)",
        &args![file.id, &file.upload.name, &file.upload.mime, size, notes],
    )?;
    let row = |(row, position): (&FileRow, i64)| {
        let figures = questions::figures_kept(&row.figures);
        args![
            file.id, position, &row.sheet, row.number, &row.print, &row.words, figures
        ]
        .to_vec()
    };
    let rows: Vec<Vec<Val>> = rows.iter().zip(0_i64..).map(row).collect();
    tx.exec_many(
        "INSERT INTO report_file_row (file_id, position, sheet, number, print, words, figures) \
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &rows,
    )
    .map(drop)
}

pub(crate) fn save(tx: &mut Tx, file: &ReportFile) -> Result<i64> {
    tx.change(&REPORT_FILE, values(file), file.version)
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<ReportFile> {
    read(&tx.one(report_files!("WHERE f.id = $1"), &args![id])?)
}

/// A file nobody else decides on before this transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<ReportFile> {
    tx.one(
        "SELECT id FROM report_file WHERE id = $1 FOR UPDATE",
        &args![id],
    )?;
    find(tx, id)
}

pub(crate) fn of_report(tx: &mut Tx, report: Id) -> Result<Vec<ReportFile>> {
    let sql = report_files!("WHERE f.report_id = $1 ORDER BY f.id");
    tx.rows(sql, &args![report])?.iter().map(read).collect()
}

/// Whether a file of the report waits to be imported or discarded.
pub(crate) fn any_waiting(tx: &mut Tx, report: Id) -> Result<bool> {
    let sql = "SELECT 1 FROM report_file WHERE report_id = $1 AND state = 'read' LIMIT 1";
    Ok(tx.row(sql, &args![report])?.is_some())
}

pub(crate) fn rows(tx: &mut Tx, file: Id) -> Result<Vec<FileRow>> {
    let sql = "SELECT sheet, number, print, words, figures FROM report_file_row WHERE file_id = $1 ORDER BY position";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(FileRow {
            sheet: r.text()?,
            number: r.int()?,
            print: r.text()?,
            words: r.text()?,
            figures: questions::figures_told(r.str()?)
                .ok_or_else(|| Error::fault("figures that cannot be told"))?,
            marks: Vec::new(),
        })
    };
    tx.rows(sql, &args![file])?.iter().map(read).collect()
}

/// In how many other files each row was received before, with the first and the last time, by
/// position. A file of the same report that was discarded is no other file.
pub(crate) fn received(tx: &mut Tx, file: Id) -> Result<BTreeMap<i64, (i64, Moment, Moment)>> {
    let sql = "SELECT r.position, COUNT(DISTINCT f.id), MIN(f.received_at), MAX(f.received_at) \
               FROM report_file_row r JOIN report_file me ON me.id = r.file_id \
               JOIN report_file_row o ON o.print = r.print AND o.file_id <> r.file_id \
               JOIN report_file f ON f.id = o.file_id \
               WHERE r.file_id = $1 AND NOT (f.report_id = me.report_id AND f.state = 'discarded') \
               GROUP BY r.position ORDER BY r.position";
    let rows = tx.rows(sql, &args![file])?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.int()?, (r.int()?, r.moment()?, r.moment()?)))
    };
    rows.iter().map(read).collect()
}

pub(crate) fn add_questions(tx: &mut Tx, file: Id, asked: &[Question]) -> Result<()> {
    let row = |q: &Question| args![file, q.position, q.kind(), questions::kept(q)].to_vec();
    let rows: Vec<Vec<Val>> = asked.iter().map(row).collect();
    tx.exec_many(
        "INSERT INTO report_file_question (file_id, position, kind, about) VALUES ($1, $2, $3, $4)",
        &rows,
    )
    .map(drop)
}

pub(crate) fn questions(tx: &mut Tx, file: Id) -> Result<Vec<Question>> {
    let sql = "SELECT position, about, answer FROM report_file_question WHERE file_id = $1 ORDER BY position";
    let read = |row: &Row| {
        let mut r = row.read();
        let (position, about, answer) = (r.int()?, r.text()?, r.opt_bool()?);
        questions::told(position, &about, answer)
            .ok_or_else(|| Error::fault("a question that cannot be told"))
    };
    tx.rows(sql, &args![file])?.iter().map(read).collect()
}

/// Writes the answers to questions down.
pub(crate) fn answer(
    tx: &mut Tx,
    file: Id,
    positions: &[i64],
    yes: bool,
    (by, at): (Id, Moment),
) -> Result<()> {
    let row = |position: &i64| args![file, *position, yes, by, at].to_vec();
    let rows: Vec<Vec<Val>> = positions.iter().map(row).collect();
    tx.exec_many(
        "UPDATE report_file_question SET answer = $3, account_id = $4, at = $5 WHERE file_id = $1 AND position = $2",
        &rows,
    )
    .map(drop)
}
