//! Every SQL statement about the public record.

use super::read::Record;
use super::{Commitment, Named, Source, Statement};
use base::Result;
use db::{Row, Tx, Val, args};

db::table!(
    /// Something said in public.
    STATEMENT = "statement" key 1 {
        claim_id: Text, position: Int, topic: Text, metric: Text, value: Text, unit: Text,
        comparator: Text, as_of: Text, country: Text, source_id: Text, quote: Text,
    }
);
db::table!(
    /// Where something was read.
    SOURCE = "statement_source" key 1 { source_id: Text, title: Text, url: Text, kind: Text, }
);
db::table!(
    /// Something promised in public.
    COMMITMENT = "statement_commitment" key 1 {
        commitment_id: Text, position: Int, member: Text, member_type: Text, kind: Text,
        description: Text, quantity: Text, unit: Text, country: Text, said_on: Text, status: Text,
        source_id: Text, quote: Text,
    }
);
db::table!(
    /// A name in the record.
    MEMBER = "statement_member" key 1 { position: Int, member: Text, context: Text, source_id: Text, }
);

/// Puts a record beside what is there: the same row again changes nothing, a changed one replaces it.
/// Answers how many rows were new or changed.
pub(crate) fn put(tx: &mut Tx, record: &Record) -> Result<usize> {
    let mut changed = 0;
    let mut put = |tx: &mut Tx, table, key: Val, row: Vec<Val>| -> Result<()> {
        if tx.saved(table, &[key])?.as_ref() != Some(&row) {
            tx.put(table, row)?;
            changed += 1;
        }
        Ok(())
    };
    for source in &record.sources {
        let Source {
            source_id,
            title,
            url,
            kind,
        } = source;
        put(
            tx,
            &SOURCE,
            source_id.into(),
            args![source_id, title, url, kind].to_vec(),
        )?;
    }
    for (s, position) in record.statements.iter().zip(0_i64..) {
        let row = args![
            &s.claim_id,
            position,
            &s.topic,
            &s.metric,
            &s.text,
            &s.unit,
            &s.comparator,
            &s.as_of,
            &s.country,
            &s.source_id,
            &s.quote
        ];
        put(tx, &STATEMENT, (&s.claim_id).into(), row.to_vec())?;
    }
    for (c, position) in record.commitments.iter().zip(0_i64..) {
        let row = args![
            &c.commitment_id,
            position,
            &c.member,
            &c.member_type,
            &c.kind,
            &c.description,
            &c.quantity,
            &c.unit,
            &c.country,
            &c.said_on,
            &c.status,
            &c.source_id,
            &c.quote
        ];
        put(tx, &COMMITMENT, (&c.commitment_id).into(), row.to_vec())?;
    }
    for (m, position) in record.members.iter().zip(0_i64..) {
        let row = args![position, &m.member, &m.context, &m.source_id];
        put(tx, &MEMBER, position.into(), row.to_vec())?;
    }
    Ok(changed)
}

pub(crate) fn any(tx: &mut Tx) -> Result<bool> {
    Ok(tx.row("SELECT 1 FROM statement LIMIT 1", &[])?.is_some())
}

fn read_statement(row: &Row) -> Result<Statement> {
    let mut r = row.read();
    let text = |r: &mut db::Reader| r.text();
    let (claim_id, topic, metric) = (text(&mut r)?, text(&mut r)?, text(&mut r)?);
    let said = text(&mut r)?;
    Ok(Statement {
        claim_id,
        topic,
        metric,
        value: said.parse().ok(),
        text: said,
        unit: r.text()?,
        comparator: r.text()?,
        as_of: r.text()?,
        country: r.text()?,
        source_id: r.text()?,
        quote: r.text()?,
        source_title: r.opt_text()?.unwrap_or_default(),
        url: r.opt_text()?.unwrap_or_default(),
    })
}

/// Everything said, grouped by topic and metric in the record's order.
pub(crate) fn statements(tx: &mut Tx) -> Result<Vec<Statement>> {
    let sql = "SELECT s.claim_id, s.topic, s.metric, s.value, s.unit, s.comparator, s.as_of, s.country, \
               s.source_id, s.quote, o.title, o.url FROM statement s \
               LEFT JOIN statement_source o ON o.source_id = s.source_id ORDER BY s.position, s.claim_id";
    tx.rows(sql, &[])?.iter().map(read_statement).collect()
}

/// Everything promised, in the record's order.
pub(crate) fn commitments(tx: &mut Tx) -> Result<Vec<Commitment>> {
    let sql = "SELECT c.commitment_id, c.member, c.member_type, c.kind, c.description, c.quantity, c.unit, \
               c.country, c.said_on, c.status, c.source_id, c.quote, o.title, o.url FROM statement_commitment c \
               LEFT JOIN statement_source o ON o.source_id = c.source_id ORDER BY c.position, c.commitment_id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Commitment {
            commitment_id: r.text()?,
            member: r.text()?,
            member_type: r.text()?,
            kind: r.text()?,
            description: r.text()?,
            quantity: r.text()?,
            unit: r.text()?,
            country: r.text()?,
            said_on: r.text()?,
            status: r.text()?,
            source_id: r.text()?,
            quote: r.text()?,
            source_title: r.opt_text()?.unwrap_or_default(),
            url: r.opt_text()?.unwrap_or_default(),
        })
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}

/// Every name in the record.
pub(crate) fn members(tx: &mut Tx) -> Result<Vec<Named>> {
    let sql = "SELECT member, context, source_id FROM statement_member ORDER BY position";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Named {
            member: r.text()?,
            context: r.text()?,
            source_id: r.text()?,
        })
    };
    tx.rows(sql, &[])?.iter().map(read).collect()
}
