//! GraphQL inputs and payloads of what changes an account.
use async_graphql::{ID, InputObject, SimpleObject};

use super::{Account, AccountKind};
use crate::{
    features::account::service::Slip,
    graphql::{UserError, scalar::DateTime},
};

/// A new account.
#[derive(InputObject)]
pub struct AccountCreateInput {
    /// Sign-in name: letters, digits, full stop, underscore, hyphen; kept in lower case.
    pub name: String,
    /// Person or service.
    pub kind: AccountKind,
    /// The person behind it; left out for services.
    pub person: Option<ID>,
    /// The first password; its owner changes it.
    #[graphql(secret)]
    pub password: String,
    /// Makes a repeated call work once.
    pub idempotency_key: Option<String>,
}

/// What became of `accountCreate`.
#[derive(SimpleObject)]
pub struct AccountCreatePayload {
    /// The new account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account that may no longer sign in.
#[derive(InputObject)]
pub struct AccountDisableInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountDisable`.
#[derive(SimpleObject)]
pub struct AccountDisablePayload {
    /// The account after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account that may sign in again.
#[derive(InputObject)]
pub struct AccountEnableInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountEnable`.
#[derive(SimpleObject)]
pub struct AccountEnablePayload {
    /// The account after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Another password for one's own account.
#[derive(InputObject)]
pub struct AccountPasswordChangeInput {
    /// The password so far.
    #[graphql(secret)]
    pub current_password: String,
    /// The password from now on.
    #[graphql(secret)]
    pub new_password: String,
}

/// What became of `accountPasswordChange`.
#[derive(SimpleObject)]
pub struct AccountPasswordChangePayload {
    /// The account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What is written on the slip that a person is given to sign in for the first time. It is shown this once.
#[derive(SimpleObject)]
pub struct OneTimeSlip {
    /// Sign-in name.
    pub name: String,
    /// The secret part of the link `/start/<code>`.
    pub code: String,
    /// Until when the link works.
    pub valid_until: DateTime,
}

impl From<Slip> for OneTimeSlip {
    fn from(slip: Slip) -> Self {
        Self { name: slip.account.name, code: slip.code, valid_until: DateTime(slip.valid_until) }
    }
}

/// An account to reset.
#[derive(InputObject)]
pub struct AccountResetInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountReset`.
#[derive(SimpleObject)]
pub struct AccountResetPayload {
    /// The account; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// What its person is given; null where there are user errors.
    pub slip: Option<OneTimeSlip>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account whose pause ends.
#[derive(InputObject)]
pub struct AccountUnlockInput {
    /// The account.
    pub account: ID,
}

/// What became of `accountUnlock`.
#[derive(SimpleObject)]
pub struct AccountUnlockPayload {
    /// The account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
