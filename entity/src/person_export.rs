//! What is stored about a person, put together for that person.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, JobId, PersonId},
    value::Timestamp,
};

/// What is stored about a person, put together for that person. A new one takes the place of the last.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "person_export")]
pub struct Model {
    /// About whom, and for whom.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// When it was asked for.
    pub requested_at: Timestamp,
    /// The account that asked for it.
    pub requested_by: AccountId,
    /// The job that puts it together; jobs are kept for a time of their own.
    pub job_id: JobId,
    /// When it was ready.
    pub finished_at: Option<Timestamp>,
    /// The content, sealed under the data key of the person.
    pub content_sealed: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
