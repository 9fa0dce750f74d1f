//! Every statement about snapshots, their figures and the things they counted.

pub(crate) mod things;

use crate::snapshot::{Figure, Name, Scope, Snapshot, Thing};
use base::{Day, Error, Id, Moment, Result};
use db::{Row, Tx, args};

macro_rules! snapshot_sql {
    ($rest:literal) => {
        concat!(
            "SELECT id, seq, head, today, taken_at, about, ordinal FROM snapshot ",
            $rest
        )
    };
}

fn snapshot_of(row: &Row) -> Result<Snapshot> {
    let mut r = row.read();
    Ok(Snapshot {
        id: r.id()?,
        seq: r.int()?,
        head: r.text()?,
        today: r.day()?,
        taken_at: r.moment()?,
        about: r.json()?,
        ordinal: r.int()?,
    })
}

pub(crate) fn newest(tx: &mut Tx) -> Result<Option<Snapshot>> {
    let row = tx.row(
        snapshot_sql!("WHERE whole ORDER BY taken_at DESC, seq DESC, id DESC LIMIT 1"),
        &[],
    )?;
    row.as_ref().map(snapshot_of).transpose()
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Option<Snapshot>> {
    let row = tx.row(snapshot_sql!("WHERE id = $1"), &args![id])?;
    row.as_ref().map(snapshot_of).transpose()
}

/// The snapshots kept, newest first.
pub(crate) fn all(tx: &mut Tx, before: (i64, i64), limit: i64) -> Result<Vec<Snapshot>> {
    let sql = snapshot_sql!(
        "WHERE (taken_at, seq) < ($1, $2) ORDER BY taken_at DESC, seq DESC, id DESC LIMIT $3"
    );
    let rows = tx.rows(sql, &args![before.0, before.1, limit])?;
    rows.iter().map(snapshot_of).collect()
}

const FIGURES_AT_ONCE: usize = 5_000;

/// Keeps a snapshot with its figures and the things they counted; it gets the next ordinal.
pub(crate) fn add(
    tx: &mut Tx,
    snapshot: &Snapshot,
    figures: &[Figure],
    things: &[Thing],
) -> Result<()> {
    let last = tx.one("SELECT COALESCE(MAX(ordinal), 0) FROM snapshot", &[])?;
    let ordinal = last.read().int()? + 1;
    tx.exec(
        "INSERT INTO snapshot (id, seq, head, today, taken_at, about, kept, whole, ordinal) \
        VALUES ($1, $2, $3, $4, $5, $6, FALSE, TRUE, $7)",
        &args![
            snapshot.id,
            snapshot.seq,
            &snapshot.head,
            snapshot.today,
            snapshot.taken_at,
            &snapshot.about,
            ordinal
        ],
    )?;
    things::keep(tx, ordinal, things)?;
    let sql = "INSERT INTO snapshot_figure \
        (snapshot_id, scope_kind, scope, code, level, unit, low, high, told, records, as_of, rule, marks) \
        VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)";
    for slice in figures.chunks(FIGURES_AT_ONCE) {
        let rows: Vec<_> = slice
            .iter()
            .map(|f| {
                args![
                    snapshot.id,
                    f.scope.kind(),
                    f.scope.key(),
                    &f.code,
                    &f.level,
                    &f.unit,
                    f.low,
                    f.high,
                    f.sum,
                    f.records,
                    f.as_of,
                    &f.rule,
                    f.marks.join(" ")
                ]
                .to_vec()
            })
            .collect();
        tx.exec_many(sql, &rows)?;
    }
    Ok(())
}

macro_rules! figure_sql {
    ($rest:literal) => {
        concat!(
            "SELECT scope_kind, scope, code, level, unit, low, high, told, records, as_of, rule, marks \
            FROM snapshot_figure WHERE snapshot_id = $1 ",
            $rest
        )
    };
}

fn figure_of(row: &Row) -> Result<Figure> {
    let mut r = row.read();
    let (kind, key) = (r.text()?, r.text()?);
    Ok(Figure {
        scope: Scope::parse(&kind, &key).ok_or(Error::Missing)?,
        code: r.text()?,
        level: r.text()?,
        unit: r.text()?,
        low: r.opt_int()?,
        high: r.opt_int()?,
        sum: r.opt_int()?,
        records: r.int()?,
        as_of: r.opt_day()?,
        rule: r.text()?,
        marks: r.text()?.split_whitespace().map(str::to_owned).collect(),
    })
}

/// The figures about one thing.
pub(crate) fn figures(tx: &mut Tx, snapshot: Id, scope: &Scope) -> Result<Vec<Figure>> {
    let sql = figure_sql!("AND scope_kind = $2 AND scope = $3 ORDER BY code, level");
    let rows = tx.rows(sql, &args![snapshot, scope.kind(), scope.key()])?;
    rows.iter().map(figure_of).collect()
}

/// One figure of every thing of a kind: of all countries, of all members.
pub(crate) fn across(tx: &mut Tx, snapshot: Id, kind: &str, code: &str) -> Result<Vec<Figure>> {
    let sql = figure_sql!("AND scope_kind = $2 AND code = $3 ORDER BY scope, level");
    let rows = tx.rows(sql, &args![snapshot, kind, code])?;
    rows.iter().map(figure_of).collect()
}

pub(crate) fn figure(tx: &mut Tx, snapshot: Id, name: &Name) -> Result<Option<Figure>> {
    let sql = figure_sql!("AND scope_kind = $2 AND scope = $3 AND code = $4 AND level = $5");
    let key = args![
        snapshot,
        name.scope.kind(),
        name.scope.key(),
        &name.code,
        &name.level
    ];
    tx.row(sql, &key)?.as_ref().map(figure_of).transpose()
}

/// What a list of figures asks for.
pub(crate) struct Wanted<'a> {
    pub(crate) kind: Option<&'a str>,
    pub(crate) scope: Option<&'a str>,
    pub(crate) level: Option<&'a str>,
    /// The key of the last one shown.
    pub(crate) after: [String; 4],
    pub(crate) limit: i64,
}

pub(crate) fn list(tx: &mut Tx, snapshot: Id, wanted: &Wanted) -> Result<Vec<Figure>> {
    let sql = figure_sql!(
        "AND (CAST($2 AS TEXT) IS NULL OR scope_kind = CAST($2 AS TEXT)) \
        AND (CAST($3 AS TEXT) IS NULL OR scope = CAST($3 AS TEXT)) \
        AND (CAST($4 AS TEXT) IS NULL OR level = CAST($4 AS TEXT)) \
        AND (scope_kind, scope, code, level) > ($5, $6, $7, $8) \
        ORDER BY scope_kind, scope, code, level LIMIT $9"
    );
    let [kind, scope, code, level] = &wanted.after;
    let values = args![
        snapshot,
        wanted.kind,
        wanted.scope,
        wanted.level,
        kind,
        scope,
        code,
        level,
        wanted.limit
    ];
    tx.rows(sql, &values)?.iter().map(figure_of).collect()
}

/// Marks a snapshot that something published names: it is never forgotten.
pub(crate) fn keep(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec("UPDATE snapshot SET kept = TRUE WHERE id = $1", &args![id])?;
    Ok(())
}

/// Forgets the figures of the snapshots taken before a moment, but for those to be kept and the
/// last of each day.
pub(crate) fn forget(tx: &mut Tx, before: Moment) -> Result<()> {
    let sql = "SELECT id FROM snapshot AS one WHERE taken_at < $1 AND whole AND NOT kept AND EXISTS \
        (SELECT 1 FROM snapshot AS later WHERE later.today = one.today AND (later.taken_at, later.seq) > (one.taken_at, one.seq)) \
        ORDER BY id LIMIT 100";
    let rows = tx.rows(sql, &args![before])?;
    let ids: Vec<Id> = rows
        .iter()
        .map(|row| row.read().id())
        .collect::<Result<_>>()?;
    let keys: Vec<_> = ids.iter().map(|id| args![*id].to_vec()).collect();
    tx.exec_many("DELETE FROM snapshot_figure WHERE snapshot_id = $1", &keys)?;
    tx.exec_many("UPDATE snapshot SET whole = FALSE WHERE id = $1", &keys)?;
    if keys.is_empty() {
        return Ok(());
    }
    things::forget(tx)
}

/// The last snapshot of a day.
pub(crate) fn last_of(tx: &mut Tx, day: Day) -> Result<Option<Snapshot>> {
    let sql = snapshot_sql!(
        "WHERE today = $1 AND whole ORDER BY taken_at DESC, seq DESC, id DESC LIMIT 1"
    );
    let row = tx.row(sql, &args![day])?;
    row.as_ref().map(snapshot_of).transpose()
}
