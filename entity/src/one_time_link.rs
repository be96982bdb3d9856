//! A link with which a person sets a first or new password, once.
use sea_orm::entity::prelude::*;

use crate::{id::AccountId, value::Timestamp};

/// A link with which a person sets a first or new password, once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "one_time_link")]
pub struct Model {
    /// SHA-256 of the code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: Vec<u8>,
    /// Whose password it sets.
    pub account_id: AccountId,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Who made it.
    pub created_by: AccountId,
    /// It does not work from then on.
    pub expires_at: Timestamp,
    /// When it was used.
    pub used_at: Option<Timestamp>,
    /// When another one or another password ended it.
    pub ended_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
