//! A token that works no more.
use entity::{ApiTokenId, api_token};
use sea_orm::DbErr;

use super::snapshot;
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::Tx,
    features::api_token::{policy, repo},
};

/// Why a token was not revoked.
#[derive(Debug)]
pub enum ApiTokenRevokeError {
    /// The right is missing.
    Denied(Denied),
    /// The token is missing or hidden.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ApiTokenRevokeError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Revokes a token. One that was revoked stays as it is.
pub async fn revoke(tx: &Tx, actor: &Actor, id: ApiTokenId) -> Result<api_token::Model, ApiTokenRevokeError> {
    use ApiTokenRevokeError as Error;
    let found = repo::get(tx.conn(), actor, id).await?;
    let old = found.filter(|row| policy::can_read(actor, row.account_id)).ok_or(Error::NotFound)?;
    policy::can_issue(actor, old.account_id).map_err(Error::Denied)?;
    if !repo::revoke(tx, id, actor.account()).await? {
        return Ok(old);
    }
    let new = api_token::Model { revoked_at: Some(tx.now()), revoked_by: Some(actor.account()), ..old.clone() };
    let change = Change {
        action: "apiTokenRevoke",
        object_type: "ApiToken",
        object_id: id.0,
        organization: None,
        person: None,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
