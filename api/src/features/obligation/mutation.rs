//! Asking for obligations to be worked out again.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::job;

use super::service;
use crate::{
    features::job::Job,
    graphql::{Call, Explain, Explained, Lock, Problem, Result, UserError, ids, request},
};

/// A subtree whose obligations are to be worked out again.
#[derive(InputObject)]
pub struct ObligationRecomputeInput {
    /// Its top.
    pub organization: ID,
}

/// What became of `obligationRecompute`.
#[derive(SimpleObject)]
pub struct ObligationRecomputePayload {
    /// The job that does it; the one that waits or runs already where the same was asked for before.
    pub job: Option<Job>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Mutations on obligations.
#[derive(Default)]
pub struct ObligationMutation;

#[Object]
impl ObligationMutation {
    /// Works out the obligations of a subtree again, in the background. It happens every night by itself. Codes:
    /// `NOT_FOUND`.
    async fn obligation_recompute(
        &self,
        ctx: &Context<'_>,
        input: ObligationRecomputeInput,
    ) -> Result<ObligationRecomputePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let command = service::ObligationRecompute { organization: ids::decode_or_nil(&input.organization) };
        let outcome = service::recompute(&call.tx, &call.actor, command).await;
        let (job, user_errors) = call.finish(outcome).await?;
        request(ctx).app.jobs.ring();
        Ok(ObligationRecomputePayload { job: job.map(Job::from), user_errors })
    }
}

impl Explain<job::Model> for service::ObligationRecomputeError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::NotFound => Problem::not_found(&["organization"], "组织", "organization").into(),
            Self::Db(error) => error.into(),
        }
    }
}
