//! The chain over audit rows. Append-only.
use sea_orm::entity::prelude::*;

use crate::{id::AuditId, value::Timestamp};

/// One link of the chain over audit rows. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_seal")]
pub struct Model {
    /// Place in the chain, from 1 without gaps.
    #[sea_orm(primary_key, auto_increment = false)]
    pub position: i64,
    /// The audit row; sealed once.
    pub audit_id: AuditId,
    /// Hash of the audit row when it was sealed.
    pub row_hash: Vec<u8>,
    /// Hash over this link and the hash of the one before.
    pub hash: Vec<u8>,
    /// When it was sealed.
    pub at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
