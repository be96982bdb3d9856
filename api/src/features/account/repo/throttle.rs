//! Counts of failed sign-ins.
use std::iter;

use entity::{Timestamp, sign_in_throttle};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QuerySelect, sea_query::OnConflict,
};

use crate::features::account::throttle::{Failures, Keys, Rule};

impl From<sign_in_throttle::Model> for Failures {
    fn from(row: sign_in_throttle::Model) -> Self {
        Self { count: row.failures, last_at: row.last_at, blocked_until: row.blocked_until }
    }
}

/// Seconds until an attempt under `keys` is looked at; none where it is looked at now.
pub async fn wait(conn: &impl ConnectionTrait, keys: &Keys, now: Timestamp) -> Result<Option<u32>, DbErr> {
    let rows = sign_in_throttle::Entity::find()
        .filter(sign_in_throttle::Column::Key.is_in(iter::once(&keys.name).chain(&keys.address)))
        .all(conn)
        .await?;
    Ok(rows.into_iter().filter_map(|row| Failures::from(row).wait(now)).max())
}

/// Counts one more failure under `key`.
pub async fn count(conn: &impl ConnectionTrait, key: &str, rule: Rule, now: Timestamp) -> Result<Failures, DbErr> {
    let none = sign_in_throttle::ActiveModel {
        key: Set(key.to_owned()),
        failures: Set(0),
        last_at: Set(now),
        blocked_until: Set(now),
    };
    sign_in_throttle::Entity::insert(none)
        .on_conflict(OnConflict::column(sign_in_throttle::Column::Key).do_nothing().to_owned())
        .exec_without_returning(conn)
        .await?;
    // The lock makes attempts on other replicas wait; SQLite has one writer anyway.
    let row = sign_in_throttle::Entity::find_by_id(key.to_owned()).lock_exclusive().one(conn).await?;
    let before = row.map_or(Failures { count: 0, last_at: now, blocked_until: now }, Failures::from);
    let after = before.with_one_more(rule, now);
    let change = sign_in_throttle::ActiveModel {
        failures: Set(after.count),
        last_at: Set(after.last_at),
        blocked_until: Set(after.blocked_until),
        ..Default::default()
    };
    sign_in_throttle::Entity::update_many()
        .set(change)
        .filter(sign_in_throttle::Column::Key.eq(key))
        .exec(conn)
        .await?;
    Ok(after)
}

/// Forgets all failures under `key`.
pub async fn forget(conn: &impl ConnectionTrait, key: &str) -> Result<(), DbErr> {
    sign_in_throttle::Entity::delete_by_id(key.to_owned()).exec(conn).await.map(|_| ())
}
