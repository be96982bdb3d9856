//! Rows brought under the current secret of the instance after it was changed.
use entity::{PersonId, SensitiveField, person};
use sea_orm::DbErr;

use super::{identity_index, open, phone_index};
use crate::{
    db::{Tx, seal::Unsealable},
    features::person::repo,
};

/// Most rows that are changed in one transaction, so that nobody waits long for it.
const BATCH: u64 = 200;

/// What became of one batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rewrapped {
    /// The last row that was looked at; the next batch begins after it.
    pub last: PersonId,
    /// Rows brought under the current secret.
    pub changed: u64,
    /// Rows that no secret at hand opens.
    pub lost: u64,
}

/// Looks at the next rows after `after` and brings those under the current secret that are not; none at the end.
pub async fn rewrap(tx: &Tx, after: Option<PersonId>) -> Result<Option<Rewrapped>, DbErr> {
    let rows = repo::after_locked(tx, after, BATCH).await?;
    let Some(last) = rows.last().map(|row| row.id) else { return Ok(None) };
    let mut done = Rewrapped { last, changed: 0, lost: 0 };
    for row in rows {
        let current = row.data_key.as_deref().is_none_or(|wrapped| tx.vault().is_current(wrapped));
        if current {
            continue;
        }
        match under_current(tx, &row) {
            Ok(new) => {
                repo::update_keys(tx, new).await?;
                done.changed += 1;
            }
            Err(Unsealable) => done.lost += 1,
        }
    }
    Ok(Some(done))
}

/// The row with its data key wrapped anew and its blind indexes worked out anew. What it says stays, so its version
/// does too.
fn under_current(tx: &Tx, row: &person::Model) -> Result<person::Model, Unsealable> {
    let vault = tx.vault();
    let key = vault.open_data_key(row.id.0, row.data_key.as_deref().unwrap_or_default())?;
    let phone = open(vault, row, SensitiveField::Phone)?;
    let identity = open(vault, row, SensitiveField::IdentityNumber)?;
    Ok(person::Model {
        data_key: Some(vault.wrap(tx.ambient(), &key, row.id.0)),
        phone_index: phone.map(|number| phone_index(vault, &number)),
        identity_index: identity.map(|number| identity_index(vault, &number)),
        ..row.clone()
    })
}
