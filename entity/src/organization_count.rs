//! Direct head count of an organization by stage, kept in the member's transaction.
use sea_orm::entity::prelude::*;

use crate::{id::OrganizationId, value::MemberStage};

/// Direct head count of an organization by stage, kept in the member's transaction.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_count")]
pub struct Model {
    /// The home organization.
    #[sea_orm(primary_key, auto_increment = false)]
    pub organization_id: OrganizationId,
    /// The stage.
    #[sea_orm(primary_key, auto_increment = false)]
    pub stage: MemberStage,
    /// Number of members.
    pub n: i64,
}

impl ActiveModelBehavior for ActiveModel {}
