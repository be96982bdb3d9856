//! The only place that names the tables of second factors. Who asks is the account itself, or was shown to reach it.
use entity::{AccountId, RoleId, Timestamp, recovery_code, role, second_factor};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, ExprTrait, OnConflict},
};

use super::code;
use crate::db::Tx;

/// The second factor of `account`, working or not.
pub async fn get(conn: &impl ConnectionTrait, account: AccountId) -> Result<Option<second_factor::Model>, DbErr> {
    second_factor::Entity::find_by_id(account).one(conn).await
}

/// Writes `row` in place of what was there.
pub async fn put(tx: &Tx, row: second_factor::Model) -> Result<(), DbErr> {
    use second_factor::Column;
    let replace = OnConflict::column(Column::AccountId)
        .update_columns([Column::Seed, Column::CreatedAt, Column::ConfirmedAt, Column::LastStep])
        .to_owned();
    second_factor::Entity::insert(row.into_active_model().reset_all())
        .on_conflict(replace)
        .exec_without_returning(tx.conn())
        .await
        .map(|_| ())
}

/// Takes the time step `step` for `account`; false where its code or a later one was used.
pub async fn take_step(tx: &Tx, account: AccountId, step: i64) -> Result<bool, DbErr> {
    let change = second_factor::ActiveModel { last_step: Set(step), ..Default::default() };
    let done = second_factor::Entity::update_many()
        .set(change)
        .filter(second_factor::Column::AccountId.eq(account))
        .filter(second_factor::Column::LastStep.lt(step))
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Adds recovery codes of `account`.
pub async fn add_codes(tx: &Tx, account: AccountId, codes: &[String]) -> Result<(), DbErr> {
    let rows = codes.iter().map(|code| recovery_code::ActiveModel {
        code_hash: Set(code::hash(account, code).to_vec()),
        account_id: Set(account),
        created_at: Set(tx.now()),
        used_at: Set(None),
    });
    recovery_code::Entity::insert_many(rows).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Uses the recovery code `typed` of `account`; false where there is none that was not used.
pub async fn take_code(tx: &Tx, account: AccountId, typed: &str) -> Result<bool, DbErr> {
    let done = recovery_code::Entity::update_many()
        .set(used(tx.now()))
        .filter(recovery_code::Column::CodeHash.eq(code::hash(account, typed).to_vec()))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Ends the recovery codes of `account`.
pub async fn end_codes(tx: &Tx, account: AccountId) -> Result<(), DbErr> {
    recovery_code::Entity::update_many()
        .set(used(tx.now()))
        .filter(recovery_code::Column::AccountId.eq(account))
        .filter(recovery_code::Column::UsedAt.is_null())
        .exec(tx.conn())
        .await
        .map(|_| ())
}

fn used(at: Timestamp) -> recovery_code::ActiveModel {
    recovery_code::ActiveModel { used_at: Set(Some(at)), ..Default::default() }
}

/// Second factors after `last`, by account, held until the transaction ends.
pub async fn after_locked(tx: &Tx, last: Option<AccountId>, most: u64) -> Result<Vec<second_factor::Model>, DbErr> {
    let mut select = second_factor::Entity::find();
    if let Some(last) = last {
        select = select.filter(second_factor::Column::AccountId.gt(last));
    }
    select.order_by_asc(second_factor::Column::AccountId).limit(most).lock_exclusive().all(tx.conn()).await
}

/// Says whether `role` demands a second factor, where the database still has `version`; none where somebody was faster.
pub async fn demand(tx: &Tx, role: RoleId, required: bool, version: i32) -> Result<Option<()>, DbErr> {
    let done = role::Entity::update_many()
        .col_expr(role::Column::RequiresSecondFactor, Expr::value(required))
        .col_expr(role::Column::Version, Expr::col(role::Column::Version).add(1))
        .filter(role::Column::Id.eq(role))
        .filter(role::Column::Version.eq(version))
        .exec(tx.conn())
        .await?;
    Ok((done.rows_affected > 0).then_some(()))
}
