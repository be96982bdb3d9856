//! Letting go what is no longer needed, as the register says it.
use entity::Timestamp;
use sea_orm::{ConnectionTrait, DbErr, Statement};

use super::Entry;
use crate::db::Tx;

/// Seconds of a day.
const DAY: i64 = 86_400;

/// Removes at most `most` rows of the table of `entry` that are no longer needed at `now`; answers how many there
/// were. Nothing is removed where the rule lets nothing go.
pub async fn remove(tx: &Tx, entry: &Entry, now: Timestamp, most: u64) -> Result<u64, DbErr> {
    let Some((end, days)) = entry.end() else { return Ok(0) };
    let Entry { table, key, .. } = entry;
    let key = key.join(", ");
    let sql = format!(
        "DELETE FROM {table} WHERE {end} < $1
           AND ({key}) IN (SELECT {key} FROM {table} WHERE {end} < $1 ORDER BY {key} LIMIT {most})"
    );
    let before = now.plus_seconds(-DAY * i64::from(days));
    let statement = Statement::from_sql_and_values(tx.conn().get_database_backend(), sql, [before.into()]);
    Ok(tx.conn().execute_raw(statement).await?.rows_affected())
}
