//! The first or new password, set by whoever holds a one-time link.
use std::net::IpAddr;

use entity::{AccountStatus, SessionEnd, account};
use sea_orm::DbErr;
use serde_json::json;

use super::{NewPasswordError, new_password, reset::hash};
use crate::{
    app::App,
    audit::{self, Change, Snapshot},
    db::Tx,
    features::account::{
        password::{HashingFailed, WeakPassword},
        repo::{self, link, session},
        throttle::{ADDRESS, Keys},
    },
};

/// Somebody with a link.
pub struct Start {
    /// The secret part of the link.
    pub code: String,
    /// The new password.
    pub password: String,
    /// Network address.
    pub address: IpAddr,
}

/// Why no password was set. A link that never was and one that works no more are the same on purpose.
#[derive(Debug, thiserror::Error)]
pub enum StartError {
    /// The link does not work.
    #[error("the link does not work")]
    Invalid,
    /// Too many failures from this address; nothing was looked at.
    #[error("too many failed attempts")]
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// The password is easily guessed; the link still works.
    #[error(transparent)]
    Weak(WeakPassword),
    /// The password could not be hashed.
    #[error(transparent)]
    Hashing(HashingFailed),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
}

impl From<NewPasswordError> for StartError {
    fn from(error: NewPasswordError) -> Self {
        match error {
            NewPasswordError::Weak(weak) => Self::Weak(weak),
            NewPasswordError::Hashing(failed) => Self::Hashing(failed),
        }
    }
}

/// Sets the password of the account that the link belongs to, and uses the link up. Answers the sign-in name; a second
/// factor is asked for when signing in.
pub async fn start(app: &App, request_id: &str, command: Start) -> Result<String, StartError> {
    let Start { code, password, address } = command;
    let keys = Keys::new(&app.vault, "", address);
    let address = keys.address.clone().unwrap_or_default();
    let keys = Keys { name: address.clone(), address: Some(address) };
    let _turn = app.doorkeeper.turn(&keys).await;
    if let Some(wait) = repo::throttle::wait(app.db.read(), &keys, app.ambient.now()).await? {
        return Err(StartError::Throttled { wait });
    }
    let hash = hash(&code);
    let found = match link::find(app.db.read(), &hash, app.ambient.now()).await? {
        Some(id) => repo::find_for_session(app.db.read(), id).await?,
        None => None,
    };
    let Some(account) = found.filter(|account| account.status == AccountStatus::Active) else {
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
        repo::throttle::count(tx.conn(), &keys.name, ADDRESS, tx.now()).await?;
        tx.commit().await?;
        return Err(StartError::Invalid);
    };
    let password_hash = new_password(&app.passwords, &app.ambient, &account.name, password).await?;
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    tx.lock_authority().await?;
    let account = set(&tx, &hash, account, password_hash).await?.ok_or(StartError::Invalid)?;
    tx.commit().await?;
    app.outbox.ring();
    app.refresh_authority().await?;
    Ok(account.name)
}

async fn set(
    tx: &Tx,
    hash: &[u8],
    known: account::Model,
    password_hash: String,
) -> Result<Option<account::Model>, DbErr> {
    if !link::take(tx, hash).await? {
        return Ok(None);
    }
    let now = repo::find_for_session(tx.conn(), known.id).await?;
    let Some(account) = now.filter(|account| account.status == AccountStatus::Active) else { return Ok(None) };
    let version = account.version;
    let Some(account) = repo::update(tx, account::Model { password_hash, ..account }, version).await? else {
        return Ok(None);
    };
    session::end_all(tx, account.id, None, SessionEnd::PasswordChanged).await?;
    let name = Keys::new(tx.vault(), &account.name, IpAddr::V4(std::net::Ipv4Addr::UNSPECIFIED)).name;
    repo::throttle::forget(tx.conn(), &name).await?;
    let change = Change {
        action: "accountStart",
        object_type: "Account",
        object_id: account.id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("password", json!("changed"))]),
        reason: None,
    };
    audit::record(tx, Some(account.id), change).await?;
    Ok(Some(account))
}
