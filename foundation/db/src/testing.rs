//! Both databases for every test: a temporary SQLite file, and a schema of its own on the server
//! that `HARAMBEE_TEST_PG` names. Nothing is skipped.

use crate::engine::spoken;
use crate::engine_postgres::Post;
use crate::migrate::Migration;
use crate::open::{Db, Settings};
use crate::queue::Mode;
use base::{Result, Uuid};

const ADVICE: &str = "set HARAMBEE_TEST_PG=postgres://… or run cargo xtask test";

/// A schema on the test server; it goes when the value goes, also when a test panics.
pub struct Schema {
    server: String,
    name: String,
}

impl Schema {
    /// Makes a schema that nobody else uses.
    ///
    /// # Panics
    /// When no server is named or it cannot be reached.
    #[expect(clippy::panic, reason = "a test without its database has failed")]
    pub fn create() -> Self {
        let Ok(server) = std::env::var("HARAMBEE_TEST_PG") else {
            panic!("{ADVICE}")
        };
        let schema = Self {
            server,
            name: format!("test_{}", Uuid::new_v4().simple()),
        };
        if let Err(error) = schema.say(&format!("CREATE SCHEMA {}", schema.name)) {
            panic!("{error}; {ADVICE}");
        }
        schema
    }
    /// The url of a database that sees this schema only.
    pub fn url(&self) -> String {
        let joint = if self.server.contains('?') { '&' } else { '?' };
        format!(
            "{}{joint}options=-csearch_path%3D{}",
            self.server, self.name
        )
    }
    fn say(&self, sql: &str) -> Result<()> {
        let say = || {
            let mut post = Post::new(&self.server)?;
            let begun = post.begin(Mode::Write);
            begun
                .and_then(|()| post.script(sql))
                .and_then(|()| post.script("COMMIT"))
                .map_err(|t| t.error)
        };
        std::thread::scope(|scope| scope.spawn(say).join())
            .unwrap_or_else(|_| Err(base::Error::fault("panic")))
    }
}

impl Drop for Schema {
    fn drop(&mut self) {
        // A schema left behind harms nobody.
        drop(self.say(&format!("DROP SCHEMA {} CASCADE", self.name)));
    }
}

const FEW: Settings = Settings {
    readers: 2,
    connections: 4,
};

#[expect(clippy::panic, reason = "a test without its database has failed")]
fn opened(url: &str, migrations: &[Migration]) -> Db {
    match Db::open_with(url, migrations, FEW) {
        Ok(db) => db,
        Err(error) => panic!("{error}"),
    }
}

/// Runs a test on each database, with the migrations applied.
///
/// # Panics
/// When the test does, or there is no test server.
pub fn each_engine(migrations: &[Migration], mut test: impl FnMut(Db)) {
    let schema = Schema::create();
    for url in ["sqlite::memory:".to_owned(), schema.url()] {
        let db = opened(&url, migrations);
        test(db.clone());
        db.close();
    }
}

/// Runs an async test on each database, with the migrations applied.
///
/// # Panics
/// When the test does, or there is no test server.
pub async fn each_engine_async<F>(migrations: &[Migration], mut test: impl FnMut(Db) -> F)
where
    F: Future<Output = ()>,
{
    let schema = Schema::create();
    for url in ["sqlite::memory:".to_owned(), schema.url()] {
        let db = opened(&url, migrations);
        test(db.clone()).await;
        db.close();
    }
}

/// Applies the migrations one by one on each database, each on top of the earlier ones' sample
/// rows, and hands over what came out.
///
/// # Panics
/// When a migration or its sample fails, or there is no test server.
#[expect(clippy::panic, reason = "a test that fails")]
pub fn each_engine_with_samples(migrations: &[Migration], mut test: impl FnMut(Db)) {
    let schema = Schema::create();
    let lite = File::new();
    for url in [lite.url(), schema.url()] {
        for count in 1..=migrations.len() {
            let db = opened(&url, migrations.get(..count).unwrap_or_default());
            let Some(last) = migrations.get(count - 1) else {
                break;
            };
            let (name, sample) = (last.name, last.sample);
            let done = db.write_now(move |tx| {
                let script = spoken(&with_ids(sample, tx.conn().engine()), tx.conn().engine());
                let done = tx.conn().script(&script);
                tx.settle(done)
            });
            if let Err(error) = done {
                panic!("sample of {name}: {error}");
            }
            if count == migrations.len() {
                test(db.clone());
            }
            db.close();
        }
    }
}

/// Whether the database understands a statement: it is prepared and not run.
pub fn prepares(db: &Db, sql: &str) -> Result<()> {
    let sql = sql.to_owned();
    db.read_now(move |tx| {
        let done = tx.conn().prepare(&sql);
        tx.settle(done)
    })
}

/// A path for an SQLite file that goes when the value goes.
pub struct File(std::path::PathBuf);

impl File {
    /// A path nobody else uses; nothing is there yet.
    #[expect(clippy::new_without_default, reason = "each is another")]
    pub fn new() -> Self {
        let name = format!("harambee-test-{}.db", Uuid::new_v4().simple());
        Self(std::env::temp_dir().join(name))
    }
    /// The path.
    pub fn path(&self) -> &std::path::Path {
        &self.0
    }
    /// The database url of the path.
    pub fn url(&self) -> String {
        format!("sqlite:{}", self.0.display())
    }
}

impl Drop for File {
    fn drop(&mut self) {
        for end in ["", "-wal", "-shm"] {
            let mut name = self.0.clone().into_os_string();
            name.push(end);
            drop(std::fs::remove_file(name));
        }
    }
}

/// Ids written as texts in sample rows, as each database keeps them.
fn with_ids(sample: &str, engine: crate::engine::Engine) -> String {
    if engine == crate::engine::Engine::Postgres {
        return sample.to_owned();
    }
    let mut out = String::with_capacity(sample.len());
    for (place, piece) in sample.split('\'').enumerate() {
        if place > 0 {
            out.push('\'');
        }
        match Uuid::try_parse(piece) {
            Ok(id) if place % 2 == 1 && piece.len() == 36 => {
                out.pop();
                out.push_str(&format!("X'{}", id.simple()));
            }
            _ => out.push_str(piece),
        }
    }
    out.replace(" AS UUID)", " AS BLOB)")
}
