//! Beginning, ending and retrying jobs: decode → call → encode, and what each error reads like.
use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::job;

use super::{
    Job, JobCancelInput, JobCancelPayload, JobRetryInput, JobRetryPayload, JobStartInput, JobStartPayload, service,
};
use crate::graphql::{Call, Explain, Explained, Lock, Problem, Result, UserErrorCode, ids, request};

/// Mutations on jobs.
#[derive(Default)]
pub struct JobMutation;

#[Object]
impl JobMutation {
    /// Has work that runs by schedule run at once too: `integrity_check` or `retention_daily`. Codes: INVALID.
    async fn job_start(&self, ctx: &Context<'_>, input: JobStartInput) -> Result<JobStartPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let jobs = &request(ctx).app.jobs;
        let work = jobs.kind(&input.kind).map(Arc::as_ref);
        let outcome = service::start(&call.tx, &call.actor, work).await;
        let (job, user_errors) = call.finish(outcome).await?;
        jobs.ring();
        Ok(JobStartPayload { job: job.map(Job::from), user_errors })
    }

    /// Ends a job that waits; one that runs ends at its next checkpoint and keeps what is done. Codes: `NOT_FOUND`,
    /// INVALID.
    async fn job_cancel(&self, ctx: &Context<'_>, input: JobCancelInput) -> Result<JobCancelPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::cancel(&call.tx, &call.actor, ids::decode_or_nil(&input.job)).await;
        let (job, user_errors) = call.finish(outcome).await?;
        Ok(JobCancelPayload { job: job.map(Job::from), user_errors })
    }

    /// Lets a parked or cancelled job go on where it stopped. Codes: `NOT_FOUND`, INVALID.
    async fn job_retry(&self, ctx: &Context<'_>, input: JobRetryInput) -> Result<JobRetryPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::retry(&call.tx, &call.actor, ids::decode_or_nil(&input.job)).await;
        let (job, user_errors) = call.finish(outcome).await?;
        request(ctx).app.jobs.ring();
        Ok(JobRetryPayload { job: job.map(Job::from), user_errors })
    }
}

impl Explain<job::Model> for service::JobManageError {
    fn explain(self) -> Explained {
        match self {
            Self::Denied(denied) => denied.into(),
            Self::UnknownKind => Problem::new(
                &["kind"],
                UserErrorCode::Invalid,
                "没有可以这样开始的任务，刷新后再试。",
                "No such work is begun on demand; reload and try again.",
            )
            .into(),
            Self::NotFound => Problem::not_found(&["job"], "任务", "job").into(),
            Self::NotRunning => Problem::new(
                &["job"],
                UserErrorCode::Invalid,
                "这个任务已经结束或正在停止，刷新后查看结果。",
                "This job is over or stopping already; reload to see what came of it.",
            )
            .into(),
            Self::NotStopped => Problem::new(
                &["job"],
                UserErrorCode::Invalid,
                "只有搁置或取消的任务可以重试，刷新后查看它的状态。",
                "Only a parked or cancelled job can be retried; reload to see its state.",
            )
            .into(),
            Self::Db(error) => error.into(),
        }
    }
}
