//! Readers that must neither lose nor repeat a fact. Each has a name of its own, and one row.
use entity::outbox_cursor;
use sea_orm::{ConnectionTrait, DbErr, EntityTrait, Statement};

use super::{Fact, after, head};
use crate::db::Tx;

/// Whether there are facts that `reader` has not read. A question to a reading connection, so that a reader with
/// nothing to do never asks for the writer.
pub async fn is_behind(conn: &impl ConnectionTrait, reader: &str) -> Result<bool, DbErr> {
    let known = outbox_cursor::Entity::find_by_id(reader.to_owned()).one(conn).await?;
    Ok(match known {
        Some(cursor) => cursor.position < head(conn).await?,
        None => true,
    })
}

/// The next facts for `reader`, at most `most`, which count as read when `tx` is committed. A second transaction of the
/// same reader waits for the first one. A reader that was never seen begins with what is told from now on.
pub async fn read(tx: &Tx, reader: &str, most: u64) -> Result<Vec<Fact>, DbErr> {
    let conn = tx.conn();
    let backend = conn.get_database_backend();
    let begin = "INSERT INTO outbox_cursor (reader, position) SELECT $1, position FROM outbox_head WHERE id = 1
                 ON CONFLICT (reader) DO NOTHING";
    conn.execute_raw(Statement::from_sql_and_values(backend, begin, [reader.into()])).await?;
    let lock = "UPDATE outbox_cursor SET position = position WHERE reader = $1 RETURNING position";
    let row = conn.query_one_raw(Statement::from_sql_and_values(backend, lock, [reader.into()])).await?;
    let row = row.ok_or_else(|| DbErr::RecordNotFound("outbox_cursor".to_owned()))?;
    let facts = after(conn, row.try_get("", "position")?, most).await?;
    if let Some(last) = facts.last() {
        let note = "UPDATE outbox_cursor SET position = $2 WHERE reader = $1";
        let values = [reader.into(), last.position.into()];
        conn.execute_raw(Statement::from_sql_and_values(backend, note, values)).await?;
    }
    Ok(facts)
}
