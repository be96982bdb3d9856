//! Giving, confirming and ending grants: decode, call, encode.
use async_graphql::{Context, Object};
use entity::role_grant;

use super::{
    Grant, RoleGrantConfirmInput, RoleGrantConfirmPayload, RoleGrantEndInput, RoleGrantEndPayload, RoleGrantInput,
    RoleGrantPayload, loader,
    service::{self, REASON},
};
use crate::graphql::{Begun, Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, replayed};

/// Mutations on grants.
#[derive(Default)]
pub struct GrantMutation;

#[Object]
impl GrantMutation {
    /// Gives a role to an account. Needs `grant:create` there, and the role's permissions among those that the viewer
    /// may pass on. Where the role carries a sensitive permission, the grant waits for a second holder. Codes:
    /// `NOT_FOUND`, `INVALID`, `REQUIRED`, `TOO_LONG`, `OUT_OF_RANGE`, `OVERLAP`, `ARCHIVED`, `IDEMPOTENCY_MISMATCH`.
    async fn role_grant(&self, ctx: &Context<'_>, input: RoleGrantInput) -> Result<RoleGrantPayload> {
        let call = match Call::begin_keyed(ctx, Lock::Authority, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(RoleGrantPayload { grant: None, user_errors }),
            Begun::Replayed(id) => {
                let grant = loader::grant(ctx, replayed(id)).await?;
                return Ok(RoleGrantPayload { grant, user_errors: Vec::new() });
            }
        };
        let command = service::RoleGrant {
            account: ids::decode_or_nil(&input.account),
            role: ids::decode_or_nil(&input.role),
            scope: input.scope.into(),
            organization: input.organization.map(|id| ids::decode_or_nil(&id)),
            from: input.from.0,
            until: input.until.map(|until| until.0),
            reason: input.reason,
        };
        let outcome = service::grant(&call.tx, &call.actor, command).await;
        let (grant, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(RoleGrantPayload { grant: grant.map(Grant::from), user_errors })
    }

    /// Puts a grant into force as its second holder. Needs what giving it would need; who gave it and who gets it cannot
    /// confirm it. To decline, end the grant. Codes: `NOT_FOUND`, `INVALID`.
    async fn role_grant_confirm(
        &self,
        ctx: &Context<'_>,
        input: RoleGrantConfirmInput,
    ) -> Result<RoleGrantConfirmPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::RoleGrantConfirm { grant: ids::decode_or_nil(&input.grant) };
        let outcome = service::confirm(&call.tx, &call.actor, command).await;
        let (grant, user_errors) = call.finish(outcome).await?;
        Ok(RoleGrantConfirmPayload { grant: grant.map(Grant::from), user_errors })
    }

    /// Ends a grant earlier than it would by itself. Needs what giving it would need. Codes: `NOT_FOUND`, `INVALID`,
    /// `REQUIRED`, `TOO_LONG`, `OUT_OF_RANGE`.
    async fn role_grant_end(&self, ctx: &Context<'_>, input: RoleGrantEndInput) -> Result<RoleGrantEndPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::RoleGrantEnd {
            grant: ids::decode_or_nil(&input.grant),
            until: input.until.0,
            reason: input.reason,
        };
        let outcome = service::end(&call.tx, &call.actor, command).await;
        let (grant, user_errors) = call.finish(outcome).await?;
        Ok(RoleGrantEndPayload { grant: grant.map(Grant::from), user_errors })
    }
}

fn reason_empty() -> Problem {
    Problem::required(&["reason"], "理由", "The reason")
}

fn reason_too_long() -> Problem {
    Problem::too_long(&["reason"], REASON, "理由", "The reason")
}

impl Explain<role_grant::Model> for service::RoleGrantError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Archived, Invalid, OutOfRange, Overlap};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::AccountNotFound => Problem::not_found(&["account"], "账号", "account").into(),
            Self::Oneself => Problem::new(
                &["account"],
                Invalid,
                "不能给自己授权，请另一位管理员来做。",
                "Nobody gives a role to himself; ask another administrator.",
            )
            .into(),
            Self::RoleNotFound => Problem::not_found(&["role"], "角色", "role").into(),
            Self::RoleArchived => Problem::new(
                &["role"],
                Archived,
                "这个角色已归档，换一个角色，或先恢复它。",
                "This role is archived; choose another, or have it restored.",
            )
            .into(),
            Self::OrganizationMissing => Problem::required(&["organization"], "组织", "The organization").into(),
            Self::OrganizationSuperfluous => Problem::new(
                &["organization"],
                Invalid,
                "范围是“本人”时不用选组织。",
                "A role on oneself has no organization; leave it out.",
            )
            .into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::OrganizationArchived => Problem::new(
                &["organization"],
                Archived,
                "这个组织已归档，换一个组织。",
                "This organization is archived; choose another.",
            )
            .into(),
            Self::NoPerson => Problem::new(
                &["scope"],
                Invalid,
                "这个账号没有对应的人员，不能授“本人”范围。",
                "No person stands behind this account; give the role on a subtree.",
            )
            .into(),
            Self::FromPast => Problem::new(
                &["from"],
                OutOfRange,
                "开始日期不能早于今天。",
                "A role cannot be given for days that have passed; begin today or later.",
            )
            .into(),
            Self::UntilBeforeFrom => {
                Problem::new(&["until"], OutOfRange, "结束日期要晚于开始日期。", "The end must follow the beginning.")
                    .into()
            }
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Overlap => Problem::new(
                &["role"],
                Overlap,
                "这个账号在这里已有这个角色，先结束原来的授权或换一段时间。",
                "The account has this role here already; end that grant or choose other days.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<role_grant::Model> for service::RoleGrantConfirmError {
    fn explain(self) -> Explained {
        let invalid = |zh, en| Problem::new(&["grant"], UserErrorCode::Invalid, zh, en).into();
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["grant"], "授权", "grant").into(),
            Self::Confirmed => invalid("这个授权已经确认，刷新后再看。", "This grant is confirmed; reload the page."),
            Self::Ended => invalid("这个授权已经结束，需要时重新授予。", "This grant has ended; give the role anew."),
            Self::Giver => invalid(
                "授予人不能确认自己的授权，请另一位有权的人来确认。",
                "Who gives a role does not confirm it; ask somebody else who may give it.",
            ),
            Self::Oneself => invalid(
                "不能确认给自己的授权，请另一位有权的人来确认。",
                "Nobody confirms a role of his own; ask somebody else who may give it.",
            ),
            Self::Db(error) => error.into(),
        }
    }
}

impl Explain<role_grant::Model> for service::RoleGrantEndError {
    fn explain(self) -> Explained {
        use UserErrorCode::{Invalid, OutOfRange};
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["grant"], "授权", "grant").into(),
            Self::Ended => Problem::new(
                &["grant"],
                Invalid,
                "这个授权已经结束，刷新后再看。",
                "This grant has ended; reload the page.",
            )
            .into(),
            Self::UntilOutOfRange => Problem::new(
                &["until"],
                OutOfRange,
                "结束日期要在今天或以后，并早于原定的结束日期。",
                "The end is today or later, and before the end that is set.",
            )
            .into(),
            Self::LastAdministrator => Problem::new(
                &["grant"],
                Invalid,
                "这是最后一位系统管理员的授权，先给另一个账号授权。",
                "This is the grant of the last administrator; give the role to another account first.",
            )
            .into(),
            Self::ReasonEmpty => reason_empty().into(),
            Self::ReasonTooLong => reason_too_long().into(),
            Self::Db(error) => error.into(),
        }
    }
}
