//! The account of a person whose personal data are erased.
use entity::{AccountStatus, PersonId, SessionEnd, account};
use sea_orm::DbErr;

use crate::{
    db::Tx,
    features::{
        account::repo::{self, link, session},
        second_factor,
    },
};

/// Whether `person` has an account that may sign in.
pub async fn can_sign_in(tx: &Tx, person: PersonId) -> Result<bool, DbErr> {
    let row = repo::find_for_erasure(tx, person).await?;
    Ok(row.is_some_and(|row| row.status == AccountStatus::Active))
}

/// Closes the account of `person` for good: `token` in place of the name, no password, no addresses in the records of
/// its sign-ins. What the account did stays. The caller holds the lock on tree and rights.
pub async fn erase_of_person(tx: &Tx, person: PersonId, token: &str) -> Result<(), DbErr> {
    let Some(row) = repo::find_for_erasure(tx, person).await? else { return Ok(()) };
    session::end_all(tx, row.id, None, SessionEnd::AccountDisabled).await?;
    link::end_all(tx, row.id).await?;
    second_factor::service::forget(tx, row.id).await?;
    session::forget_places(tx, row.id).await?;
    let version = row.version;
    let closed =
        account::Model { name: token.to_owned(), password_hash: String::new(), status: AccountStatus::Disabled, ..row };
    repo::update(tx, closed, version).await.map(|_| ())
}
