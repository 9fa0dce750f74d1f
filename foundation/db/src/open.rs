//! A database that is open: its threads, its queues, and the ways to run a job.

use crate::engine::{Conn, Engine};
use crate::engine_postgres::{self, Post};
use crate::engine_sqlite::{self, Lite, Use};
use crate::migrate::{self, Migration, Seeds};
use crate::queue::{Counters, Job, Mode, Queue, Stats, Task};
use crate::tx::Tx;
use base::{Error, Result, Uuid};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::atomic::Ordering;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread::JoinHandle;

/// The name of SQLite's writing thread.
const WRITER: &str = "db-write";

/// How many threads serve a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Settings {
    /// Reading threads of SQLite.
    pub readers: usize,
    /// Connections to PostgreSQL.
    pub connections: usize,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            readers: 2,
            connections: 8,
        }
    }
}

/// An open database. Copies share it; it closes with the last of them.
#[derive(Clone)]
pub struct Db(Arc<Open>);

struct Open {
    engine: Engine,
    writes: Arc<Queue>,
    /// The same queue as `writes` on PostgreSQL.
    reads: Arc<Queue>,
    counters: Arc<Counters>,
    threads: Mutex<Vec<JoinHandle<()>>>,
    /// Nothing was there before, and this is what migrations put there.
    seeds: Option<Seeds>,
    path: Option<PathBuf>,
    /// Deleted when the database closes.
    temporary: bool,
}

impl std::fmt::Debug for Db {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Db")
            .field("engine", &self.0.engine)
            .field("path", &self.0.path)
            .finish()
    }
}

impl Db {
    /// Opens `sqlite:PATH`, `sqlite::memory:` (a file that goes with the last copy of the answer)
    /// or `postgres://…`, and brings the schema up to date.
    pub fn open(url: &str, migrations: &[Migration]) -> Result<Self> {
        Self::open_with(url, migrations, Settings::default())
    }

    /// Like `open`, with another number of threads.
    pub fn open_with(url: &str, migrations: &[Migration], settings: Settings) -> Result<Self> {
        if url.starts_with("postgres://") || url.starts_with("postgresql://") {
            return open_postgres(url, migrations, settings);
        }
        match url.strip_prefix("sqlite:") {
            Some(":memory:") => open_temporary(migrations, settings, Use::Write),
            Some(path) if !path.is_empty() => {
                let path = PathBuf::from(path.strip_prefix("//").unwrap_or(path));
                open_sqlite(path, migrations, settings, Use::Write)
            }
            _ => Err(Error::fault(
                "a database url begins with sqlite: or postgres://",
            )),
        }
    }

    /// A throw-away database with unchecked foreign keys, to rebuild tables in from the ledger.
    pub fn scratch(migrations: &[Migration]) -> Result<Self> {
        open_temporary(migrations, Settings::default(), Use::Scratch)
    }

    /// Which database it is.
    pub fn engine(&self) -> Engine {
        self.0.engine
    }
    /// Nothing was there before this opening.
    pub fn is_fresh(&self) -> bool {
        self.0.seeds.is_some()
    }
    pub(crate) fn seeds(&self) -> Seeds {
        self.0.seeds.clone().unwrap_or_default()
    }
    /// What has been done since the opening, for the metrics.
    pub fn stats(&self) -> Stats {
        let writes = self.0.writes.len();
        let shared = Arc::ptr_eq(&self.0.writes, &self.0.reads);
        let reads = if shared { 0 } else { self.0.reads.len() };
        self.0.counters.stats(writes + reads)
    }

    /// Runs an act in one transaction; when it answers, what it did is on disk. The closure may
    /// run more than once; only what the last run did is kept.
    pub async fn write<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.later(Mode::Write, act).await
    }
    /// Runs a reading on one snapshot.
    pub async fn read<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.later(Mode::Read, act).await
    }
    /// `write` for commands and tests: blocks, and waits where `write` would turn away.
    pub fn write_now<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.now(Mode::Write, act)
    }
    /// `read` for commands and tests: blocks.
    pub fn read_now<T, F>(&self, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        self.now(Mode::Read, act)
    }

    async fn later<T, F>(&self, mode: Mode, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        let (told, answer) = tokio::sync::oneshot::channel();
        // Whoever asked may have gone away meanwhile.
        let reply = move |outcome| drop(told.send(outcome));
        self.push(
            mode,
            Box::new(Task {
                act,
                outcome: Err(not_run()),
                reply,
            }),
            false,
        )?;
        answer.await.unwrap_or_else(|_| Err(not_run()))
    }

    fn now<T, F>(&self, mode: Mode, act: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Tx<'_>) -> Result<T> + Send + 'static,
    {
        if mode == Mode::Write && std::thread::current().name() == Some(WRITER) {
            return Err(Error::fault("a write inside a write would wait for itself"));
        }
        let (told, answer) = std::sync::mpsc::sync_channel(1);
        let reply = move |outcome| drop(told.send(outcome));
        self.push(
            mode,
            Box::new(Task {
                act,
                outcome: Err(not_run()),
                reply,
            }),
            true,
        )?;
        answer.recv().unwrap_or_else(|_| Err(not_run()))
    }

    fn push(&self, mode: Mode, job: Box<dyn Job>, patient: bool) -> Result<()> {
        let queue = match mode {
            Mode::Write => &self.0.writes,
            Mode::Read => &self.0.reads,
        };
        queue.push(job, mode, patient).inspect_err(|_| {
            self.0.counters.refused.fetch_add(1, Ordering::Relaxed);
        })
    }

    /// The tables with their columns, in the order of the alphabet.
    pub fn tables(&self) -> Result<BTreeMap<String, Vec<String>>> {
        self.read_now(|tx| {
            let tables = tx.conn().tables();
            tx.settle(tables)
        })
    }
    /// Rows that point at nothing, in words; none when all is well.
    pub fn check_references(&self) -> Result<Vec<String>> {
        self.read_now(|tx| {
            let dangling = tx.conn().dangling();
            tx.settle(dangling)
        })
    }
    /// Writes everything to a new SQLite file, as it stands at one moment. Blocks.
    pub fn backup(&self, path: &Path, migrations: &[Migration]) -> Result<()> {
        if path.exists() {
            return Err(Error::Fault(format!("{} is already there", path.display())));
        }
        if let Some(own) = &self.0.path {
            return Lite::open(own, Use::Read)?.copy_to(path);
        }
        let file = open_sqlite(path.to_owned(), migrations, Settings::default(), Use::Write)?;
        let moved = crate::move_data(self, &file).map(drop);
        file.close();
        // Connections that close at one time may leave their log beside the file.
        moved.and_then(|()| Lite::open(path, Use::Write)?.into_one_file())
    }
    /// Lets the jobs that wait finish, takes no more, and ends the threads.
    pub fn close(&self) {
        self.0.close();
    }
}

fn not_run() -> Error {
    Error::fault("the database closed before the job was done")
}

impl Open {
    fn close(&self) {
        self.writes.close();
        self.reads.close();
        let threads =
            std::mem::take(&mut *self.threads.lock().unwrap_or_else(PoisonError::into_inner));
        for thread in threads {
            // A job that held the last copy ends its own thread; it must not wait for itself.
            if thread.thread().id() != std::thread::current().id() {
                drop(thread.join());
            }
        }
    }
}

impl Drop for Open {
    fn drop(&mut self) {
        self.close();
        if let (true, Some(path)) = (self.temporary, &self.path) {
            engine_sqlite::remove(path);
        }
    }
}

fn spawn(name: &str, run: impl FnOnce() + Send + 'static) -> Result<JoinHandle<()>> {
    std::thread::Builder::new()
        .name(name.to_owned())
        .spawn(run)
        .map_err(Error::fault)
}

fn open_temporary(migrations: &[Migration], settings: Settings, usage: Use) -> Result<Db> {
    let name = format!("harambee-{}.db", Uuid::new_v4().simple());
    open_sqlite(std::env::temp_dir().join(name), migrations, settings, usage).map(|mut db| {
        if let Some(open) = Arc::get_mut(&mut db.0) {
            open.temporary = true;
        }
        db
    })
}

fn open_sqlite(
    path: PathBuf,
    migrations: &[Migration],
    settings: Settings,
    usage: Use,
) -> Result<Db> {
    let writer = Lite::open(&path, usage)?;
    let seeds = migrate::run(&mut Conn::Lite(&writer), migrations)?;
    let counters = Arc::new(Counters::default());
    let (writes, reads) = (Arc::new(Queue::default()), Arc::new(Queue::default()));
    let mut threads = Vec::new();
    let beside = Arc::clone(&writer.beside);
    let (queue, stats) = (Arc::clone(&writes), Arc::clone(&counters));
    threads.push(spawn(WRITER, move || {
        engine_sqlite::write_all(&writer, &queue, &stats)
    })?);
    for _ in 0..settings.readers.max(1) {
        let mut reader = Lite::open(&path, Use::Read)?;
        reader.beside = Arc::clone(&beside);
        let (queue, stats) = (Arc::clone(&reads), Arc::clone(&counters));
        threads.push(spawn("db-read", move || {
            engine_sqlite::read_all(&reader, &queue, &stats)
        })?);
    }
    let threads = Mutex::new(threads);
    let path = Some(path);
    let engine = Engine::Sqlite;
    Ok(Db(Arc::new(Open {
        engine,
        writes,
        reads,
        counters,
        threads,
        seeds,
        path,
        temporary: false,
    })))
}

fn open_postgres(url: &str, migrations: &[Migration], settings: Settings) -> Result<Db> {
    // On a thread of its own: the caller may be inside an async runtime.
    let first = || {
        let mut post = Post::new(url)?;
        post.begin(Mode::Read)
            .and_then(|()| post.script("COMMIT"))
            .map_err(|t| t.error)?;
        migrate::run(&mut Conn::Post(&mut post), migrations)
    };
    let seeds = std::thread::scope(|scope| scope.spawn(first).join());
    let seeds = seeds.unwrap_or_else(|_| Err(Error::fault("the migration panicked")))?;
    let counters = Arc::new(Counters::default());
    let queue = Arc::new(Queue::default());
    let beside = Arc::default();
    let mut threads = Vec::new();
    for _ in 0..settings.connections.max(1) {
        let mut post = Post::new(url)?;
        post.beside = Arc::clone(&beside);
        let (queue, stats) = (Arc::clone(&queue), Arc::clone(&counters));
        let run = move || engine_postgres::serve_all(&mut post, &queue, &stats);
        threads.push(spawn("db-postgres", run)?);
    }
    let threads = Mutex::new(threads);
    let (writes, reads) = (Arc::clone(&queue), queue);
    let engine = Engine::Postgres;
    let path = None;
    Ok(Db(Arc::new(Open {
        engine,
        writes,
        reads,
        counters,
        threads,
        seeds,
        path,
        temporary: false,
    })))
}
