//! Every SQL statement of this room.

use crate::accreditation::{Accreditation, CallBack, Delegation, Letter, Named, State};
use base::{Day, Error, Id, Refusal, Result, Role};
use db::{Row, Tx, Val, args};

db::table!(
    /// Accreditations of national authorities.
    ACCREDITATION = "accreditation" key 1 {
        id: Id, country: Text, organisation_id: Id, letter_hash: Text, letter_mime: Text,
        letter_size: Int, letter_on: Text, valid_from: Text, valid_to: Text, replaces: Id,
        state: Text, nominated_by: Id, nominated_at: Int, verified_by: Id, verified_at: Int,
        ended_by: Id, ended_at: Int, end_reason: Text, version: Int,
    }
);
db::table!(
    /// The accounts a letter names, and in which role.
    ACCREDITATION_PERSON = "accreditation_person" key 3 {
        accreditation_id: Id, account_id: Id, role: Text,
    }
);
db::table!(
    /// Calls back to known channels.
    CALL_BACK = "call_back" key 1 {
        id: Id, accreditation_id: Id, channel: Text, channel_source: Text, called_on: Text,
        spoke_to: Text, outcome: Text, confirmed: Text, called_by: Id, recorded_at: Int,
    }
);
db::table!(
    /// Delegations.
    DELEGATION = "delegation" key 1 {
        id: Id, accreditation_id: Id, from_account: Id, to_account: Id, appointment_id: Id,
        places: Text, from_on: Text, to_on: Text, delegated_at: Int, revoked_by: Id,
        revoked_at: Int, revoke_reason: Text, version: Int,
    }
);

fn accreditation_row(a: &Accreditation) -> Vec<Val> {
    args![
        a.id,
        &a.country,
        a.organisation,
        &a.letter.hash,
        &a.letter.mime,
        a.letter.size,
        a.letter.on,
        a.valid_from,
        a.valid_to,
        a.replaces,
        a.state.code(),
        a.nominated_by,
        a.nominated_at,
        a.verified_by,
        a.verified_at,
        a.ended_by,
        a.ended_at,
        a.end_reason.clone(),
        a.version
    ]
    .to_vec()
}

/// Inserts an accreditation with the people it names.
pub(crate) fn add(tx: &mut Tx, a: &Accreditation, named: &[Named]) -> Result<()> {
    let waits = Refusal::about("country", "authorities-country-waits");
    db::on_unique(
        tx.add(&ACCREDITATION, accreditation_row(a)),
        "accreditation.country",
        waits,
    )?;
    for person in named {
        let row = args![a.id, person.account, person.role.code()].to_vec();
        tx.put(&ACCREDITATION_PERSON, row)?;
    }
    Ok(())
}

/// Saves an accreditation over the version that was read.
pub(crate) fn change(tx: &mut Tx, a: &Accreditation) -> Result<()> {
    let done = tx.change(&ACCREDITATION, accreditation_row(a), a.version);
    db::on_check(
        done.map(|_| ()),
        "accreditation_four_eyes",
        Refusal::whole("four-eyes"),
    )
}

fn read(row: &Row) -> Result<Accreditation> {
    let mut r = row.read();
    Ok(Accreditation {
        id: r.id()?,
        country: r.text()?,
        organisation: r.id()?,
        letter: Letter {
            hash: r.text()?,
            mime: r.text()?,
            size: r.int()?,
            on: r.day()?,
        },
        valid_from: r.day()?,
        valid_to: r.day()?,
        replaces: r.opt_id()?,
        state: {
            let code = r.text()?;
            State::parse(&code).ok_or_else(|| Error::fault(format!("{code} is no state")))?
        },
        nominated_by: r.id()?,
        nominated_at: r.moment()?,
        verified_by: r.opt_id()?,
        verified_at: r.opt_moment()?,
        ended_by: r.opt_id()?,
        ended_at: r.opt_moment()?,
        end_reason: r.opt_text()?,
        version: r.int()?,
    })
}

/// The accreditation of an id.
pub(crate) fn accreditation(tx: &mut Tx, id: Id) -> Result<Accreditation> {
    let row = tx.one(
        "SELECT id, country, organisation_id, letter_hash, letter_mime, letter_size, letter_on, valid_from, valid_to, replaces, \
         state, nominated_by, nominated_at, verified_by, verified_at, ended_by, ended_at, end_reason, version \
         FROM accreditation WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

/// The accreditation of a country that persons have left in a state: there is one at most of those
/// that wait and of those that are verified.
pub(crate) fn of_country(
    tx: &mut Tx,
    country: &str,
    state: State,
) -> Result<Option<Accreditation>> {
    let row = tx.row(
        "SELECT id, country, organisation_id, letter_hash, letter_mime, letter_size, letter_on, valid_from, valid_to, replaces, \
         state, nominated_by, nominated_at, verified_by, verified_at, ended_by, ended_at, end_reason, version \
         FROM accreditation WHERE country = $1 AND state = $2 ORDER BY id DESC LIMIT 1",
        &args![country, state.code()],
    )?;
    row.as_ref().map(read).transpose()
}

/// The verified accreditations whose last day is not before `from` nor after `to`, by country.
pub(crate) fn verified(tx: &mut Tx, from: Day, to: Option<Day>) -> Result<Vec<Accreditation>> {
    let rows = tx.rows(
        "SELECT id, country, organisation_id, letter_hash, letter_mime, letter_size, letter_on, valid_from, valid_to, replaces, \
         state, nominated_by, nominated_at, verified_by, verified_at, ended_by, ended_at, end_reason, version \
         FROM accreditation WHERE state = 'verified' AND valid_to >= $1 AND (CAST($2 AS TEXT) IS NULL OR valid_to <= CAST($2 AS TEXT)) \
         ORDER BY country, id",
        &args![from, to],
    )?;
    rows.iter().map(read).collect()
}

/// The accreditations that wait for a call back.
pub(crate) fn waiting(tx: &mut Tx) -> Result<Vec<Accreditation>> {
    let rows = tx.rows(
        "SELECT id, country, organisation_id, letter_hash, letter_mime, letter_size, letter_on, valid_from, valid_to, replaces, \
         state, nominated_by, nominated_at, verified_by, verified_at, ended_by, ended_at, end_reason, version \
         FROM accreditation WHERE state = 'nominated' ORDER BY nominated_at, id",
        &[],
    )?;
    rows.iter().map(read).collect()
}

/// What accreditations are looked for.
pub(crate) struct Wanted<'a> {
    pub(crate) after: (&'a str, Id),
    pub(crate) country: Option<&'a str>,
    /// The code of a standing.
    pub(crate) standing: Option<&'a str>,
    /// Only those a call has confirmed.
    pub(crate) confirmed_only: bool,
    pub(crate) today: Day,
    pub(crate) limit: i64,
}

/// A page of accreditations by country.
pub(crate) fn list(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Accreditation>> {
    let rows = tx.rows(
        "SELECT id, country, organisation_id, letter_hash, letter_mime, letter_size, letter_on, valid_from, valid_to, replaces, \
         state, nominated_by, nominated_at, verified_by, verified_at, ended_by, ended_at, end_reason, version \
         FROM accreditation WHERE (country > $1 OR (country = $1 AND id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR country = CAST($3 AS TEXT)) \
         AND (CAST($4 AS BOOLEAN) = FALSE OR state = 'verified') \
         AND (CAST($5 AS TEXT) IS NULL OR CAST($5 AS TEXT) = CASE WHEN state <> 'verified' THEN state \
              WHEN valid_from > $6 THEN 'verified' WHEN valid_to >= $6 THEN 'active' ELSE 'lapsed' END) \
         ORDER BY country, id LIMIT $7",
        &args![
            wanted.after.0,
            wanted.after.1,
            wanted.country,
            wanted.confirmed_only,
            wanted.standing,
            wanted.today,
            wanted.limit
        ],
    )?;
    rows.iter().map(read).collect()
}

/// The people a letter names.
pub(crate) fn named(tx: &mut Tx, accreditation: Id) -> Result<Vec<Named>> {
    let rows = tx.rows(
        "SELECT account_id, role FROM accreditation_person WHERE accreditation_id = $1 ORDER BY role, account_id",
        &args![accreditation],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        let account = r.id()?;
        let code = r.text()?;
        let role = Role::parse(&code).ok_or_else(|| Error::fault(format!("{code} is no role")))?;
        Ok(Named { account, role })
    };
    rows.iter().map(read).collect()
}

/// Inserts a call back.
pub(crate) fn add_call(tx: &mut Tx, c: &CallBack) -> Result<()> {
    let row = args![
        c.id,
        c.accreditation,
        &c.channel,
        &c.channel_source,
        c.called_on,
        c.spoke_to.clone(),
        &c.outcome,
        json(&c.confirmed),
        c.called_by,
        c.recorded_at
    ];
    tx.add(&CALL_BACK, row.to_vec())
}

/// The calls about an accreditation.
pub(crate) fn calls(tx: &mut Tx, accreditation: Id) -> Result<Vec<CallBack>> {
    let rows = tx.rows(
        "SELECT id, accreditation_id, channel, channel_source, called_on, spoke_to, outcome, confirmed, called_by, recorded_at \
         FROM call_back WHERE accreditation_id = $1 ORDER BY id",
        &args![accreditation],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(CallBack {
            id: r.id()?,
            accreditation: r.id()?,
            channel: r.text()?,
            channel_source: r.text()?,
            called_on: r.day()?,
            spoke_to: r.opt_text()?,
            outcome: r.text()?,
            confirmed: strings(&r.json()?),
            called_by: r.id()?,
            recorded_at: r.moment()?,
        })
    };
    rows.iter().map(read).collect()
}

fn delegation_row(d: &Delegation) -> Vec<Val> {
    args![
        d.id,
        d.accreditation,
        d.from,
        d.to,
        d.appointment,
        json(&d.places),
        d.from_on,
        d.to_on,
        d.delegated_at,
        d.revoked_by,
        d.revoked_at,
        d.revoke_reason.clone(),
        d.version
    ]
    .to_vec()
}

/// Inserts a delegation.
pub(crate) fn add_delegation(tx: &mut Tx, d: &Delegation) -> Result<()> {
    let done = tx.add(&DELEGATION, delegation_row(d));
    db::on_check(
        done,
        "delegation_to_another",
        Refusal::about("email", "delegation-to-oneself"),
    )
}

/// Saves a delegation over the version that was read.
pub(crate) fn change_delegation(tx: &mut Tx, d: &Delegation) -> Result<()> {
    tx.change(&DELEGATION, delegation_row(d), d.version)?;
    Ok(())
}

fn read_delegation(row: &Row) -> Result<Delegation> {
    let mut r = row.read();
    Ok(Delegation {
        id: r.id()?,
        accreditation: r.id()?,
        from: r.id()?,
        to: r.id()?,
        appointment: r.id()?,
        places: strings(&r.json()?),
        from_on: r.day()?,
        to_on: r.day()?,
        delegated_at: r.moment()?,
        revoked_by: r.opt_id()?,
        revoked_at: r.opt_moment()?,
        revoke_reason: r.opt_text()?,
        version: r.int()?,
    })
}

/// The delegation of an id.
pub(crate) fn delegation(tx: &mut Tx, id: Id) -> Result<Delegation> {
    let row = tx.one(
        "SELECT id, accreditation_id, from_account, to_account, appointment_id, places, from_on, to_on, delegated_at, revoked_by, revoked_at, revoke_reason, version \
         FROM delegation WHERE id = $1",
        &args![id],
    )?;
    read_delegation(&row)
}

/// The delegations under an accreditation.
pub(crate) fn delegations(tx: &mut Tx, accreditation: Id) -> Result<Vec<Delegation>> {
    let rows = tx.rows(
        "SELECT id, accreditation_id, from_account, to_account, appointment_id, places, from_on, to_on, delegated_at, revoked_by, revoked_at, revoke_reason, version \
         FROM delegation WHERE accreditation_id = $1 ORDER BY id",
        &args![accreditation],
    )?;
    rows.iter().map(read_delegation).collect()
}

/// Accreditations verified by whoever nominated them: none, ever.
pub(crate) fn breaches(tx: &mut Tx) -> Result<Vec<String>> {
    let rows = tx.rows(
        "SELECT country FROM accreditation WHERE verified_by = nominated_by ORDER BY country, id",
        &[],
    )?;
    rows.iter()
        .map(|row| {
            Ok(format!(
                "accreditation of {} was verified by its own officer",
                row.read().text()?
            ))
        })
        .collect()
}

fn json(texts: &[String]) -> String {
    serde_json::Value::from(texts.to_vec()).to_string()
}

fn strings(value: &serde_json::Value) -> Vec<String> {
    let all = value.as_array().map(Vec::as_slice).unwrap_or_default();
    all.iter()
        .filter_map(|v| v.as_str().map(str::to_owned))
        .collect()
}
