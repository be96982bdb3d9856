//! A writing transaction with everything a use case may need of the outside world.
use std::sync::{
    Arc,
    atomic::{AtomicBool, Ordering},
};

use entity::{Date, Timestamp};
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbErr, Statement};
use uuid::Uuid;

use super::{Database, seal::Vault};
use crate::clock::Ambient;

/// One writing transaction. Dropped without [`Tx::commit`] it leaves nothing behind.
pub struct Tx {
    conn: DatabaseTransaction,
    ambient: Ambient,
    vault: Arc<Vault>,
    request_id: String,
    now: Timestamp,
    today: Date,
    authority_changed: AtomicBool,
}

impl Tx {
    /// Begins on `db`, at the present moment of `ambient`.
    pub async fn begin(db: &Database, ambient: &Ambient, vault: &Arc<Vault>, request_id: &str) -> Result<Self, DbErr> {
        let conn = db.begin().await?;
        let now = ambient.now();
        Ok(Self {
            conn,
            ambient: ambient.clone(),
            vault: Arc::clone(vault),
            request_id: request_id.to_owned(),
            now,
            today: ambient.date_of(now),
            authority_changed: AtomicBool::new(false),
        })
    }

    /// The connection that statements of this transaction go through.
    pub fn conn(&self) -> &DatabaseTransaction {
        &self.conn
    }

    /// The moment of this transaction.
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The local date of this transaction.
    pub fn today(&self) -> Date {
        self.today
    }

    /// A fresh key.
    pub fn new_id<T: From<Uuid>>(&self) -> T {
        self.ambient.uuid().into()
    }

    /// Clock, calendar and randomness.
    pub fn ambient(&self) -> &Ambient {
        &self.ambient
    }

    /// The instance's keys.
    pub fn vault(&self) -> &Vault {
        &self.vault
    }

    /// The request that caused this transaction.
    pub fn request_id(&self) -> &str {
        &self.request_id
    }

    /// Takes the lock under which the tree, grants and accounts change, and tells every replica that they did.
    /// Call it before reading what the change depends on. Answers the new count of such changes.
    pub async fn lock_authority(&self) -> Result<i64, DbErr> {
        self.authority_changed.store(true, Ordering::Relaxed);
        let bump = "UPDATE epoch SET n = n + 1 WHERE name = 'authority' RETURNING n";
        let row = self.conn.query_one_raw(Statement::from_string(self.conn.get_database_backend(), bump)).await?;
        row.map_or_else(|| Err(DbErr::RecordNotFound("epoch".to_owned())), |row| row.try_get("", "n"))
    }

    /// Whether tree, grants or accounts were changed here.
    pub fn authority_changed(&self) -> bool {
        self.authority_changed.load(Ordering::Relaxed)
    }

    /// Makes the changes last.
    pub async fn commit(self) -> Result<(), DbErr> {
        self.conn.commit().await
    }
}
