//! Changing second factors: decode, call, encode.
use async_graphql::{Context, Object};
use entity::{RoleId, account};

use super::{
    AccountSecondFactorResetInput, AccountSecondFactorResetPayload, RoleSecondFactorRequireInput,
    RoleSecondFactorRequirePayload, SecondFactorBeginInput, SecondFactorBeginPayload, SecondFactorConfirmInput,
    SecondFactorConfirmPayload, SecondFactorDisableInput, SecondFactorDisablePayload, SecondFactorSetup,
    service::{self, Setup},
};
use crate::{
    features::{
        account::{
            Account, proof_problem,
            service::{self as accounts, REASON},
            throttled,
        },
        role,
    },
    graphql::{Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, request},
};

/// Mutations on second factors.
#[derive(Default)]
pub struct SecondFactorMutation;

#[Object]
impl SecondFactorMutation {
    /// Makes a seed for the viewer's second factor, which works after `secondFactorConfirm`. Codes: `WRONG_PASSWORD`,
    /// `BUDGET_EXHAUSTED`, `DUPLICATE`, `NOT_FOUND`.
    async fn second_factor_begin(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorBeginInput,
    ) -> Result<SecondFactorBeginPayload> {
        let request = request(ctx);
        let proof = accounts::prove(&request.app, &request.id, request.actor()?, input.password).await;
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = match proof {
            Ok(_) => service::begin(&call.tx, &call.actor).await,
            Err(error) => Err(service::SecondFactorBeginError::Proof(error)),
        };
        let (setup, user_errors) = call.finish(outcome).await?;
        Ok(SecondFactorBeginPayload { setup: setup.as_ref().map(SecondFactorSetup::from), user_errors })
    }

    /// Puts the viewer's second factor into force by a first code, and answers recovery codes. Codes: `INVALID`,
    /// `NOT_FOUND`, `BUDGET_EXHAUSTED`.
    async fn second_factor_confirm(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorConfirmInput,
    ) -> Result<SecondFactorConfirmPayload> {
        let request = request(ctx);
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::confirm(&call.tx, &request.app, &call.actor, &input.code).await;
        let wrong = matches!(outcome, Err(service::SecondFactorConfirmError::WrongCode));
        let (done, user_errors) = call.finish(outcome).await?;
        if wrong {
            accounts::count_failure(&request.app, &request.id, request.actor()?).await?;
        }
        let (account, recovery_codes) = done.unzip();
        Ok(SecondFactorConfirmPayload { account: account.map(Account::from), recovery_codes, user_errors })
    }

    /// Switches the viewer's second factor off. Codes: `WRONG_PASSWORD`, `BUDGET_EXHAUSTED`, `INVALID`, `NOT_FOUND`.
    async fn second_factor_disable(
        &self,
        ctx: &Context<'_>,
        input: SecondFactorDisableInput,
    ) -> Result<SecondFactorDisablePayload> {
        let request = request(ctx);
        let SecondFactorDisableInput { password, code } = input;
        let proof = accounts::prove(&request.app, &request.id, request.actor()?, password).await;
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = match proof {
            Ok(_) => service::disable(&call.tx, &request.app, &call.actor, &code).await,
            Err(error) => Err(service::SecondFactorDisableError::Proof(error)),
        };
        let wrong = matches!(outcome, Err(service::SecondFactorDisableError::WrongCode));
        let (account, user_errors) = call.finish(outcome).await?;
        if wrong {
            accounts::count_failure(&request.app, &request.id, request.actor()?).await?;
        }
        Ok(SecondFactorDisablePayload { account: account.map(Account::from), user_errors })
    }

    /// Takes the second factor of another account away and ends its sessions. Needs `account:reset` wherever the account
    /// has a role, and that one may pass on all that the account may do. Codes: `NOT_FOUND`, `CONFLICT`, `INVALID`,
    /// `REQUIRED`, `TOO_LONG`.
    async fn account_second_factor_reset(
        &self,
        ctx: &Context<'_>,
        input: AccountSecondFactorResetInput,
    ) -> Result<AccountSecondFactorResetPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let AccountSecondFactorResetInput { account, reason, version } = input;
        let command = service::AccountSecondFactorReset { account: ids::decode_or_nil(&account), reason, version };
        let outcome = service::reset(&call.tx, &call.actor, command).await;
        let (account, user_errors) = call.finish(outcome).await?;
        Ok(AccountSecondFactorResetPayload { account: account.map(Account::from), user_errors })
    }

    /// Says whether the grants of a role work only for accounts with a second factor. Needs `account:reset` on the whole
    /// tree. Codes: `NOT_FOUND`, `CONFLICT`, `INVALID`.
    async fn role_second_factor_require(
        &self,
        ctx: &Context<'_>,
        input: RoleSecondFactorRequireInput,
    ) -> Result<RoleSecondFactorRequirePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let RoleSecondFactorRequireInput { role, required, version } = input;
        let command = service::RoleSecondFactorRequire { role: ids::decode_or_nil(&role), required, version };
        let outcome = service::demand(&call.tx, &call.actor, command).await;
        let (id, user_errors) = call.finish(outcome).await?;
        let role = match id {
            Some(id) => role::role(ctx, id).await?,
            None => None,
        };
        Ok(RoleSecondFactorRequirePayload { role, user_errors })
    }
}

fn wrong_code() -> Explained {
    let (zh, en) = ("验证码不对或已用过，等下一个验证码再输。", "The code is wrong or was used; type the next one.");
    Problem::new(&["code"], UserErrorCode::Invalid, zh, en).into()
}

fn last_administrator(field: &'static [&'static str]) -> Explained {
    let zh = "这样就没有系统管理员能工作了：角色要求两步验证，先让另一位管理员设置好。";
    let en = "Nobody would administer the system: the role demands a second factor; have another administrator set one up first.";
    Problem::new(field, UserErrorCode::Invalid, zh, en).into()
}

impl Explain<Setup> for service::SecondFactorBeginError {
    fn explain(self) -> Explained {
        match self {
            Self::Proof(error) => proof_problem(&["password"], error),
            Self::Works => Problem::new(
                &[],
                UserErrorCode::Duplicate,
                "两步验证已经开启，要换手机请先关闭。",
                "A second factor works already; switch it off first to take another phone.",
            )
            .into(),
            Self::Gone => Problem::not_found(&[], "账号", "account").into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<(account::Model, Vec<String>)> for service::SecondFactorConfirmError {
    fn explain(self) -> Explained {
        match self {
            Self::NotBegun => {
                let (zh, en) = ("没有等待确认的两步验证，请重新开始设置。", "Nothing waits for a code; begin again.");
                Problem::new(&["code"], UserErrorCode::NotFound, zh, en).into()
            }
            Self::WrongCode => wrong_code(),
            Self::Throttled { wait } => throttled(&["code"], wait),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<account::Model> for service::SecondFactorDisableError {
    fn explain(self) -> Explained {
        match self {
            Self::Proof(error) => proof_problem(&["password"], error),
            Self::None => none(),
            Self::WrongCode => wrong_code(),
            Self::Throttled { wait } => throttled(&["code"], wait),
            Self::LastAdministrator => last_administrator(&[]),
            Self::Db(error) => error.into(),
        }
    }
}

fn none() -> Explained {
    let (zh, en) = ("这个账号没有开启两步验证。", "This account has no second factor.");
    Problem::new(&[], UserErrorCode::NotFound, zh, en).into()
}

impl Explain<account::Model> for service::AccountSecondFactorResetError {
    fn current(&mut self) -> Option<account::Model> {
        if let Self::Conflict(row) = self { Some((**row).clone()) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                UserErrorCode::Invalid,
                "自己的两步验证在“我的账号”里关闭。",
                "Switch your own second factor off on your own page.",
            )
            .into(),
            Self::None => none(),
            Self::LastAdministrator => last_administrator(&["account"]),
            Self::ReasonEmpty => Problem::required(&["reason"], "理由", "The reason").into(),
            Self::ReasonTooLong => Problem::too_long(&["reason"], REASON, "理由", "The reason").into(),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<RoleId> for service::RoleSecondFactorRequireError {
    fn current(&mut self) -> Option<RoleId> {
        if let Self::Conflict(role) = self { Some(*role) } else { None }
    }

    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["role"], "角色", "role").into(),
            Self::LastAdministrator => last_administrator(&["required"]),
            Self::Conflict(_) => Problem::conflict().into(),
            Self::Db(error) => error.into(),
        }
    }
}
