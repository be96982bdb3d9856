//! Which stage a member was in, from–until.
use sea_orm::entity::prelude::*;

use crate::{
    id::{MemberId, PeriodId},
    value::MemberStage,
};

/// Which stage a member was in, from–until.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_stage")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The member.
    pub member_id: MemberId,
    /// Stage in that time.
    pub stage: MemberStage,
    /// First day.
    pub from: Date,
    /// First day after the period; none while it runs.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
