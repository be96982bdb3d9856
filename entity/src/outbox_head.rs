//! How far positions of facts have been given. One row; its lock puts those who give them one after another.
use sea_orm::entity::prelude::*;

/// How far positions of facts have been given.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_head")]
pub struct Model {
    /// Always 1.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: i32,
    /// Newest position; 0 where there is none.
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
