//! Which organization counted a member, from–until.
use sea_orm::entity::prelude::*;

use crate::id::{MemberId, OrganizationId, PeriodId};

/// Which organization counted a member, from–until.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_home")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The member.
    pub member_id: MemberId,
    /// Home organization in that time.
    pub organization_id: OrganizationId,
    /// First day.
    pub from: Date,
    /// First day after the period; none while it runs.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
