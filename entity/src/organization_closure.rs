//! Every ancestor of every organization, itself included at depth 0.
use sea_orm::entity::prelude::*;

use crate::{id::OrganizationId, value::Timestamp};

/// Every ancestor of every organization, itself included at depth 0.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_closure")]
pub struct Model {
    /// The upper end.
    #[sea_orm(primary_key, auto_increment = false)]
    pub ancestor_id: OrganizationId,
    /// The lower end.
    #[sea_orm(primary_key, auto_increment = false)]
    pub descendant_id: OrganizationId,
    /// Steps between them.
    pub depth: i32,
    /// Since when the lower end has lain below the upper one; 0 from the beginning.
    pub since: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
