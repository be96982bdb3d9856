//! GraphQL types of jobs.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::job;

use super::{policy, repo};
use crate::{
    authz::Permission,
    connection,
    graphql::{Request, Result, UserError, ids, request, scalar::DateTime},
    job::Sentence,
};

/// How far a job has come.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::JobState")]
pub enum JobState {
    /// It waits.
    Queued,
    /// It runs.
    Running,
    /// It is done.
    Done,
    /// It failed; somebody has to look at it.
    Parked,
    /// Somebody ended it.
    Cancelled,
}

/// One piece of background work (任务作业).
#[derive(Clone)]
pub struct Job(pub Arc<job::Model>);

impl From<job::Model> for Job {
    fn from(row: job::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A sentence that was kept in both languages, in that of the request.
fn said(request: &Request, text: Option<&str>) -> Option<String> {
    let sentence: Sentence = serde_json::from_str(text?).ok()?;
    Some(request.locale.pick(sentence.zh, sentence.en))
}

/// One piece of background work (任务作业).
#[Object]
impl Job {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Stable name of the kind, such as `obligation_recompute`.
    async fn kind(&self) -> &str {
        &self.0.kind
    }

    /// What people call the kind, in the language of the request.
    async fn label(&self, ctx: &Context<'_>) -> String {
        let request = request(ctx);
        let work = request.app.jobs.kind(&self.0.kind);
        work.map_or_else(|| self.0.kind.clone(), |work| request.locale.pick(work.label().0, work.label().1).to_owned())
    }

    /// How far it has come.
    async fn state(&self) -> JobState {
        self.0.state.into()
    }

    /// Parts that are done.
    async fn done(&self) -> i32 {
        i32::try_from(self.0.done).unwrap_or(i32::MAX)
    }

    /// Parts in all; null while that is not known.
    async fn total(&self) -> Option<i32> {
        self.0.total.map(|total| i32::try_from(total).unwrap_or(i32::MAX))
    }

    /// How often it was begun.
    async fn attempts(&self) -> i32 {
        self.0.attempts
    }

    /// What came of it, in the language of the request; null before its end.
    async fn result(&self, ctx: &Context<'_>) -> Option<String> {
        said(request(ctx), self.0.result.as_deref())
    }

    /// Why the last attempt failed, in the language of the request; null where none did.
    async fn reason(&self, ctx: &Context<'_>) -> Option<String> {
        said(request(ctx), self.0.reason.as_deref())
    }

    /// Account name of the one who asked for it; null for what runs by schedule.
    async fn requested_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(self.0.actor_id.and_then(|id| accounts.get(&id)).map(|account| account.name.clone()))
    }

    /// Whether it runs and somebody asked for its end.
    async fn cancelling(&self) -> bool {
        self.0.cancel_asked_at.is_some() && self.0.finished_at.is_none()
    }

    /// When it was asked for.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Not before this moment does it run.
    async fn run_after(&self) -> DateTime {
        DateTime(self.0.run_after)
    }

    /// When it was begun first.
    async fn started_at(&self) -> Option<DateTime> {
        self.0.started_at.map(DateTime)
    }

    /// When it was done, parked or cancelled.
    async fn finished_at(&self) -> Option<DateTime> {
        self.0.finished_at.map(DateTime)
    }

    /// What the viewer may do here, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let may = policy::can_manage(request(ctx).actor()?, &self.0).is_ok();
        Ok(if may { policy::PERMISSIONS.to_vec() } else { Vec::new() })
    }
}

connection!(JobConnection, JobEdge, Job, job::Entity, job::Model);

/// What a list of jobs may be narrowed by.
#[derive(InputObject, Default)]
pub struct JobFilter {
    /// States.
    pub state: Option<Vec<JobState>>,
    /// Kinds.
    pub kind: Option<Vec<String>>,
    /// Only what the viewer asked for.
    pub own: Option<bool>,
}

impl From<JobFilter> for repo::Filter {
    fn from(filter: JobFilter) -> Self {
        let state = filter.state.map(|states| states.into_iter().map(Into::into).collect());
        Self { state, kind: filter.kind, own: filter.own.unwrap_or_default() }
    }
}

/// Work that is to run at once.
#[derive(InputObject)]
pub struct JobStartInput {
    /// Its kind.
    pub kind: String,
}

/// What became of `jobStart`.
#[derive(SimpleObject)]
pub struct JobStartPayload {
    /// The job; the one that waits or runs already where the viewer asked for the same before.
    pub job: Option<Job>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A job that is to end.
#[derive(InputObject)]
pub struct JobCancelInput {
    /// The job.
    pub job: ID,
}

/// What became of `jobCancel`.
#[derive(SimpleObject)]
pub struct JobCancelPayload {
    /// The job after the change; null where there are user errors.
    pub job: Option<Job>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A job that is to go on.
#[derive(InputObject)]
pub struct JobRetryInput {
    /// The job.
    pub job: ID,
}

/// What became of `jobRetry`.
#[derive(SimpleObject)]
pub struct JobRetryPayload {
    /// The job after the change; null where there are user errors.
    pub job: Option<Job>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
