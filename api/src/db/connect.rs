//! Opening a database by its URL.
use std::{path::Path, sync::Arc, time::Duration};

use sea_orm::{
    ConnectOptions, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, IsolationLevel, SqliteTransactionMode,
    TransactionOptions, TransactionTrait,
};

/// Which engine the database runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Engine {
    /// A file, or memory in tests.
    Sqlite,
    /// A server shared by several replicas.
    Postgres,
}

/// Why a database could not be opened.
#[derive(Debug, thiserror::Error)]
pub enum ConnectError {
    /// The URL names neither engine.
    #[error("the database URL must begin with sqlite: or postgres: (it begins with {0:?})")]
    UnknownEngine(String),
    /// The directory of the file cannot be made.
    #[error("the directory {path} of the database cannot be created: {source}")]
    Directory {
        /// The directory.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The engine did not answer.
    #[error("the database cannot be reached: {0}")]
    Unreachable(DbErr),
}

impl Engine {
    /// The engine that `url` names.
    pub fn of(url: &str) -> Result<Self, ConnectError> {
        if url.starts_with("sqlite:") {
            Ok(Self::Sqlite)
        } else if url.starts_with("postgres:") || url.starts_with("postgresql:") {
            Ok(Self::Postgres)
        } else {
            Err(ConnectError::UnknownEngine(url.chars().take_while(|c| *c != ':').collect()))
        }
    }
}

/// Connections to one database.
#[derive(Clone, Debug)]
pub struct Database {
    read: DatabaseConnection,
    write: DatabaseConnection,
    engine: Engine,
}

/// Called once for every statement, with its text.
pub type StatementObserver = Arc<dyn Fn(&str) + Send + Sync>;

impl Database {
    /// Opens `url` (`sqlite://path` or `postgres://…`) with at most `connections` readers.
    pub async fn connect(
        url: &str,
        connections: u32,
        observer: Option<StatementObserver>,
    ) -> Result<Self, ConnectError> {
        match Engine::of(url)? {
            Engine::Sqlite => Self::sqlite(url, connections, observer).await,
            Engine::Postgres => {
                let pool = open(pooled(url, connections), observer).await?;
                Ok(Self { read: pool.clone(), write: pool, engine: Engine::Postgres })
            }
        }
    }

    async fn sqlite(url: &str, connections: u32, observer: Option<StatementObserver>) -> Result<Self, ConnectError> {
        let path = Self::sqlite_path(url).unwrap_or_default();
        if let Some(directory) = Path::new(path).parent().filter(|directory| !directory.as_os_str().is_empty()) {
            std::fs::create_dir_all(directory)
                .map_err(|source| ConnectError::Directory { path: directory.display().to_string(), source })?;
        }
        let file = format!("sqlite://{path}");
        let write = open(sqlite_options(&format!("{file}?mode=rwc"), 1, false), observer.clone()).await?;
        let read = open(sqlite_options(&format!("{file}?mode=rw"), connections, true), observer).await?;
        Ok(Self { read, write, engine: Engine::Sqlite })
    }

    /// The path in a `sqlite:` URL; none for another engine.
    pub fn sqlite_path(url: &str) -> Option<&str> {
        let rest = url.strip_prefix("sqlite:")?;
        let rest = rest.strip_prefix("//").unwrap_or(rest);
        Some(rest.split('?').next().unwrap_or(rest))
    }

    /// The engine.
    pub fn engine(&self) -> Engine {
        self.engine
    }

    /// The connection that queries use.
    pub fn read(&self) -> &DatabaseConnection {
        &self.read
    }

    /// The connection that migrations use; features write through [`super::Tx`].
    pub fn write(&self) -> &DatabaseConnection {
        &self.write
    }

    /// Begins a transaction that may write, without waiting to upgrade a read lock.
    pub async fn begin(&self) -> Result<DatabaseTransaction, DbErr> {
        let sqlite_transaction_mode = (self.engine == Engine::Sqlite).then_some(SqliteTransactionMode::Immediate);
        self.write
            .begin_with_options(TransactionOptions { sqlite_transaction_mode, ..TransactionOptions::default() })
            .await
    }

    /// Begins a transaction that only reads, and reads everything as it is at one moment.
    pub async fn snapshot(&self) -> Result<DatabaseTransaction, DbErr> {
        let isolation_level = (self.engine == Engine::Postgres).then_some(IsolationLevel::RepeatableRead);
        self.read.begin_with_options(TransactionOptions { isolation_level, ..TransactionOptions::default() }).await
    }

    /// Closes all connections after their running statements.
    pub async fn close(self) -> Result<(), DbErr> {
        self.read.close().await?;
        if self.engine == Engine::Sqlite {
            self.write.close().await?;
        }
        Ok(())
    }
}

fn pooled(url: &str, connections: u32) -> ConnectOptions {
    let mut options = ConnectOptions::new(url.to_owned());
    options
        .max_connections(connections)
        .acquire_timeout(Duration::from_secs(8))
        .connect_timeout(Duration::from_secs(8))
        .sqlx_logging(false)
        .test_before_acquire_if_idle_for(Duration::from_secs(30));
    // Statements are short: starting other processes for one, or compiling it, takes longer than running it.
    options
        .map_sqlx_postgres_opts(|options| options.options([("jit", "off"), ("max_parallel_workers_per_gather", "0")]));
    options
}

fn sqlite_options(url: &str, connections: u32, read_only: bool) -> ConnectOptions {
    let mut options = pooled(url, connections);
    options.map_sqlx_sqlite_opts(move |options| {
        options
            .pragma("journal_mode", "WAL")
            .pragma("synchronous", std::env::var("JIANGHAI_TEST_SYNCHRONOUS").unwrap_or_else(|_| "FULL".to_owned()))
            .pragma("foreign_keys", "ON")
            .pragma("recursive_triggers", "ON")
            .pragma("secure_delete", "FAST")
            .pragma("busy_timeout", "8000")
            .pragma("cache_size", "-32000")
            .pragma("query_only", if read_only { "ON" } else { "OFF" })
    });
    options
}

async fn open(
    options: ConnectOptions,
    observer: Option<StatementObserver>,
) -> Result<DatabaseConnection, ConnectError> {
    let mut connection = sea_orm::Database::connect(options).await.map_err(ConnectError::Unreachable)?;
    debug_assert!(matches!(connection.get_database_backend(), DbBackend::Sqlite | DbBackend::Postgres));
    if let Some(observer) = observer {
        connection.set_metric_callback(move |info| observer(&info.statement.sql));
    }
    Ok(connection)
}
