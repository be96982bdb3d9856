//! A dated tie of a person to an organization beside the home one. Never counted in a head count.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AffiliationId, OrganizationId, PersonId},
    value::AffiliationKind,
};

/// A dated tie of a person to an organization beside the home one. Never counted in a head count.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "affiliation")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AffiliationId,
    /// The person.
    pub person_id: PersonId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Kind of tie.
    pub kind: AffiliationKind,
    /// First day.
    pub from: Date,
    /// First day after; none while it runs.
    pub until: Option<Date>,
    /// Counts changes.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
