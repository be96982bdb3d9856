//! The second holder puts a grant into force.
use entity::{GrantId, role_grant};
use sea_orm::DbErr;

use super::{record, snapshot};
use crate::{
    authz::{Actor, Denied},
    db::Tx,
    features::{
        grant::{
            obligation,
            policy::{self, ConfirmDenied},
            repo,
        },
        notification::service as notifications,
    },
};

/// Which grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RoleGrantConfirm {
    /// The grant.
    pub grant: GrantId,
}

/// Why a grant was not confirmed.
#[derive(Debug)]
pub enum RoleGrantConfirmError {
    /// The right is missing.
    Denied(Denied),
    /// The grant is missing or hidden.
    NotFound,
    /// It is in force already.
    Confirmed,
    /// It was withdrawn, or its last day has passed.
    Ended,
    /// Who gives a role does not confirm it.
    Giver,
    /// Nobody confirms a role of his own.
    Oneself,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for RoleGrantConfirmError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<ConfirmDenied> for RoleGrantConfirmError {
    fn from(denied: ConfirmDenied) -> Self {
        match denied {
            ConfirmDenied::Giver => Self::Giver,
            ConfirmDenied::Oneself => Self::Oneself,
            ConfirmDenied::Right(denied) => Self::Denied(denied),
        }
    }
}

/// Confirms a grant. It begins today at the earliest: before, it was not in force.
pub async fn confirm(
    tx: &Tx,
    actor: &Actor,
    command: RoleGrantConfirm,
) -> Result<role_grant::Model, RoleGrantConfirmError> {
    use RoleGrantConfirmError as Error;
    let old = repo::get(tx.conn(), actor, command.grant).await?.ok_or(Error::NotFound)?;
    let role = actor.authority().roles.get(&old.role_id).ok_or(Error::NotFound)?;
    policy::can_confirm(actor, role, &old)?;
    if old.confirmed_at.is_some() {
        return Err(Error::Confirmed);
    }
    if old.ended_at.is_some() || old.until.is_some_and(|until| until <= tx.today()) {
        return Err(Error::Ended);
    }
    let new = role_grant::Model {
        from: old.from.max(tx.today()),
        confirmed_at: Some(tx.now()),
        confirmed_by: Some(actor.account()),
        ..old.clone()
    };
    let new = repo::update(tx, new).await?;
    let settled: Vec<GrantId> = new.extends_id.into_iter().chain([new.id]).collect();
    obligation::settle(tx, &settled).await?;
    record(tx, actor, "roleGrantConfirm", snapshot(&old), &new, None).await?;
    notifications::grant_begins(tx, &new).await?;
    Ok(new)
}
