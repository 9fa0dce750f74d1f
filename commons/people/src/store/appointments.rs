//! Roles given to accounts, and the ties a person has declared.

use super::{json, strings};
use crate::account::{Affiliation, Appointed};
use base::{Day, Error, Id, Moment, Refusal, Result, Role};
use db::{Row, Tx, Val, args};

db::table!(
    /// Roles given to accounts; no names.
    APPOINTMENT = "appointment" key 1 {
        id: Id, account_id: Id, role: Text, organisation_id: Id, country: Text, places: Text,
        from_on: Text, to_on: Text, basis: Text, appointed_by: Id, appointed_at: Int,
        ended_at: Int, ended_by: Id, end_reason: Text, version: Int,
    }
);

/// Inserts an appointment.
pub(crate) fn add_appointment(tx: &mut Tx, a: &Appointed) -> Result<()> {
    let done = tx.add(&APPOINTMENT, appointment_row(a));
    db::on_check(
        done,
        "appointment_by_another",
        Refusal::whole("appointment-not-oneself"),
    )
}

/// Saves an appointment.
pub(crate) fn change_appointment(tx: &mut Tx, a: &Appointed) -> Result<()> {
    tx.change(&APPOINTMENT, appointment_row(a), a.version)?;
    Ok(())
}

fn appointment_row(a: &Appointed) -> Vec<Val> {
    args![
        a.id,
        a.account,
        a.role.code(),
        a.organisation,
        a.country.clone(),
        json(&a.places),
        a.from_on,
        a.to_on,
        &a.basis,
        a.by,
        a.at,
        a.ended_at,
        a.ended_by,
        a.end_reason.clone(),
        a.version
    ]
    .to_vec()
}

fn read_appointment(row: &Row) -> Result<Appointed> {
    let mut r = row.read();
    let id = r.id()?;
    let account = r.id()?;
    let code = r.text()?;
    Ok(Appointed {
        id,
        account,
        role: Role::parse(&code).ok_or_else(|| Error::fault(format!("{code} is no role")))?,
        organisation: r.opt_id()?,
        country: r.opt_text()?,
        places: strings(&r.json()?),
        from_on: r.day()?,
        to_on: r.opt_day()?,
        basis: r.text()?,
        by: r.opt_id()?,
        at: r.moment()?,
        ended_at: r.opt_moment()?,
        ended_by: r.opt_id()?,
        end_reason: r.opt_text()?,
        version: r.int()?,
    })
}

/// The appointment of an id.
pub(crate) fn appointment(tx: &mut Tx, id: Id) -> Result<Appointed> {
    let row = tx.one(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE id = $1",
        &args![id],
    )?;
    read_appointment(&row)
}

/// Every appointment an account has had.
pub(crate) fn appointments_of(tx: &mut Tx, account: Id) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE account_id = $1 ORDER BY id",
        &args![account],
    )?;
    rows.iter().map(read_appointment).collect()
}

/// The appointments of an organisation that have not been ended.
pub(crate) fn appointments_for(tx: &mut Tx, organisation: Id) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE organisation_id = $1 AND ended_at IS NULL ORDER BY id",
        &args![organisation],
    )?;
    rows.iter().map(read_appointment).collect()
}

/// The appointments to a role that have not been ended.
pub(crate) fn appointments_to(
    tx: &mut Tx,
    role: Role,
    organisation: Option<Id>,
    country: Option<&str>,
) -> Result<Vec<Appointed>> {
    let rows = tx.rows(
        "SELECT id, account_id, role, organisation_id, country, places, from_on, to_on, basis, appointed_by, appointed_at, ended_at, ended_by, end_reason, version \
         FROM appointment WHERE role = $1 AND ended_at IS NULL \
         AND (CAST($2 AS UUID) IS NULL OR organisation_id = $2) \
         AND (CAST($3 AS TEXT) IS NULL OR country IS NULL OR country = CAST($3 AS TEXT)) ORDER BY id",
        &args![role.code(), organisation, country],
    )?;
    rows.iter().map(read_appointment).collect()
}

/// Inserts a declared tie.
pub(crate) fn add_affiliation(tx: &mut Tx, a: &Affiliation, now: Moment) -> Result<()> {
    tx.exec(
        "INSERT INTO affiliation (id, account_id, organisation_id, kind, from_on, to_on, declared_at) VALUES ($1, $2, $3, $4, $5, $6, $7)",
        &args![a.id, a.account, a.organisation, &a.kind, a.from_on, a.to_on, now],
    )?;
    Ok(())
}

/// Every tie a person has declared.
pub(crate) fn affiliations(tx: &mut Tx, account: Id) -> Result<Vec<Affiliation>> {
    let rows = tx.rows(
        "SELECT id, account_id, organisation_id, kind, from_on, to_on FROM affiliation WHERE account_id = $1 ORDER BY id",
        &args![account],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Affiliation {
            id: r.id()?,
            account: r.id()?,
            organisation: r.id()?,
            kind: r.text()?,
            from_on: r.day()?,
            to_on: r.opt_day()?,
        })
    };
    rows.iter().map(read).collect()
}

/// Sets the last day of a tie; false when the person has none such, or it has ended.
pub(crate) fn end_affiliation(tx: &mut Tx, account: Id, id: Id, last: Day) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE affiliation SET to_on = $1 WHERE id = $2 AND account_id = $3 AND (to_on IS NULL OR to_on > $1)",
        &args![last, id, account],
    )?;
    Ok(touched == 1)
}
