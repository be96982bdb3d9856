//! Signing in with name and password.
use std::net::IpAddr;

use entity::{AccountStatus, SignInOutcome, account, sign_in_session};
use sea_orm::{ActiveValue::Set, DbErr};

use super::{Admitted, LONGEST_SESSION, RefreshToken};
use crate::{
    app::App,
    db::Tx,
    features::{
        account::{
            device::DeviceMarks,
            password::HashingFailed,
            repo::{self, session},
            throttle::{ADDRESS, Keys, NAME},
        },
        second_factor::{self, service::Shown},
    },
};

/// Longest name of a browser that is kept.
const USER_AGENT: usize = 200;

/// Somebody who wants to sign in.
pub struct SignIn {
    /// The sign-in name, as typed.
    pub name: String,
    /// The password.
    pub password: String,
    /// A code of the second factor, where one was asked for.
    pub code: Option<String>,
    /// Network address.
    pub address: IpAddr,
    /// Browser as it names itself.
    pub user_agent: String,
    /// What the browser shows of having signed in before.
    pub devices: DeviceMarks,
}

/// Why somebody may not sign in. Unknown name and wrong password are the same on purpose.
#[derive(Debug, thiserror::Error)]
pub enum SignInError {
    /// Name or password are wrong.
    #[error("name or password are wrong")]
    BadCredentials {
        /// Attempts left before a pause.
        left: u32,
        /// Seconds of the pause that begins now.
        wait: Option<u32>,
    },
    /// Too many failures; nothing was looked at.
    #[error("too many failed attempts")]
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// The password is right and a code of the second factor is asked for.
    #[error("a code of the second factor is needed")]
    CodeNeeded,
    /// The password is right and the code is wrong or was used.
    #[error("the code is wrong")]
    BadCode {
        /// Attempts left before a pause.
        left: u32,
        /// Seconds of the pause that begins now.
        wait: Option<u32>,
    },
    /// The password is right and the account is disabled.
    #[error("the account is disabled")]
    Disabled,
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
    /// The password could not be hashed.
    #[error(transparent)]
    Hashing(#[from] HashingFailed),
}

/// Signs in, or counts the failure. Answers with the session what the browser may show next time.
pub async fn sign_in(app: &App, request_id: &str, command: SignIn) -> Result<(Admitted, DeviceMarks), SignInError> {
    let SignIn { name, password, code, address, user_agent, devices } = command;
    let name = name.trim().to_lowercase();
    let keys = match devices.known_for(&app.vault, &name) {
        Some(device) => Keys::of_device(device),
        None => Keys::new(&app.vault, &name, address),
    };
    let turn = app.doorkeeper.turn(&keys).await;
    if let Some(wait) = repo::throttle::wait(app.db.read(), &keys, app.ambient.now()).await? {
        return Err(SignInError::Throttled { wait });
    }
    let known = repo::find_for_sign_in(app.db.read(), &name).await?;
    let right = app.passwords.verify(password, known.as_ref().map(|account| account.password_hash.as_str())).await?;

    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    // Once more: the password may have been changed while it was being checked.
    let known = match known {
        Some(known) => repo::find_for_session(tx.conn(), known.id)
            .await?
            .map(|now| (now.password_hash == known.password_hash, now)),
        None => None,
    };
    let outcome = match known {
        Some((true, account)) if right && account.status == AccountStatus::Active => {
            match second_factor::service::show(&tx, account.id, code.as_deref()).await? {
                Shown::Right => {
                    repo::throttle::forget(tx.conn(), &keys.name).await?;
                    let devices = devices.with(&app.vault, &app.ambient, &name);
                    Ok((admit(&tx, &account, address, user_agent).await?, devices))
                }
                // Neither a failure nor a success: those who guess codes do not begin anew with every password.
                Shown::Missing => {
                    session::record(&tx, Some(account.id), address.to_string(), SignInOutcome::CodeAsked).await?;
                    Err(SignInError::CodeNeeded)
                }
                Shown::Wrong => {
                    session::record(&tx, Some(account.id), address.to_string(), SignInOutcome::BadCode).await?;
                    let (left, wait) = refuse(&tx, &keys).await?;
                    Err(SignInError::BadCode { left, wait })
                }
            }
        }
        Some((true, account)) if right => {
            session::record(&tx, Some(account.id), address.to_string(), SignInOutcome::Disabled).await?;
            Err(SignInError::Disabled)
        }
        known => {
            let account = known.map(|(_, account)| account.id);
            session::record(&tx, account, address.to_string(), SignInOutcome::BadCredentials).await?;
            let (left, wait) = refuse(&tx, &keys).await?;
            Err(SignInError::BadCredentials { left, wait })
        }
    };
    tx.commit().await?;
    drop(turn);
    outcome
}

/// Counts a failure; answers the attempts that are left before a pause, and the pause that begins now.
async fn refuse(tx: &Tx, keys: &Keys) -> Result<(u32, Option<u32>), DbErr> {
    let by_name = repo::throttle::count(tx.conn(), &keys.name, NAME, tx.now()).await?;
    let mut left = by_name.left(NAME);
    let mut wait = by_name.wait(tx.now());
    if let Some(address) = &keys.address {
        let by_address = repo::throttle::count(tx.conn(), address, ADDRESS, tx.now()).await?;
        left = left.min(by_address.left(ADDRESS));
        wait = wait.max(by_address.wait(tx.now()));
    }
    Ok((left, wait))
}

async fn admit(tx: &Tx, account: &account::Model, address: IpAddr, user_agent: String) -> Result<Admitted, DbErr> {
    let refresh_token = RefreshToken::new(tx.ambient());
    let expires_at = tx.now().plus_seconds(LONGEST_SESSION);
    let id = tx.new_id();
    let row = sign_in_session::ActiveModel {
        id: Set(id),
        account_id: Set(account.id),
        created_at: Set(tx.now()),
        last_seen_at: Set(tx.now()),
        expires_at: Set(expires_at),
        address: Set(address.to_string()),
        user_agent: Set(user_agent.chars().filter(|c| !c.is_control()).take(USER_AGENT).collect()),
        ended_at: Set(None),
        end_reason: Set(None),
    };
    session::insert(tx.conn(), row).await?;
    session::add_token(tx.conn(), id, refresh_token.hash(), tx.now()).await?;
    session::record(tx, Some(account.id), address.to_string(), SignInOutcome::SignedIn).await?;
    repo::touch_sign_in(tx.conn(), account.id, tx.now()).await?;
    Ok(Admitted { account: account.id, session: id, refresh_token, expires_at })
}
