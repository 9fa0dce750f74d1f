//! Every SQL statement about lessons.

use super::Lesson;
use base::{Id, Moment, Result};
use db::{Row, Tx, Val, args};

db::table!(
    /// A lesson learnt.
    LESSON = "lesson" key 1 {
        id: Id, report_id: Id, deployment_id: Id, country: Text, member_id: Id, kind: Text,
        words: Text, words_key: Text, written_by: Id, written_at: Int, published_by: Id, published_at: Int,
        version: Int,
    }
);

macro_rules! lessons {
    ($rest:literal) => {
        concat!(
            "SELECT l.id, l.report_id, l.deployment_id, l.country, l.member_id, l.kind, l.words, \
             l.written_by, l.written_at, l.published_by, l.published_at, l.version FROM lesson l ",
            $rest
        )
    };
}

fn values(l: &Lesson) -> Vec<Val> {
    let told: Vec<String> = l.words.0.values().map(|words| base::fold(words)).collect();
    args![
        l.id,
        l.report,
        l.deployment,
        &l.country,
        l.member,
        &l.kind,
        &l.words,
        told.join(" "),
        l.written_by,
        l.written_at,
        l.published_by,
        l.published_at,
        l.version
    ]
    .to_vec()
}

fn read(row: &Row) -> Result<Lesson> {
    let mut r = row.read();
    Ok(Lesson {
        id: r.id()?,
        report: r.id()?,
        deployment: r.id()?,
        country: r.text()?,
        member: r.id()?,
        kind: r.text()?,
        words: r.names()?,
        written_by: r.id()?,
        written_at: r.moment()?,
        published_by: r.opt_id()?,
        published_at: r.opt_moment()?,
        version: r.int()?,
    })
}

pub(crate) fn add(tx: &mut Tx, lesson: &Lesson) -> Result<()> {
    tx.add(&LESSON, values(lesson))
}

pub(crate) fn save(tx: &mut Tx, lesson: &Lesson) -> Result<i64> {
    tx.change(&LESSON, values(lesson), lesson.version)
}

pub(crate) fn hold(tx: &mut Tx, id: Id) -> Result<Lesson> {
    read(&tx.one(lessons!("WHERE l.id = $1 FOR UPDATE"), &args![id])?)
}

pub(crate) fn remove(tx: &mut Tx, id: Id) -> Result<()> {
    tx.remove(&LESSON, &args![id])
}

pub(crate) fn of_report(tx: &mut Tx, report: Id) -> Result<Vec<Lesson>> {
    let sql = lessons!("WHERE l.report_id = $1 ORDER BY l.id");
    tx.rows(sql, &args![report])?.iter().map(read).collect()
}

/// What a list of published lessons asks for.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// One of the codes of [`super::LESSON_KINDS`].
    pub kind: Option<String>,
    pub country: Option<String>,
    pub member: Option<Id>,
    /// Words searched for, folded.
    pub q: Option<String>,
    /// The moment and id of the last one already seen.
    pub before: Option<(Moment, Id)>,
    pub limit: i64,
}

/// Published lessons, the newest first.
pub(crate) fn published(tx: &mut Tx, w: &Wanted) -> Result<Vec<Lesson>> {
    let sql = lessons!(
        "WHERE l.published_at IS NOT NULL \
         AND (CAST($1 AS TEXT) IS NULL OR l.kind = CAST($1 AS TEXT)) \
         AND (CAST($2 AS TEXT) IS NULL OR l.country = CAST($2 AS TEXT)) \
         AND (CAST($3 AS UUID) IS NULL OR l.member_id = CAST($3 AS UUID)) \
         AND (CAST($4 AS BIGINT) IS NULL OR (l.published_at, l.id) < (CAST($4 AS BIGINT), CAST($5 AS UUID))) \
         AND (CAST($7 AS TEXT) IS NULL OR l.words_key LIKE CAST($7 AS TEXT) ESCAPE '\\') \
         ORDER BY l.published_at DESC, l.id DESC LIMIT $6"
    );
    let args = args![
        w.kind.clone(),
        w.country.clone(),
        w.member,
        w.before.map(|(at, _)| at),
        w.before.map(|(_, id)| id),
        w.limit,
        w.q.as_deref().map(crate::claims::store::like)
    ];
    tx.rows(sql, &args)?.iter().map(read).collect()
}

/// Lessons of accepted reports that nobody has published yet, the oldest first.
pub(crate) fn waiting(tx: &mut Tx, limit: i64) -> Result<Vec<Lesson>> {
    let sql = lessons!(
        "JOIN report r ON r.id = l.report_id WHERE l.published_at IS NULL AND r.state = 'accepted' \
         ORDER BY l.id LIMIT $1"
    );
    tx.rows(sql, &args![limit])?.iter().map(read).collect()
}
