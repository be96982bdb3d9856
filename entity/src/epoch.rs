//! Counts changes of tree and grants, so that every replica knows when its memory is old.
use sea_orm::entity::prelude::*;

/// Counts changes of tree and grants, so that every replica knows when its memory is old.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "epoch")]
pub struct Model {
    /// `authority`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub name: String,
    /// The count.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
