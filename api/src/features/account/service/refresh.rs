//! Going on with a session: every refresh token is used once.
//!
//! A used token that comes back means that two parties hold it, and the session ends. One case is innocent: two tabs
//! that refresh at the same moment. So the token that was exchanged last is forgiven for ten seconds and gets a
//! successor of its own; the first use of either successor uses up the other.
use std::net::IpAddr;

use entity::{AccountStatus, SessionEnd, SessionId, SignInOutcome, Timestamp, sign_in_session};
use sea_orm::DbErr;

use super::{Admitted, LONGEST_IDLE, RefreshToken};
use crate::{
    app::App,
    db::Tx,
    features::account::repo::{self, session},
};

/// Seconds for which the token that was exchanged last is forgiven.
const FORGIVEN: i64 = 10;

/// Why a session does not go on.
#[derive(Debug, thiserror::Error)]
pub enum RefreshError {
    /// The token is damaged or unknown, or its session is over.
    #[error("the session is over")]
    Invalid,
    /// The token was used before; the session was ended.
    #[error("a used token came back; the session was ended")]
    Reused,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

/// Exchanges `token` for the next one.
pub async fn refresh(
    app: &App,
    request_id: &str,
    token: &RefreshToken,
    address: IpAddr,
) -> Result<Admitted, RefreshError> {
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    let found = session::find_token(tx.conn(), &token.hash()).await?.ok_or(RefreshError::Invalid)?;
    let running = session::lock(tx.conn(), found.session_id).await?.ok_or(RefreshError::Invalid)?;
    let account = repo::find_for_session(tx.conn(), running.account_id).await?.ok_or(RefreshError::Invalid)?;
    if account.status != AccountStatus::Active || is_over(&running, tx.now()) {
        return Err(RefreshError::Invalid);
    }
    // Under the lock: another request may have exchanged the token meanwhile.
    let used_at = session::find_token(tx.conn(), &token.hash()).await?.and_then(|token| token.used_at);
    match used_at {
        None => session::use_up(tx.conn(), running.id, tx.now()).await?,
        Some(at) => {
            let late = tx.now() > at.plus_seconds(FORGIVEN);
            if late || session::used_after(tx.conn(), running.id, at).await? {
                drop(tx);
                end_stolen(app, request_id, &running, address).await?;
                return Err(RefreshError::Reused);
            }
        }
    }
    let next = RefreshToken::new(tx.ambient());
    session::add_token(tx.conn(), running.id, next.hash(), tx.now()).await?;
    session::touch(tx.conn(), running.id, tx.now()).await?;
    tx.commit().await?;
    Ok(Admitted {
        account: running.account_id,
        session: running.id,
        refresh_token: next,
        expires_at: running.expires_at,
    })
}

fn is_over(session: &sign_in_session::Model, now: Timestamp) -> bool {
    session.ended_at.is_some() || session.expires_at <= now || session.last_seen_at.plus_seconds(LONGEST_IDLE) <= now
}

async fn end_stolen(
    app: &App,
    request_id: &str,
    stolen: &sign_in_session::Model,
    address: IpAddr,
) -> Result<(), DbErr> {
    let id: SessionId = stolen.id;
    tracing::warn!(session.id = %id.0, "a used refresh token of the sign-in session {} came back; it was ended", id.0);
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    tx.lock_authority().await?;
    if session::end(&tx, id, SessionEnd::TokenReused).await? {
        session::record(&tx, Some(stolen.account_id), address.to_string(), SignInOutcome::TokenReused).await?;
    }
    tx.commit().await?;
    app.refresh_authority().await.map(|_| ())
}
