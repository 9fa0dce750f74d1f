//! Work outside a request: a queue in the database, done in slices, with progress anyone waiting can see.
//!
//! A job that a stop or a power cut interrupts is taken up again from the beginning of its slice, so
//! what a kind of job does must be safe to repeat. Owns the table `job`.

use base::{Error, Id, Lang, Moment, Result};
use db::{Db, Migration, Tx, args};
use files::Files;
use serde_json::Value;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

/// The queue's table.
pub const MIGRATIONS: &[Migration] = &[Migration {
    name: "20261121_job",
    sql: include_str!("../migrations/20261121_job.sql"),
    sample: include_str!("../migrations/20261121_job.data.sql"),
}];

/// The words of jobs' states.
pub const WORDS: &[(Lang, &str)] = &[
    (Lang::En, include_str!("../lang/en.ftl")),
    (Lang::Fr, include_str!("../lang/fr.ftl")),
    (Lang::Ar, include_str!("../lang/ar.ftl")),
];

/// How often a fault is tried again before a person must look.
const TRIES_MAX: i64 = 8;

/// A kind of work: its name and what does it.
#[derive(Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub run: fn(&Bench, &Job) -> Result<Value>,
}

/// What a job may reach.
#[derive(Clone)]
pub struct Bench {
    pub db: Db,
    pub files: Files,
    pub clock: base::Clock,
    /// Set when the server is stopping: a long job ends after its slice and goes on at the next start.
    pub stopping: Arc<AtomicBool>,
}

impl Bench {
    /// Says how far a job has come.
    ///
    /// # Errors
    /// A fault of the database; a fault when the server is stopping.
    pub fn progress(&self, job: &Job, done: i64, total: i64) -> Result<()> {
        let id = job.id;
        self.db.write_now(move |tx| {
            tx.exec(
                "UPDATE job SET done = $1, total = $2 WHERE id = $3",
                &args![done, total, id],
            )
        })?;
        if self.stopping.load(Ordering::Relaxed) {
            return Err(Error::Later(1));
        }
        Ok(())
    }
}

/// One piece of work and how it stands.
#[derive(Clone, Debug)]
pub struct Job {
    pub id: Id,
    pub kind: String,
    pub payload: Value,
    /// `queued`, `running`, `done`, `refused` or `failed`.
    pub state: String,
    pub done: i64,
    pub total: i64,
    /// What came of it; for a refusal the list of reasons.
    pub result: Value,
    /// The account that asked for it.
    pub account: Option<Id>,
    /// Where the person goes on when it is done.
    pub see: String,
    pub created_at: Moment,
    pub tries: i64,
}

/// Puts work into the queue, in the transaction of the act that needs it.
///
/// # Errors
/// A fault of the database.
pub fn enqueue(
    tx: &mut Tx,
    kind: &str,
    payload: &Value,
    account: Option<Id>,
    see: &str,
    now: Moment,
) -> Result<Id> {
    let id = Id::new(now);
    tx.exec(
        "INSERT INTO job (id, kind, payload, state, done, total, result, account_id, see, created_at, tries) \
         VALUES ($1, $2, $3, 'queued', 0, 0, 'null', $4, $5, $6, 0)",
        &args![id, kind, payload.to_string(), account, see, now],
    )?;
    Ok(id)
}

/// One job.
///
/// # Errors
/// Missing when there is none of that id.
pub fn find(tx: &mut Tx, id: Id) -> Result<Job> {
    let row = tx.one(
        "SELECT id, kind, payload, state, done, total, result, account_id, see, created_at, tries \
         FROM job WHERE id = $1",
        &args![id],
    )?;
    read(&row)
}

fn read(row: &db::Row) -> Result<Job> {
    let mut r = row.read();
    let json = |text: String| serde_json::from_str(&text).map_err(Error::fault);
    Ok(Job {
        id: r.id()?,
        kind: r.text()?,
        payload: json(r.text()?)?,
        state: r.text()?,
        done: r.int()?,
        total: r.int()?,
        result: json(r.text()?)?,
        account: r.opt_id()?,
        see: r.text()?,
        created_at: r.moment()?,
        tries: r.int()?,
    })
}

/// Puts what an earlier process left running back into the queue.
///
/// # Errors
/// A fault of the database.
pub fn resume(db: &Db) -> Result<()> {
    db.write_now(|tx| {
        tx.exec(
            "UPDATE job SET state = 'queued' WHERE state = 'running'",
            &[],
        )
    })?;
    Ok(())
}

/// Does the next job in the queue; answers whether there was one.
///
/// # Errors
/// A fault of the database; what a job itself answers is written into the job.
pub fn work_one(bench: &Bench, kinds: &[Kind]) -> Result<bool> {
    // Looking costs nothing; only taking writes.
    if !bench.db.read_now(is_waiting)? {
        return Ok(false);
    }
    let Some(job) = bench.db.write_now(take)? else {
        return Ok(false);
    };
    let outcome = match kinds.iter().find(|kind| kind.name == job.kind) {
        Some(kind) => (kind.run)(bench, &job),
        None => Err(Error::fault(format!(
            "no kind of job is called {}",
            job.kind
        ))),
    };
    let (state, result) = match outcome {
        Ok(result) => ("done", result),
        Err(Error::Refused(refusals)) => ("refused", reasons(&refusals)),
        Err(Error::Later(_)) => ("queued", Value::Null),
        Err(error) => {
            tracing::error!(job = %job.id, kind = %job.kind, tries = job.tries, %error, "job failed");
            (
                if job.tries >= TRIES_MAX {
                    "failed"
                } else {
                    "queued"
                },
                Value::Null,
            )
        }
    };
    let (id, result) = (job.id, result.to_string());
    bench.db.write_now(move |tx| {
        tx.exec(
            "UPDATE job SET state = $1, result = $2 WHERE id = $3",
            &args![state, result.as_str(), id],
        )
    })?;
    Ok(true)
}

fn reasons(refusals: &base::Refusals) -> Value {
    let one = |r: &base::Refusal| {
        let args = r.args.iter().map(|(name, arg)| match arg {
            base::Arg::Number(n) => ((*name).to_owned(), Value::from(*n)),
            base::Arg::Text(t) => ((*name).to_owned(), Value::from(t.as_str())),
            base::Arg::Word(w) => ((*name).to_owned(), serde_json::json!({ "word": w })),
        });
        serde_json::json!({ "field": r.field, "key": r.key, "args": args.collect::<serde_json::Map<_, _>>() })
    };
    Value::Array(refusals.0.iter().map(one).collect())
}

fn is_waiting(tx: &mut Tx) -> Result<bool> {
    let sql = "SELECT id FROM job WHERE state = 'queued' ORDER BY created_at, id LIMIT 1";
    Ok(tx.row(sql, &[])?.is_some())
}

fn take(tx: &mut Tx) -> Result<Option<Job>> {
    let next = tx.row(
        "UPDATE job SET state = 'running', tries = tries + 1 WHERE id = (\
         SELECT id FROM job WHERE state = 'queued' ORDER BY created_at, id LIMIT 1) \
         AND state = 'queued' RETURNING id",
        &[],
    )?;
    next.map(|row| find(tx, row.read().id()?)).transpose()
}
