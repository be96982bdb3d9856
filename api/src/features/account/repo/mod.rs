//! The tables of accounts: who may sign in, sessions, tokens, failures, events.

pub mod session;
pub mod throttle;

use entity::{AccountId, Timestamp, account};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, DbErr, EntityTrait, QueryFilter};

/// The account that signs in with `name`, whoever asks: signing in comes before all rights.
pub async fn find_for_sign_in(conn: &impl ConnectionTrait, name: &str) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find().filter(account::Column::Name.eq(name)).one(conn).await
}

/// The account `id`, whoever asks: for checks that come before all rights.
pub async fn find_for_session(conn: &impl ConnectionTrait, id: AccountId) -> Result<Option<account::Model>, DbErr> {
    account::Entity::find_by_id(id).one(conn).await
}

/// Remembers the last sign-in, which is no change that others must know of.
pub async fn touch_sign_in(conn: &impl ConnectionTrait, id: AccountId, at: Timestamp) -> Result<(), DbErr> {
    let change = account::ActiveModel { last_sign_in_at: Set(Some(at)), ..Default::default() };
    account::Entity::update_many().set(change).filter(account::Column::Id.eq(id)).exec(conn).await.map(|_| ())
}
