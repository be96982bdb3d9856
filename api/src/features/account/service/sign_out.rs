//! Signing out.
use entity::SessionEnd;
use sea_orm::DbErr;

use super::RefreshToken;
use crate::{app::App, db::Tx, features::account::repo::session};

/// Ends the session that `token` belongs to. A token that is unknown or of a session that is over changes nothing.
pub async fn sign_out(app: &App, request_id: &str, token: &RefreshToken) -> Result<(), DbErr> {
    let Some(found) = session::find_token(app.db.read(), &token.hash()).await? else { return Ok(()) };
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    tx.lock_authority().await?;
    if session::end(&tx, found.session_id, SessionEnd::SignedOut).await? {
        tx.commit().await?;
        app.refresh_authority().await?;
    }
    Ok(())
}
