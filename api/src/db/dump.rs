//! Copies of a whole database as files: by `VACUUM INTO` on `SQLite`, by `pg_dump` on `PostgreSQL`. A copy is one
//! state of the database, though others write meanwhile.
use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
};

use sea_orm::{AccessMode, ConnectionTrait, DbBackend, DbErr, IsolationLevel, Statement, TransactionTrait};

use super::{
    ConnectError, Database,
    filling::MARKER,
    keys::KnownKeys,
    postgres_tools::{PostgresTools, ToolError},
};

/// What a database holds, as far as a backup speaks of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contents {
    /// Names of the applied migrations, oldest first.
    pub migrations: Vec<String>,
    /// Number of rows in every table.
    pub counts: BTreeMap<String, i64>,
    /// Which data secrets it needs.
    pub keys: KnownKeys,
}

/// Why a database cannot be copied or filled.
#[derive(Debug, thiserror::Error)]
pub enum DumpError {
    /// There is no such file.
    #[error("there is no database at {}", .0.display())]
    Missing(PathBuf),
    /// It cannot be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// It failed.
    #[error("the database failed: {0}")]
    Db(#[from] DbErr),
    /// `pg_dump` or `pg_restore` failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
}

/// What the database behind `conn` holds. Inside of a transaction that sees one state, all numbers are of that state.
pub async fn contents(conn: &impl ConnectionTrait) -> Result<Contents, DbErr> {
    let backend = conn.get_database_backend();
    let tables = match backend {
        DbBackend::Postgres => "SELECT tablename::text AS word FROM pg_tables WHERE schemaname = 'public'",
        _ => "SELECT name AS word FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
    };
    let words = async |sql: String| -> Result<Vec<String>, DbErr> {
        let rows = conn.query_all_raw(Statement::from_string(backend, sql)).await?;
        rows.iter().map(|row| row.try_get("", "word")).collect()
    };
    let mut counts = BTreeMap::new();
    for table in words(tables.to_owned()).await?.into_iter().filter(|table| table != MARKER) {
        let sql = format!("SELECT COUNT(*) AS n FROM \"{table}\"");
        let row = conn.query_one_raw(Statement::from_string(backend, sql)).await?;
        let n = row.map_or(Ok(0), |row| row.try_get("", "n"))?;
        counts.insert(table, n);
    }
    let mut migrations = Vec::new();
    if counts.contains_key("seaql_migrations") {
        migrations = words("SELECT version AS word FROM seaql_migrations ORDER BY version".to_owned()).await?;
    }
    let keys = if counts.contains_key("setting") { KnownKeys::read(conn).await? } else { KnownKeys::default() };
    Ok(Contents { migrations, counts, keys })
}

/// Copies the database at `url` into the empty file `target`, on connections of its own. Says what the copy holds.
pub async fn dump(url: &str, tools: &PostgresTools, target: &Path) -> Result<Contents, DumpError> {
    if let Some(path) = Database::sqlite_path(url) {
        if !Path::new(path).exists() {
            return Err(DumpError::Missing(path.into()));
        }
        let db = Database::connect(url, 1, None).await?;
        let file = target.display().to_string().replace('\'', "''");
        let copied = db.write().execute_unprepared(&format!("VACUUM INTO '{file}'")).await;
        db.close().await?;
        copied?;
        return Ok(file_contents(target).await?);
    }
    let db = Database::connect(url, 2, None).await?;
    let reading = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
    let snapshot = db.read().begin_with_config(reading.0, reading.1).await?;
    let sql = "SELECT pg_export_snapshot() AS id";
    let row = snapshot.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    let id: String = row.map_or(Ok(String::new()), |row| row.try_get("", "id"))?;
    let contents = contents(&snapshot).await?;
    tools.dump(url, &id, target).await?;
    snapshot.rollback().await?;
    db.close().await?;
    Ok(contents)
}

/// What the `SQLite` file at `path` holds. Nothing is made beside it.
pub async fn file_contents(path: &Path) -> Result<Contents, DbErr> {
    let copy = sea_orm::Database::connect(format!("sqlite://{}?mode=ro", path.display())).await?;
    let contents = contents(&copy).await;
    copy.close().await?;
    contents
}
