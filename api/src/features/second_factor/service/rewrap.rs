//! Seeds brought under the current secret of the instance after it was changed.
use entity::{AccountId, second_factor};
use sea_orm::DbErr;

use super::{open, seal};
use crate::{db::Tx, features::second_factor::repo};

/// Most rows that are changed in one transaction, so that nobody waits long for it.
const BATCH: u64 = 200;

/// What became of one batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// The last row that was looked at; the next batch begins after it.
    pub last: AccountId,
    /// Rows brought under the current secret.
    pub changed: u64,
    /// Rows that no secret at hand opens.
    pub lost: u64,
}

/// Looks at the next rows after `after` and brings those under the current secret that are not; none at the end.
pub async fn rewrap(tx: &Tx, after: Option<AccountId>) -> Result<Option<Rewrapped>, DbErr> {
    let rows = repo::after_locked(tx, after, BATCH).await?;
    let Some(last) = rows.last().map(|row| row.account_id) else { return Ok(None) };
    let mut done = Rewrapped { last, changed: 0, lost: 0 };
    for row in rows {
        if row.seed.is_empty() || tx.vault().is_current(&row.seed) {
            continue;
        }
        match open(tx.vault(), &row) {
            Ok(seed) => {
                let seed = seal(tx.vault(), tx.ambient(), row.account_id, &seed);
                repo::put(tx, second_factor::Model { seed, ..row }).await?;
                done.changed += 1;
            }
            Err(_) => done.lost += 1,
        }
    }
    Ok(Some(done))
}
