//! A fact about this database, such as the check value of its key.
use sea_orm::entity::prelude::*;

/// A fact about this database, such as the check value of its key.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "setting")]
pub struct Model {
    /// Name.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Value.
    pub value: String,
}

impl ActiveModelBehavior for ActiveModel {}
