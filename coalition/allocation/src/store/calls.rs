//! Calls for support.

use crate::call::Call;
use base::{Day, Id, Result, fold};
use db::{Row, Tx, Val, args};

db::table!(
    /// Calls for support.
    CALL = "call_for_support" key 1 {
        id: Id, number: Int, title: Text, title_key: Text, round_id: Id, country: Text, service_class: Text,
        place: Text, language: Text, quantity: Int, words: Text, closes_on: Text, created_by: Id,
        created_at: Int, published_by: Id, published_at: Int, version: Int,
    }
);

fn values(c: &Call) -> Vec<Val> {
    let key: Vec<String> = c.title.0.values().map(|name| fold(name)).collect();
    args![
        c.id,
        c.number,
        &c.title,
        key.join(" "),
        c.round,
        &c.country,
        &c.service_class,
        c.place.clone(),
        c.language.clone(),
        c.quantity,
        &c.words,
        c.closes_on,
        c.created_by,
        c.created_at,
        c.published_by,
        c.published_at,
        c.version
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Call> {
    let mut r = row.read();
    Ok(Call {
        id: r.id()?,
        number: r.int()?,
        title: r.names()?,
        round: r.opt_id()?,
        country: r.text()?,
        service_class: r.text()?,
        place: r.opt_text()?,
        language: r.opt_text()?,
        quantity: r.int()?,
        words: r.text()?,
        closes_on: r.day()?,
        created_by: r.id()?,
        created_at: r.moment()?,
        published_by: r.opt_id()?,
        published_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, call: &Call) -> Result<()> {
    tx.add(&CALL, values(call))
}
pub(crate) fn change(tx: &mut Tx, call: &Call, expected: i64) -> Result<i64> {
    tx.change(&CALL, values(call), expected)
}
pub(crate) fn next_number(tx: &mut Tx) -> Result<i64> {
    tx.lock("call-for-support")?;
    tx.one(
        "SELECT COALESCE(MAX(number), 0) + 1 FROM call_for_support",
        &[],
    )?
    .read()
    .int()
}
pub(crate) fn find(tx: &mut Tx, id: Id) -> Result<Call> {
    const ONE: &str = "SELECT id, number, title, round_id, country, service_class, place, language, \
        quantity, words, closes_on, created_by, created_at, published_by, published_at, version \
        FROM call_for_support WHERE id = $1";
    read(&tx.one(ONE, &args![id])?)
}

/// Which calls are asked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wanted {
    /// Drafts too.
    pub drafts: bool,
    pub state: Option<String>,
    pub service_class: Option<String>,
    pub country: Option<String>,
    pub q: Option<String>,
    pub below: Option<i64>,
    pub limit: i64,
}

/// Calls newest first.
pub(crate) fn list(tx: &mut Tx, w: &Wanted, today: Day) -> Result<Vec<Call>> {
    const LIST: &str = "SELECT id, number, title, round_id, country, service_class, place, language, \
        quantity, words, closes_on, created_by, created_at, published_by, published_at, version \
        FROM call_for_support WHERE ($1 OR published_at IS NOT NULL) \
        AND (CAST($2 AS TEXT) IS NULL OR CAST($2 AS TEXT) = CASE WHEN published_at IS NULL THEN 'draft' \
        WHEN closes_on < $3 THEN 'closed' ELSE 'published' END) \
        AND (CAST($4 AS TEXT) IS NULL OR service_class = CAST($4 AS TEXT)) \
        AND (CAST($5 AS TEXT) IS NULL OR country = CAST($5 AS TEXT)) \
        AND (CAST($6 AS TEXT) IS NULL OR title_key LIKE CAST($6 AS TEXT) ESCAPE '\\') \
        AND (CAST($7 AS BIGINT) IS NULL OR number < CAST($7 AS BIGINT)) ORDER BY number DESC, id LIMIT $8";
    let like =
        w.q.as_ref()
            .map(|q| format!("%{}%", q.replace(['%', '_', '\\'], "")));
    let args = args![
        w.drafts,
        w.state.clone(),
        today,
        w.service_class.clone(),
        w.country.clone(),
        like,
        w.below,
        w.limit
    ];
    tx.rows(LIST, &args)?.iter().map(read).collect()
}

/// How many calls of each country are published and not over.
pub(crate) fn open(tx: &mut Tx, today: Day) -> Result<Vec<(String, i64)>> {
    let sql = "SELECT country, COUNT(*) FROM call_for_support \
        WHERE published_at IS NOT NULL AND closes_on >= $1 GROUP BY country ORDER BY country";
    let read = |row: &Row| {
        let mut r = row.read();
        Ok((r.text()?, r.int()?))
    };
    tx.rows(sql, &args![today])?.iter().map(read).collect()
}
