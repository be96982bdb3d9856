//! A one-time link with which a person sets a first or new password, and the end of a lock.
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use entity::{AccountId, SessionEnd, Timestamp, account, one_time_link};
use sea_orm::DbErr;
use serde_json::json;
use std::net::{IpAddr, Ipv4Addr};

use super::REASON;
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::{Tx, seal::sha256},
    features::account::{
        policy,
        repo::{self, link, session},
        throttle::Keys,
    },
};

/// Seconds for which a link works.
const WORKS: i64 = 72 * 3_600;

/// What is written on the slip that the person is given.
#[derive(Clone, PartialEq, Eq)]
pub struct Slip {
    /// The account.
    pub account: account::Model,
    /// The secret part of the link.
    pub code: String,
    /// Until when it works.
    pub valid_until: Timestamp,
}

impl std::fmt::Debug for Slip {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "Slip({})", self.account.name)
    }
}

/// The code of a link as the database knows it.
pub(super) fn hash(code: &str) -> [u8; 32] {
    sha256(code.trim().as_bytes())
}

/// Makes a link to `account`, which ends earlier ones.
pub async fn make_link(tx: &Tx, by: AccountId, account: account::Model) -> Result<Slip, DbErr> {
    link::end_all(tx, account.id).await?;
    let code = URL_SAFE_NO_PAD.encode(tx.ambient().bytes::<18>());
    let valid_until = tx.now().plus_seconds(WORKS);
    let row = one_time_link::Model {
        code_hash: hash(&code).to_vec(),
        account_id: account.id,
        created_at: tx.now(),
        created_by: by,
        expires_at: valid_until,
        used_at: None,
        ended_at: None,
    };
    link::insert(tx, row).await?;
    Ok(Slip { account, code, valid_until })
}

/// Which account is reset.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountReset {
    /// The account.
    pub account: AccountId,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why an account was not reset.
#[derive(Debug)]
pub enum AccountResetError {
    /// The right is missing.
    Denied(Denied),
    /// The account is missing or hidden.
    NotFound,
    /// It is one's own.
    Oneself,
    /// It is disabled.
    Disabled,
    /// Nobody would administer the whole tree until the link is used.
    LastAdministrator,
    /// No reason was given.
    ReasonEmpty,
    /// The reason is too long.
    ReasonTooLong,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<account::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountResetError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Resets an account: its password opens no more, its sessions end, and whoever has the link sets another password.
pub async fn reset(tx: &Tx, actor: &Actor, command: AccountReset) -> Result<Slip, AccountResetError> {
    use AccountResetError as Error;
    let old = repo::get(tx.conn(), actor, command.account).await?.ok_or(Error::NotFound)?;
    policy::can_reset(actor, old.id).map_err(Error::Denied)?;
    let reason = command.reason.trim();
    match () {
        () if old.id == actor.account() => return Err(Error::Oneself),
        () if old.version != command.version => return Err(Error::Conflict(Box::new(old))),
        () if old.status != entity::AccountStatus::Active => return Err(Error::Disabled),
        () if reason.is_empty() => return Err(Error::ReasonEmpty),
        () if reason.chars().count() > REASON => return Err(Error::ReasonTooLong),
        () if policy::is_last_administrator(actor, old.id) => return Err(Error::LastAdministrator),
        () => {}
    }
    let version = old.version;
    let conflict = Error::Conflict(Box::new(old.clone()));
    let changed = account::Model { password_hash: String::new(), ..old };
    let new = repo::update(tx, changed, version).await?.ok_or(conflict)?;
    end_sessions(tx, new.id).await?;
    let slip = make_link(tx, actor.account(), new).await?;
    let change = Change {
        action: "accountReset",
        object_type: "Account",
        object_id: slip.account.id.0,
        organization: None,
        person: slip.account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("password", json!("reset")), ("linkValidUntil", json!(slip.valid_until.to_utc()))]),
        reason: Some(reason.to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(slip)
}

/// Ends all sign-in sessions of `account`, as an administrator does. The caller holds the lock on tree and rights.
pub async fn end_sessions(tx: &Tx, account: AccountId) -> Result<(), DbErr> {
    session::end_all(tx, account, None, SessionEnd::EndedByAdministrator).await.map(|_| ())
}

/// Why a pause was not ended.
#[derive(Debug)]
pub enum AccountUnlockError {
    /// The right is missing.
    Denied(Denied),
    /// The account is missing or hidden.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AccountUnlockError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Forgets the failed sign-ins with the name of an account, so that the next attempt is looked at now.
pub async fn unlock(tx: &Tx, actor: &Actor, id: AccountId) -> Result<account::Model, AccountUnlockError> {
    use AccountUnlockError as Error;
    let account = repo::get(tx.conn(), actor, id).await?.ok_or(Error::NotFound)?;
    policy::can_reset(actor, account.id).map_err(Error::Denied)?;
    let keys = Keys::new(tx.vault(), &account.name, IpAddr::V4(Ipv4Addr::UNSPECIFIED));
    repo::throttle::forget(tx.conn(), &keys.name).await?;
    let change = Change {
        action: "accountUnlock",
        object_type: "Account",
        object_id: account.id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("failures", json!(0))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(account)
}
