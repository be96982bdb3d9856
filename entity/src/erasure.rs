//! Somebody's personal data were erased. Append-only.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, PersonId},
    value::Timestamp,
};

/// Somebody's personal data were erased. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "erasure")]
pub struct Model {
    /// Whose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub person_id: PersonId,
    /// When.
    pub at: Timestamp,
    /// What stands in place of the name.
    pub token: String,
    /// Who confirmed it; none where it was repeated after a restore.
    pub confirmed_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
