//! Beginning, ending and retrying jobs.
use entity::{JobId, job};
use sea_orm::DbErr;
use serde_json::json;

use super::{policy, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    job::{NewJob, Work, enqueue},
};

/// Why a job was neither begun, ended nor retried.
#[derive(Debug)]
pub enum JobManageError {
    /// No such work is begun on demand.
    UnknownKind,
    /// The right is missing.
    Denied(Denied),
    /// The job is missing or hidden.
    NotFound,
    /// It is over, or was asked to end already.
    NotRunning,
    /// It is neither parked nor cancelled.
    NotStopped,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for JobManageError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Begins `work` at once; the one that waits or runs already where the same actor asked for it before.
pub async fn start(tx: &Tx, actor: &Actor, work: Option<&dyn Work>) -> Result<job::Model, JobManageError> {
    policy::can_start(actor).map_err(JobManageError::Denied)?;
    let work = work.filter(|work| work.on_demand()).ok_or(JobManageError::UnknownKind)?;
    let job = enqueue(tx, NewJob { kind: work.kind(), payload: (), actor: actor.account() }).await?;
    let change = Change {
        action: "jobStart",
        object_type: "Job",
        object_id: job.id.0,
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("kind", json!(job.kind))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(job)
}

/// Ends a job that waits; one that runs ends at its next checkpoint.
pub async fn cancel(tx: &Tx, actor: &Actor, id: JobId) -> Result<job::Model, JobManageError> {
    let old = find(tx, actor, id).await?;
    if repo::cancel(tx, id).await? {
        changed(tx, actor, "jobCancel", old).await
    } else {
        Err(JobManageError::NotRunning)
    }
}

/// Lets a parked or cancelled job go on where it stopped.
pub async fn retry(tx: &Tx, actor: &Actor, id: JobId) -> Result<job::Model, JobManageError> {
    let old = find(tx, actor, id).await?;
    if repo::retry(tx, id).await? { changed(tx, actor, "jobRetry", old).await } else { Err(JobManageError::NotStopped) }
}

async fn find(tx: &Tx, actor: &Actor, id: JobId) -> Result<job::Model, JobManageError> {
    let job = repo::get(tx.conn(), actor, id).await?.ok_or(JobManageError::NotFound)?;
    policy::can_manage(actor, &job).map_err(JobManageError::Denied)?;
    Ok(job)
}

async fn changed(tx: &Tx, actor: &Actor, action: &'static str, old: job::Model) -> Result<job::Model, JobManageError> {
    let new = repo::get(tx.conn(), actor, old.id).await?.ok_or(JobManageError::NotFound)?;
    let snapshot = |job: &job::Model| Snapshot::from([("state", json!(job.state)), ("kind", json!(job.kind))]);
    let change = Change {
        action,
        object_type: "Job",
        object_id: new.id.0,
        organization: None,
        person: None,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}
