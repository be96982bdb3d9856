//! Who accompanies a member on the way (培养联系人).
use sea_orm::entity::prelude::*;

use crate::id::{MemberId, PeriodId, PersonId};

/// Who accompanies a member on the way (培养联系人).
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member_contact")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The member.
    pub member_id: MemberId,
    /// The contact person, a full member.
    pub person_id: PersonId,
    /// First day.
    pub from: Date,
    /// First day after the period; none while it runs.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
