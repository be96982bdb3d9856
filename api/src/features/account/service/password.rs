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
        repo::{self, link, session},
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

/// Why a password does not show that it is oneself who asks.
#[derive(Debug)]
pub enum ProofError {
    /// It is wrong.
    Wrong,
    /// Too many wrong ones; nothing was looked at.
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// It could not be hashed.
    Hashing(HashingFailed),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ProofError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<ProofError> for PasswordChangeError {
    fn from(error: ProofError) -> Self {
        match error {
            ProofError::Wrong => Self::WrongPassword,
            ProofError::Throttled { wait } => Self::Throttled { wait },
            ProofError::Hashing(failed) => Self::Hashing(failed),
            ProofError::Db(error) => Self::Db(error),
        }
    }
}

/// Under which keys wrong passwords and codes of somebody who is signed in are counted: as failed sign-ins with his
/// name. The failures of an address are not counted: whoever asks is signed in.
fn keys(app: &App, actor: &Actor) -> Keys {
    Keys { address: None, ..Keys::new(&app.vault, actor.name(), IpAddr::V4(Ipv4Addr::UNSPECIFIED)) }
}

/// Seconds until the next password or code of `actor` is looked at; none where it is looked at now.
pub async fn wait(app: &App, actor: &Actor) -> Result<Option<u32>, DbErr> {
    repo::throttle::wait(app.db.read(), &keys(app, actor), app.ambient.now()).await
}

/// Counts a wrong password or code of `actor`.
pub async fn count_failure(app: &App, request_id: &str, actor: &Actor) -> Result<(), DbErr> {
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    repo::throttle::count(tx.conn(), &keys(app, actor).name, NAME, tx.now()).await?;
    tx.commit().await
}

/// Shows by the password that it is `actor` who asks; answers the hash that it has. A wrong one counts like a failed
/// sign-in, so that a stolen browser is no place for guessing.
pub async fn prove(app: &App, request_id: &str, actor: &Actor, password: String) -> Result<String, ProofError> {
    let keys = keys(app, actor);
    let _turn = app.doorkeeper.turn(&keys).await;
    if let Some(wait) = repo::throttle::wait(app.db.read(), &keys, app.ambient.now()).await? {
        return Err(ProofError::Throttled { wait });
    }
    let account = repo::find_for_session(app.db.read(), actor.account()).await?;
    let hash = account.map(|account| account.password_hash);
    if !app.passwords.verify(password, hash.as_deref()).await.map_err(ProofError::Hashing)? {
        count_failure(app, request_id, actor).await?;
        return Err(ProofError::Wrong);
    }
    Ok(hash.unwrap_or_default())
}

/// Looks at both passwords of the actor's own account.
pub async fn prepare_change(
    app: &App,
    request_id: &str,
    actor: &Actor,
    current: String,
    new: String,
) -> Result<PasswordChange, PasswordChangeError> {
    use PasswordChangeError as Error;
    let old_hash = prove(app, request_id, actor, current).await?;
    let new_hash =
        new_password(&app.passwords, &app.ambient, actor.name(), new).await.map_err(|error| match error {
            NewPasswordError::Weak(weak) => Error::Weak(weak),
            NewPasswordError::Hashing(failed) => Error::Hashing(failed),
        })?;
    Ok(PasswordChange { old_hash, new_hash })
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
    link::end_all(tx, new.id).await?;
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
