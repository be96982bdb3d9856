//! A permission of a role: to use, to pass on, or both.
use sea_orm::entity::prelude::*;

use crate::id::RoleId;

/// A permission of a role: to use, to pass on, or both.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_permission")]
pub struct Model {
    /// The role.
    #[sea_orm(primary_key, auto_increment = false)]
    pub role_id: RoleId,
    /// `resource:action` of the catalogue.
    #[sea_orm(primary_key, auto_increment = false)]
    pub permission: String,
    /// The holder may use it.
    pub uses: bool,
    /// The holder may hand it on.
    pub passes_on: bool,
}

impl ActiveModelBehavior for ActiveModel {}
