//! One-time links. Whoever makes one was shown to reach the account; whoever uses one is not yet known.
use entity::{AccountId, AccountStatus, Timestamp, account, one_time_link};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, IntoActiveModel, QueryFilter, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait},
};

use crate::db::Tx;

/// How the one-time link of an account without a password stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkState {
    /// It waits for its person.
    Open,
    /// It ran out unused: nobody gets in before another one is made.
    Expired,
}

/// The one-time link of an account without a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OneTimeLink {
    /// How it stands.
    pub state: LinkState,
    /// When it ends or ended, as long as that is kept.
    pub valid_until: Option<Timestamp>,
}

/// Active accounts without a password whose link stands like this at `now`.
pub fn stands(state: LinkState, now: Timestamp) -> Condition {
    use one_time_link::Column;
    let open = one_time_link::Entity::find()
        .select_only()
        .expr(Expr::value(1))
        .filter(Expr::col((one_time_link::Entity, Column::AccountId)).equals((account::Entity, account::Column::Id)))
        .filter(waits())
        .filter(Column::ExpiresAt.gt(now));
    let open = Expr::exists(open.into_query());
    let without = Condition::all()
        .add(account::Column::PasswordHash.eq(""))
        .add(account::Column::Status.eq(AccountStatus::Active));
    without.add(match state {
        LinkState::Open => open,
        LinkState::Expired => open.not(),
    })
}

/// Neither used nor ended.
fn waits() -> Condition {
    Condition::all().add(one_time_link::Column::UsedAt.is_null()).add(one_time_link::Column::EndedAt.is_null())
}

/// Links to `accounts` that were neither used nor ended; an account has one at most. The caller has shown that the
/// accounts may be seen.
pub async fn unused(conn: &impl ConnectionTrait, accounts: &[AccountId]) -> Result<Vec<one_time_link::Model>, DbErr> {
    let found = one_time_link::Entity::find().filter(waits());
    found.filter(one_time_link::Column::AccountId.is_in(accounts.iter().copied())).all(conn).await
}

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
