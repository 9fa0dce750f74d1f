//! Every SQL statement of this room on frameworks; those on schemes lie in `store_schemes`.

use crate::framework::{Association, Competency, Framework, Standing};
use base::{Error, Id, Refusal, Result};
use db::{Row, Tx, Val, args};
use serde_json::Value;

db::table!(
    /// Frameworks, every edition its own row.
    FRAMEWORK = "framework" key 1 {
        id: Id, country: Text, subject: Text, names: Text, title_key: Text, search_key: Text,
        langs: Text, edition: Int, standing: Text, supersedes: Id, creator: Text, publisher: Text,
        source: Text, licence: Text, description: Text, beside: Text, drafters: Text, made_by: Id,
        made_at: Int, changed_at: Int, proposed_by: Id, proposed_at: Int, returned: Text,
        adopted_by: Id, adopted_on: Text, content_hash: Text, ended_on: Text, reason: Text,
        version: Int,
    }
);
db::table!(
    /// What frameworks ask of learners.
    COMPETENCY = "competency" key 1 {
        id: Id, framework_id: Id, code: Text, statement: Text, search_key: Text, subject: Text,
        grade_from: Int, grade_to: Int, parent_id: Id, sequence: Int, kind: Text, notes: Text,
        beside: Text, based_on: Id, link_id: Id, changed_at: Int, version: Int,
    }
);
db::table!(
    /// Relations between entries.
    ASSOCIATION = "association" key 1 {
        id: Id, framework_id: Id, kind: Text, origin: Id, destination: Id, origin_title: Text,
        destination_title: Text, destination_uri: Text, sequence: Int, notes: Text,
        crosswalk: Bool, beside: Text, changed_at: Int, version: Int,
    }
);

pub(crate) fn barred<T: ToString>(codes: &[T]) -> String {
    if codes.is_empty() {
        return String::new();
    }
    let codes: Vec<String> = codes.iter().map(ToString::to_string).collect();
    format!("|{}|", codes.join("|"))
}
pub(crate) fn unbarred(text: &str) -> Vec<String> {
    text.split('|')
        .filter(|code| !code.is_empty())
        .map(str::to_owned)
        .collect()
}
pub(crate) fn ids(text: &str) -> Vec<Id> {
    text.split('|').filter_map(Id::parse).collect()
}
pub(crate) fn standing(code: &str) -> Result<Standing> {
    Standing::parse(code).ok_or_else(|| Error::fault(format!("no standing is called {code}")))
}
fn json(text: &str) -> Result<Value> {
    serde_json::from_str(text).map_err(Error::fault)
}

/// What a list is sorted by: the English title, else the first there is.
pub(crate) fn title_key(framework: &Framework) -> String {
    base::fold(framework.names.get(base::Lang::En))
}

pub(crate) fn framework_values(f: &Framework) -> Vec<Val> {
    let every: Vec<&str> = f.names.0.values().map(String::as_str).collect();
    vec![
        f.id.into(),
        (&f.country).into(),
        (&f.subject).into(),
        (&f.names).into(),
        title_key(f).into(),
        base::fold(&every.join(" ")).into(),
        barred(&f.langs).into(),
        f.edition.into(),
        f.standing.code().into(),
        f.supersedes.into(),
        (&f.creator).into(),
        (&f.publisher).into(),
        (&f.source).into(),
        (&f.licence).into(),
        (&f.description).into(),
        (&f.beside).into(),
        barred(&f.drafters).into(),
        f.made_by.into(),
        f.made_at.into(),
        f.changed_at.into(),
        f.proposed_by.into(),
        f.proposed_at.into(),
        f.returned.clone().into(),
        f.adopted_by.into(),
        f.adopted_on.into(),
        f.content_hash.clone().into(),
        f.ended_on.into(),
        f.reason.clone().into(),
        f.version.into(),
    ]
}

macro_rules! frameworks {
    ($rest:expr) => {
        concat!(
            "SELECT f.id, f.country, f.names, f.subject, f.langs, f.edition, f.standing, \
             f.supersedes, f.creator, f.publisher, f.source, f.licence, f.description, f.beside, \
             f.drafters, f.made_by, f.made_at, f.changed_at, f.proposed_by, f.proposed_at, \
             f.returned, f.adopted_by, f.adopted_on, f.content_hash, f.ended_on, f.reason, \
             f.version FROM framework f ",
            $rest
        )
    };
}

fn read_framework(row: &Row) -> Result<Framework> {
    let mut r = row.read();
    Ok(Framework {
        id: r.id()?,
        country: r.text()?,
        names: r.names()?,
        subject: r.text()?,
        langs: unbarred(r.str()?),
        edition: r.int()?,
        standing: standing(r.str()?)?,
        supersedes: r.opt_id()?,
        creator: r.text()?,
        publisher: r.text()?,
        source: r.text()?,
        licence: r.text()?,
        description: r.text()?,
        beside: json(r.str()?)?,
        drafters: ids(r.str()?),
        made_by: r.opt_id()?,
        made_at: r.moment()?,
        changed_at: r.moment()?,
        proposed_by: r.opt_id()?,
        proposed_at: r.opt_moment()?,
        returned: r.opt_text()?,
        adopted_by: r.opt_id()?,
        adopted_on: r.opt_day()?,
        content_hash: r.opt_text()?,
        ended_on: r.opt_day()?,
        reason: r.opt_text()?,
        version: r.int()?,
    })
}

fn all_frameworks(rows: &[Row]) -> Result<Vec<Framework>> {
    rows.iter().map(read_framework).collect()
}

pub(crate) fn add_framework(tx: &mut Tx, framework: &Framework) -> Result<()> {
    let done = tx.add(&FRAMEWORK, framework_values(framework));
    db::on_unique(
        done,
        "framework.id",
        Refusal::about("file", "curricula-framework-here"),
    )
}

/// Saves a framework over the version its editor has seen.
pub(crate) fn change_framework(tx: &mut Tx, framework: &mut Framework, seen: i64) -> Result<()> {
    framework.version = tx.change(&FRAMEWORK, framework_values(framework), seen)?;
    Ok(())
}

pub(crate) fn remove_framework(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&FRAMEWORK, &args![id])
}

pub(crate) fn framework(tx: &mut Tx, id: Id) -> Result<Framework> {
    read_framework(&tx.one(frameworks!("WHERE f.id = $1"), &args![id])?)
}

/// The framework, kept from everybody else until the transaction ends.
pub(crate) fn framework_for_change(tx: &mut Tx, id: Id) -> Result<Framework> {
    read_framework(&tx.one(frameworks!("WHERE f.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn opt_framework(tx: &mut Tx, id: Id) -> Result<Option<Framework>> {
    let row = tx.row(frameworks!("WHERE f.id = $1"), &args![id])?;
    row.as_ref().map(read_framework).transpose()
}

/// The frameworks of a country in force, by subject.
pub(crate) fn adopted(tx: &mut Tx, country: &str) -> Result<Vec<Framework>> {
    let sql = frameworks!(
        "WHERE f.country = $1 AND f.standing = 'adopted' ORDER BY f.subject, f.title_key, f.id"
    );
    all_frameworks(&tx.rows(sql, &args![country])?)
}

/// Editions made from this one, drafts too, but for withdrawn ones.
pub(crate) fn editions_after(tx: &mut Tx, id: Id) -> Result<Vec<Framework>> {
    let sql = frameworks!("WHERE f.supersedes = $1 AND f.standing <> 'withdrawn' ORDER BY f.id");
    all_frameworks(&tx.rows(sql, &args![id])?)
}

/// Drafts that wait for a signatory, longest waiting first.
pub(crate) fn proposed(tx: &mut Tx) -> Result<Vec<Framework>> {
    let sql = frameworks!(
        "WHERE f.standing = 'draft' AND f.proposed_at IS NOT NULL ORDER BY f.proposed_at, f.id LIMIT 200"
    );
    all_frameworks(&tx.rows(sql, &[])?)
}

/// Drafts that came back, longest waiting first.
pub(crate) fn returned(tx: &mut Tx) -> Result<Vec<Framework>> {
    let sql = frameworks!(
        "WHERE f.standing = 'draft' AND f.returned IS NOT NULL ORDER BY f.changed_at, f.id LIMIT 200"
    );
    all_frameworks(&tx.rows(sql, &[])?)
}

/// What a list of frameworks is asked for.
#[derive(Default)]
pub(crate) struct Wanted<'a> {
    pub(crate) after: (&'a str, Option<Id>),
    pub(crate) q: Option<&'a str>,
    pub(crate) country: Option<&'a str>,
    pub(crate) subject: Option<&'a str>,
    pub(crate) standing: Option<&'a str>,
    /// Countries whose drafts may be seen; `*` for every one.
    pub(crate) drafts_of: &'a str,
    pub(crate) limit: i64,
}

/// A page of frameworks by title.
pub(crate) fn page(tx: &mut Tx, wanted: &Wanted) -> Result<Vec<Framework>> {
    let sql = frameworks!(
        "WHERE (f.title_key > $1 OR (f.title_key = $1 AND f.id > $2)) \
         AND (CAST($3 AS TEXT) IS NULL OR f.search_key LIKE '%' || CAST($3 AS TEXT) || '%') \
         AND (CAST($4 AS TEXT) IS NULL OR f.country = CAST($4 AS TEXT)) \
         AND (CAST($5 AS TEXT) IS NULL OR f.subject = CAST($5 AS TEXT)) \
         AND (CAST($6 AS TEXT) IS NULL OR f.standing = CAST($6 AS TEXT)) \
         AND (f.adopted_on IS NOT NULL OR $7 = '*' OR $7 LIKE '%|' || f.country || '|%') \
         ORDER BY f.title_key, f.id LIMIT $8"
    );
    let nil = Id(base::Uuid::nil());
    let args = args![
        wanted.after.0,
        wanted.after.1.unwrap_or(nil),
        wanted.q,
        wanted.country,
        wanted.subject,
        wanted.standing,
        wanted.drafts_of,
        wanted.limit
    ];
    all_frameworks(&tx.rows(sql, &args)?)
}

/// Adopted, superseded and withdrawn frameworks after an id, for programs.
pub(crate) fn public_page(tx: &mut Tx, offset: i64, limit: i64) -> Result<Vec<Framework>> {
    let sql =
        frameworks!("WHERE f.adopted_on IS NOT NULL ORDER BY f.title_key, f.id LIMIT $1 OFFSET $2");
    all_frameworks(&tx.rows(sql, &args![limit, offset])?)
}

pub(crate) fn count_public(tx: &mut Tx) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM framework WHERE adopted_on IS NOT NULL";
    tx.one(sql, &[])?.read().int()
}

/// Every framework that was adopted, for the check that none was changed since.
pub(crate) fn sealed(tx: &mut Tx) -> Result<Vec<Framework>> {
    let sql = frameworks!("WHERE f.content_hash IS NOT NULL ORDER BY f.id");
    all_frameworks(&tx.rows(sql, &[])?)
}

// ---- entries

pub(crate) fn competency_values(c: &Competency) -> Vec<Val> {
    let every: Vec<&str> = c.statement.0.values().map(String::as_str).collect();
    vec![
        c.id.into(),
        c.framework.into(),
        (&c.code).into(),
        (&c.statement).into(),
        base::fold(&format!("{} {}", c.code, every.join(" "))).into(),
        (&c.subject).into(),
        c.grade_from.into(),
        c.grade_to.into(),
        c.parent.into(),
        c.sequence.into(),
        (&c.kind).into(),
        (&c.notes).into(),
        (&c.beside).into(),
        c.based_on.into(),
        c.link.into(),
        c.changed_at.into(),
        c.version.into(),
    ]
}

macro_rules! competencies {
    ($rest:expr) => {
        concat!(
            "SELECT c.id, c.framework_id, c.code, c.statement, c.subject, c.grade_from, \
             c.grade_to, c.parent_id, c.sequence, c.kind, c.notes, c.beside, c.based_on, \
             c.link_id, c.changed_at, c.version FROM competency c ",
            $rest
        )
    };
}

fn read_competency(row: &Row) -> Result<Competency> {
    let mut r = row.read();
    Ok(Competency {
        id: r.id()?,
        framework: r.id()?,
        code: r.text()?,
        statement: r.names()?,
        subject: r.text()?,
        grade_from: r.int()?,
        grade_to: r.int()?,
        parent: r.opt_id()?,
        sequence: r.int()?,
        kind: r.text()?,
        notes: r.text()?,
        beside: json(r.str()?)?,
        based_on: r.opt_id()?,
        link: r.id()?,
        changed_at: r.moment()?,
        version: r.int()?,
    })
}

fn all_competencies(rows: &[Row]) -> Result<Vec<Competency>> {
    rows.iter().map(read_competency).collect()
}

fn code_taken<T>(done: Result<T>) -> Result<T> {
    db::on_unique(
        done,
        "competency.framework_id,code",
        Refusal::about("code", "curricula-code-taken"),
    )
}

pub(crate) fn add_competency(tx: &mut Tx, competency: &Competency) -> Result<()> {
    let done = tx.add(&COMPETENCY, competency_values(competency));
    code_taken(done)
}

pub(crate) fn add_competencies(tx: &mut Tx, slice: &[Competency]) -> Result<()> {
    let done = tx.add_many(&COMPETENCY, slice.iter().map(competency_values).collect());
    code_taken(done)
}

pub(crate) fn change_competency(tx: &mut Tx, competency: &mut Competency, seen: i64) -> Result<()> {
    let done = tx.change(&COMPETENCY, competency_values(competency), seen);
    competency.version = code_taken(done)?;
    Ok(())
}

pub(crate) fn remove_competency(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&COMPETENCY, &args![id])
}

pub(crate) fn competency(tx: &mut Tx, id: Id) -> Result<Competency> {
    read_competency(&tx.one(competencies!("WHERE c.id = $1"), &args![id])?)
}

pub(crate) fn opt_competency(tx: &mut Tx, id: Id) -> Result<Option<Competency>> {
    let row = tx.row(competencies!("WHERE c.id = $1"), &args![id])?;
    row.as_ref().map(read_competency).transpose()
}

/// Those of the ids that are there, in the order of the ids.
pub(crate) fn competencies(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Competency>> {
    let mut found = std::collections::BTreeMap::new();
    for slice in ids.chunks(16) {
        let last = slice.last().copied().unwrap_or(Id(base::Uuid::nil()));
        let at = |n: usize| Val::from(slice.get(n).copied().unwrap_or(last));
        let padded: Vec<Val> = (0..16).map(at).collect();
        let sql = competencies!(
            "WHERE c.id IN ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)"
        );
        for one in all_competencies(&tx.rows(sql, &padded)?)? {
            found.insert(one.id, one);
        }
    }
    let in_order = ids.iter().filter_map(|id| found.get(id).cloned());
    Ok(in_order.collect())
}

/// Every entry of a framework, siblings in their order.
pub(crate) fn of_framework(tx: &mut Tx, framework: Id) -> Result<Vec<Competency>> {
    let sql = competencies!("WHERE c.framework_id = $1 ORDER BY c.sequence, c.id");
    all_competencies(&tx.rows(sql, &args![framework])?)
}

/// The entries right below one.
pub(crate) fn children(tx: &mut Tx, parent: Id) -> Result<Vec<Competency>> {
    let sql = competencies!("WHERE c.parent_id = $1 ORDER BY c.sequence, c.id");
    all_competencies(&tx.rows(sql, &args![parent])?)
}

/// The largest place taken below a parent.
pub(crate) fn last_sequence(tx: &mut Tx, framework: Id, parent: Option<Id>) -> Result<i64> {
    let sql = "SELECT CAST(COALESCE(MAX(sequence), 0) AS BIGINT) FROM competency \
               WHERE framework_id = $1 AND (parent_id = CAST($2 AS UUID) \
               OR (parent_id IS NULL AND CAST($2 AS UUID) IS NULL))";
    tx.one(sql, &args![framework, parent])?.read().int()
}

/// The entry with a code, in what is in force in a country.
pub(crate) fn by_code(tx: &mut Tx, country: &str, code: &str) -> Result<Option<Competency>> {
    let sql = competencies!(
        "JOIN framework f ON f.id = c.framework_id WHERE c.code = $2 AND f.country = $1 \
         AND f.standing = 'adopted' ORDER BY c.id LIMIT 1"
    );
    let row = tx.row(sql, &args![country, code])?;
    row.as_ref().map(read_competency).transpose()
}

/// The entry with a code: in the framework itself, else in what is in force in its country.
pub(crate) fn by_code_near(
    tx: &mut Tx,
    framework: Id,
    country: &str,
    code: &str,
) -> Result<Option<Competency>> {
    let sql = competencies!("WHERE c.framework_id = $1 AND c.code = $2 ORDER BY c.id LIMIT 1");
    match tx.row(sql, &args![framework, code])? {
        Some(row) => read_competency(&row).map(Some),
        None => by_code(tx, country, code),
    }
}

/// Entries of frameworks in force in a country, by code; of a subject and a grade where asked.
pub(crate) fn in_force(
    tx: &mut Tx,
    (country, subject, grade): (&str, Option<&str>, Option<i64>),
    limit: i64,
) -> Result<Vec<Competency>> {
    let sql = competencies!(
        "JOIN framework f ON f.id = c.framework_id WHERE f.country = $1 AND f.standing = 'adopted' \
         AND (CAST($2 AS TEXT) IS NULL OR c.subject = CAST($2 AS TEXT)) \
         AND (CAST($3 AS BIGINT) IS NULL OR (c.grade_from <= CAST($3 AS BIGINT) AND c.grade_to >= CAST($3 AS BIGINT))) \
         ORDER BY c.code, c.sequence, c.id LIMIT $4"
    );
    all_competencies(&tx.rows(sql, &args![country, subject, grade, limit])?)
}

/// Which of these ids entries have already.
pub(crate) fn taken(tx: &mut Tx, ids: &[Id]) -> Result<Vec<Id>> {
    Ok(competencies(tx, ids)?.iter().map(|c| c.id).collect())
}

/// How many entries a framework has.
pub(crate) fn count(tx: &mut Tx, framework: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM competency WHERE framework_id = $1";
    tx.one(sql, &args![framework])?.read().int()
}

// ---- associations

pub(crate) fn association_values(a: &Association) -> Vec<Val> {
    vec![
        a.id.into(),
        a.framework.into(),
        (&a.kind).into(),
        a.origin.into(),
        a.destination.into(),
        (&a.origin_title).into(),
        (&a.destination_title).into(),
        (&a.destination_uri).into(),
        a.sequence.into(),
        (&a.notes).into(),
        a.crosswalk.into(),
        (&a.beside).into(),
        a.changed_at.into(),
        a.version.into(),
    ]
}

macro_rules! associations {
    ($rest:expr) => {
        concat!(
            "SELECT a.id, a.framework_id, a.kind, a.origin, a.destination, a.origin_title, \
             a.destination_title, a.destination_uri, a.sequence, a.notes, a.crosswalk, a.beside, \
             a.changed_at, a.version FROM association a ",
            $rest
        )
    };
}

fn read_association(row: &Row) -> Result<Association> {
    let mut r = row.read();
    Ok(Association {
        id: r.id()?,
        framework: r.id()?,
        kind: r.text()?,
        origin: r.id()?,
        destination: r.opt_id()?,
        origin_title: r.text()?,
        destination_title: r.text()?,
        destination_uri: r.text()?,
        sequence: r.opt_int()?,
        notes: r.text()?,
        crosswalk: r.bool()?,
        beside: json(r.str()?)?,
        changed_at: r.moment()?,
        version: r.int()?,
    })
}

fn all_associations(rows: &[Row]) -> Result<Vec<Association>> {
    rows.iter().map(read_association).collect()
}

pub(crate) fn add_associations(tx: &mut Tx, slice: &[Association]) -> Result<()> {
    let rows = slice.iter().map(association_values).collect();
    let done = tx.add_many(&ASSOCIATION, rows);
    let here = Refusal::about("file", "curricula-association-here");
    db::on_unique(done, "association.id", here)
}

pub(crate) fn remove_association(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&ASSOCIATION, &args![id])
}

pub(crate) fn opt_association(tx: &mut Tx, id: Id) -> Result<Option<Association>> {
    let row = tx.row(associations!("WHERE a.id = $1"), &args![id])?;
    row.as_ref().map(read_association).transpose()
}

/// The entry whose place below its parent is exchanged under an id.
pub(crate) fn by_link(tx: &mut Tx, link: Id) -> Result<Option<Competency>> {
    let row = tx.row(competencies!("WHERE c.link_id = $1"), &args![link])?;
    row.as_ref().map(read_competency).transpose()
}

/// The relations a framework holds.
pub(crate) fn associations_of(tx: &mut Tx, framework: Id) -> Result<Vec<Association>> {
    let sql = associations!("WHERE a.framework_id = $1 ORDER BY a.id");
    all_associations(&tx.rows(sql, &args![framework])?)
}

pub(crate) fn count_associations(tx: &mut Tx, framework: Id) -> Result<i64> {
    let sql = "SELECT COUNT(*) FROM association WHERE framework_id = $1";
    tx.one(sql, &args![framework])?.read().int()
}

/// The relations an entry has at either end.
pub(crate) fn associations_at(tx: &mut Tx, competency: Id) -> Result<Vec<Association>> {
    let sql = associations!("WHERE a.origin = $1 OR a.destination = $1 ORDER BY a.id LIMIT 500");
    all_associations(&tx.rows(sql, &args![competency])?)
}
