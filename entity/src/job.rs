//! One piece of background work (任务作业).
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, JobId},
    value::{JobState, Timestamp},
};

/// One piece of background work (任务作业).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "job")]
pub struct Model {
    /// Key; ordered by time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: JobId,
    /// What is to be done, as the registry of kinds names it.
    pub kind: String,
    /// With what, as JSON of the kind.
    pub payload: String,
    /// How far it has come.
    pub state: JobState,
    /// Who asked for it; none for what runs by schedule.
    pub actor_id: Option<AccountId>,
    /// The moment of the schedule that it belongs to; unique for each kind.
    pub scheduled_for: Option<Timestamp>,
    /// It does not run before.
    pub run_after: Timestamp,
    /// The worker that runs it.
    pub lease_owner: Option<Uuid>,
    /// Until when it belongs to that worker.
    pub lease_until: Option<Timestamp>,
    /// How often it was begun.
    pub attempts: i32,
    /// Where the next attempt goes on, as JSON of the kind.
    pub checkpoint: Option<String>,
    /// Parts that are done.
    pub done: i64,
    /// Parts in all, where that is known.
    pub total: Option<i64>,
    /// What came of it, as a sentence in both languages.
    pub result: Option<String>,
    /// Why the last attempt failed, as a sentence in both languages.
    pub reason: Option<String>,
    /// When somebody asked for its end.
    pub cancel_asked_at: Option<Timestamp>,
    /// When it was asked for.
    pub created_at: Timestamp,
    /// When it was begun first.
    pub started_at: Option<Timestamp>,
    /// When it was done, parked or cancelled.
    pub finished_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
