//! Somebody looked at a sensitive field of a person.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, PersonId},
    value::{SensitiveField, Timestamp, UnmaskReason},
};

/// Somebody looked at a sensitive field of a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "unmask_event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// Who looked.
    pub account_id: AccountId,
    /// At whom.
    pub person_id: PersonId,
    /// At what.
    pub field: SensitiveField,
    /// Why.
    pub reason: UnmaskReason,
    /// When.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
