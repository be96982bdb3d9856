//! Use cases of second factors.

mod begin;
mod confirm;
mod demand;
mod end;
mod rewrap;
mod spend;

pub use begin::{SecondFactorBeginError, Setup, begin};
pub use confirm::{SecondFactorConfirmError, confirm};
pub use demand::{RoleSecondFactorRequire, RoleSecondFactorRequireError, demand};
pub use end::{
    AccountSecondFactorReset, AccountSecondFactorResetError, SecondFactorDisableError, disable, forget, reset,
};
pub use rewrap::{Rewrapped, rewrap};
pub use spend::{Shown, show};

use entity::{AccountId, second_factor};

use crate::{
    clock::Ambient,
    db::seal::{Unsealable, Vault},
};

/// Table and column that a seed is bound to.
const PLACE: (&str, &str) = ("second_factor", "seed");

fn seal(vault: &Vault, ambient: &Ambient, account: AccountId, seed: &[u8]) -> Vec<u8> {
    vault.seal_own(ambient, PLACE, account.0, seed)
}

fn open(vault: &Vault, row: &second_factor::Model) -> Result<Vec<u8>, Unsealable> {
    vault.open_own(PLACE, row.account_id.0, &row.seed)
}
