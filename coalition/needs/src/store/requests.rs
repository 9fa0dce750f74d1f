//! Requests and the steps taken with them.

use super::Slice;
use crate::request::{Request, State, Step, Taken};
use base::{Error, Id, Result};
use db::{Row, Tx, Val, args};
use files::Upload;

db::table!(
    /// A request.
    REQUEST = "request" key 1 {
        id: Id, country: Text, year: Int, number: Int, code: Text, organisation_id: Id, subject: Text,
        subject_key: Text, own_words: Text, own_lang: Text, letter_hash: Text, letter_name: Text,
        letter_mime: Text, letter_size: Int, context: Text, context_name: Text, cause: Text,
        glide: Text, urgency: Int, required_by: Text, pairing_reason: Text, state: Text,
        filed_by: Id, created_at: Int, submitted_at: Int, received_at: Int, answered_at: Int,
        version: Int,
    }
);

db::table!(
    /// A step taken with a request.
    REQUEST_STEP = "request_step" key 1 {
        id: Id, request_id: Id, need_id: Id, step: Text, words: Text, account_id: Id, at: Int,
    }
);

fn values(r: &Request) -> Vec<Val> {
    let letter = r.letter.as_ref();
    let size = letter.map(|l| i64::try_from(l.size).unwrap_or(i64::MAX));
    args![
        r.id,
        &r.country,
        r.year,
        r.number,
        &r.code,
        r.organisation,
        &r.subject,
        base::fold(&format!("{} {}", r.code, r.subject)),
        &r.own_words,
        &r.own_lang,
        letter.map(|l| l.hash.clone()),
        letter.map(|l| l.name.clone()),
        letter.map(|l| l.mime.clone()),
        size,
        &r.context,
        &r.context_name,
        r.cause.clone(),
        r.glide.clone(),
        r.urgency,
        r.required_by,
        r.pairing_reason.clone(),
        r.state.code(),
        r.filed_by,
        r.created_at,
        r.submitted_at,
        r.received_at,
        r.answered_at,
        r.version,
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Request> {
    let mut r = row.read();
    let request = Request {
        id: r.id()?,
        country: r.text()?,
        year: r.int()?,
        number: r.int()?,
        code: r.text()?,
        organisation: r.id()?,
        subject: r.text()?,
        own_words: r.text()?,
        own_lang: r.text()?,
        letter: letter((r.opt_text()?, r.opt_text()?, r.opt_text()?, r.opt_int()?)),
        context: r.text()?,
        context_name: r.text()?,
        cause: r.opt_text()?,
        glide: r.opt_text()?,
        urgency: r.int()?,
        required_by: r.day()?,
        pairing_reason: r.opt_text()?,
        state: State::parse(&r.text()?).ok_or_else(|| Error::fault("a request in no state"))?,
        filed_by: r.id()?,
        created_at: r.moment()?,
        submitted_at: r.opt_moment()?,
        received_at: r.opt_moment()?,
        answered_at: r.opt_moment()?,
        version: r.int()?,
    };
    Ok(request)
}

fn letter(parts: (Option<String>, Option<String>, Option<String>, Option<i64>)) -> Option<Upload> {
    let (Some(hash), Some(name), Some(mime), Some(size)) = parts else {
        return None;
    };
    Some(Upload {
        hash,
        name,
        mime,
        size: u64::try_from(size).unwrap_or(0),
    })
}

/// Files a new request.
pub(crate) fn add_request(tx: &mut Tx, request: &Request) -> Result<()> {
    tx.add(&REQUEST, values(request))
}

/// Saves a request over the version that was read.
pub(crate) fn save_request(tx: &mut Tx, request: &Request) -> Result<()> {
    tx.change(&REQUEST, values(request), request.version)
        .map(drop)
}

/// A request.
pub(crate) fn request(tx: &mut Tx, id: Id) -> Result<Request> {
    let row = tx.one(
        "SELECT id, country, year, number, code, organisation_id, subject, own_words, own_lang, \
         letter_hash, letter_name, letter_mime, letter_size, context, context_name, cause, glide, \
         urgency, required_by, pairing_reason, state, filed_by, created_at, submitted_at, \
         received_at, answered_at, version \
         FROM request WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

/// The next free number of a country's requests in a year.
pub(crate) fn next_request(tx: &mut Tx, country: &str, year: i64) -> Result<i64> {
    tx.lock(&format!("request number {country}"))?;
    let row = tx.one(
        "SELECT CAST(COALESCE(MAX(number), 0) AS BIGINT) FROM request \
         WHERE country = $1 AND year = $2",
        &args![country, year],
    )?;
    Ok(row.read().int()? + 1)
}

/// What a list of requests is narrowed to.
pub(crate) struct Wanted<'a> {
    /// One country's requests; none: every country's that has left its author's hands.
    pub(crate) country: Option<&'a str>,
    pub(crate) state: Option<&'a str>,
    pub(crate) q: Option<&'a str>,
    /// The moment and id after which the list goes on.
    pub(crate) before: Option<(i64, Id)>,
    pub(crate) limit: i64,
}

/// Requests, the newest first.
pub(crate) fn requests(tx: &mut Tx, wanted: &Wanted) -> Result<Slice<Request>> {
    let rows = tx.rows(
        "SELECT id, country, year, number, code, organisation_id, subject, own_words, own_lang, \
         letter_hash, letter_name, letter_mime, letter_size, context, context_name, cause, glide, \
         urgency, required_by, pairing_reason, state, filed_by, created_at, submitted_at, \
         received_at, answered_at, version \
         FROM request \
         WHERE (country = CAST($1 AS TEXT) OR (CAST($1 AS TEXT) IS NULL AND submitted_at IS NOT NULL)) \
         AND (CAST($2 AS TEXT) IS NULL OR state = CAST($2 AS TEXT)) \
         AND (CAST($3 AS TEXT) IS NULL OR subject_key LIKE CAST($3 AS TEXT)) \
         AND (CAST($4 AS BIGINT) IS NULL OR created_at < CAST($4 AS BIGINT) \
              OR (created_at = CAST($4 AS BIGINT) AND id < CAST($5 AS UUID))) \
         ORDER BY created_at DESC, id DESC LIMIT $6",
        &args![
            wanted.country.map(str::to_owned),
            wanted.state.map(str::to_owned),
            wanted.q.map(|q| format!("%{q}%")),
            wanted.before.map(|(at, _)| at),
            wanted.before.map(|(_, id)| id),
            wanted.limit + 1
        ],
    )?;
    let rows = rows.iter().map(read).collect::<Result<Vec<_>>>()?;
    Ok(Slice::of(rows, wanted.limit))
}

/// Countries whose requests have left their authors' hands.
pub(crate) fn asking_countries(tx: &mut Tx) -> Result<Vec<String>> {
    let sql =
        "SELECT DISTINCT country FROM request WHERE submitted_at IS NOT NULL ORDER BY country";
    tx.rows(sql, &[])?
        .iter()
        .map(|row| row.read().text())
        .collect()
}

/// Requests that stand in a state, the longest waiting first.
pub(crate) fn waiting(tx: &mut Tx, state: State, country: Option<&str>) -> Result<Vec<Request>> {
    let rows = tx.rows(
        "SELECT id, country, year, number, code, organisation_id, subject, own_words, own_lang, \
         letter_hash, letter_name, letter_mime, letter_size, context, context_name, cause, glide, \
         urgency, required_by, pairing_reason, state, filed_by, created_at, submitted_at, \
         received_at, answered_at, version \
         FROM request WHERE state = $1 AND (CAST($2 AS TEXT) IS NULL OR country = CAST($2 AS TEXT)) \
         ORDER BY created_at, id LIMIT 100",
        &args![state.code(), country.map(str::to_owned)],
    )?;
    rows.iter().map(read).collect()
}

/// When a request was received and answered; nothing of what it says.
pub(crate) struct AnswerTime {
    pub(crate) id: Id,
    pub(crate) country: String,
    pub(crate) code: String,
    pub(crate) received_at: i64,
    pub(crate) answered_at: Option<i64>,
    pub(crate) withdrawn: bool,
}

/// The public clock, the newest receipt first.
pub(crate) fn answer_times(
    tx: &mut Tx,
    country: Option<&str>,
    before: Option<(i64, Id)>,
    limit: i64,
) -> Result<Slice<AnswerTime>> {
    let rows = tx.rows(
        "SELECT id, country, code, received_at, answered_at, state = 'withdrawn' FROM request \
         WHERE received_at IS NOT NULL \
         AND (CAST($1 AS TEXT) IS NULL OR country = CAST($1 AS TEXT)) \
         AND (CAST($2 AS BIGINT) IS NULL OR received_at < CAST($2 AS BIGINT) \
              OR (received_at = CAST($2 AS BIGINT) AND id < CAST($3 AS UUID))) \
         ORDER BY received_at DESC, id DESC LIMIT $4",
        &args![
            country.map(str::to_owned),
            before.map(|(at, _)| at),
            before.map(|(_, id)| id),
            limit + 1
        ],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(AnswerTime {
            id: r.id()?,
            country: r.text()?,
            code: r.text()?,
            received_at: r.int()?,
            answered_at: r.opt_int()?,
            withdrawn: r.bool()?,
        })
    };
    Ok(Slice::of(
        rows.iter().map(read).collect::<Result<Vec<_>>>()?,
        limit,
    ))
}

/// Writes down a step.
pub(crate) fn add_step(tx: &mut Tx, taken: &Taken) -> Result<()> {
    let row = args![
        taken.id,
        taken.request,
        taken.need,
        taken.step.code(),
        taken.words.clone(),
        taken.account,
        taken.at
    ];
    tx.add(&REQUEST_STEP, row.to_vec())
}

/// The steps taken with a request, the first first.
pub(crate) fn steps(tx: &mut Tx, request: Id) -> Result<Vec<Taken>> {
    let rows = tx.rows(
        "SELECT id, request_id, need_id, step, words, account_id, at FROM request_step \
         WHERE request_id = $1 ORDER BY at, id",
        &args![request],
    )?;
    let read = |row: &Row| {
        let mut r = row.read();
        Ok(Taken {
            id: r.id()?,
            request: r.id()?,
            need: r.opt_id()?,
            step: Step::parse(&r.text()?).ok_or_else(|| Error::fault("a step nobody knows"))?,
            words: r.opt_text()?,
            account: r.id()?,
            at: r.moment()?,
        })
    };
    rows.iter().map(read).collect()
}
