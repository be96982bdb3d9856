//! Switching a second factor off, by oneself or by an administrator.
use entity::{AccountId, account, second_factor};
use sea_orm::DbErr;
use serde_json::json;

use super::{Shown, show};
use crate::{
    app::App,
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::{
        account::{
            policy as accounts_policy,
            service::{self as accounts, ProofError, REASON},
        },
        second_factor::{policy, repo},
    },
};

/// Why one's own second factor stays.
#[derive(Debug)]
pub enum SecondFactorDisableError {
    /// The password does not show that it is oneself.
    Proof(ProofError),
    /// There is none.
    None,
    /// The code is wrong, or was used.
    WrongCode,
    /// Too many wrong ones; nothing was looked at.
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// Nobody would administer the whole tree any more, since the role demands one.
    LastAdministrator,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for SecondFactorDisableError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Switches the second factor of the actor's own account off, whose password was shown.
pub async fn disable(
    tx: &Tx,
    app: &App,
    actor: &Actor,
    typed: &str,
) -> Result<account::Model, SecondFactorDisableError> {
    use SecondFactorDisableError as Error;
    if let Some(wait) = accounts::wait(app, actor).await? {
        return Err(Error::Throttled { wait });
    }
    let account = accounts::find_visible(tx, actor, actor.account()).await?.ok_or(Error::None)?;
    repo::get(tx.conn(), account.id).await?.filter(|row| row.confirmed_at.is_some()).ok_or(Error::None)?;
    if !policy::stays_administered_without(actor, account.id) {
        return Err(Error::LastAdministrator);
    }
    if show(tx, account.id, Some(typed)).await? != Shown::Right {
        return Err(Error::WrongCode);
    }
    forget(tx, account.id).await?;
    record(tx, actor, "secondFactorDisable", &account, None).await?;
    Ok(account)
}

/// Whose second factor is taken away.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountSecondFactorReset {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a second factor was not taken away.
#[derive(Debug)]
pub enum AccountSecondFactorResetError {
    /// The right is missing.
    Denied(Denied),
    /// The account is missing or hidden.
    NotFound,
    /// It is one's own.
    Oneself,
    /// There is none.
    None,
    /// Nobody would administer the whole tree any more, since the role demands one.
    LastAdministrator,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// Somebody else changed the account; this is how it stands.
    Conflict(Box<account::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountSecondFactorResetError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Takes the second factor of another account away and ends its sessions: whoever lost the phone signs in with the
/// password and sets up another one.
pub async fn reset(
    tx: &Tx,
    actor: &Actor,
    command: AccountSecondFactorReset,
) -> Result<account::Model, AccountSecondFactorResetError> {
    use AccountSecondFactorResetError as Error;
    let account = accounts::find_visible(tx, actor, command.account).await?.ok_or(Error::NotFound)?;
    accounts_policy::can_reset(actor, account.id).map_err(Error::Denied)?;
    let reason = command.reason.trim();
    match () {
        () if account.id == actor.account() => return Err(Error::Oneself),
        () if account.version != command.version => return Err(Error::Conflict(Box::new(account))),
        () if reason.is_empty() => return Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => return Err(Error::ReasonTooLong),
        () => {}
    }
    repo::get(tx.conn(), account.id).await?.filter(|row| row.confirmed_at.is_some()).ok_or(Error::None)?;
    if !policy::stays_administered_without(actor, account.id) {
        return Err(Error::LastAdministrator);
    }
    forget(tx, account.id).await?;
    accounts::end_sessions(tx, account.id).await?;
    record(tx, actor, "accountSecondFactorReset", &account, Some(reason.to_owned())).await?;
    Ok(account)
}

/// Forgets the second factor of `account`: seed and recovery codes.
pub async fn forget(tx: &Tx, account: AccountId) -> Result<(), DbErr> {
    let Some(row) = repo::get(tx.conn(), account).await? else { return Ok(()) };
    repo::put(tx, second_factor::Model { seed: Vec::new(), confirmed_at: None, ..row }).await?;
    repo::end_codes(tx, account).await
}

async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    account: &account::Model,
    reason: Option<String>,
) -> Result<(), DbErr> {
    let change = Change {
        action,
        object_type: "Account",
        object_id: account.id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::from([("secondFactor", json!("on"))]),
        after: Snapshot::from([("secondFactor", json!("off"))]),
        reason,
    };
    audit::record(tx, Some(actor.account()), change).await
}
