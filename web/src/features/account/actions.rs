//! Mutations on accounts, sessions and grants.

use cynic::Id;

use crate::api::fragments::{changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{AccountKind, ApiTokenLife, Date, DateTime, GrantScope, PermissionCode};

changed! {
    /// A changed account.
    ChangedAccount "Account",
    /// A changed session.
    ChangedSession "SignInSession",
    /// A changed grant.
    ChangedGrant "Grant",
    /// A changed token.
    ChangedToken "ApiToken",
}

/// What callers send; shown once.
pub type Secret = String;

fragment! {
    /// A new account, to open its page.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct CreatedAccount {
        /// Opaque.
        pub id: Id,
    }
}

fragment! {
    /// What the person is given; shown once.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct OneTimeSlip {
        /// Sign-in name.
        pub name: String,
        /// The secret part of the link.
        pub code: String,
        /// Until when it works.
        pub valid_until: DateTime,
    }
}

/// Makes a one-time link.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountResetInput {
    /// Which.
    pub account: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Ends a pause.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountUnlockInput {
    /// Which.
    pub account: Id,
}

/// Takes a second factor away.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountSecondFactorResetInput {
    /// Which.
    pub account: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// A new token.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ApiTokenIssueInput {
    /// Of which account.
    pub account: Id,
    /// What it is for.
    pub name: String,
    /// What it is confined to.
    pub permissions: Vec<PermissionCode>,
    /// How long it works.
    pub life: ApiTokenLife,
}

/// Revokes a token.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ApiTokenRevokeInput {
    /// Which.
    pub token: Id,
}

/// A new account.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountCreateInput {
    /// Sign-in name.
    pub name: String,
    /// Whose.
    pub kind: AccountKind,
    /// The person behind it.
    pub person: Option<Id>,
    /// The first password.
    pub password: String,
    /// The same key is not created twice.
    pub idempotency_key: Option<String>,
}

/// Stops sign-ins.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountDisableInput {
    /// Which.
    pub account: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// Allows sign-ins again.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountEnableInput {
    /// Which.
    pub account: Id,
    /// Why.
    pub reason: String,
    /// The version seen.
    pub version: i32,
}

/// A new password for the own account.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AccountPasswordChangeInput {
    /// The present one.
    pub current_password: String,
    /// The next one.
    pub new_password: String,
}

/// Ends a sign-in session.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct SignInSessionEndInput {
    /// Which.
    pub session: Id,
}

/// Gives a role.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleGrantInput {
    /// To which account.
    pub account: Id,
    /// Which role.
    pub role: Id,
    /// How far.
    pub scope: GrantScope,
    /// Where.
    pub organization: Option<Id>,
    /// From which day.
    pub from: Date,
    /// Until which day.
    pub until: Option<Date>,
    /// The post with which it ends.
    pub post: Option<Id>,
    /// Why.
    pub reason: String,
    /// The same key is not granted twice.
    pub idempotency_key: Option<String>,
}

/// Confirms a role as second holder.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleGrantConfirmInput {
    /// Which.
    pub grant: Id,
}

/// Ends a role.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct RoleGrantEndInput {
    /// Which.
    pub grant: Id,
    /// Last day.
    pub until: Date,
    /// Why.
    pub reason: String,
}

mutation!($
    /// Opens an account.
    AccountCreate = account_create(AccountCreateInput) -> "AccountCreatePayload" { account: CreatedAccount }
);
mutation!($
    /// Disables an account.
    AccountDisable = account_disable(AccountDisableInput) -> "AccountDisablePayload" { account: ChangedAccount }
);
mutation!($
    /// Enables an account.
    AccountEnable = account_enable(AccountEnableInput) -> "AccountEnablePayload" { account: ChangedAccount }
);
mutation!($
    /// Changes the own password.
    AccountPasswordChange = account_password_change(AccountPasswordChangeInput) -> "AccountPasswordChangePayload" { account: ChangedAccount }
);
mutation!($
    /// Makes a one-time link.
    AccountReset = account_reset(AccountResetInput) -> "AccountResetPayload" { slip: OneTimeSlip }
);
mutation!($
    /// Ends a pause.
    AccountUnlock = account_unlock(AccountUnlockInput) -> "AccountUnlockPayload" { account: ChangedAccount }
);
mutation!($
    /// Takes a second factor away.
    AccountSecondFactorReset = account_second_factor_reset(AccountSecondFactorResetInput) -> "AccountSecondFactorResetPayload" { account: ChangedAccount }
);
mutation!($
    /// Issues a token.
    ApiTokenIssue = api_token_issue(ApiTokenIssueInput) -> "ApiTokenIssuePayload" { secret: Secret }
);
mutation!($
    /// Revokes a token.
    ApiTokenRevoke = api_token_revoke(ApiTokenRevokeInput) -> "ApiTokenRevokePayload" { token: ChangedToken }
);
mutation!($
    /// Ends a sign-in session.
    SignInSessionEnd = sign_in_session_end(SignInSessionEndInput) -> "SignInSessionEndPayload" { session: ChangedSession }
);
mutation!($
    /// Grants a role.
    RoleGrant = role_grant(RoleGrantInput) -> "RoleGrantPayload" { grant: ChangedGrant }
);
mutation!($
    /// Confirms a grant as second holder.
    RoleGrantConfirm = role_grant_confirm(RoleGrantConfirmInput) -> "RoleGrantConfirmPayload" { grant: ChangedGrant }
);
mutation!($
    /// Ends a grant.
    RoleGrantEnd = role_grant_end(RoleGrantEndInput) -> "RoleGrantEndPayload" { grant: ChangedGrant }
);
