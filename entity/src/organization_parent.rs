//! Under whom an organization stood, from–until.
use sea_orm::entity::prelude::*;

use crate::id::{OrganizationId, PeriodId};

/// Under whom an organization stood, from–until.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_parent")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The organization above in that time.
    pub parent_id: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after the period; none while it runs.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
