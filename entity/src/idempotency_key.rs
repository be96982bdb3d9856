//! What a creating mutation made, so that the same key has its effect once.
use sea_orm::entity::prelude::*;

use crate::{id::AccountId, value::Timestamp};

/// What a creating mutation made, so that the same key has its effect once.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "idempotency_key")]
pub struct Model {
    /// Who sent it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub actor_id: AccountId,
    /// The key he chose.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// SHA-256 of mutation and input.
    pub request_hash: Vec<u8>,
    /// What was made.
    pub object_id: Uuid,
    /// When.
    pub created_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
