//! Changing accounts: decode, call, encode.
use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::{account, sign_in_session};

use super::{
    Account, AccountCreateInput, AccountCreatePayload, AccountDisableInput, AccountDisablePayload, AccountEnableInput,
    AccountEnablePayload, AccountPasswordChangeInput, AccountPasswordChangePayload, AccountResetInput,
    AccountResetPayload, AccountUnlockInput, AccountUnlockPayload, OneTimeSlip, SignInSession, SignInSessionEndInput,
    SignInSessionEndPayload, WeakPassword, loader,
    password::{LONGEST, SHORTEST},
    service::{self, NameFault, ProofError},
};
use crate::{
    authz::{Denied, Permission},
    graphql::{Begun, Call, Explain, Explained, Failure, Lock, Problem, Result, UserErrorCode, ids, replayed, request},
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

fn weak(field: &'static [&'static str], weak: WeakPassword) -> Problem {
    let (zh, en) = weak_words(weak);
    Problem::new(field, UserErrorCode::WeakPassword, zh, en)
}

/// What is wrong with a new password, in both languages.
pub fn weak_words(weak: WeakPassword) -> (String, String) {
    match weak {
        WeakPassword::Short => (
            format!("密码至少要 {SHORTEST} 个字符，可以用一句好记的话。"),
            format!("A password has at least {SHORTEST} characters; a sentence that you remember will do."),
        ),
        WeakPassword::Long => {
            (format!("密码最多 {LONGEST} 个字符。"), format!("A password has at most {LONGEST} characters."))
        }
        WeakPassword::Monotonous => (
            "密码里的字符重复太多，换一个。".to_owned(),
            "This password repeats the same few characters; choose another.".to_owned(),
        ),
        WeakPassword::ContainsName => (
            "密码不能包含登录名，换一个。".to_owned(),
            "A password must not contain the sign-in name; choose another.".to_owned(),
        ),
        WeakPassword::Common => (
            "这个密码太常见，换一个。".to_owned(),
            "This password is among those that everybody tries first; choose another.".to_owned(),
        ),
    }
}

/// Why a password does not show that it is oneself who asks.
pub fn proof_problem(field: &'static [&'static str], error: ProofError) -> Explained {
    match error {
        ProofError::Wrong => {
            let (zh, en) = ("现在的密码不对，再输一次。", "The current password is wrong; type it again.");
            Problem::new(field, UserErrorCode::WrongPassword, zh, en).into()
        }
        ProofError::Throttled { wait } => throttled(field, wait),
        ProofError::Hashing(failed) => internal(failed),
        ProofError::Db(error) => error.into(),
    }
}

/// Too many wrong passwords or codes.
pub fn throttled(field: &'static [&'static str], wait: u32) -> Explained {
    let zh = format!("失败次数过多，请 {wait} 秒后再试。");
    let en = format!("Too many failures: try again in {wait} seconds.");
    Problem::new(field, UserErrorCode::BudgetExhausted, zh, en).into()
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Explained {
    Failure::Internal(Arc::new(error)).into()
}

impl Explain<account::Model> for service::AccountCreateError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Duplicate, Invalid};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::PersonNotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::PersonSuperfluous => Problem::new(
                &["person"],
                Invalid,
                "系统账号不对应人员，去掉人员或改选个人账号。",
                "No person stands behind the account of a service; leave the person out.",
            )
            .into(),
            Self::Name(NameFault::Empty) => Problem::required(&["name"], "登录名", "The name").into(),
            Self::Name(NameFault::TooLong) => {
                Problem::too_long(&["name"], service::LONGEST_NAME, "登录名", "The name").into()
            }
            Self::Name(NameFault::Signs) => Problem::new(
                &["name"],
                Invalid,
                "登录名至少两个字，只能用文字、数字、点、下划线和连字符。",
                "A name has at least two letters, digits, full stops, underscores or hyphens.",
            )
            .into(),
            Self::Weak(fault) => weak(&["password"], fault).into(),
            Self::Hashing(failed) => internal(failed),
            Self::NameTaken => Problem::new(
                &["name"],
                Duplicate,
                "已有账号用了这个登录名，换一个。",
                "Another account has this name; choose another.",
            )
            .into(),
            Self::PersonTaken => Problem::new(
                &["person"],
                Duplicate,
                "这个人员已有账号，给原来的账号授权即可。",
                "This person has an account already; give that one the role.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::AccountDisableError {
    fn current(&mut self) -> Option<account::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::Invalid;
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "不能停用自己的账号，请另一位管理员来做。",
                "Nobody disables himself; ask another administrator.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["account"],
                Invalid,
                "这是最后一位系统管理员，先给另一个账号授权。",
                "This is the last administrator; give the role to another account first.",
            )
            .into(),
            Self::Already => Problem::new(
                &["account"],
                Invalid,
                "这个账号已经是这个状态，刷新后再看。",
                "This account has that status already; reload the page.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::PasswordChangeError {
    fn explain(self) -> Explained {
        match self {
            Self::WrongPassword => proof_problem(&["currentPassword"], ProofError::Wrong),
            Self::Throttled { wait } => throttled(&["currentPassword"], wait),
            Self::Weak(fault) => weak(&["newPassword"], fault).into(),
            Self::Hashing(failed) => internal(failed),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<sign_in_session::Model> for service::SignInSessionEndError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["session"], "登录会话", "session").into(),
            Self::Db(error) => error.into(),
        }
    }
}

/// What `accountReset` answers.
enum Reset {
    Done(service::Slip),
    Stands(Box<account::Model>),
}

impl Explain<Reset> for service::AccountResetError {
    fn current(&mut self) -> Option<Reset> {
        if let Self::Conflict(row) = self { Some(Reset::Stands(row.clone())) } else { None }
    }

    fn explain(self) -> Explained {
        use UserErrorCode::Invalid;
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "自己的密码在“我的账号”里修改。",
                "Change your own password on your own page.",
            )
            .into(),
            Self::Disabled => Problem::new(
                &["account"],
                Invalid,
                "账号已停用，先启用再重置。",
                "The account is disabled; enable it first.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["account"],
                Invalid,
                "这是最后一位系统管理员，先给另一个账号授权。",
                "This is the last administrator; give the role to another account first.",
            )
            .into(),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], service::REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::AccountUnlockError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Db(error) => error.into(),
        }
    }
}
