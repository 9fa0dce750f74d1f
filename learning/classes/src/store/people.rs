//! People, their roles at schools, and the ties between guardians and learners.

use crate::person::{Held, Link, NewPerson, Person};
use base::{Day, Error, Id, Moment, Result, Role, fold};
use db::{Reader, Row, Tx, Val, args};
use std::collections::BTreeMap;

/// The columns of a person, in the order [`read_person`] takes them.
macro_rules! person_columns {
    () => {
        "p.id, p.code, p.country, p.given, p.family, p.birth_year, p.sex, p.lang, p.needs, p.user_name, \
         p.password_hash IS NOT NULL, p.card_serial, p.card_at, p.sourced_id, p.sample, p.closed_at, p.version"
    };
}
pub(crate) use person_columns;

macro_rules! link_columns {
    () => {
        "id, guardian_id, learner_id, school_id, relation, asked_by, asked_at, verified_by, verified_at, basis, may_see, ended_at, reason"
    };
}

/// What people are sorted and found by.
pub(crate) fn sort_key(given: &str, family: &str) -> String {
    fold(&format!("{family} {given}"))
}

pub(crate) fn read_person(r: &mut Reader<'_>) -> Result<Person> {
    Ok(Person {
        id: r.id()?,
        code: r.text()?,
        country: r.text()?,
        given: r.text()?,
        family: r.text()?,
        birth_year: r.opt_int()?,
        sex: r.opt_text()?,
        lang: r.lang()?,
        needs: serde_json::from_str(r.str()?).unwrap_or_default(),
        user_name: r.opt_text()?,
        has_password: r.bool()?,
        card_serial: r.int()?,
        card_at: r.opt_moment()?,
        sourced_id: r.opt_text()?,
        sample: r.bool()?,
        closed_at: r.opt_moment()?,
        version: r.int()?,
    })
}

/// The values of a new person's row.
pub(crate) fn person_row(id: Id, code: &str, new: &NewPerson, now: Moment) -> Result<Vec<Val>> {
    let needs = serde_json::to_string(&new.needs).map_err(Error::fault)?;
    Ok(args![
        id,
        code,
        new.country.as_str(),
        new.given.as_str(),
        new.family.as_str(),
        sort_key(&new.given, &new.family),
        new.birth_year,
        new.sex.as_deref(),
        new.lang,
        needs,
        new.user_name.as_deref(),
        new.sourced_id.as_deref(),
        new.sample,
        now
    ]
    .to_vec())
}

/// Inserts people, one row of [`person_row`] each.
pub(crate) fn add_people(tx: &mut Tx, rows: &[Vec<Val>]) -> Result<()> {
    tx.exec_many(
        "INSERT INTO school_person (id, code, country, given, family, sort_key, birth_year, sex, lang, needs, user_name, sourced_id, sample, created_at, card_serial, version) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 0, 1)",
        rows,
    )?;
    Ok(())
}

/// A person.
pub(crate) fn person(tx: &mut Tx, id: Id) -> Result<Person> {
    let row = tx.one(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM school_person p WHERE p.id = $1"
        ),
        &args![id],
    )?;
    read_person(&mut row.read())
}

/// The person of a code.
pub(crate) fn by_code(tx: &mut Tx, code: &str) -> Result<Option<Person>> {
    let row = tx.row(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM school_person p WHERE p.code = $1"
        ),
        &args![code],
    )?;
    row.map(|row| read_person(&mut row.read())).transpose()
}

/// The person of a user name.
pub(crate) fn by_user_name(tx: &mut Tx, user_name: &str) -> Result<Option<Person>> {
    let row = tx.row(
        concat!(
            "SELECT ",
            person_columns!(),
            " FROM school_person p WHERE p.user_name = $1"
        ),
        &args![user_name],
    )?;
    row.map(|row| read_person(&mut row.read())).transpose()
}

/// The hash of a person's password.
pub(crate) fn password_hash(tx: &mut Tx, id: Id) -> Result<Option<String>> {
    let row = tx.one(
        "SELECT password_hash FROM school_person WHERE id = $1",
        &args![id],
    )?;
    row.read().opt_text()
}

/// Sets a person's password.
pub(crate) fn set_password(tx: &mut Tx, id: Id, hash: Option<&str>) -> Result<()> {
    tx.exec(
        "UPDATE school_person SET password_hash = $1 WHERE id = $2",
        &args![hash, id],
    )?;
    Ok(())
}

/// Notes that a card was made, anew with another secret where that is wanted.
pub(crate) fn card_made(tx: &mut Tx, id: Id, anew: bool, now: Moment) -> Result<()> {
    tx.exec(
        "UPDATE school_person SET card_at = $1, card_serial = card_serial + $2 WHERE id = $3",
        &args![now, i64::from(anew), id],
    )?;
    Ok(())
}

/// Changes what a school writes of a person.
///
/// # Errors
/// A conflict when somebody was faster.
pub(crate) fn change_person(tx: &mut Tx, person: &Person, seen: i64) -> Result<()> {
    let key = sort_key(&person.given, &person.family);
    let needs = serde_json::to_string(&person.needs).map_err(Error::fault)?;
    let touched = tx.exec(
        "UPDATE school_person SET given = $1, family = $2, sort_key = $3, birth_year = $4, sex = $5, lang = $6, needs = $7, user_name = $8, version = version + 1 \
         WHERE id = $9 AND version = $10",
        &args![
            person.given.as_str(), person.family.as_str(), key.as_str(), person.birth_year, person.sex.as_deref(),
            person.lang, needs, person.user_name.as_deref(), person.id, seen
        ],
    )?;
    if touched == 0 {
        let saved = self::person(tx, person.id)?;
        return Err(Error::Conflict(Box::new(base::Conflict {
            version: saved.version,
            saved: [
                ("given".to_owned(), saved.given),
                ("family".to_owned(), saved.family),
                (
                    "birth_year".to_owned(),
                    saved.birth_year.map(|y| y.to_string()).unwrap_or_default(),
                ),
                ("user_name".to_owned(), saved.user_name.unwrap_or_default()),
            ]
            .into(),
        })));
    }
    tx.exec(
        "UPDATE school_role SET sort_key = $1 WHERE person_id = $2",
        &args![key.as_str(), person.id],
    )?;
    tx.exec(
        "UPDATE school_enrolment SET sort_key = $1 WHERE person_id = $2",
        &args![key.as_str(), person.id],
    )?;
    Ok(())
}

fn read_held(row: &Row) -> Result<Held> {
    let mut r = row.read();
    Ok(Held {
        id: r.id()?,
        person: r.id()?,
        school: r.id()?,
        country: r.text()?,
        role: Role::parse(r.str()?).unwrap_or(Role::Learner),
        from_on: r.day()?,
        to_on: r.opt_day()?,
        reason: r.opt_text()?,
    })
}

/// Every role a person holds or held, in the order of giving.
pub(crate) fn roles(tx: &mut Tx, person: Id) -> Result<Vec<Held>> {
    let rows = tx.rows(
        "SELECT id, person_id, school_id, country, role, from_on, to_on, reason FROM school_role WHERE person_id = $1 ORDER BY id",
        &args![person],
    )?;
    rows.iter().map(read_held).collect()
}

/// Everybody who learns or learned at a school, with the last day of each time there.
pub(crate) fn ever_learners(tx: &mut Tx, school: Id) -> Result<Vec<(Id, Option<Day>)>> {
    let rows = tx.rows(
        "SELECT person_id, to_on FROM school_role WHERE school_id = $1 AND role = 'learner' ORDER BY person_id, id",
        &args![school],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.id()?, r.opt_day()?))
    };
    rows.iter().map(read).collect()
}

/// One role.
pub(crate) fn role(tx: &mut Tx, id: Id) -> Result<Held> {
    let row = tx.one(
        "SELECT id, person_id, school_id, country, role, from_on, to_on, reason FROM school_role WHERE id = $1",
        &args![id],
    )?;
    read_held(&row)
}

/// The values of a new role's row.
pub(crate) fn role_row(held: &Held, key: &str, by: Option<Id>, now: Moment) -> Vec<Val> {
    args![
        held.id,
        held.person,
        held.school,
        held.country.as_str(),
        held.role.code(),
        key,
        held.from_on,
        held.to_on,
        by,
        now
    ]
    .to_vec()
}

/// Inserts roles.
pub(crate) fn add_roles(tx: &mut Tx, rows: &[Vec<Val>]) -> Result<()> {
    tx.exec_many(
        "INSERT INTO school_role (id, person_id, school_id, country, role, sort_key, from_on, to_on, given_by, given_at) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
        rows,
    )?;
    Ok(())
}

/// Ends a role on a day; false when it has ended.
pub(crate) fn end_role(
    tx: &mut Tx,
    id: Id,
    on: Day,
    reason: &str,
    by: Option<Id>,
    now: Moment,
) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_role SET to_on = $1, reason = $2, ended_by = $3, ended_at = $4 WHERE id = $5 AND to_on IS NULL",
        &args![on, reason, by, now, id],
    )?;
    Ok(touched == 1)
}

/// Several people, by id.
pub(crate) fn people(tx: &mut Tx, ids: &[Id]) -> Result<BTreeMap<Id, Person>> {
    let mut found = BTreeMap::new();
    for id in ids {
        if found.contains_key(id) {
            continue;
        }
        match person(tx, *id) {
            Ok(person) => {
                found.insert(*id, person);
            }
            Err(Error::Missing) => {}
            Err(other) => return Err(other),
        }
    }
    Ok(found)
}

/// A page of the people who hold a role at a school on a day, by name.
pub(crate) fn at_school(
    tx: &mut Tx,
    (school, role): (Id, &str),
    day: Day,
    q: Option<&str>,
    after: (&str, Option<Id>),
    limit: i64,
) -> Result<Vec<(String, Id, Person)>> {
    let upto = q.map(|q| format!("{q}\u{10ffff}"));
    let rows = tx.rows(
        concat!(
            "SELECT r.sort_key, r.id, ", person_columns!(),
            " FROM school_role r JOIN school_person p ON p.id = r.person_id \
              WHERE r.school_id = $1 AND r.role = $2 AND (r.to_on IS NULL OR r.to_on >= $3) \
              AND (r.sort_key > $4 OR (r.sort_key = $4 AND (CAST($5 AS UUID) IS NULL OR r.id > CAST($5 AS UUID)))) \
              AND (CAST($6 AS TEXT) IS NULL OR (r.sort_key >= CAST($6 AS TEXT) AND r.sort_key < CAST($7 AS TEXT))) \
              ORDER BY r.sort_key, r.id LIMIT $8"
        ),
        &args![school, role, day, after.0, after.1, q, upto.as_deref(), limit],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.id()?, read_person(&mut r)?))
        })
        .collect()
}

/// How many hold each role at a school on a day.
pub(crate) fn count_roles(tx: &mut Tx, school: Id, day: Day) -> Result<BTreeMap<String, i64>> {
    let rows = tx.rows(
        "SELECT role, COUNT(*) FROM school_role WHERE school_id = $1 AND (to_on IS NULL OR to_on >= $2) GROUP BY role ORDER BY role",
        &args![school, day],
    )?;
    rows.iter()
        .map(|row| {
            let mut r = row.read();
            Ok((r.text()?, r.int()?))
        })
        .collect()
}

fn read_link(row: &Row) -> Result<Link> {
    let mut r = row.read();
    Ok(Link {
        id: r.id()?,
        guardian: r.id()?,
        learner: r.id()?,
        school: r.id()?,
        relation: r.text()?,
        asked_by: r.opt_id()?,
        asked_at: r.moment()?,
        verified_by: r.opt_id()?,
        verified_at: r.opt_moment()?,
        basis: r.opt_text()?,
        may_see: r.bool()?,
        ended_at: r.opt_moment()?,
        reason: r.opt_text()?,
    })
}

/// Inserts a guardian's tie.
pub(crate) fn add_link(tx: &mut Tx, link: &Link) -> Result<()> {
    tx.exec(
        "INSERT INTO school_guardian (id, guardian_id, learner_id, school_id, relation, asked_by, asked_at, verified_by, verified_at, basis, may_see) \
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
        &args![
            link.id, link.guardian, link.learner, link.school, link.relation.as_str(), link.asked_by, link.asked_at,
            link.verified_by, link.verified_at, link.basis.as_deref(), link.may_see
        ],
    )?;
    Ok(())
}

/// One tie.
pub(crate) fn link(tx: &mut Tx, id: Id) -> Result<Link> {
    let row = tx.one(
        concat!(
            "SELECT ",
            link_columns!(),
            " FROM school_guardian WHERE id = $1"
        ),
        &args![id],
    )?;
    read_link(&row)
}

/// The ties of a guardian that were not ended.
pub(crate) fn links_of_guardian(tx: &mut Tx, guardian: Id) -> Result<Vec<Link>> {
    let rows = tx.rows(
        concat!(
            "SELECT ",
            link_columns!(),
            " FROM school_guardian WHERE guardian_id = $1 AND ended_at IS NULL ORDER BY id"
        ),
        &args![guardian],
    )?;
    rows.iter().map(read_link).collect()
}

/// Every tie of a learner, ended ones too.
pub(crate) fn links_of_learner(tx: &mut Tx, learner: Id) -> Result<Vec<Link>> {
    let rows = tx.rows(
        concat!(
            "SELECT ",
            link_columns!(),
            " FROM school_guardian WHERE learner_id = $1 ORDER BY id"
        ),
        &args![learner],
    )?;
    rows.iter().map(read_link).collect()
}

/// A page of a school's ties that were not ended: those to be verified, the verified, or all.
pub(crate) fn links_of_school(
    tx: &mut Tx,
    school: Id,
    waiting: Option<bool>,
    after: Option<Id>,
    limit: i64,
) -> Result<Vec<Link>> {
    let rows = tx.rows(
        concat!(
            "SELECT ", link_columns!(),
            " FROM school_guardian WHERE school_id = $1 AND ended_at IS NULL \
              AND (CAST($2 AS BOOLEAN) IS NULL OR (verified_at IS NULL) = CAST($2 AS BOOLEAN)) AND (CAST($3 AS UUID) IS NULL OR id > CAST($3 AS UUID)) ORDER BY id LIMIT $4"
        ),
        &args![school, waiting, after, limit],
    )?;
    rows.iter().map(read_link).collect()
}

/// Verifies a tie; false when it was verified or ended before.
pub(crate) fn verify_link(
    tx: &mut Tx,
    id: Id,
    basis: &str,
    may_see: bool,
    by: Id,
    now: Moment,
) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_guardian SET verified_by = $1, verified_at = $2, basis = $3, may_see = $4 WHERE id = $5 AND verified_at IS NULL AND ended_at IS NULL",
        &args![by, now, basis, may_see, id],
    )?;
    Ok(touched == 1)
}

/// Ends a tie; false when it had ended.
pub(crate) fn end_link(tx: &mut Tx, id: Id, reason: &str, by: Id, now: Moment) -> Result<bool> {
    let touched = tx.exec(
        "UPDATE school_guardian SET ended_by = $1, ended_at = $2, reason = $3 WHERE id = $4 AND ended_at IS NULL",
        &args![by, now, reason, id],
    )?;
    Ok(touched == 1)
}

/// A card was used: what stands on it works no longer.
pub(crate) fn use_card(tx: &mut Tx, id: Id) -> Result<()> {
    tx.exec(
        "UPDATE school_person SET card_serial = card_serial + 1, card_at = NULL WHERE id = $1",
        &args![id],
    )?;
    Ok(())
}
