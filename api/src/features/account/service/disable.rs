//! An account that may no longer sign in, and its return.
use entity::{AccountId, AccountStatus, SessionEnd, account};
use sea_orm::DbErr;

use super::snapshot;
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied},
    db::Tx,
    features::account::{
        policy,
        repo::{self, session},
    },
};

/// Longest reason in characters.
pub const REASON: usize = 200;

/// What is to be disabled or enabled.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountDisable {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why an account was not disabled or enabled.
#[derive(Debug)]
pub enum AccountDisableError {
    /// The right is missing.
    Denied(Denied),
    /// The account is missing or hidden.
    NotFound,
    /// It is one's own.
    Oneself,
    /// Nobody would administer the whole tree any more.
    LastAdministrator,
    /// It has that status already.
    Already,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<account::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountDisableError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Disables an account and ends its sessions.
pub async fn disable(tx: &Tx, actor: &Actor, command: AccountDisable) -> Result<account::Model, AccountDisableError> {
    let old = begin(tx, actor, &command, AccountStatus::Disabled).await?;
    if policy::is_last_administrator(actor, old.id) {
        return Err(AccountDisableError::LastAdministrator);
    }
    session::end_all(tx, old.id, None, SessionEnd::AccountDisabled).await?;
    end(tx, actor, "accountDisable", old, AccountStatus::Disabled, command).await
}

/// Lets a disabled account sign in again.
pub async fn enable(tx: &Tx, actor: &Actor, command: AccountDisable) -> Result<account::Model, AccountDisableError> {
    let old = begin(tx, actor, &command, AccountStatus::Active).await?;
    end(tx, actor, "accountEnable", old, AccountStatus::Active, command).await
}

async fn begin(
    tx: &Tx,
    actor: &Actor,
    command: &AccountDisable,
    status: AccountStatus,
) -> Result<account::Model, AccountDisableError> {
    use AccountDisableError as Error;
    let old = repo::get(tx.conn(), actor, command.account).await?.ok_or(Error::NotFound)?;
    policy::can_disable(actor, old.id).map_err(Error::Denied)?;
    let reason = command.reason.trim();
    match () {
        () if old.id == actor.account() => Err(Error::Oneself),
        () if old.version != command.version => Err(Error::Conflict(Box::new(old))),
        () if old.status == status => Err(Error::Already),
        () if reason.is_empty() => Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => Err(Error::ReasonTooLong),
        () => Ok(old),
    }
}

async fn end(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: account::Model,
    status: AccountStatus,
    command: AccountDisable,
) -> Result<account::Model, AccountDisableError> {
    let changed = account::Model { status, ..old.clone() };
    let conflict = AccountDisableError::Conflict(Box::new(old.clone()));
    let new = repo::update(tx, changed, old.version).await?.ok_or(conflict)?;
    let change = Change {
        action,
        object_type: "Account",
        object_id: new.id.0,
        organization: None,
        person: new.person_id,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
