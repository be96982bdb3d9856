//! Ending a sign-in session from elsewhere.
use entity::{SessionEnd, SessionId, sign_in_session};
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::account::{
        policy,
        repo::{self, session},
    },
};

/// Why a session was not ended.
#[derive(Debug)]
pub enum SignInSessionEndError {
    /// The right is missing.
    Denied(Denied),
    /// The session is missing or hidden.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for SignInSessionEndError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Ends a session. One that has ended stays as it is.
pub async fn end_session(
    tx: &Tx,
    actor: &Actor,
    id: SessionId,
) -> Result<sign_in_session::Model, SignInSessionEndError> {
    use SignInSessionEndError as Error;
    let old = session::lock_visible(tx.conn(), actor, id).await?.ok_or(Error::NotFound)?;
    let account = repo::get(tx.conn(), actor, old.account_id).await?.ok_or(Error::NotFound)?;
    policy::can_end_session(actor, account.id).map_err(Error::Denied)?;
    let own = account.id == actor.account();
    let reason = if own { SessionEnd::EndedByOwner } else { SessionEnd::EndedByAdministrator };
    if !session::end(tx, id, reason).await? {
        return Ok(old);
    }
    let change = Change {
        action: "signInSessionEnd",
        object_type: "SignInSession",
        object_id: id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("account", json!(account.id)), ("endReason", json!(reason))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(sign_in_session::Model { ended_at: Some(tx.now()), end_reason: Some(reason), ..old })
}
