//! A fresh seed, which does not work before a first code.
use entity::{account, second_factor};
use sea_orm::DbErr;
use serde_json::json;

use super::seal;
use crate::{
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
    features::{
        account::service::{self as accounts, ProofError},
        second_factor::{repo, totp},
    },
};

/// What the person takes over into an app.
#[derive(Clone)]
pub struct Setup {
    /// Whose it is.
    pub account: account::Model,
    /// The seed.
    pub seed: [u8; 20],
}

impl std::fmt::Debug for Setup {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Setup(…)")
    }
}

/// Why no seed was made.
#[derive(Debug)]
pub enum SecondFactorBeginError {
    /// The password does not show that it is oneself.
    Proof(ProofError),
    /// A second factor works already.
    Works,
    /// The account is gone.
    Gone,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for SecondFactorBeginError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Makes a seed for the actor's own account, whose password was shown. An earlier one that never worked is replaced.
pub async fn begin(tx: &Tx, actor: &Actor) -> Result<Setup, SecondFactorBeginError> {
    use SecondFactorBeginError as Error;
    let account = accounts::find_visible(tx, actor, actor.account()).await?.ok_or(Error::Gone)?;
    let known = repo::get(tx.conn(), account.id).await?;
    if known.is_some_and(|known| known.confirmed_at.is_some()) {
        return Err(Error::Works);
    }
    let seed: [u8; 20] = tx.ambient().bytes();
    let row = second_factor::Model {
        account_id: account.id,
        seed: seal(tx.vault(), tx.ambient(), account.id, &seed),
        created_at: tx.now(),
        confirmed_at: None,
        // Codes of earlier steps are of no use.
        last_step: totp::step_at(tx.now()) - 2,
    };
    repo::put(tx, row).await?;
    let change = Change {
        action: "secondFactorBegin",
        object_type: "Account",
        object_id: account.id.0,
        organization: None,
        person: account.person_id,
        before: Snapshot::new(),
        after: Snapshot::from([("secondFactor", json!("begun"))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(Setup { account, seed })
}
