//! Units in dispute, and what was decided about them.

use crate::consignment::{Discrepancy, Settling, Wrong};
use crate::rules::Settled;
use base::{Id, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Units in dispute.
    DISCREPANCY = "discrepancy" key 1 {
        id: Id, consignment_id: Id, consignment_line_id: Id, country: Text, member_id: Id,
        department: Text, wrong: Text, late: Bool, units: Int, open_units: Int, found: Int,
        replaced: Int, lost: Int, returned: Int, kept: Int, given: Int, again_lost: Int,
        again_returned: Int, why: Text, opened_on: Text, opened_at: Int, version: Int,
    }
);
db::table!(
    /// Decisions about them; never changed.
    DISCREPANCY_STEP = "discrepancy_step" key 1 {
        id: Id, discrepancy_id: Id, how: Text, units: Int, to_line: Id, reason: Text, decided_by: Id,
        decided_at: Int,
    }
);

fn values(d: &Discrepancy) -> Vec<Val> {
    let s = &d.settled;
    args![
        d.id,
        d.consignment,
        d.consignment_line,
        &d.country,
        d.member,
        &d.department,
        d.wrong.code(),
        d.late,
        s.units,
        s.open(),
        s.found,
        s.replaced,
        s.lost,
        s.returned,
        s.kept,
        s.given,
        s.again_lost,
        s.again_returned,
        d.why.clone(),
        d.opened_on,
        d.opened_at,
        d.version
    ]
    .to_vec()
}

macro_rules! discrepancies {
    ($rest:expr) => {
        concat!(
            "SELECT id, consignment_id, consignment_line_id, country, member_id, department, wrong, \
             late, units, found, replaced, lost, returned, kept, given, again_lost, again_returned, \
             why, opened_on, opened_at, version FROM discrepancy ",
            $rest
        )
    };
}

fn read(row: &Row) -> Result<Discrepancy> {
    let mut r = row.read();
    Ok(Discrepancy {
        id: r.id()?,
        consignment: r.id()?,
        consignment_line: r.id()?,
        country: r.text()?,
        member: r.id()?,
        department: r.text()?,
        wrong: Wrong::stored(r.str()?)?,
        late: r.bool()?,
        settled: Settled {
            units: r.int()?,
            found: r.int()?,
            replaced: r.int()?,
            lost: r.int()?,
            returned: r.int()?,
            kept: r.int()?,
            given: r.int()?,
            again_lost: r.int()?,
            again_returned: r.int()?,
        },
        why: r.opt_text()?,
        opened_on: r.day()?,
        opened_at: r.moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add_many(tx: &mut Tx, found: &[Discrepancy]) -> Result<()> {
    tx.add_many(&DISCREPANCY, found.iter().map(values).collect())
}

pub(crate) fn change(tx: &mut Tx, discrepancy: &mut Discrepancy) -> Result<()> {
    discrepancy.version = tx.change(&DISCREPANCY, values(discrepancy), discrepancy.version)?;
    Ok(())
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Discrepancy> {
    read(&tx.one(discrepancies!("WHERE id = $1"), &args![id])?)
}

/// A discrepancy nobody else decides about until the transaction ends.
pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Discrepancy> {
    read(&tx.one(discrepancies!("WHERE id = $1 FOR UPDATE"), &args![id])?)
}

/// The discrepancies of a line, oldest first.
pub(crate) fn of_line(tx: &mut Tx, line: Id) -> Result<Vec<Discrepancy>> {
    let sql = discrepancies!("WHERE consignment_line_id = $1 ORDER BY id");
    tx.rows(sql, &args![line])?.iter().map(read).collect()
}

/// Whose discrepancies, and which.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub after: (&'a str, Option<Id>),
    pub country: Option<&'a str>,
    pub member: Option<Id>,
    pub wrong: Option<&'a str>,
    pub limit: i64,
}

/// A page of open discrepancies, the oldest first.
pub(crate) fn open(tx: &mut Tx, wanted: &Wanted<'_>) -> Result<Vec<Discrepancy>> {
    let sql = discrepancies!(
        "WHERE open_units > 0 \
         AND (CAST($1 AS UUID) IS NULL OR (opened_on, id) > ($2, CAST($1 AS UUID))) \
         AND (CAST($3 AS TEXT) IS NULL OR country = CAST($3 AS TEXT)) \
         AND (CAST($4 AS UUID) IS NULL OR member_id = CAST($4 AS UUID)) \
         AND (CAST($5 AS TEXT) IS NULL OR wrong = CAST($5 AS TEXT)) \
         ORDER BY opened_on, id LIMIT $6"
    );
    let (after, id) = wanted.after;
    let found = tx.rows(
        sql,
        &args![
            id,
            after,
            wanted.country,
            wanted.member,
            wanted.wrong,
            wanted.limit
        ],
    )?;
    found.iter().map(read).collect()
}

/// How many are open in a country or of a member, and since when the oldest.
pub(crate) fn count_open(
    tx: &mut Tx,
    country: Option<&str>,
    member: Option<Id>,
) -> Result<(i64, Option<base::Moment>)> {
    let sql = "SELECT COUNT(*), MIN(opened_at) FROM discrepancy WHERE open_units > 0 \
        AND (CAST($1 AS TEXT) IS NULL OR country = CAST($1 AS TEXT)) \
        AND (CAST($2 AS UUID) IS NULL OR member_id = CAST($2 AS UUID))";
    let row = tx.one(sql, &args![country, member])?;
    let mut r = row.read();
    Ok((r.int()?, r.opt_moment()?))
}

pub(crate) fn add_step(tx: &mut Tx, step: &Settling) -> Result<()> {
    tx.add(
        &DISCREPANCY_STEP,
        args![
            step.id,
            step.discrepancy,
            &step.how,
            step.units,
            step.to_line,
            &step.reason,
            step.by,
            step.at
        ]
        .to_vec(),
    )
}

/// What was decided about a discrepancy, oldest first.
pub(crate) fn steps(tx: &mut Tx, discrepancy: Id) -> Result<Vec<Settling>> {
    let sql = "SELECT id, discrepancy_id, how, units, to_line, reason, decided_by, decided_at \
        FROM discrepancy_step WHERE discrepancy_id = $1 ORDER BY id";
    let found = tx.rows(sql, &args![discrepancy])?;
    found
        .iter()
        .map(|row| {
            let mut r = row.read();
            Ok(Settling {
                id: r.id()?,
                discrepancy: r.id()?,
                how: r.text()?,
                units: r.int()?,
                to_line: r.opt_id()?,
                reason: r.text()?,
                by: r.id()?,
                at: r.moment()?,
            })
        })
        .collect()
}
