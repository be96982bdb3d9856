//! A proposal to erase what is personal about somebody, until another person confirms it.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, PersonId},
    value::{ErasureOutcome, Timestamp},
};

/// A proposal to erase what is personal about somebody, until another person confirms it.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure_proposal")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Whose record.
    pub person_id: PersonId,
    /// Why.
    pub reason: String,
    /// Who proposed it.
    pub proposed_by: AccountId,
    /// When.
    pub proposed_at: Timestamp,
    /// Who confirmed or withdrew it.
    pub closed_by: Option<AccountId>,
    /// When; none while it waits.
    pub closed_at: Option<Timestamp>,
    /// What became of it.
    pub outcome: Option<ErasureOutcome>,
}

impl ActiveModelBehavior for ActiveModel {}
