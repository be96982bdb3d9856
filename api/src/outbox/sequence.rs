//! Giving positions to facts that are committed.
use entity::{Timestamp, outbox};
use sea_orm::{ColumnTrait, ConnectionTrait, DatabaseTransaction, DbErr, EntityTrait, QueryFilter, Statement};

use super::ROW;
use crate::{clock::Ambient, db::Database};

/// Facts of one transaction.
const BATCH: u64 = 200;

/// Gives positions to all facts that are committed by now; answers to how many. Any replica may do so: the row of the
/// head is locked until the positions are committed, so they are given one after another and appear in their order. A
/// look by reading comes first, so that nobody asks for the writer while nothing waits.
pub async fn sequence(db: &Database, ambient: &Ambient) -> Result<u64, DbErr> {
    let mut given = 0;
    while waits(db.read()).await? {
        let tx = db.begin().await?;
        let placed = batch(&tx, ambient.now()).await?;
        tx.commit().await?;
        given += placed;
        if placed < BATCH {
            break;
        }
    }
    Ok(given)
}

async fn waits(conn: &impl ConnectionTrait) -> Result<bool, DbErr> {
    let waiting = outbox::Entity::find().filter(outbox::Column::Position.is_null());
    Ok(waiting.one(conn).await?.is_some())
}

async fn batch(tx: &DatabaseTransaction, now: Timestamp) -> Result<u64, DbErr> {
    let backend = tx.get_database_backend();
    // The lock first: what the next statement sees is all that was committed before the lock was had.
    let lock = format!("UPDATE outbox_head SET position = position WHERE id = {ROW}");
    tx.execute_raw(Statement::from_string(backend, lock)).await?;
    let place = format!(
        "UPDATE outbox SET at = $1, position = (SELECT position FROM outbox_head WHERE id = {ROW}) + waiting.n
         FROM (SELECT id, ROW_NUMBER() OVER (ORDER BY id) AS n FROM outbox
               WHERE position IS NULL ORDER BY id LIMIT {BATCH}) waiting
         WHERE outbox.id = waiting.id"
    );
    let placed = tx.execute_raw(Statement::from_sql_and_values(backend, place, [now.into()])).await?.rows_affected();
    let note = format!("UPDATE outbox_head SET position = position + {placed} WHERE id = {ROW}");
    tx.execute_raw(Statement::from_string(backend, note)).await?;
    Ok(placed)
}
