//! The sealer: chains committed audit rows, each once, one replica at a time.
//!
//! What waits stands in `audit_pending`, written by a trigger with the audit row itself, so that a row whose
//! transaction commits late is found however old its key is, and finding it costs nothing where nothing waits. A batch
//! is one transaction: it takes the lease, adds links behind the newest one, strikes their rows off the list and notes
//! how far the chain has come. Whoever writes audit rows never waits for it.
use std::time::Duration;

use entity::{AuditId, Timestamp, audit_pending, audit_seal, audit_sealer};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, FromQueryResult, QueryFilter,
    Statement, sea_query::Expr,
};
use tokio::sync::oneshot;
use uuid::Uuid;

use crate::{
    clock::Ambient,
    db::{Database, seal::sha256},
};

/// Rows of one transaction.
pub const BATCH: usize = 200;
/// Seconds that a lease lasts without being renewed.
pub const LEASE_SECONDS: i64 = 10;
/// What the first link follows.
pub const BEGINNING: [u8; 32] = [0; 32];
/// Set apart from every other use of the hash function.
const PURPOSE: &[u8] = b"jianghai audit seal 1";
/// The one row of `audit_sealer`.
const ROW: i32 = 1;

/// A place in the chain.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Head {
    /// Number of the newest link; 0 where there is none.
    pub position: i64,
    /// Its hash.
    pub hash: [u8; 32],
}

impl Head {
    /// The place after sealing an audit row with `row_hash`, and the link that leads there.
    fn next(&self, row: AuditId, row_hash: &[u8], at: Timestamp) -> (Self, audit_seal::Model) {
        let position = self.position + 1;
        let hash = link(&self.hash, position, row, row_hash, at);
        let link = audit_seal::Model { position, audit_id: row, row_hash: row_hash.to_vec(), hash: hash.to_vec(), at };
        (Self { position, hash }, link)
    }
}

/// The hash of a link.
pub fn link(previous: &[u8], position: i64, row: AuditId, row_hash: &[u8], at: Timestamp) -> [u8; 32] {
    let (position, at) = (position.to_be_bytes(), at.0.to_be_bytes());
    sha256(&[PURPOSE, previous, &position, row.0.as_bytes(), row_hash, &at].concat())
}

/// How far the chain has come by what the sealer noted.
pub async fn head(conn: &impl ConnectionTrait) -> Result<Head, DbErr> {
    let row = sealer(conn).await?;
    let hash = row.hash.and_then(|hash| hash.try_into().ok()).unwrap_or(BEGINNING);
    Ok(Head { position: row.position, hash })
}

async fn sealer(conn: &impl ConnectionTrait) -> Result<audit_sealer::Model, DbErr> {
    let row = audit_sealer::Entity::find_by_id(ROW).one(conn).await?;
    row.ok_or_else(|| DbErr::RecordNotFound("audit_sealer".to_owned()))
}

/// One replica's part in sealing.
pub struct Sealer {
    db: Database,
    ambient: Ambient,
    owner: Uuid,
}

#[derive(FromQueryResult)]
struct Waiting {
    audit_id: AuditId,
    hash: Vec<u8>,
    position: Option<i64>,
}

impl Sealer {
    /// A replica over `db` that holds no lease yet.
    pub fn new(db: Database, ambient: Ambient) -> Self {
        let owner = ambient.uuid();
        Self { db, ambient, owner }
    }

    /// Seals each second until told to stop; then seals one batch more, for what was written last, and gives the lease
    /// back. Being stopped in the middle of a batch leaves nothing of it behind.
    pub async fn run(self, mut stop: oneshot::Receiver<()>) {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        let report =
            |error: DbErr| tracing::error!(%error, "audit rows could not be sealed; they wait for the next try");
        loop {
            let second = async {
                tick.tick().await;
                self.seal().await.map_or_else(report, |_| ());
            };
            tokio::select! {
                () = second => {}
                _ = &mut stop => break,
            }
        }
        self.batch().await.map_or_else(report, |_| ());
        if let Err(error) = self.release().await {
            tracing::warn!(%error, "the lease of the sealer could not be given back; it ends by itself");
        }
    }

    /// Seals the rows that are committed by now; answers how many. None where another replica holds the lease.
    pub async fn seal(&self) -> Result<usize, DbErr> {
        let mut sealed = 0;
        loop {
            let Some(done) = self.batch().await? else { return Ok(sealed) };
            sealed += done.sealed;
            if done.last {
                return Ok(sealed);
            }
        }
    }

    /// Gives the lease back, so that another replica need not wait for its end.
    pub async fn release(&self) -> Result<(), DbErr> {
        if sealer(self.db.read()).await?.owner != Some(self.owner) {
            return Ok(());
        }
        let tx = self.db.begin().await?;
        audit_sealer::Entity::update_many()
            .col_expr(audit_sealer::Column::Owner, Expr::value(None::<Uuid>))
            .col_expr(audit_sealer::Column::Until, Expr::value(Timestamp(0)))
            .filter(audit_sealer::Column::Owner.eq(self.owner))
            .exec(&tx)
            .await?;
        tx.commit().await
    }

    /// One transaction; none where nothing waits or another replica holds the lease. Both are found out by reading, so
    /// that an idle sealer never asks for the writer.
    async fn batch(&self) -> Result<Option<Done>, DbErr> {
        let now = self.ambient.now();
        if audit_pending::Entity::find().one(self.db.read()).await?.is_none() {
            return Ok(None);
        }
        let lease = sealer(self.db.read()).await?;
        if lease.owner.is_some_and(|owner| owner != self.owner) && lease.until > now {
            return Ok(None);
        }
        let tx = self.db.begin().await?;
        if !self.take_lease(&tx, now).await? {
            return Ok(None);
        }
        // Read under the lock that the lease took: whoever sealed before has committed.
        let before = head(&tx).await?;
        let waiting = waiting(&tx).await?;
        let (head, links) = chain(before, &waiting, now);
        let done = Done { sealed: links.len(), last: waiting.len() < BATCH };
        if !links.is_empty() {
            let links: Vec<audit_seal::ActiveModel> = links.into_iter().map(Into::into).collect();
            audit_seal::Entity::insert_many(links).exec_without_returning(&tx).await?;
        }
        audit_pending::Entity::delete_many()
            .filter(audit_pending::Column::AuditId.is_in(waiting.iter().map(|row| row.audit_id)))
            .exec(&tx)
            .await?;
        note(&tx, head).await?;
        tx.commit().await?;
        Ok(Some(done))
    }

    /// Takes or renews the lease; it stays locked until the transaction ends.
    async fn take_lease(&self, tx: &impl ConnectionTrait, now: Timestamp) -> Result<bool, DbErr> {
        use audit_sealer::Column;
        let free =
            Condition::any().add(Column::Owner.is_null()).add(Column::Owner.eq(self.owner)).add(Column::Until.lte(now));
        let done = audit_sealer::Entity::update_many()
            .col_expr(Column::Owner, Expr::value(self.owner))
            .col_expr(Column::Until, Expr::value(now.plus_seconds(LEASE_SECONDS)))
            .filter(free)
            .exec(tx)
            .await?;
        Ok(done.rows_affected == 1)
    }
}

/// What one transaction did.
struct Done {
    sealed: usize,
    last: bool,
}

/// The oldest rows that wait.
async fn waiting(tx: &impl ConnectionTrait) -> Result<Vec<Waiting>, DbErr> {
    let sql = format!(
        "SELECT pending.audit_id, audit.hash, audit_seal.position
         FROM audit_pending pending JOIN audit ON audit.id = pending.audit_id
         LEFT JOIN audit_seal ON audit_seal.audit_id = pending.audit_id
         ORDER BY pending.audit_id LIMIT {BATCH}"
    );
    Waiting::find_by_statement(Statement::from_string(tx.get_database_backend(), sql)).all(tx).await
}

/// The links behind `head` for the rows that are not sealed yet.
fn chain(mut head: Head, waiting: &[Waiting], now: Timestamp) -> (Head, Vec<audit_seal::Model>) {
    let mut links = Vec::with_capacity(waiting.len());
    for row in waiting.iter().filter(|row| row.position.is_none()) {
        let (next, link) = head.next(row.audit_id, &row.hash, now);
        head = next;
        links.push(link);
    }
    (head, links)
}

/// Notes how far the chain has come.
async fn note(tx: &impl ConnectionTrait, head: Head) -> Result<(), DbErr> {
    let state = audit_sealer::ActiveModel {
        position: Set(head.position),
        hash: Set((head.position > 0).then(|| head.hash.to_vec())),
        ..Default::default()
    };
    audit_sealer::Entity::update_many().set(state).filter(audit_sealer::Column::Id.eq(ROW)).exec(tx).await.map(|_| ())
}
