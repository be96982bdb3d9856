//! Beginning a preview: decode, call, encode.
use async_graphql::{Context, Object};

use super::{
    AccessPreview, PreviewBeginInput, PreviewBeginPayload,
    service::{self, Begun},
};
use crate::graphql::{Call, Explain, Explained, Lock, Problem, Result, ids};

/// Mutations on previews.
#[derive(Default)]
pub struct AccessMutation;

#[Object]
impl AccessMutation {
    /// Begins a preview: for half an hour, whoever sends its token with a request sees what both he and a holder of the
    /// role on the organization may see, and can change nothing. It ends when the token is not sent any more. Needs
    /// `access:preview` there. Codes: `NOT_FOUND`.
    async fn preview_begin(&self, ctx: &Context<'_>, input: PreviewBeginInput) -> Result<PreviewBeginPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::PreviewBegin {
            role: ids::decode_or_nil(&input.role),
            organization: ids::decode_or_nil(&input.organization),
        };
        let outcome = service::preview_begin(&call.tx, &call.actor, command).await;
        let (begun, user_errors) = call.finish(outcome).await?;
        Ok(PreviewBeginPayload { preview: begun.map(AccessPreview), user_errors })
    }
}

impl Explain<Begun> for service::PreviewBeginError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::RoleNotFound => Problem::not_found(&["role"], "角色", "role").into(),
            Self::OrganizationNotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Db(error) => error.into(),
        }
    }
}
