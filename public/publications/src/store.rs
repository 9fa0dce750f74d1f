//! Every statement about releases and their files.

use crate::iati::Publisher;
use crate::ocds::{Release as ProcessRelease, Said};
use crate::release::{Checked, Filed, Format, Release, State};
use base::{Error, Id, Moment, Result};
use db::{Row, Table, Tx, Val, args};
use std::collections::BTreeMap;

db::table!(
    /// Who publishes.
    PUBLISHER = "publisher" key 1 {
        id: Int, name: Text, kind: Text, iati_ref: Text, ocds_prefix: Text, version: Int,
    }
);
db::table!(
    /// Releases.
    RELEASE = "publication_release" key 1 {
        id: Id, code: Text, format: Text, snapshot: Text, seq: Int, built_at: Int, built_by: Id,
        content: Text, hash: Text, bytes: Int, state: Text, note: Text, decided_by: Id,
        decided_at: Int, reason: Text, supersedes: Id, version: Int,
    }
);
db::table!(
    /// The files of a release.
    FILED = "publication_file" key 2 {
        release_id: Id, name: Text, mime: Text, hash: Text, bytes: Int, row_count: Int,
    }
);
db::table!(
    /// What validators found.
    CHECKED = "publication_check" key 1 {
        id: Id, release_id: Id, file_name: Text, validator: Text, validator_version: Text,
        errors: Int, warnings: Int, found: Text, made_by: Id, made_at: Int,
    }
);
db::table!(
    /// Releases of contracting processes, as they will stay.
    OCDS = "ocds_release" key 2 {
        ocid: Text, number: Int, part: Text, tag: Text, dated: Int, digest: Text, body: Text,
        recorded_at: Int,
    }
);

/// The ledgered tables, upstream first.
pub(crate) static TABLES: [&Table; 5] = [&PUBLISHER, &RELEASE, &FILED, &CHECKED, &OCDS];

macro_rules! releases {
    ($tail:literal) => {
        concat!(
            "SELECT id, code, format, snapshot, seq, built_at, built_by, content, hash, bytes, \
             state, note, decided_by, decided_at, reason, supersedes, version \
             FROM publication_release ",
            $tail
        )
    };
}

fn release(row: &Row) -> Result<Release> {
    let mut r = row.read();
    Ok(Release {
        id: r.id()?,
        code: r.text()?,
        format: Format::parse(r.str()?).ok_or_else(|| Error::fault("unknown format"))?,
        snapshot: r.text()?,
        seq: r.int()?,
        built_at: r.moment()?,
        built_by: r.opt_id()?,
        content: r.text()?,
        hash: r.text()?,
        bytes: r.int()?,
        state: State::parse(r.str()?).ok_or_else(|| Error::fault("unknown state"))?,
        note: r.opt_text()?,
        decided_by: r.opt_id()?,
        decided_at: r.opt_moment()?,
        reason: r.opt_text()?,
        supersedes: r.opt_id()?,
        version: r.int()?,
    })
}

fn values(r: &Release) -> Vec<Val> {
    args![
        r.id,
        &r.code,
        r.format.code(),
        &r.snapshot,
        r.seq,
        r.built_at,
        r.built_by,
        &r.content,
        &r.hash,
        r.bytes,
        r.state.code(),
        r.note.as_deref(),
        r.decided_by,
        r.decided_at,
        r.reason.as_deref(),
        r.supersedes,
        r.version
    ]
    .to_vec()
}

/// Adds a release with its files and what validators found.
pub(crate) fn add(tx: &mut Tx, r: &Release, files: &[Filed], checks: &[Checked]) -> Result<()> {
    tx.add(&RELEASE, values(r))?;
    let files = files
        .iter()
        .map(|f| args![r.id, &f.name, &f.mime, &f.hash, f.bytes, f.rows].to_vec());
    tx.add_many(&FILED, files.collect())?;
    checks
        .iter()
        .try_for_each(|check| add_check(tx, r.id, check))
}

/// Adds what a validator found.
pub(crate) fn add_check(tx: &mut Tx, release: Id, c: &Checked) -> Result<()> {
    let id = Id::new(c.at);
    let found = c.found.to_string();
    tx.add(
        &CHECKED,
        args![
            id,
            release,
            &c.file,
            &c.validator,
            &c.version,
            c.errors,
            c.warnings,
            found,
            c.by,
            c.at
        ]
        .to_vec(),
    )
}

/// Changes a release; its files never change.
pub(crate) fn change(tx: &mut Tx, r: &Release, seen: i64) -> Result<i64> {
    tx.change(&RELEASE, values(r), seen)
}

/// The release of that name.
pub(crate) fn named(tx: &mut Tx, code: &str) -> Result<Release> {
    release(&tx.one(releases!("WHERE code = $1"), &args![code])?)
}

/// The release of that id.
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Release> {
    release(&tx.one(releases!("WHERE id = $1"), &args![id])?)
}

/// The published release of a format that nothing has superseded.
pub(crate) fn latest(tx: &mut Tx, format: Format) -> Result<Option<Release>> {
    let sql = releases!(
        "WHERE format = $1 AND state = 'published' ORDER BY decided_at DESC, id DESC LIMIT 1"
    );
    tx.row(sql, &args![format.code()])?
        .as_ref()
        .map(release)
        .transpose()
}

/// The release of a format that was built last and not discarded.
pub(crate) fn newest(tx: &mut Tx, format: Format) -> Result<Option<Release>> {
    let sql = releases!(
        "WHERE format = $1 AND state <> 'discarded' ORDER BY built_at DESC, id DESC LIMIT 1"
    );
    tx.row(sql, &args![format.code()])?
        .as_ref()
        .map(release)
        .transpose()
}

/// The releases that took a release's place.
pub(crate) fn superseding(tx: &mut Tx, id: Id) -> Result<Option<Release>> {
    let sql = releases!("WHERE supersedes = $1 ORDER BY decided_at, id LIMIT 1");
    tx.row(sql, &args![id])?.as_ref().map(release).transpose()
}

/// Which releases a list shows.
pub(crate) struct Wanted<'a> {
    /// The moment and id of the last one shown; none on the first page.
    pub(crate) after: Option<(Moment, Id)>,
    /// Part of the name.
    pub(crate) q: Option<&'a str>,
    pub(crate) format: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) limit: i64,
}

/// Releases, the newest first.
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Release>> {
    let sql = releases!(
        "WHERE (CAST($1 AS BIGINT) IS NULL OR (built_at, id) < ($1, CAST($2 AS UUID))) \
         AND (CAST($3 AS TEXT) IS NULL OR format = CAST($3 AS TEXT)) \
         AND (CAST($4 AS TEXT) IS NULL OR state = CAST($4 AS TEXT)) \
         AND (CAST($6 AS TEXT) IS NULL OR code LIKE CAST($6 AS TEXT) ESCAPE '!') \
         ORDER BY built_at DESC, id DESC LIMIT $5"
    );
    let (at, id) = (wanted.after.map(|a| a.0), wanted.after.map(|a| a.1));
    let part = wanted
        .q
        .map(|q| format!("%{}%", q.replace(['!', '%', '_'], "").replace(' ', "-")));
    let args = args![at, id, wanted.format, wanted.state, wanted.limit, part];
    tx.rows(sql, &args)?.iter().map(release).collect()
}

/// Builds of a day: how many releases of the format bear its name.
pub(crate) fn of_day(tx: &mut Tx, stem: &str) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM publication_release WHERE code = $1 OR code LIKE $2 ESCAPE '!'";
    tx.one(sql, &args![stem, format!("{stem}-%")])?.read().int()
}

/// The files of a release, by name.
pub(crate) fn files(tx: &mut Tx, release: Id) -> Result<Vec<Filed>> {
    let sql = "SELECT name, mime, hash, bytes, row_count FROM publication_file \
        WHERE release_id = $1 ORDER BY name";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Filed {
            name: r.text()?,
            mime: r.text()?,
            hash: r.text()?,
            bytes: r.int()?,
            rows: r.int()?,
        })
    };
    tx.rows(sql, &args![release])?.iter().map(read).collect()
}

/// What validators found in a release, oldest first.
pub(crate) fn checks(tx: &mut Tx, release: Id) -> Result<Vec<Checked>> {
    let sql = "SELECT file_name, validator, validator_version, errors, warnings, found, made_by, \
        made_at FROM publication_check WHERE release_id = $1 ORDER BY id";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Checked {
            file: r.text()?,
            validator: r.text()?,
            version: r.text()?,
            errors: r.int()?,
            warnings: r.int()?,
            found: r.json()?,
            by: r.opt_id()?,
            at: r.moment()?,
        })
    };
    tx.rows(sql, &args![release])?.iter().map(read).collect()
}

/// Who publishes; none until the coalition has said so.
pub(crate) fn publisher(tx: &mut Tx) -> Result<Option<(Publisher, i64)>> {
    let sql = "SELECT name, kind, iati_ref, ocds_prefix, version FROM publisher WHERE id = 1";
    let Some(row) = tx.row(sql, &[])? else {
        return Ok(None);
    };
    let mut r = row.read();
    let publisher = Publisher {
        name: r.text()?,
        kind: r.text()?,
        iati_ref: r.text()?,
        ocds_prefix: r.text()?,
    };
    Ok(Some((publisher, r.int()?)))
}

/// Says who publishes.
pub(crate) fn put_publisher(tx: &mut Tx, p: &Publisher, seen: i64) -> Result<()> {
    let row = args![1, &p.name, &p.kind, &p.iati_ref, &p.ocds_prefix, 1].to_vec();
    if seen == 0 {
        let clash = base::Refusal::whole("publications-publisher-said");
        return db::on_unique(tx.add(&PUBLISHER, row), "publisher.id", clash);
    }
    tx.change(&PUBLISHER, row, seen).map(|_| ())
}

/// What was last said of each part of these processes.
pub(crate) fn said(tx: &mut Tx, ocids: &[String]) -> Result<BTreeMap<String, Said>> {
    let sql =
        "SELECT number, part, dated, digest FROM ocds_release WHERE ocid = $1 ORDER BY number";
    let mut all = BTreeMap::new();
    for ocid in ocids {
        let mut said = Said::default();
        for row in tx.rows(sql, &args![ocid])? {
            let mut r = row.read();
            said.number = r.int()?;
            let part = r.text()?;
            said.dated = Some(r.moment()?);
            said.parts.insert(part, r.text()?);
        }
        all.insert(ocid.clone(), said);
    }
    Ok(all)
}

/// Adds releases of processes.
pub(crate) fn add_said(tx: &mut Tx, all: &[ProcessRelease], now: Moment) -> Result<()> {
    let row = |r: &ProcessRelease| {
        let body = r.body.to_string();
        args![
            &r.ocid, r.number, r.part, r.tag, r.dated, &r.digest, body, now
        ]
        .to_vec()
    };
    tx.add_many(&OCDS, all.iter().map(row).collect())
}

/// Every release of every process, one process after the other, oldest first.
pub(crate) fn each_said(tx: &mut Tx, see: &mut dyn FnMut(&str, &str) -> Result<()>) -> Result<()> {
    let sql = "SELECT ocid, body FROM ocds_release ORDER BY ocid, number";
    tx.each(sql, &[], &mut |row| {
        let mut r = row.read();
        let ocid = r.text()?;
        see(&ocid, r.str()?)
    })
}
