//! Changing accounts: decode, call, encode.
mod explain;
mod open_for_posts;

use async_graphql::{Context, Object};
use entity::account;

pub use explain::{proof_problem, throttled, weak_words};

use super::{
    Account, AccountCreateInput, AccountCreatePayload, AccountDisableInput, AccountDisablePayload, AccountEnableInput,
    AccountEnablePayload, AccountOpenForPostsInput, AccountOpenForPostsPayload, AccountPasswordChangeInput,
    AccountPasswordChangePayload, AccountResetInput, AccountResetPayload, AccountUnlockInput, AccountUnlockPayload,
    OneTimeSlip, SignInSession, SignInSessionEndInput, SignInSessionEndPayload, loader, service,
};
use crate::{
    authz::{Denied, Permission},
    graphql::{Begun, Call, Lock, Result, ids, replayed, request},
};

/// Mutations on accounts and sign-in sessions.
#[derive(Default)]
pub struct AccountMutation;

#[Object]
impl AccountMutation {
    /// Opens an account. It may do nothing until it is given a role. Needs `account:create` where the person is, or on
    /// the whole tree. Codes: `REQUIRED`, `TOO_LONG`, `INVALID`, `DUPLICATE`, `NOT_FOUND`, `WEAK_PASSWORD`, `IDEMPOTENCY_MISMATCH`.
    async fn account_create(&self, ctx: &Context<'_>, input: AccountCreateInput) -> Result<AccountCreatePayload> {
        let app = &request(ctx).app;
        if !request(ctx).actor()?.may_somewhere(Permission::AccountCreate) {
            return Err(Denied(Permission::AccountCreate).into());
        }
        let password = service::new_password(&app.passwords, &app.ambient, &input.name, input.password).await;
        let call = match Call::begin_keyed(ctx, Lock::Authority, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(AccountCreatePayload { account: None, user_errors }),
            Begun::Replayed(id) => {
                let account = loader::account(ctx, replayed(id)).await?;
                return Ok(AccountCreatePayload { account, user_errors: Vec::new() });
            }
        };
        let command = service::AccountCreate {
            name: input.name,
            kind: input.kind.into(),
            person: input.person.map(|id| ids::decode_or_nil(&id)),
            password,
        };
        let outcome = service::create(&call.tx, &call.actor, command).await;
        let (account, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(AccountCreatePayload { account: account.map(Account::from), user_errors })
    }

    /// Opens accounts for up to 100 people who hold posts, each by itself: with a role that ends with the post, given as
    /// `roleGrant` would, and a one-time link that works once and for 72 hours. What can be opened is, and an error at
    /// `input.rows.N` says why another was not. Needs `account:create` where the post is, and what giving the role needs.
    /// Codes: `NOT_FOUND`, `DUPLICATE`, `INVALID`, `REQUIRED`, `TOO_LONG`, `OUT_OF_RANGE`, `OVERLAP`, `ARCHIVED`,
    /// `IDEMPOTENCY_MISMATCH`.
    async fn account_open_for_posts(
        &self,
        ctx: &Context<'_>,
        input: AccountOpenForPostsInput,
    ) -> Result<AccountOpenForPostsPayload> {
        open_for_posts::run(ctx, input).await
    }

    /// Keeps an account from signing in and ends its sessions. Needs `account:disable` wherever the account has a role.
    /// Codes: `NOT_FOUND`, `CONFLICT`, `INVALID`, `REQUIRED`, `TOO_LONG`.
    async fn account_disable(&self, ctx: &Context<'_>, input: AccountDisableInput) -> Result<AccountDisablePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let AccountDisableInput { account, reason, version } = input;
        let command = service::AccountDisable { account: ids::decode_or_nil(&account), reason, version };
        let outcome = service::disable(&call.tx, &call.actor, command).await;
        let (account, user_errors) = call.finish(outcome).await?;
        Ok(AccountDisablePayload { account: account.map(Account::from), user_errors })
    }

    /// Lets a disabled account sign in again. Needs `account:disable` wherever the account has a role. Codes: `NOT_FOUND`,
    /// `CONFLICT`, `INVALID`, `REQUIRED`, `TOO_LONG`.
    async fn account_enable(&self, ctx: &Context<'_>, input: AccountEnableInput) -> Result<AccountEnablePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let AccountEnableInput { account, reason, version } = input;
        let command = service::AccountDisable { account: ids::decode_or_nil(&account), reason, version };
        let outcome = service::enable(&call.tx, &call.actor, command).await;
        let (account, user_errors) = call.finish(outcome).await?;
        Ok(AccountEnablePayload { account: account.map(Account::from), user_errors })
    }

    /// Changes the viewer's own password and ends all his other sign-in sessions. Codes: `WRONG_PASSWORD`, `WEAK_PASSWORD`,
    /// `BUDGET_EXHAUSTED`.
    async fn account_password_change(
        &self,
        ctx: &Context<'_>,
        input: AccountPasswordChangeInput,
    ) -> Result<AccountPasswordChangePayload> {
        let request = request(ctx);
        let AccountPasswordChangeInput { current_password, new_password } = input;
        let actor = request.actor()?;
        let prepared = service::prepare_change(&request.app, &request.id, actor, current_password, new_password).await;
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = match prepared {
            Ok(command) => service::change_password(&call.tx, &call.actor, command).await,
            Err(error) => Err(error),
        };
        let (account, user_errors) = call.finish(outcome).await?;
        Ok(AccountPasswordChangePayload { account: account.map(Account::from), user_errors })
    }

    /// Resets an account: its password opens no more, its sessions end, and the link of the answer sets another password,
    /// once and within 72 hours. Needs `account:reset` wherever the account has a role, and that one may pass on all that
    /// the account may do. Codes: `NOT_FOUND`, `CONFLICT`, `INVALID`, `REQUIRED`, `TOO_LONG`.
    async fn account_reset(&self, ctx: &Context<'_>, input: AccountResetInput) -> Result<AccountResetPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let AccountResetInput { account, reason, version } = input;
        let command = service::AccountReset { account: ids::decode_or_nil(&account), reason, version };
        let outcome = service::reset(&call.tx, &call.actor, command).await;
        let (reset, user_errors) = call.finish(outcome.map(Reset::Done)).await?;
        let (account, slip) = match reset {
            Some(Reset::Done(slip)) => (Some(slip.account.clone()), Some(OneTimeSlip::from(slip))),
            Some(Reset::Stands(account)) => (Some(*account), None),
            None => (None, None),
        };
        Ok(AccountResetPayload { account: account.map(Account::from), slip, user_errors })
    }

    /// Ends the pause after failed sign-ins with the name of an account. Needs `account:reset` wherever the account has a
    /// role, and that one may pass on all that the account may do. Codes: `NOT_FOUND`.
    async fn account_unlock(&self, ctx: &Context<'_>, input: AccountUnlockInput) -> Result<AccountUnlockPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::unlock(&call.tx, &call.actor, ids::decode_or_nil(&input.account)).await;
        let (account, user_errors) = call.finish(outcome).await?;
        Ok(AccountUnlockPayload { account: account.map(Account::from), user_errors })
    }

    /// Ends a sign-in session: one's own, or of an account that one may disable. Codes: `NOT_FOUND`.
    async fn sign_in_session_end(
        &self,
        ctx: &Context<'_>,
        input: SignInSessionEndInput,
    ) -> Result<SignInSessionEndPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::end_session(&call.tx, &call.actor, ids::decode_or_nil(&input.session)).await;
        let (session, user_errors) = call.finish(outcome).await?;
        Ok(SignInSessionEndPayload { session: session.map(SignInSession::from), user_errors })
    }
}

/// What `accountReset` answers.
enum Reset {
    Done(service::Slip),
    Stands(Box<account::Model>),
}
