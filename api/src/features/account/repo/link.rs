//! One-time links. Whoever makes one was shown to reach the account; whoever uses one is not yet known.
use entity::{AccountId, Timestamp, one_time_link};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter,
};

use crate::db::Tx;

/// Writes a new link.
pub async fn insert(tx: &Tx, row: one_time_link::Model) -> Result<(), DbErr> {
    let row = row.into_active_model().reset_all();
    one_time_link::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Ends all links to `account` that still work.
pub async fn end_all(tx: &Tx, account: AccountId) -> Result<(), DbErr> {
    let change = one_time_link::ActiveModel { ended_at: Set(Some(tx.now())), ..Default::default() };
    one_time_link::Entity::update_many()
        .set(change)
        .filter(one_time_link::Column::AccountId.eq(account))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

/// The account whose link has this hash and still works at `now`.
pub async fn find(conn: &impl ConnectionTrait, hash: &[u8], now: Timestamp) -> Result<Option<AccountId>, DbErr> {
    let row = one_time_link::Entity::find_by_id(hash.to_vec()).one(conn).await?;
    Ok(row
        .filter(|row| row.used_at.is_none() && row.ended_at.is_none() && now < row.expires_at)
        .map(|row| row.account_id))
}

/// Uses the link with this hash up; false where it does not work any more.
pub async fn take(tx: &Tx, hash: &[u8]) -> Result<bool, DbErr> {
    let change = one_time_link::ActiveModel { used_at: Set(Some(tx.now())), ..Default::default() };
    let done = one_time_link::Entity::update_many()
        .set(change)
        .filter(one_time_link::Column::CodeHash.eq(hash.to_vec()))
        .filter(one_time_link::Column::UsedAt.is_null())
        .filter(one_time_link::Column::EndedAt.is_null())
        .filter(one_time_link::Column::ExpiresAt.gt(tx.now()))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}
