//! Audit rows that wait to be sealed. A trigger writes them with the audit row, the sealer takes them away.
use sea_orm::entity::prelude::*;

use crate::id::AuditId;

/// An audit row that waits to be sealed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_pending")]
pub struct Model {
    /// The audit row.
    #[sea_orm(primary_key, auto_increment = false)]
    pub audit_id: AuditId,
}

impl ActiveModelBehavior for ActiveModel {}
