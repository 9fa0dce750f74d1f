//! Organisations and their identifiers.

use crate::organisation::Organisation;
use crate::rules;
use base::{Id, Moment, Names, Refusal, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// Organisations.
    ORGANISATION = "organisation" key 1 {
        id: Id, names: Text, name_key: Text, search_key: Text, kind: Text, country: Text,
        website: Text, sample: Bool, merged_into: Id, created_at: Int, version: Int,
    }
);
db::table!(
    /// Their identifiers.
    ORGANISATION_IDENTIFIER = "organisation_identifier" key 2 {
        scheme: Text, code: Text, organisation_id: Id,
    }
);

/// Inserts an organisation and its identifiers.
pub(crate) fn add_organisation(
    tx: &mut Tx,
    organisation: &Organisation,
    now: Moment,
) -> Result<()> {
    tx.add(&ORGANISATION, organisation_row(organisation, now))?;
    put_identifiers(tx, organisation)
}

fn organisation_row(o: &Organisation, created_at: Moment) -> Vec<Val> {
    let (name_key, search_key) = rules::keys(&o.names);
    args![
        o.id,
        &o.names,
        name_key,
        search_key,
        &o.kind,
        o.country.clone(),
        o.website.clone(),
        o.sample,
        o.merged_into,
        created_at,
        o.version
    ]
    .to_vec()
}

fn put_identifiers(tx: &mut Tx, organisation: &Organisation) -> Result<()> {
    for (scheme, code) in &organisation.identifiers {
        let done = tx.add(
            &ORGANISATION_IDENTIFIER,
            args![scheme, code, organisation.id].to_vec(),
        );
        let taken = Refusal::about("identifiers", "identifier-taken")
            .with("line", format!("{scheme} {code}"));
        db::on_unique(done, "organisation_identifier.scheme,code", taken)?;
    }
    Ok(())
}

/// Saves an organisation over the version its editor has seen.
pub(crate) fn change_organisation(
    tx: &mut Tx,
    organisation: &Organisation,
    seen: i64,
) -> Result<()> {
    let created_at = tx
        .one(
            "SELECT created_at FROM organisation WHERE id = $1",
            &args![organisation.id],
        )?
        .read()
        .moment()?;
    tx.change(
        &ORGANISATION,
        organisation_row(organisation, created_at),
        seen,
    )?;
    for (scheme, code) in identifiers_of(tx, organisation.id)? {
        if !organisation
            .identifiers
            .contains(&(scheme.clone(), code.clone()))
        {
            tx.remove(&ORGANISATION_IDENTIFIER, &args![scheme, code])?;
        }
    }
    let known = identifiers_of(tx, organisation.id)?;
    let mut fresh = organisation.clone();
    fresh.identifiers.retain(|pair| !known.contains(pair));
    put_identifiers(tx, &fresh)
}

fn identifiers_of(tx: &mut Tx, id: Id) -> Result<Vec<(String, String)>> {
    let rows = tx.rows(
        "SELECT scheme, code FROM organisation_identifier WHERE organisation_id = $1 ORDER BY scheme, code",
        &args![id],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.text()?))
    };
    rows.iter().map(read).collect()
}

fn read_organisation(row: &Row) -> Result<Organisation> {
    let mut r = row.read();
    Ok(Organisation {
        id: r.id()?,
        names: r.names()?,
        kind: r.text()?,
        country: r.opt_text()?,
        identifiers: Vec::new(),
        website: r.opt_text()?,
        sample: r.bool()?,
        merged_into: r.opt_id()?,
        version: r.int()?,
    })
}

/// The organisation of an id, with its identifiers.
pub(crate) fn organisation(tx: &mut Tx, id: Id) -> Result<Organisation> {
    let row = tx.one(
        "SELECT id, names, kind, country, website, sample, merged_into, version FROM organisation WHERE id = $1",
        &args![id],
    )?;
    let mut organisation = read_organisation(&row)?;
    organisation.identifiers = identifiers_of(tx, id)?;
    Ok(organisation)
}

/// What organisations are looked for.
pub(crate) struct OrganisationsWanted<'a> {
    pub(crate) after: (&'a str, Id),
    pub(crate) q: Option<&'a str>,
    pub(crate) kind: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) limit: i64,
}

/// A page of organisations by name, those merged into others left out; without identifiers.
pub(crate) fn organisations(
    tx: &mut Tx,
    wanted: &OrganisationsWanted,
) -> Result<Vec<(String, Organisation)>> {
    let rows = tx.rows(
        "SELECT id, names, kind, country, website, sample, merged_into, version, name_key FROM organisation \
         WHERE merged_into IS NULL AND (name_key > $1 OR (name_key = $1 AND id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
         AND (CAST($4 AS TEXT) IS NULL OR kind = CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR country = CAST($5 AS TEXT)) \
         ORDER BY name_key, id LIMIT $6",
        &args![wanted.after.0, wanted.after.1, wanted.q, wanted.kind, wanted.country, wanted.limit],
    )?;
    let read = |row: Row| {
        let organisation = read_organisation(&row)?;
        let mut r = row.read();
        for _ in 0..8 {
            r.skip();
        }
        Ok((r.text()?, organisation))
    };
    rows.into_iter().map(read).collect()
}

/// An organisation's names.
pub(crate) fn names(tx: &mut Tx, id: Id) -> Result<Option<Names>> {
    let row = tx.row("SELECT names FROM organisation WHERE id = $1", &args![id])?;
    row.map(|row| row.read().names()).transpose()
}

/// The organisation an identifier belongs to.
pub(crate) fn by_identifier(tx: &mut Tx, scheme: &str, code: &str) -> Result<Option<Id>> {
    let row = tx.row(
        "SELECT organisation_id FROM organisation_identifier WHERE scheme = $1 AND code = $2",
        &args![scheme, code],
    )?;
    row.map(|row| row.read().id()).transpose()
}
