//! Workers: they plan what is scheduled, claim what is due, run it and settle the outcome.
use std::{
    collections::HashMap,
    convert::Infallible,
    panic::AssertUnwindSafe,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use entity::{JobId, JobState, Timestamp, job};
use futures_util::FutureExt;
use sea_orm::DbErr;
use tokio::sync::{Notify, watch};
use uuid::Uuid;

use super::{
    JobError, JobRun, Listener, Sentence, Work,
    store::{self, End, LEASE},
};
use crate::{app::App, db::Tx};

/// Seconds between two looks for work, unless somebody says that there is some.
const LOOK: Duration = Duration::from_secs(1);
/// Attempts before a failing job is parked.
const ATTEMPTS: i32 = 6;
/// Seconds before the second attempt; each further one waits twice as long.
const FIRST_PAUSE: i64 = 10;
/// Longest pause between two attempts, in seconds.
const LONGEST_PAUSE: i64 = 3_600;
/// Seconds after which a job of an unknown kind is parked: in an upgrade, replicas of two versions run for a while.
const UNKNOWN: i64 = 600;

/// The kinds of one binary, and the bell that wakes its workers.
pub struct Jobs {
    kinds: Vec<Arc<dyn Work>>,
    listener: Option<Arc<dyn Listener>>,
    bell: Notify,
    /// Time between two renewals of a lease.
    beat: Duration,
    /// Moments that this process has planned already, so that the database is not asked every second.
    planned: Mutex<HashMap<&'static str, Timestamp>>,
}

impl Jobs {
    /// Workers for `kinds`.
    pub fn new(kinds: Vec<Arc<dyn Work>>) -> Self {
        let beat = Duration::from_secs(u64::try_from(LEASE / 3).unwrap_or(20));
        Self { kinds, listener: None, bell: Notify::new(), beat, planned: Mutex::default() }
    }

    /// The same workers, which renew their leases so often.
    #[must_use]
    pub fn renewing(self, beat: Duration) -> Self {
        Self { beat, ..self }
    }

    /// The same workers, which tell `listener` what ended.
    #[must_use]
    pub fn telling(self, listener: Arc<dyn Listener>) -> Self {
        Self { listener: Some(listener), ..self }
    }

    /// Says that there is work, after the transaction that queued it.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// The kind called `kind`.
    pub fn kind(&self, kind: &str) -> Option<&Arc<dyn Work>> {
        self.kinds.iter().find(|work| work.kind() == kind)
    }

    fn names(&self) -> Vec<&'static str> {
        self.kinds.iter().map(|work| work.kind()).collect()
    }

    /// Works until `stop` says so; what runs then is left at its next checkpoint.
    pub async fn work(&self, app: Arc<App>, mut stop: watch::Receiver<bool>) {
        let owner = app.ambient.uuid();
        while !*stop.borrow() {
            match self.once(&app, owner, &stop).await {
                Ok(true) => {}
                Ok(false) => wait(&self.bell, &mut stop).await,
                Err(error) => {
                    tracing::warn!(%error, "jobs could not be looked at; the next look is in a second");
                    wait(&self.bell, &mut stop).await;
                }
            }
        }
    }

    async fn plan(&self, app: &App, now: Timestamp) -> Result<(), DbErr> {
        for work in &self.kinds {
            let Some(due) = work.schedule().map(|schedule| schedule.latest(&app.ambient, now)) else { continue };
            let planned = || self.planned.lock().unwrap_or_else(PoisonError::into_inner);
            if planned().get(work.kind()) != Some(&due) {
                store::plan(&app.db, app.ambient.uuid().into(), work.kind(), due, now).await?;
                planned().insert(work.kind(), due);
            }
        }
        Ok(())
    }

    /// One look: plans, claims and runs. Says whether there was anything to run.
    pub async fn once(&self, app: &Arc<App>, owner: Uuid, stop: &watch::Receiver<bool>) -> Result<bool, DbErr> {
        let now = app.ambient.now();
        self.plan(app, now).await?;
        let kinds = self.names();
        self.park_unknown(app, &kinds, now.plus_seconds(-UNKNOWN)).await?;
        let Some(job) = store::claim(&app.db, &kinds, owner, now).await? else { return Ok(false) };
        app.outbox.ring();
        let Some(work) = self.kind(&job.kind) else { return Ok(false) };
        let end = run(app, work, (job.clone(), owner), self.beat, stop).await;
        if let Some(end) = end {
            self.settle(app, job, owner, end).await?;
            app.outbox.ring();
        }
        Ok(true)
    }

    /// Parks what has waited since `before` for a kind that this version does not know.
    async fn park_unknown(&self, app: &App, kinds: &[&'static str], before: Timestamp) -> Result<(), DbErr> {
        for job in store::unknown(&app.db, kinds, before).await? {
            let tx = Tx::begin(&app.db, &app.ambient, &app.vault, &format!("job-{}", job.id.0)).await?;
            let parked = store::park_unknown(&tx, &job, before).await?;
            if let (true, Some(listener)) = (parked, &self.listener) {
                listener.ended(app, &tx, &job::Model { state: JobState::Parked, ..job }).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    async fn settle(&self, app: &App, job: job::Model, owner: Uuid, end: End) -> Result<(), DbErr> {
        let state = match &end {
            End::Done(_) => Some(JobState::Done),
            End::Parked(_) => Some(JobState::Parked),
            End::Cancelled | End::Again { .. } => None,
        };
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, &format!("job-{}", job.id.0)).await?;
        let held = store::settle(&tx, &job, owner, end).await?;
        if let (true, Some(state), Some(listener)) = (held, state, &self.listener) {
            listener.ended(app, &tx, &job::Model { state, ..job }).await?;
        }
        tx.commit().await
    }
}

async fn wait(bell: &Notify, stop: &mut watch::Receiver<bool>) {
    tokio::select! {
        () = bell.notified() => {}
        () = tokio::time::sleep(LOOK) => {}
        _ = stop.changed() => {}
    }
}

/// Runs `job` under its lease; none where the lease was lost.
async fn run(
    app: &Arc<App>,
    work: &Arc<dyn Work>,
    (job, owner): (job::Model, Uuid),
    beat: Duration,
    stop: &watch::Receiver<bool>,
) -> Option<End> {
    let (id, attempts) = (job.id, job.attempts);
    tracing::info!(job.id = %id.0, job.kind = work.kind(), "the job {} begins, attempt {attempts}", id.0);
    let mut run = JobRun { job, owner, stop: stop.clone() };
    // A worker that keeps dying in one job must not take the others down with it for ever.
    if attempts > ATTEMPTS {
        return Some(End::Parked(internal(false)));
    }
    let outcome = tokio::select! {
        outcome = AssertUnwindSafe(work.run(app, &mut run)).catch_unwind() => {
            outcome.unwrap_or_else(|_| Err(JobError::Failed("the work panicked".to_owned())))
        }
        // Beside the work and not between its steps: a step may hold what the renewal waits for.
        never = keep(app, id, owner, beat) => match never {},
    };
    let now = app.ambient.now();
    match outcome {
        Ok(result) => {
            tracing::info!(job.id = %id.0, "the job {} is done", id.0);
            Some(End::Done(result))
        }
        Err(JobError::LeaseLost) => {
            tracing::warn!(job.id = %id.0, "the job {} went on elsewhere", id.0);
            None
        }
        Err(JobError::Cancelled) => Some(End::Cancelled),
        Err(JobError::Interrupted) => Some(End::Again { run_after: now, reason: None }),
        Err(JobError::Hopeless(reason)) => Some(End::Parked(reason)),
        Err(error @ (JobError::Db(_) | JobError::Failed(_))) => {
            tracing::error!(%error, job.id = %id.0, job.kind = work.kind(), "the job {} failed, attempt {attempts}", id.0);
            Some(match pause(attempts) {
                Some(pause) => End::Again { run_after: now.plus_seconds(pause), reason: Some(internal(true)) },
                None => End::Parked(internal(false)),
            })
        }
    }
}

/// Renews the lease of the job `id` until it is dropped.
async fn keep(app: &App, id: JobId, owner: Uuid, beat: Duration) -> Infallible {
    loop {
        tokio::time::sleep(beat).await;
        // A lost lease is noticed by the next commit; here it only must not be taken back.
        if let Err(error) = store::renew(&app.db, id, owner, app.ambient.now()).await {
            tracing::warn!(%error, job.id = %id.0, "the lease of the job {} could not be renewed", id.0);
        }
    }
}

/// Seconds before the next attempt; none where `attempts` were enough.
pub(super) fn pause(attempts: i32) -> Option<i64> {
    let doublings = u32::try_from(attempts - 1).unwrap_or(0).min(16);
    (attempts < ATTEMPTS).then(|| (FIRST_PAUSE << doublings).min(LONGEST_PAUSE))
}

fn internal(again: bool) -> Sentence {
    if again {
        Sentence::new(
            "服务器出了问题，稍后自动再试。",
            "Something went wrong on our side; it is tried again in a while.",
        )
    } else {
        Sentence::new(
            "服务器多次出错，已停止；请把任务编号告诉管理员，排除后重试。",
            "Something went wrong on our side several times, so it stopped; tell your administrator, and retry then.",
        )
    }
}
