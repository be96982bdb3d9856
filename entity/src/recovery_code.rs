//! A code that stands in for the second factor once.
use sea_orm::entity::prelude::*;

use crate::{id::AccountId, value::Timestamp};

/// A code that stands in for the second factor once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "recovery_code")]
pub struct Model {
    /// SHA-256 of account and code.
    #[sea_orm(primary_key, auto_increment = false)]
    pub code_hash: Vec<u8>,
    /// Whose it is.
    pub account_id: AccountId,
    /// Time of creation.
    pub created_at: Timestamp,
    /// When it was used or ended.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
