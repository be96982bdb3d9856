//! How far a reader that must neither lose nor repeat a fact has come.
use sea_orm::entity::prelude::*;

/// How far a reader that must neither lose nor repeat a fact has come.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox_cursor")]
pub struct Model {
    /// Name of the reader.
    #[sea_orm(primary_key, auto_increment = false)]
    pub reader: String,
    /// Position of the last fact that it has read.
    pub position: i64,
}

impl ActiveModelBehavior for ActiveModel {}
