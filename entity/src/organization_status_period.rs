//! When an organization was active or archived.
use sea_orm::entity::prelude::*;

use crate::{
    id::{OrganizationId, PeriodId},
    value::OrganizationStatus,
};

/// When an organization was active or archived.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_status_period")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Status in that time.
    pub status: OrganizationStatus,
    /// First day.
    pub from: Date,
    /// First day after the period; none while it runs.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
