//! Sign-in sessions, their refresh tokens, and the record of sign-ins.
use entity::{
    AccountId, SessionEnd, SessionId, SignInOutcome, Timestamp, refresh_token, sign_in_event, sign_in_session,
};
use sea_orm::{
    ActiveValue::Set, ColumnTrait, Condition, ConnectionTrait, DbErr, EntityTrait, QueryFilter, QueryOrder,
    QuerySelect, Select, sea_query::Expr,
};

use crate::{
    authz::Actor,
    db::{
        Tx,
        page::{Key, Place, Sort},
    },
};

/// Adds a session.
pub async fn insert(conn: &impl ConnectionTrait, row: sign_in_session::ActiveModel) -> Result<(), DbErr> {
    sign_in_session::Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// The session `id`, held against changes by others until the transaction ends.
pub async fn lock(conn: &impl ConnectionTrait, id: SessionId) -> Result<Option<sign_in_session::Model>, DbErr> {
    sign_in_session::Entity::find_by_id(id).lock_exclusive().one(conn).await
}

/// Remembers that the session is in use.
pub async fn touch(conn: &impl ConnectionTrait, id: SessionId, at: Timestamp) -> Result<(), DbErr> {
    let change = sign_in_session::ActiveModel { last_seen_at: Set(at), ..Default::default() };
    sign_in_session::Entity::update_many()
        .set(change)
        .filter(sign_in_session::Column::Id.eq(id))
        .exec(conn)
        .await
        .map(|_| ())
}

/// Ends the session `id`; false where it had ended before.
pub async fn end(tx: &Tx, id: SessionId, reason: SessionEnd) -> Result<bool, DbErr> {
    let ended = sign_in_session::Entity::update_many()
        .set(ending(tx.now(), reason))
        .filter(sign_in_session::Column::Id.eq(id))
        .filter(sign_in_session::Column::EndedAt.is_null())
        .exec(tx.conn())
        .await?;
    Ok(ended.rows_affected > 0)
}

/// Ends all sessions of `account` but `kept`.
pub async fn end_all(tx: &Tx, account: AccountId, kept: Option<SessionId>, reason: SessionEnd) -> Result<u64, DbErr> {
    let mut update = sign_in_session::Entity::update_many()
        .set(ending(tx.now(), reason))
        .filter(sign_in_session::Column::AccountId.eq(account))
        .filter(sign_in_session::Column::EndedAt.is_null());
    if let Some(kept) = kept {
        update = update.filter(sign_in_session::Column::Id.ne(kept));
    }
    Ok(update.exec(tx.conn()).await?.rows_affected)
}

fn ending(at: Timestamp, reason: SessionEnd) -> sign_in_session::ActiveModel {
    sign_in_session::ActiveModel { ended_at: Set(Some(at)), end_reason: Set(Some(reason)), ..Default::default() }
}

/// The refresh token with this hash.
pub async fn find_token(conn: &impl ConnectionTrait, hash: &[u8]) -> Result<Option<refresh_token::Model>, DbErr> {
    refresh_token::Entity::find_by_id(hash.to_vec()).one(conn).await
}

/// Whether a token of `session` was exchanged after `at`.
pub async fn used_after(conn: &impl ConnectionTrait, session: SessionId, at: Timestamp) -> Result<bool, DbErr> {
    let later = refresh_token::Entity::find()
        .filter(refresh_token::Column::SessionId.eq(session))
        .filter(refresh_token::Column::UsedAt.gt(at))
        .one(conn)
        .await?;
    Ok(later.is_some())
}

/// Marks every unused token of `session` as exchanged.
pub async fn use_up(conn: &impl ConnectionTrait, session: SessionId, at: Timestamp) -> Result<(), DbErr> {
    let change = refresh_token::ActiveModel { used_at: Set(Some(at)), ..Default::default() };
    refresh_token::Entity::update_many()
        .set(change)
        .filter(refresh_token::Column::SessionId.eq(session))
        .filter(refresh_token::Column::UsedAt.is_null())
        .exec(conn)
        .await
        .map(|_| ())
}

/// Adds a token of `session`.
pub async fn add_token(
    conn: &impl ConnectionTrait,
    session: SessionId,
    hash: [u8; 32],
    at: Timestamp,
) -> Result<(), DbErr> {
    let row = refresh_token::ActiveModel {
        hash: Set(hash.to_vec()),
        session_id: Set(session),
        issued_at: Set(at),
        used_at: Set(None),
    };
    refresh_token::Entity::insert(row).exec_without_returning(conn).await.map(|_| ())
}

/// Forgets from where and with what `account` signed in.
pub async fn forget_places(tx: &Tx, account: AccountId) -> Result<(), DbErr> {
    let session = sign_in_session::ActiveModel {
        address: Set(String::new()),
        user_agent: Set(String::new()),
        ..Default::default()
    };
    let sessions = sign_in_session::Entity::update_many().set(session);
    sessions.filter(sign_in_session::Column::AccountId.eq(account)).exec(tx.conn()).await?;
    let event = sign_in_event::ActiveModel { address: Set(String::new()), ..Default::default() };
    let events = sign_in_event::Entity::update_many().set(event);
    events.filter(sign_in_event::Column::AccountId.eq(account)).exec(tx.conn()).await.map(|_| ())
}

/// Records what came of a sign-in.
pub async fn record(tx: &Tx, account: Option<AccountId>, address: String, outcome: SignInOutcome) -> Result<(), DbErr> {
    let row = sign_in_event::ActiveModel {
        id: Set(tx.ambient().uuid()),
        at: Set(tx.now()),
        account_id: Set(account),
        address: Set(address),
        outcome: Set(outcome),
    };
    sign_in_event::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// Running sessions of all accounts that `actor` may see.
pub fn list(actor: &Actor, now: Timestamp, seen_after: Timestamp) -> Select<sign_in_session::Entity> {
    sign_in_session::Entity::find().filter(is_visible(actor)).filter(is_running(now, seen_after))
}

/// Of an account that `actor` may see.
fn is_visible(actor: &Actor) -> Expr {
    sign_in_session::Column::AccountId.in_subquery(super::all_visible(actor))
}

/// Newest first; keys are ordered by time.
pub fn sort() -> (Sort, Place<sign_in_session::Model>) {
    let id = Expr::col((sign_in_session::Entity, sign_in_session::Column::Id));
    (Sort { name: "sign_in_session", key: None, id, descending: true }, |row| (Key::None, row.id.0))
}

/// Neither ended nor run out, nor left alone for too long.
fn is_running(now: Timestamp, seen_after: Timestamp) -> Condition {
    Condition::all()
        .add(sign_in_session::Column::EndedAt.is_null())
        .add(sign_in_session::Column::ExpiresAt.gt(now))
        .add(sign_in_session::Column::LastSeenAt.gt(seen_after))
}

/// Running sessions of `accounts`, newest first. The caller has shown that the accounts may be seen.
pub async fn running(
    conn: &impl ConnectionTrait,
    accounts: &[AccountId],
    now: Timestamp,
    seen_after: Timestamp,
) -> Result<Vec<sign_in_session::Model>, DbErr> {
    sign_in_session::Entity::find()
        .filter(sign_in_session::Column::AccountId.is_in(accounts.iter().copied()))
        .filter(is_running(now, seen_after))
        .order_by_desc(sign_in_session::Column::CreatedAt)
        .order_by_desc(sign_in_session::Column::Id)
        .all(conn)
        .await
}

/// The session `id`, where `actor` may see its account.
pub async fn get(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: SessionId,
) -> Result<Option<sign_in_session::Model>, DbErr> {
    sign_in_session::Entity::find_by_id(id).filter(is_visible(actor)).one(conn).await
}

/// Like [`get`], held against changes by others until the transaction ends.
pub async fn lock_visible(
    conn: &impl ConnectionTrait,
    actor: &Actor,
    id: SessionId,
) -> Result<Option<sign_in_session::Model>, DbErr> {
    sign_in_session::Entity::find_by_id(id).filter(is_visible(actor)).lock_exclusive().one(conn).await
}

/// Sign-ins of `account`, where `actor` may see it.
pub fn events(actor: &Actor, account: AccountId) -> Select<sign_in_event::Entity> {
    let visible = sign_in_event::Column::AccountId.in_subquery(super::visible_among(actor, account));
    sign_in_event::Entity::find().filter(visible)
}

/// Newest first; keys are ordered by time.
pub fn newest_event() -> (Sort, Place<sign_in_event::Model>) {
    let id = Expr::col((sign_in_event::Entity, sign_in_event::Column::Id));
    (Sort { name: "sign_in_event", key: None, id, descending: true }, |row| (Key::None, row.id))
}
