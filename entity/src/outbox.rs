//! A fact about a change, written with the change by the database itself.
use sea_orm::entity::prelude::*;

use crate::{
    id::OrganizationId,
    value::{FactKind, Timestamp},
};

/// A fact about a change, written with the change by the database itself.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "outbox")]
pub struct Model {
    /// Key; says nothing about the order of commits.
    #[sea_orm(primary_key)]
    pub id: i64,
    /// Place among the facts, given after the commit; none while it waits for one.
    pub position: Option<i64>,
    /// What it tells.
    pub kind: FactKind,
    /// Type of the changed object, as GraphQL names it.
    pub object_type: String,
    /// The changed object.
    pub object_id: Uuid,
    /// Organization that the object belonged to.
    pub organization_id: Option<OrganizationId>,
    /// When it got its place.
    pub at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
