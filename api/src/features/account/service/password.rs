//! Passwords outside of signing in.
use std::net::{IpAddr, Ipv4Addr};

use entity::{SessionEnd, account};
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    app::App,
    audit::{self, Change, Snapshot},
    authz::Actor,
    clock::Ambient,
    db::Tx,
    features::account::{
        password::{HashingFailed, Passwords, WeakPassword, check_strength},
        repo::{self, session},
        throttle::{Keys, NAME},
    },
};

/// Why a new password cannot be taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NewPasswordError {
    /// It is easily guessed.
    #[error(transparent)]
    Weak(#[from] WeakPassword),
    /// It could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
}

/// The hash of a new password for the account `name`. It takes long, so it is made before a transaction begins.
pub async fn new_password(
    passwords: &Passwords,
    ambient: &Ambient,
    name: &str,
    password: String,
) -> Result<String, NewPasswordError> {
    check_strength(&password, name)?;
    Ok(passwords.hash(ambient, password).await?)
}

/// Whether `password` is that of the account `name`.
pub async fn opens(app: &App, name: &str, password: String) -> Result<bool, super::SignInError> {
    let account = repo::find_for_sign_in(app.db.read(), name).await?;
    Ok(app.passwords.verify(password, account.as_ref().map(|account| account.password_hash.as_str())).await?)
}

/// Both passwords, looked at before the transaction begins.
#[derive(Debug)]
pub struct PasswordChange {
    /// The hash that the current password was found to have.
    old_hash: String,
    /// The hash of the new one.
    new_hash: String,
}

/// Why a password was not changed.
#[derive(Debug)]
pub enum PasswordChangeError {
    /// The current password is wrong.
    WrongPassword,
    /// Too many wrong ones; nothing was looked at.
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// The new one is easily guessed.
    Weak(WeakPassword),
    /// A password could not be hashed.
    Hashing(HashingFailed),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PasswordChangeError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<HashingFailed> for PasswordChangeError {
    fn from(error: HashingFailed) -> Self {
        Self::Hashing(error)
    }
}

/// Looks at both passwords of the actor's own account. A wrong one counts like a failed sign-in, so that a stolen
/// browser is no place for guessing.
pub async fn prepare_change(
    app: &App,
    request_id: &str,
    actor: &Actor,
    current: String,
    new: String,
) -> Result<PasswordChange, PasswordChangeError> {
    use PasswordChangeError as Error;
    // The failures of an address are not counted here: whoever asks is signed in.
    let keys = Keys { address: None, ..Keys::new(&app.vault, actor.name(), IpAddr::V4(Ipv4Addr::UNSPECIFIED)) };
    let _turn = app.doorkeeper.turn(&keys).await;
    if let Some(wait) = repo::throttle::wait(app.db.read(), &keys, app.ambient.now()).await? {
        return Err(Error::Throttled { wait });
    }
    let account = repo::find_for_session(app.db.read(), actor.account()).await?;
    let old_hash = account.map(|account| account.password_hash);
    if !app.passwords.verify(current, old_hash.as_deref()).await? {
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
        repo::throttle::count(tx.conn(), &keys.name, NAME, tx.now()).await?;
        tx.commit().await?;
        return Err(Error::WrongPassword);
    }
    let new_hash =
        new_password(&app.passwords, &app.ambient, actor.name(), new).await.map_err(|error| match error {
            NewPasswordError::Weak(weak) => Error::Weak(weak),
            NewPasswordError::Hashing(failed) => Error::Hashing(failed),
        })?;
    Ok(PasswordChange { old_hash: old_hash.unwrap_or_default(), new_hash })
}

/// Changes the password of the actor's own account and ends its other sessions.
pub async fn change_password(
    tx: &Tx,
    actor: &Actor,
    command: PasswordChange,
) -> Result<account::Model, PasswordChangeError> {
    use PasswordChangeError as Error;
    let found = repo::find_for_session(tx.conn(), actor.account()).await?;
    let old = found.filter(|account| account.password_hash == command.old_hash).ok_or(Error::WrongPassword)?;
    let version = old.version;
    let changed = account::Model { password_hash: command.new_hash, ..old };
    let new = repo::update(tx, changed, version).await?.ok_or(Error::WrongPassword)?;
    session::end_all(tx, new.id, actor.session(), SessionEnd::PasswordChanged).await?;
    let change = Change {
        action: "accountPasswordChange",
        object_type: "Account",
        object_id: new.id.0,
        organization: None,
        person: new.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("password", json!("changed"))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
