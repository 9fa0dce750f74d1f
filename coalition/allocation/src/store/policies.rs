//! Policies.

use crate::policy::Policy;
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Versions of the policy.
    POLICY = "allocation_policy" key 1 {
        id: Id, number: Int, note: Text, parameters: Text, created_by: Id, created_at: Int,
        published_by: Id, published_at: Int, version: Int,
    }
);

fn values(p: &Policy) -> Result<Vec<Val>> {
    let parameters = serde_json::to_string(&p.parameters).map_err(Error::fault)?;
    Ok(args![
        p.id,
        p.number,
        &p.note,
        parameters,
        p.created_by,
        p.created_at,
        p.published_by,
        p.published_at,
        p.version
    ]
    .to_vec())
}

fn read(row: &Row) -> Result<Policy> {
    let mut r = row.read();
    Ok(Policy {
        id: r.id()?,
        number: r.int()?,
        note: r.text()?,
        parameters: serde_json::from_str(r.str()?).map_err(Error::fault)?,
        created_by: r.opt_id()?,
        created_at: r.moment()?,
        published_by: r.opt_id()?,
        published_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, policy: &Policy) -> Result<()> {
    tx.add(&POLICY, values(policy)?)
}
pub(crate) fn change(tx: &mut Tx, policy: &Policy, expected: i64) -> Result<i64> {
    tx.change(&POLICY, values(policy)?, expected)
}
pub(crate) fn next_number(tx: &mut Tx) -> Result<i64> {
    tx.lock("allocation-policy")?;
    tx.one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM allocation_policy",
        &[],
    )?
    .read()
    .int()
}

pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Policy> {
    const ONE: &str = "SELECT id, number, note, parameters, created_by, created_at, published_by, \
        published_at, version FROM allocation_policy WHERE id = $1";
    read(&tx.one(ONE, &args![id])?)
}

/// Every version, newest first.
pub(crate) fn all(tx: &mut Tx) -> Result<Vec<Policy>> {
    const ALL: &str = "SELECT id, number, note, parameters, created_by, created_at, published_by, \
        published_at, version FROM allocation_policy ORDER BY number DESC, id";
    tx.rows(ALL, &[])?.iter().map(read).collect()
}

/// The newest published version.
pub(crate) fn newest(tx: &mut Tx) -> Result<Option<Policy>> {
    Ok(all(tx)?
        .into_iter()
        .find(|policy| policy.published_at.is_some()))
}
