//! PostgreSQL: a pool of threads, each with its own connection, running the same closures.

use crate::beside::Beside;
use crate::constraint::Constraint;
use crate::engine::{Conn, Done, Trouble};
use crate::queue::{Counters, Mode, Queue, Waiting};
use crate::table::Table;
use crate::tx::Tx;
use crate::val::{Row, Val};
use base::{Error, Id, Result, Uuid};
use futures_util::stream::{FuturesOrdered, StreamExt};
use std::collections::BTreeMap;
use std::error::Error as StdError;
use std::sync::Arc;
use std::time::Duration;
use tokio::runtime::{Builder, Runtime};
use tokio_postgres::error::SqlState;
use tokio_postgres::types::private::BytesMut;
use tokio_postgres::types::{FromSql, IsNull, ToSql, Type};
use tokio_postgres::{Client, Config, NoTls, Statement};

/// Times a job is run before its failure is told.
const TRIES_MAX: u32 = 6;
/// Rows sent before the answers to the first are awaited.
const AHEAD_MAX: usize = 512;

/// Ordinary tables of the current schema and their columns.
pub(crate) const TABLES: &str = "SELECT CAST(c.table_name AS TEXT), CAST(c.column_name AS TEXT) \
    FROM information_schema.columns AS c \
    JOIN information_schema.tables AS t USING (table_schema, table_name) \
    WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' \
    AND c.table_name <> 'migration' ORDER BY 1, 2";

const REFERENCES: &str = "SELECT CAST(conrelid::regclass AS TEXT), CAST(quote_ident(conname) AS TEXT) \
    FROM pg_constraint WHERE contype = 'f' AND connamespace = current_schema()::regnamespace \
    ORDER BY 1, 2";

/// A connection to a PostgreSQL server, opened when first needed.
pub(crate) struct Post {
    runtime: Runtime,
    config: Config,
    client: Option<Client>,
    statements: BTreeMap<String, Statement>,
    pub(crate) beside: Arc<Beside>,
    mode: Mode,
}

impl Post {
    pub(crate) fn new(url: &str) -> Result<Self> {
        let mut config: Config = url
            .parse()
            .map_err(|e| Error::Fault(format!("database url: {e}")))?;
        config
            .application_name("harambee")
            .connect_timeout(Duration::from_secs(5));
        let runtime = Builder::new_current_thread()
            .enable_all()
            .build()
            .map_err(Error::fault)?;
        Ok(Self {
            runtime,
            config,
            client: None,
            statements: BTreeMap::new(),
            beside: Arc::default(),
            mode: Mode::Write,
        })
    }

    fn connect(&mut self) -> Done<()> {
        if self
            .client
            .as_ref()
            .is_some_and(|client| !client.is_closed())
        {
            return Ok(());
        }
        self.statements.clear();
        let config = &self.config;
        let client = self.runtime.block_on(async {
            let (client, connection) = config.connect(NoTls).await?;
            tokio::spawn(async move { drop(connection.await) });
            Ok(client)
        });
        self.client = Some(client.map_err(trouble)?);
        Ok(())
    }

    pub(crate) fn only_reads(&self) -> bool {
        self.mode == Mode::Read
    }

    fn client(&self) -> Done<&Client> {
        self.client.as_ref().ok_or_else(|| Trouble {
            error: Error::fault("no connection to the database"),
            again: true,
            lost: true,
        })
    }

    fn statement(&mut self, sql: &str) -> Done<Statement> {
        if let Some(statement) = self.statements.get(sql) {
            return Ok(statement.clone());
        }
        let prepared = self
            .runtime
            .block_on(self.client()?.prepare(sql))
            .map_err(trouble)?;
        self.statements.insert(sql.to_owned(), prepared.clone());
        Ok(prepared)
    }

    pub(crate) fn prepare(&mut self, sql: &str) -> Done<()> {
        self.runtime
            .block_on(self.client()?.prepare(sql))
            .map(drop)
            .map_err(trouble)
    }

    pub(crate) fn exec(&mut self, sql: &str, args: &[Val]) -> Done<u64> {
        let statement = self.statement(sql)?;
        let args = borrowed(args);
        self.runtime
            .block_on(self.client()?.execute(&statement, &args))
            .map_err(trouble)
    }

    /// Sends many executions before waiting for the first answer.
    pub(crate) fn exec_many(&mut self, sql: &str, lists: &[Vec<Val>]) -> Done<Vec<u64>> {
        let statement = self.statement(sql)?;
        let client = self.client()?;
        self.runtime.block_on(async {
            let mut touched = Vec::with_capacity(lists.len());
            let mut sent = FuturesOrdered::new();
            for list in lists {
                let statement = &statement;
                sent.push_back(async move { client.execute(statement, &borrowed(list)).await });
                if sent.len() >= AHEAD_MAX
                    && let Some(answer) = sent.next().await
                {
                    touched.push(answer.map_err(trouble)?);
                }
            }
            while let Some(answer) = sent.next().await {
                touched.push(answer.map_err(trouble)?);
            }
            Ok(touched)
        })
    }

    /// Inserts by columns: one statement for thousands of rows.
    pub(crate) fn insert_many(&mut self, table: &Table, rows: &[Vec<Val>]) -> Done<()> {
        let arrays = table.columns.iter().enumerate();
        let arrays: Vec<String> = arrays
            .map(|(i, column)| format!("CAST(${} AS {}[])", i + 1, column.kind.sql()))
            .collect();
        let (name, names, arrays) = (table.name, table.names(), arrays.join(", "));
        let sql = format!("INSERT INTO {name} ({names}) SELECT * FROM UNNEST({arrays})");
        for slice in rows.chunks(4096) {
            let statement = self.statement(&sql)?;
            let mut columns = vec![Vec::with_capacity(slice.len()); table.columns.len()];
            for row in slice {
                for (column, value) in columns.iter_mut().zip(row) {
                    column.push(value);
                }
            }
            let args: Vec<&(dyn ToSql + Sync)> = columns.iter().map(|c| c as _).collect();
            self.runtime
                .block_on(self.client()?.execute(&statement, &args))
                .map_err(trouble)?;
        }
        Ok(())
    }

    pub(crate) fn rows(&mut self, sql: &str, args: &[Val]) -> Done<Vec<Row>> {
        let statement = self.statement(sql)?;
        let args = borrowed(args);
        let found = self
            .runtime
            .block_on(self.client()?.query(&statement, &args))
            .map_err(trouble)?;
        found.iter().map(row).collect()
    }

    pub(crate) fn each(
        &mut self,
        sql: &str,
        args: &[Val],
        take: &mut dyn FnMut(Row) -> Result<()>,
    ) -> Done<Result<()>> {
        let statement = self.statement(sql)?;
        let args = borrowed(args);
        let client = self.client()?;
        self.runtime.block_on(async {
            let found = client.query_raw(&statement, args).await.map_err(trouble)?;
            let mut found = std::pin::pin!(found);
            while let Some(next) = found.next().await {
                if let Err(error) = take(row(&next.map_err(trouble)?)?) {
                    return Ok(Err(error));
                }
            }
            Ok(Ok(()))
        })
    }

    pub(crate) fn script(&mut self, sql: &str) -> Done<()> {
        self.runtime
            .block_on(self.client()?.batch_execute(sql))
            .map_err(trouble)
    }

    pub(crate) fn lock(&mut self, word: &str) -> Done<()> {
        let sql = "SELECT 1 FROM pg_advisory_xact_lock(hashtextextended(current_schema() || ' ' || $1, 0))";
        self.rows(sql, &[Val::from(word)]).map(drop)
    }

    pub(crate) fn begin(&mut self, mode: Mode) -> Done<()> {
        self.connect()?;
        self.mode = mode;
        self.script(match mode {
            Mode::Write => "BEGIN ISOLATION LEVEL READ COMMITTED",
            Mode::Read => "BEGIN ISOLATION LEVEL REPEATABLE READ, READ ONLY",
        })
    }

    /// Makes every foreign key wait; the table's owner may, no superuser is needed.
    pub(crate) fn relax(&mut self) -> Done<()> {
        self.references("DEFERRABLE INITIALLY DEFERRED")
    }
    /// Checks every foreign key now and makes them immediate again.
    pub(crate) fn tighten(&mut self) -> Done<()> {
        self.script("SET CONSTRAINTS ALL IMMEDIATE")?;
        self.references("NOT DEFERRABLE")
    }
    fn references(&mut self, when: &str) -> Done<()> {
        for row in self.rows(REFERENCES, &[])? {
            let mut read = row.read();
            let pair = read.text().and_then(|table| Ok((table, read.text()?)));
            let (table, name) = pair.map_err(Trouble::plain)?;
            self.script(&format!(
                "ALTER TABLE {table} ALTER CONSTRAINT {name} {when}"
            ))?;
        }
        Ok(())
    }

    fn run(&mut self, waiting: &mut Waiting, stats: &Counters) {
        for attempt in 1..=TRIES_MAX {
            let may_try = attempt < TRIES_MAX;
            if attempt > 1 {
                Counters::count(&stats.retries, 1);
                std::thread::sleep(Duration::from_millis(5 << attempt));
            }
            if let Err(trouble) = self.begin(waiting.mode) {
                if trouble.again && may_try {
                    continue;
                }
                waiting.job.spoil(trouble.error);
                return;
            }
            let mut tx = Tx::new(Conn::Post(self));
            let kept = waiting.job.run(&mut tx);
            let again = tx.again();
            if kept {
                let Err(trouble) = self.script("COMMIT") else {
                    return;
                };
                waiting.job.spoil(if trouble.lost {
                    Error::fault("the connection was lost while saving: look whether it was saved")
                } else {
                    trouble.error
                });
                if !trouble.again || trouble.lost || !may_try {
                    return;
                }
            } else if self.script("ROLLBACK").is_err() {
                self.client = None;
            }
            if !kept && (!again || !may_try) {
                return;
            }
            // A plan that no longer fits its tables is made anew.
            self.statements.clear();
        }
    }
}

/// Serves jobs until the queue is closed.
pub(crate) fn serve_all(post: &mut Post, queue: &Queue, stats: &Counters) {
    while let Some(taken) = queue.take(1, 0, stats) {
        for mut waiting in taken {
            post.run(&mut waiting, stats);
            match waiting.mode {
                Mode::Write => stats.group(1),
                Mode::Read => Counters::count(&stats.reads, 1),
            }
            waiting.job.answer();
        }
    }
}

fn borrowed(args: &[Val]) -> Vec<&(dyn ToSql + Sync)> {
    args.iter().map(|value| value as _).collect()
}

fn row(from: &tokio_postgres::Row) -> Done<Row> {
    let values = (0..from.len())
        .map(|i| from.try_get::<_, Val>(i))
        .collect::<std::result::Result<_, _>>();
    values.map(Row).map_err(trouble)
}

#[expect(clippy::needless_pass_by_value, reason = "handed to map_err")]
fn trouble(error: tokio_postgres::Error) -> Trouble {
    let Some(said) = error.as_db_error() else {
        let lost = error.is_closed()
            || error
                .source()
                .is_some_and(<dyn StdError>::is::<std::io::Error>);
        let words = error
            .source()
            .map_or_else(|| error.to_string(), |s| format!("{error}: {s}"));
        let error = Error::Fault(format!("postgres: {words}"));
        return Trouble {
            error,
            again: lost,
            lost,
        };
    };
    let name = |name: Option<&str>| name.unwrap_or_default().to_owned();
    let table = said.table().unwrap_or_default();
    let code = said.code();
    let constraint = if *code == SqlState::UNIQUE_VIOLATION {
        Constraint::Unique(format!(
            "{table}.{}",
            key_columns(said.detail().unwrap_or_default())
        ))
    } else if *code == SqlState::CHECK_VIOLATION {
        Constraint::Check(name(said.constraint()))
    } else if *code == SqlState::FOREIGN_KEY_VIOLATION {
        Constraint::Reference
    } else if *code == SqlState::NOT_NULL_VIOLATION {
        Constraint::NotNull(format!("{table}.{}", name(said.column())))
    } else {
        return other(said);
    };
    Trouble::plain(Error::Fault(constraint.to_string()))
}

/// The detail of an error holds values of people's rows: only its message is passed on.
fn other(said: &tokio_postgres::error::DbError) -> Trouble {
    let code = said.code();
    let ended = [
        SqlState::ADMIN_SHUTDOWN,
        SqlState::CRASH_SHUTDOWN,
        SqlState::IDLE_IN_TRANSACTION_SESSION_TIMEOUT,
    ];
    let busy = [SqlState::TOO_MANY_CONNECTIONS, SqlState::CANNOT_CONNECT_NOW];
    let passing = [
        SqlState::T_R_SERIALIZATION_FAILURE,
        SqlState::T_R_DEADLOCK_DETECTED,
        // The plan was made before another process migrated.
        SqlState::FEATURE_NOT_SUPPORTED,
    ];
    let error = if busy.contains(code) {
        Error::Later(1)
    } else {
        Error::Fault(format!("postgres {}: {}", code.code(), said.message()))
    };
    let lost = ended.contains(code);
    let stale = *code != SqlState::FEATURE_NOT_SUPPORTED || said.message().contains("cached plan");
    Trouble {
        error,
        again: lost || busy.contains(code) || (passing.contains(code) && stale),
        lost,
    }
}

/// `Key (scheme, code)=(…) already exists.` as `scheme,code`.
fn key_columns(detail: &str) -> String {
    let inner = detail
        .split_once('(')
        .and_then(|(_, rest)| rest.split_once(")=("));
    inner.map_or_else(String::new, |(columns, _)| columns.replace(", ", ","))
}

type Boxed = Box<dyn StdError + Sync + Send>;

impl ToSql for Val {
    fn to_sql(&self, ty: &Type, out: &mut BytesMut) -> std::result::Result<IsNull, Boxed> {
        let is = |types: &[Type]| types.contains(ty);
        match self {
            Self::Null => Ok(IsNull::Yes),
            Self::Int(int) if is(&[Type::INT8]) => int.to_sql(ty, out),
            Self::Int(int) if is(&[Type::INT4]) => i32::try_from(*int)?.to_sql(ty, out),
            Self::Int(int) if is(&[Type::INT2]) => i16::try_from(*int)?.to_sql(ty, out),
            #[expect(
                clippy::cast_precision_loss,
                reason = "a whole number where a real is asked"
            )]
            Self::Int(int) if is(&[Type::FLOAT8]) => (*int as f64).to_sql(ty, out),
            Self::Int(int @ (0 | 1)) if is(&[Type::BOOL]) => (*int == 1).to_sql(ty, out),
            Self::Real(real) if is(&[Type::FLOAT8]) => real.to_sql(ty, out),
            Self::Bool(yes) if is(&[Type::BOOL]) => yes.to_sql(ty, out),
            Self::Text(text) if is(&[Type::TEXT, Type::VARCHAR, Type::NAME, Type::UNKNOWN]) => {
                text.to_sql(ty, out)
            }
            Self::Bytes(bytes) if is(&[Type::BYTEA]) => bytes.to_sql(ty, out),
            Self::Bytes(bytes) if is(&[Type::UUID]) => {
                out.extend_from_slice(Uuid::from_slice(bytes)?.as_bytes());
                Ok(IsNull::No)
            }
            Self::Id(id) if is(&[Type::UUID, Type::BYTEA]) => {
                out.extend_from_slice(id.0.as_bytes());
                Ok(IsNull::No)
            }
            other => Err(format!("{} where {ty} is expected", other.word()).into()),
        }
    }
    fn accepts(_: &Type) -> bool {
        true
    }
    tokio_postgres::types::to_sql_checked!();
}

impl<'a> FromSql<'a> for Val {
    fn from_sql(ty: &Type, raw: &'a [u8]) -> std::result::Result<Self, Boxed> {
        Ok(match *ty {
            Type::INT8 => Self::Int(i64::from_sql(ty, raw)?),
            Type::INT4 => Self::Int(i64::from(i32::from_sql(ty, raw)?)),
            Type::INT2 => Self::Int(i64::from(i16::from_sql(ty, raw)?)),
            Type::FLOAT8 => Self::Real(f64::from_sql(ty, raw)?),
            Type::BOOL => Self::Bool(bool::from_sql(ty, raw)?),
            Type::TEXT | Type::VARCHAR | Type::NAME | Type::UNKNOWN => {
                Self::Text(String::from_sql(ty, raw)?)
            }
            Type::BYTEA => Self::Bytes(raw.to_vec()),
            Type::UUID => Self::Id(Id(Uuid::from_slice(raw)?)),
            Type::NUMERIC => return Err("a sum needs CAST(SUM(…) AS BIGINT)".into()),
            _ => return Err(format!("no column may be of type {ty}").into()),
        })
    }
    fn from_sql_null(_: &Type) -> std::result::Result<Self, Boxed> {
        Ok(Self::Null)
    }
    fn accepts(_: &Type) -> bool {
        true
    }
}
