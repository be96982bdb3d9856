//! The first code puts the second factor into force.
use entity::{account, second_factor};
use sea_orm::DbErr;
use serde_json::json;

use super::open;
use crate::{
    app::App,
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
    features::{
        account::service as accounts,
        second_factor::{code, repo, totp},
    },
};

/// Why the second factor does not work yet.
#[derive(Debug)]
pub enum SecondFactorConfirmError {
    /// None was begun, or one works already.
    NotBegun,
    /// The code is wrong.
    WrongCode,
    /// Too many wrong ones; nothing was looked at.
    Throttled {
        /// Seconds until the next attempt is looked at.
        wait: u32,
    },
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for SecondFactorConfirmError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Puts the second factor of the actor's own account into force; answers the account and its recovery codes.
pub async fn confirm(
    tx: &Tx,
    app: &App,
    actor: &Actor,
    typed: &str,
) -> Result<(account::Model, Vec<String>), SecondFactorConfirmError> {
    use SecondFactorConfirmError as Error;
    if let Some(wait) = accounts::wait(app, actor).await? {
        return Err(Error::Throttled { wait });
    }
    let found = repo::get(tx.conn(), actor.account()).await?.filter(|found| found.confirmed_at.is_none());
    let found = found.filter(|found| !found.seed.is_empty()).ok_or(Error::NotBegun)?;
    let account = accounts::find_visible(tx, actor, actor.account()).await?.ok_or(Error::NotBegun)?;
    let seed = open(tx.vault(), &found).map_err(|_| Error::NotBegun)?;
    let typed: String = typed.split_whitespace().collect();
    let step = totp::matching(&seed, &typed, tx.now()).ok_or(Error::WrongCode)?;
    repo::put(tx, second_factor::Model { confirmed_at: Some(tx.now()), last_step: step, ..found }).await?;
    let codes: Vec<String> = (0..code::HOW_MANY).map(|_| code::fresh(tx.ambient())).collect();
    repo::end_codes(tx, account.id).await?;
    repo::add_codes(tx, account.id, &codes).await?;
    let change = Change {
        action: "secondFactorConfirm",
        object_type: "Account",
        object_id: account.id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("secondFactor", json!("on"))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok((account, codes))
}
