//! A code that is shown, once.
use entity::AccountId;
use sea_orm::DbErr;

use super::open;
use crate::{
    db::Tx,
    features::second_factor::{repo, totp},
};

/// What came of a code that was shown, or was not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// It opens, or the account has no second factor.
    Right,
    /// There is a second factor and no code was shown.
    Missing,
    /// The code is wrong, or was used.
    Wrong,
}

/// Looks at the code that somebody shows for `account`, and uses it up where it opens.
pub async fn show(tx: &Tx, account: AccountId, typed: Option<&str>) -> Result<Shown, DbErr> {
    let Some(row) = repo::get(tx.conn(), account).await?.filter(|row| row.confirmed_at.is_some()) else {
        return Ok(Shown::Right);
    };
    let typed: String = typed.unwrap_or_default().split_whitespace().collect();
    if typed.is_empty() {
        return Ok(Shown::Missing);
    }
    let digits = typed.len() == totp::DIGITS && typed.bytes().all(|byte| byte.is_ascii_digit());
    let opens = if digits {
        let seed = open(tx.vault(), &row).unwrap_or_else(|error| {
            tracing::error!(%error, account.id = %account.0, "the second factor of account {} is unreadable", account.0);
            Vec::new()
        });
        match totp::matching(&seed, &typed, tx.now()).filter(|_| !seed.is_empty()) {
            Some(step) => repo::take_step(tx, account, step).await?,
            None => false,
        }
    } else {
        repo::take_code(tx, account, &typed).await?
    };
    Ok(if opens { Shown::Right } else { Shown::Wrong })
}
