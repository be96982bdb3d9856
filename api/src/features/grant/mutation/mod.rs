//! Giving, confirming and ending grants: decode, call, encode.
mod explain;

use async_graphql::{Context, Object};

use super::{
    Grant, RoleGrantConfirmInput, RoleGrantConfirmPayload, RoleGrantEndInput, RoleGrantEndPayload,
    RoleGrantExtendInput, RoleGrantExtendPayload, RoleGrantInput, RoleGrantPayload, RoleGrantRenewInput,
    RoleGrantRenewPayload, loader, service,
};
use crate::graphql::{Begun, Call, Locale, Lock, Problem, Result, UserError, ids, replayed, request};

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
            post: input.post.map(|id| ids::decode_or_nil(&id)),
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

    /// Extends a grant in force: a new one follows it on the day on which it ends, linked to it. Needs what giving it for
    /// those days would need; a sensitive one waits for a second holder again. Codes: `NOT_FOUND`, `INVALID`, `REQUIRED`,
    /// `TOO_LONG`, `OUT_OF_RANGE`, `OVERLAP`, `ARCHIVED`.
    async fn role_grant_extend(
        &self,
        ctx: &Context<'_>,
        input: RoleGrantExtendInput,
    ) -> Result<RoleGrantExtendPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::RoleGrantExtend {
            grant: ids::decode_or_nil(&input.grant),
            until: input.until.map(|until| until.0),
            reason: input.reason,
        };
        let outcome = service::extend(&call.tx, &call.actor, command).await;
        let (grant, user_errors) = call.finish(outcome).await?;
        Ok(RoleGrantExtendPayload { grant: grant.map(Grant::from), user_errors })
    }

    /// Extends up to 100 grants at once, each by itself as `roleGrantExtend` would: what can be extended is, and an error
    /// at `input.grants.N` says why another was not. Codes: `NOT_FOUND`, `INVALID`, `REQUIRED`, `TOO_LONG`,
    /// `OUT_OF_RANGE`, `OVERLAP`, `ARCHIVED`.
    async fn role_grant_renew(&self, ctx: &Context<'_>, input: RoleGrantRenewInput) -> Result<RoleGrantRenewPayload> {
        let call = Call::begin(ctx, Lock::Authority).await?;
        let command = service::RoleGrantRenew {
            grants: input.grants.iter().map(|id| ids::decode_or_nil(id)).collect(),
            until: input.until.map(|until| until.0),
            reason: input.reason,
        };
        let outcome = service::renew(&call.tx, &call.actor, command).await;
        let (renewed, mut user_errors) = call.finish(outcome).await?;
        let Some(renewed) = renewed else { return Ok(RoleGrantRenewPayload { grants: None, user_errors }) };
        let mut grants = Vec::new();
        for (place, one) in renewed.into_iter().enumerate() {
            match one {
                Ok(row) => grants.push(Some(Grant::from(row))),
                Err(error) => {
                    grants.push(None);
                    user_errors.extend(at(place, error.explain_one(), request(ctx).locale));
                }
            }
        }
        Ok(RoleGrantRenewPayload { grants: Some(grants), user_errors })
    }
}

/// What is wrong with the grant at `place`.
fn at(place: usize, problems: Vec<Problem>, locale: Locale) -> impl Iterator<Item = UserError> {
    let field = move || vec!["input".to_owned(), "grants".to_owned(), place.to_string()];
    problems.into_iter().map(move |problem| UserError { field: field(), ..problem.into_user_error(locale) })
}
