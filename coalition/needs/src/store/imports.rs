//! Imports of school registers, their slices, and the published rules.

use crate::derive::{Basis, Rule, RuleSet, Services};
use crate::import::{Import, ImportState};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// An import of a school register.
    NEED_IMPORT = "need_import" key 1 {
        id: Id, request_id: Id, file_hash: Text, file_name: Text, file_mime: Text, file_size: Int,
        rule_set: Text, rule_version: Int, first_only: Bool, urgency: Int, conditions: Int, required_by: Text,
        window_from: Text, window_to: Text, as_of: Text, state: Text, rows_read: Int,
        rows_refused: Int, schools: Int, lines: Int, account_id: Id, created_at: Int, done_at: Int,
        version: Int,
    }
);

fn values(i: &Import) -> Vec<Val> {
    args![
        i.id,
        i.request,
        &i.file.hash,
        &i.file.name,
        &i.file.mime,
        i64::try_from(i.file.size).unwrap_or(i64::MAX),
        &i.rule_set,
        i.rule_version,
        i.first_only,
        i.urgency,
        i.conditions,
        i.required_by,
        i.window_from,
        i.window_to,
        i.as_of,
        i.state.code(),
        i.rows_read,
        i.rows_refused,
        i.schools,
        i.lines,
        i.account,
        i.created_at,
        i.done_at,
        i.version,
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Import> {
    let mut r = row.read();
    Ok(Import {
        id: r.id()?,
        request: r.id()?,
        file: files::Upload {
            hash: r.text()?,
            name: r.text()?,
            mime: r.text()?,
            size: u64::try_from(r.int()?).unwrap_or(0),
        },
        rule_set: r.text()?,
        rule_version: r.int()?,
        first_only: r.bool()?,
        urgency: r.int()?,
        conditions: r.int()?,
        required_by: r.day()?,
        window_from: r.day()?,
        window_to: r.day()?,
        as_of: r.day()?,
        state: ImportState::parse(&r.text()?)?,
        rows_read: r.int()?,
        rows_refused: r.int()?,
        schools: r.int()?,
        lines: r.int()?,
        account: r.id()?,
        created_at: r.moment()?,
        done_at: r.opt_moment()?,
        version: r.int()?,
    })
}

/// Writes a new import with the report of its dry run.
pub(crate) fn add_import(tx: &mut Tx, import: &Import, report: &str) -> Result<()> {
    tx.add(&NEED_IMPORT, values(import))?;
    tx.exec(
        "INSERT INTO need_import_report (import_id, job_id, report) VALUES ($1, NULL, $2)",
        &args![import.id, report],
    )?;
    Ok(())
}

/// Saves an import over the version that was read.
pub(crate) fn save_import(tx: &mut Tx, import: &Import) -> Result<()> {
    tx.change(&NEED_IMPORT, values(import), import.version)
        .map(drop)
}

/// An import.
pub(crate) fn import(tx: &mut Tx, id: Id) -> Result<Import> {
    let row = tx.one(
        "SELECT id, request_id, file_hash, file_name, file_mime, file_size, rule_set, rule_version, \
         first_only, urgency, conditions, required_by, window_from, window_to, as_of, state, rows_read, \
         rows_refused, schools, lines, account_id, created_at, done_at, version \
         FROM need_import WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

/// The imports of a request, the newest first.
pub(crate) fn imports_of(tx: &mut Tx, request: Id) -> Result<Vec<Import>> {
    let rows = tx.rows(
        "SELECT id, request_id, file_hash, file_name, file_mime, file_size, rule_set, rule_version, \
         first_only, urgency, conditions, required_by, window_from, window_to, as_of, state, rows_read, \
         rows_refused, schools, lines, account_id, created_at, done_at, version \
         FROM need_import WHERE request_id = $1 ORDER BY created_at DESC, id DESC LIMIT 50",
        &args![request],
    )?;
    rows.iter().map(read).collect()
}

/// The report of a dry run, and the job that imports it.
pub(crate) fn report(tx: &mut Tx, import: Id) -> Result<(String, Option<Id>)> {
    let row = tx.one(
        "SELECT report, job_id FROM need_import_report WHERE import_id = $1",
        &args![import],
    )?;
    let mut r = row.read();
    Ok((r.text()?, r.opt_id()?))
}

/// Remembers the job that does the import.
pub(crate) fn set_job(tx: &mut Tx, import: Id, job: Id) -> Result<()> {
    let sql = "UPDATE need_import_report SET job_id = $1 WHERE import_id = $2";
    tx.exec(sql, &args![job, import]).map(drop)
}

/// Takes a slice for this process to write; no when it was written before.
pub(crate) fn take_slice(tx: &mut Tx, import: Id, slice: i64, lines: i64) -> Result<bool> {
    let taken = tx.exec(
        "INSERT INTO need_import_slice (import_id, slice, lines) VALUES ($1, $2, $3) \
         ON CONFLICT (import_id, slice) DO NOTHING",
        &args![import, slice, lines],
    )?;
    Ok(taken == 1)
}

/// Lines that have been written so far.
pub(crate) fn written(tx: &mut Tx, import: Id) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(SUM(lines), 0) AS BIGINT) FROM need_import_slice WHERE import_id = $1";
    tx.one(sql, &args![import])?.read().int()
}

/// Ids and needs of some lines of an import, to be taken away.
pub(crate) fn some_lines_of(tx: &mut Tx, import: Id, limit: i64) -> Result<Vec<Id>> {
    let sql = "SELECT id FROM need_line WHERE import_id = $1 ORDER BY id LIMIT $2";
    tx.rows(sql, &args![import, limit])?
        .iter()
        .map(|row| row.read().id())
        .collect()
}

/// Code and version of every published rule set, the newest version of each.
pub(crate) fn rule_sets(tx: &mut Tx) -> Result<Vec<(String, i64)>> {
    let rows = tx.rows(
        "SELECT rule_set, MAX(version) FROM derivation_set GROUP BY rule_set ORDER BY rule_set",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.int()?))
        })
        .collect()
}

/// The rules of a set.
pub(crate) fn rule_set(tx: &mut Tx, code: &str, version: i64) -> Result<RuleSet> {
    let rows = tx.rows(
        "SELECT code, service_class, water, internet, electricity, computers, basis, per, least, \
         lot, audience, partners, package FROM derivation_rule \
         WHERE rule_set = $1 AND version = $2 ORDER BY position, code",
        &args![code, version],
    )?;
    let rules = rows.iter().map(read_rule).collect::<Result<Vec<_>>>()?;
    if rules.is_empty() {
        return Err(Error::Missing);
    }
    Ok(RuleSet {
        code: code.to_owned(),
        version,
        rules,
    })
}

fn read_rule(row: &Row) -> Result<Rule> {
    let mut r = row.read();
    Ok(Rule {
        code: r.text()?,
        service_class: r.text()?,
        when: Services {
            water: r.opt_bool()?,
            internet: r.opt_bool()?,
            electricity: r.opt_bool()?,
            computers: r.opt_bool()?,
        },
        basis: Basis::parse(&r.text()?).ok_or_else(|| Error::fault("a rule on no basis"))?,
        per: r.int()?,
        least: r.int()?,
        lot: r.int()?,
        audience: r.text()?,
        partners: r.int()?,
        package: r.bool()?,
    })
}

/// The languages spoken at home in some first-level areas, by place code.
pub(crate) fn area_languages(tx: &mut Tx) -> Result<std::collections::BTreeMap<String, String>> {
    let rows = tx.rows(
        "SELECT place_code, language FROM area_language ORDER BY place_code, language",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.text()?))
        })
        .collect()
}

/// Imports that are done but hold another number of lines than they wrote.
pub(crate) fn imports_short(tx: &mut Tx) -> Result<Vec<Id>> {
    let rows = tx.rows(
        "SELECT i.id FROM need_import i WHERE i.state = 'imported' AND i.lines <> \
         (SELECT COUNT(*) FROM need_line l WHERE l.import_id = i.id) ORDER BY i.id LIMIT 100",
        &[],
    )?;
    rows.iter().map(|row| row.read().id()).collect()
}
