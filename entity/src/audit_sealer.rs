//! Which replica seals audit rows, and how far it came. One row.
use sea_orm::entity::prelude::*;

use crate::value::Timestamp;

/// Which replica seals audit rows, and how far it came.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit_sealer")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// The replica that holds the lease; none where it was given back.
    pub owner: Option<Uuid>,
    /// When the lease ends.
    pub until: Timestamp,
    /// Newest position of the chain; 0 where it is empty.
    pub position: i64,
    /// Hash of the newest link; none where the chain is empty.
    pub hash: Option<Vec<u8>>,
}

impl ActiveModelBehavior for ActiveModel {}
