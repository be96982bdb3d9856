//! Asking for an export: decode → call → encode, and what each error reads like.
use async_graphql::{Context, Object};
use entity::person_export;

use super::{PersonExport, PersonExportInput, PersonExportPayload, service};
use crate::graphql::{Call, Explain, Explained, Lock, Problem, Result, ids, request};

/// Mutations on exports.
#[derive(Default)]
pub struct PersonExportMutation;

#[Object]
impl PersonExportMutation {
    /// Puts together everything that is stored about the viewer, in the background; the last one is replaced. Codes:
    /// `NOT_FOUND`.
    async fn person_export(&self, ctx: &Context<'_>, input: PersonExportInput) -> Result<PersonExportPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::request(&call.tx, &call.actor, ids::decode_or_nil(&input.person)).await;
        let (export, user_errors) = call.finish(outcome).await?;
        request(ctx).app.jobs.ring();
        Ok(PersonExportPayload { export: export.map(PersonExport::from), user_errors })
    }
}

impl Explain<person_export::Model> for service::PersonExportError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["person"], "人员", "person").into(),
            Self::Db(error) => error.into(),
        }
    }
}
