//! The only place that names the table of API tokens.
use entity::{AccountId, ApiTokenId, Timestamp, api_token};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel,
    QueryFilter, QueryOrder,
};

use crate::{authz::Actor, db::Tx, features::account};

/// Tokens of `accounts`, newest first. The caller has shown that the accounts may be seen.
pub async fn of_accounts(conn: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<api_token::Model>, DbErr> {
    api_token::Entity::find()
        .filter(api_token::Column::AccountId.is_in(accounts.iter().copied()))
        .order_by_desc(api_token::Column::Id)
        .all(conn)
        .await
}

/// The token `id`, where `actor` may see its account.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: ApiTokenId,
) -> Result<Option<api_token::Model>, DbErr> {
    let visible = api_token::Column::AccountId.in_subquery(account::all_visible(actor));
    api_token::Entity::find_by_id(id).filter(visible).one(conn).await
}

/// Writes a new token.
pub async fn insert(tx: &Tx, row: api_token::Model) -> Result<api_token::Model, DbErr> {
    api_token::Entity::insert(row.clone().into_active_model().reset_all()).exec_without_returning(tx.conn()).await?;
    Ok(row)
}

/// Ends the token `id`; false where it was revoked before.
pub async fn revoke(tx: &Tx, id: ApiTokenId, by: AccountId) -> Result<bool, DbErr> {
    let change =
        api_token::ActiveModel { revoked_at: Set(Some(tx.now())), revoked_by: Set(Some(by)), ..Default::default() };
    let done = api_token::Entity::update_many()
        .set(change)
        .filter(api_token::Column::Id.eq(id))
        .filter(api_token::Column::RevokedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(done.rows_affected > 0)
}

/// Remembers a use at `now`, unless one after `before` is remembered.
pub async fn touch(
    conn: &impl ConnectionTrait,
    id: ApiTokenId,
    now: Timestamp,
    before: Timestamp,
) -> Result<(), DbErr> {
    let change = api_token::ActiveModel { last_used_at: Set(Some(now)), ..Default::default() };
    let old =
        Condition::any().add(api_token::Column::LastUsedAt.is_null()).add(api_token::Column::LastUsedAt.lte(before));
    api_token::Entity::update_many()
        .set(change)
        .filter(api_token::Column::Id.eq(id))
        .filter(old)
        .exec(conn)
        .await
        .map(|_| ())
}
