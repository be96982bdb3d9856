//! Filling an empty `PostgreSQL` database from a file of `pg_dump`. A table marks the database from the first moment
//! to the last, so that one whose filling was broken off is recognised: no instance opens it, the next restore
//! empties it.
use std::path::Path;

use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, DbErr, Statement, TransactionTrait};

use super::{
    ConnectError, Contents, Database, Engine,
    postgres_tools::{PostgresTools, ToolError},
};

/// The table that says that a restore has begun and not ended.
pub(super) const MARKER: &str = "jianghai_restore";
/// Held by a running restore, so that a second one does not take it for one that was broken off.
const LOCK: i64 = 0x6a69_616e_6768;

/// Everything in the schema that belongs to no extension.
const EMPTY_IT: &str = "DO $$ DECLARE thing record; BEGIN
    FOR thing IN SELECT c.oid::regclass AS name, c.relkind = 'v' AS view FROM pg_class c
        WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v')
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e') LOOP
        EXECUTE format('DROP %s IF EXISTS %s CASCADE', CASE WHEN thing.view THEN 'VIEW' ELSE 'TABLE' END, thing.name);
    END LOOP;
    FOR thing IN SELECT p.oid::regprocedure AS name FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
          AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e') LOOP
        EXECUTE format('DROP FUNCTION IF EXISTS %s CASCADE', thing.name);
    END LOOP;
END $$";

/// What is in the schema and belongs to no extension, beside the marker.
const FOUND: &str = "SELECT COUNT(*) AS n FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
      AND c.relname <> 'jianghai_restore'
      AND NOT EXISTS (SELECT 1 FROM pg_depend d WHERE d.objid = c.oid AND d.deptype = 'e')";

/// An empty database that this restore alone fills.
pub struct Filling {
    db: Database,
    lock: DatabaseTransaction,
}

/// Why a database is not filled.
#[derive(Debug, thiserror::Error)]
pub enum FillError {
    /// It has tables.
    #[error(
        "the database is not empty: a restore needs one without tables; create a new one and name it in database_url"
    )]
    NotEmpty,
    /// Another restore runs.
    #[error("another restore into this database is running")]
    Busy,
    /// It cannot be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// It failed.
    #[error("the database failed: {0}")]
    Db(#[from] DbErr),
    /// `pg_restore` failed.
    #[error(transparent)]
    Tool(#[from] ToolError),
}

async fn number(conn: &impl ConnectionTrait, sql: &str) -> Result<i64, DbErr> {
    let row = conn.query_one_raw(Statement::from_string(DbBackend::Postgres, sql)).await?;
    row.map_or(Ok(0), |row| row.try_get("", "n"))
}

async fn is_marked(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let sql = format!("SELECT COUNT(*) AS n FROM pg_tables WHERE schemaname = 'public' AND tablename = '{MARKER}'");
    Ok(number(conn, &sql).await? > 0)
}

/// Whether a restore into `db` was begun and not brought to its end.
pub async fn restore_unfinished(db: &Database) -> Result<bool, DbErr> {
    match db.engine() {
        // A file takes its place only when it is complete.
        Engine::Sqlite => Ok(false),
        Engine::Postgres => is_marked(db.read()).await,
    }
}

impl Filling {
    /// Takes the database at `url`, which must be empty. What a broken-off restore left is removed.
    pub async fn begin(url: &str) -> Result<Self, FillError> {
        let db = Database::connect(url, 2, None).await?;
        let lock = db.write().begin().await?;
        let sql = format!("SELECT CASE WHEN pg_try_advisory_xact_lock({LOCK}) THEN 1 ELSE 0 END::bigint AS n");
        if number(&lock, &sql).await? == 0 {
            return Err(FillError::Busy);
        }
        let marked = is_marked(&lock).await?;
        if !marked && number(&lock, FOUND).await? > 0 {
            return Err(FillError::NotEmpty);
        }
        if marked {
            db.write().execute_unprepared(EMPTY_IT).await?;
        }
        db.write().execute_unprepared(&format!("CREATE TABLE {MARKER} (begun timestamptz DEFAULT now())")).await?;
        Ok(Self { db, lock })
    }

    /// Fills it from `file`, wholly or not at all.
    pub async fn load(&self, url: &str, tools: &PostgresTools, file: &Path) -> Result<(), FillError> {
        Ok(tools.restore(url, file).await?)
    }

    /// What the database holds by now.
    pub async fn contents(&self) -> Result<Contents, DbErr> {
        super::contents(self.db.write()).await
    }

    /// The database is complete from now on.
    pub async fn finish(self) -> Result<(), FillError> {
        self.db.write().execute_unprepared(&format!("DROP TABLE {MARKER}")).await?;
        self.release().await
    }

    /// The database is empty again.
    pub async fn undo(self) -> Result<(), FillError> {
        self.db.write().execute_unprepared(EMPTY_IT).await?;
        self.release().await
    }

    async fn release(self) -> Result<(), FillError> {
        self.lock.rollback().await?;
        Ok(self.db.close().await?)
    }
}
