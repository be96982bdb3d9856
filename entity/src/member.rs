//! A person's membership: stage, home organization and dates.
use sea_orm::entity::prelude::*;

use crate::{
    id::{MemberId, OrganizationId, PersonId},
    value::{MemberStage, Timestamp},
};

/// A person's membership: stage, home organization and dates.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "member")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: MemberId,
    /// The person; one membership each.
    pub person_id: PersonId,
    /// Current stage.
    pub stage: MemberStage,
    /// The organization that counts this person.
    pub home_organization_id: OrganizationId,
    /// Day of the application.
    pub applied_on: Option<Date>,
    /// Day of admission as probationary member.
    pub admitted_on: Option<Date>,
    /// Day of full membership.
    pub full_on: Option<Date>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Counts changes; see `CONFLICT`.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
