//! What a kind of job is, and how it can fail.
use std::sync::Arc;

use async_trait::async_trait;
use entity::job;
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::{Daily, JobRun};
use crate::{app::App, db::Tx};

/// A sentence in both languages.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Sentence {
    /// In Chinese.
    pub zh: String,
    /// In English.
    pub en: String,
}

impl Sentence {
    /// The same thing said twice.
    pub fn new(zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { zh: zh.into(), en: en.into() }
    }
}

/// One kind of background work. A feature contributes kinds in its `job.rs`.
#[async_trait]
pub trait Work: Send + Sync {
    /// Stable name, such as `obligation_recompute`.
    fn kind(&self) -> &'static str;

    /// What people call it, in Chinese and in English.
    fn label(&self) -> (&'static str, &'static str);

    /// When it runs by itself.
    fn schedule(&self) -> Option<Daily> {
        None
    }

    /// Whether an administrator may have it run at once.
    fn on_demand(&self) -> bool {
        false
    }

    /// Does the work from the last checkpoint on, in steps of at most 200 rows, and says what came of it.
    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError>;
}

/// Who is told that a job is done or parked, in the transaction that says so.
#[async_trait]
pub trait Listener: Send + Sync {
    /// `job` is done or parked.
    async fn ended(&self, app: &App, tx: &Tx, job: &job::Model) -> Result<(), DbErr>;
}

/// Why a job stopped before its end.
#[derive(Debug, thiserror::Error)]
pub enum JobError {
    /// Somebody asked for its end.
    #[error("the job was cancelled")]
    Cancelled,
    /// The process is being stopped; another worker goes on.
    #[error("the process is being stopped")]
    Interrupted,
    /// Another worker holds the lease now.
    #[error("the lease was lost")]
    LeaseLost,
    /// It cannot succeed, however often it is tried.
    #[error("{}", .0.en)]
    Hopeless(Sentence),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbErr),
    /// Something else failed that may work next time. The text is for the log.
    #[error("{0}")]
    Failed(String),
}
