//! A job while it runs.
use std::sync::Arc;

use entity::job;
use sea_orm::DbErr;
use serde::{Serialize, de::DeserializeOwned};
use tokio::sync::watch;
use uuid::Uuid;

use super::{JobError, Sentence, store};
use crate::{app::App, authz::Actor, db::Tx};

/// How far a job has come after a step.
#[derive(Clone, Debug, PartialEq)]
pub struct Step<C> {
    /// Where the next attempt goes on.
    pub checkpoint: C,
    /// Parts that are done.
    pub done: i64,
    /// Parts in all, where that is known.
    pub total: Option<i64>,
}

/// A job while it runs: its payload, its checkpoint and the lease under which it commits.
pub struct JobRun {
    pub(super) job: job::Model,
    pub(super) owner: Uuid,
    pub(super) stop: watch::Receiver<bool>,
}

impl JobRun {
    /// The row as it was claimed, with the progress of this run.
    pub fn job(&self) -> &job::Model {
        &self.job
    }

    /// With what it runs.
    pub fn payload<T: DeserializeOwned>(&self) -> Result<T, JobError> {
        serde_json::from_str(&self.job.payload).map_err(|error| unreadable(&error))
    }

    /// Where the last attempt stopped; none where nothing is done yet.
    pub fn checkpoint<T: DeserializeOwned>(&self) -> Result<Option<T>, JobError> {
        self.job.checkpoint.as_deref().map(serde_json::from_str).transpose().map_err(|error| unreadable(&error))
    }

    /// Who asked for it, with the rights of this moment; none for what runs by schedule. Ask again for each step: a
    /// right that ends while the job runs ends here too.
    pub async fn actor(&self, app: &Arc<App>) -> Result<Option<Arc<Actor>>, JobError> {
        let Some(account) = self.job.actor_id else { return Ok(None) };
        let authority = app.refresh_authority().await?;
        let actor = Actor::new(&authority, account, None, app.ambient.today(), app.db.engine());
        actor.map(|actor| Some(Arc::new(actor))).ok_or_else(|| {
            JobError::Hopeless(Sentence::new(
                "发起人的账号已停用，任务不再执行。",
                "The account that asked for this is disabled, so it does not run.",
            ))
        })
    }

    /// Begins the transaction of one step. Its request id is the key of the job.
    pub async fn begin(&self, app: &App) -> Result<Tx, DbErr> {
        Tx::begin(&app.db, &app.ambient, &app.vault, &format!("job-{}", self.job.id.0)).await
    }

    /// Commits one step with its checkpoint, where this worker still holds the lease. Stops the job where somebody
    /// asked for its end or the process is being stopped.
    pub async fn commit<C: Serialize>(&mut self, app: &App, tx: Tx, step: Step<C>) -> Result<(), JobError> {
        let checkpoint = serde_json::to_string(&step.checkpoint).map_err(|error| unreadable(&error))?;
        let cancelled = store::advance(&tx, &self.job, self.owner, &checkpoint, (step.done, step.total)).await?;
        let authority_changed = tx.authority_changed();
        tx.commit().await?;
        app.outbox.ring();
        if authority_changed {
            app.refresh_authority().await?;
        }
        self.job.checkpoint = Some(checkpoint);
        (self.job.done, self.job.total) = (step.done, step.total);
        if cancelled {
            Err(JobError::Cancelled)
        } else if *self.stop.borrow() {
            Err(JobError::Interrupted)
        } else {
            Ok(())
        }
    }
}

fn unreadable(error: &serde_json::Error) -> JobError {
    tracing::error!(%error, "payload or checkpoint of a job do not fit its kind");
    JobError::Hopeless(Sentence::new(
        "任务的内容读不懂，可能来自另一个版本；请重新发起。",
        "The content of this job cannot be read; it may come from another version. Ask for it again.",
    ))
}
