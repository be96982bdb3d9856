//! Changing API tokens: decode, call, encode.
use async_graphql::{Context, Object};
use entity::api_token;

use super::{
    ApiToken, ApiTokenIssueInput, ApiTokenIssuePayload, ApiTokenRevokeInput, ApiTokenRevokePayload, loader, service,
    service::Issued,
};
use crate::{
    authz::{Permission, Permissions},
    graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed},
};

/// Mutations on API tokens.
#[derive(Default)]
pub struct ApiTokenMutation;

#[Object]
impl ApiTokenMutation {
    /// Issues a token of a service account, confined to permissions that the account has. Needs `token:issue` wherever
    /// the account has a role, and that one may pass those permissions on there for so long. Codes: `NOT_FOUND`,
    /// `REQUIRED`, `TOO_LONG`, `INVALID`, `OUT_OF_RANGE`, `IDEMPOTENCY_MISMATCH`.
    async fn api_token_issue(&self, ctx: &Context<'_>, input: ApiTokenIssueInput) -> Result<ApiTokenIssuePayload> {
        let call = match Call::begin_keyed(ctx, Lock::Authority, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => {
                return Ok(ApiTokenIssuePayload { token: None, secret: None, user_errors });
            }
            Begun::Replayed(id) => {
                let token = loader::token(ctx, replayed(id)).await?;
                return Ok(ApiTokenIssuePayload { token, secret: None, user_errors: Vec::new() });
            }
        };
        let command = service::ApiTokenIssue {
            account: ids::decode_or_nil(&input.account),
            name: input.name,
            permissions: input.permissions.into_iter().collect(),
            days: input.life.days(),
        };
        let outcome = service::issue(&call.tx, &call.actor, command).await;
        let (issued, user_errors) = call.finish_keyed(outcome, |issued| issued.row.id.0).await?;
        let secret = issued.as_ref().map(|issued| issued.secret.text());
        Ok(ApiTokenIssuePayload { token: issued.map(|issued| ApiToken::from(issued.row)), secret, user_errors })
    }

    /// Revokes a token; it works nowhere a second later. Needs `token:issue` wherever the account has a role. Codes:
    /// `NOT_FOUND`.
    async fn api_token_revoke(&self, ctx: &Context<'_>, input: ApiTokenRevokeInput) -> Result<ApiTokenRevokePayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let outcome = service::revoke(&call.tx, &call.actor, ids::decode_or_nil(&input.token)).await;
        let (token, user_errors) = call.finish(outcome).await?;
        Ok(ApiTokenRevokePayload { token: token.map(ApiToken::from), user_errors })
    }
}

/// The labels of `permissions` in both languages.
fn labels(permissions: Permissions) -> (String, String) {
    let (zh, en): (Vec<&str>, Vec<&str>) = permissions.iter().map(Permission::label).unzip();
    (zh.join("、"), en.join(", "))
}

impl Explain<Issued> for service::ApiTokenIssueError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::AccountNotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Person => Problem::new(
                &["account"],
                UserErrorCode::Invalid,
                "访问令牌只发给系统账号，请先新建一个。",
                "Only accounts of services have tokens; create one first.",
            )
            .into(),
            Self::NameEmpty => Problem::required(&["name"], "用途", "The name").into(),
            Self::NameTooLong => Problem::too_long(&["name"], service::NAME, "用途", "The name").into(),
            Self::NoPermission => Problem::required(&["permissions"], "权限", "The list of permissions").into(),
            Self::NotHeld(permissions) => {
                let (zh, en) = labels(permissions);
                Problem::new(
                    &["permissions"],
                    UserErrorCode::Invalid,
                    format!("这个账号不能用令牌做：{zh}。去掉这些权限，或先给账号授权。"),
                    format!("No token of this account can: {en}. Leave that out, or give the account a role first."),
                )
                .into()
            }
            Self::Beyond(permissions) => {
                let (zh, en) = labels(permissions);
                Problem::new(
                    &["permissions"],
                    UserErrorCode::OutOfRange,
                    format!("您不能在这个范围内把这些权限转授这么久：{zh}。去掉它们，或缩短期限。"),
                    format!("You may not pass this on there for so long: {en}. Leave it out, or take a shorter time."),
                )
                .into()
            }
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<api_token::Model> for service::ApiTokenRevokeError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["token"], "访问令牌", "token").into(),
            Self::Db(error) => error.into(),
        }
    }
}
