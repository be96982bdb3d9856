//! Who holds which post of a leading body.
use sea_orm::entity::prelude::*;

use crate::{
    id::{OrganizationId, PersonId, PostId},
    value::PostTitle,
};

/// Who holds which post of a leading body.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_post")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PostId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// The holder.
    pub person_id: PersonId,
    /// The post.
    pub title: PostTitle,
    /// Whether it is the holder's full-time work.
    pub full_time: bool,
    /// First day.
    pub from: Date,
    /// First day after; none while it runs.
    pub until: Option<Date>,
    /// Counts changes.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
