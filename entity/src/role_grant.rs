//! A role given to an account for a scope and a period.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, GrantId, OrganizationId, PostId, RoleId},
    value::{GrantScope, Timestamp},
};

/// A role given to an account for a scope and a period.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role_grant")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: GrantId,
    /// Who holds it.
    pub account_id: AccountId,
    /// The role.
    pub role_id: RoleId,
    /// What it reaches.
    pub scope: GrantScope,
    /// Root of the subtree; none for `SELF`.
    pub organization_id: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after; none while open.
    pub until: Option<Date>,
    /// Why it was given.
    pub reason: String,
    /// Who gave it; none for the command line.
    pub granted_by: Option<AccountId>,
    /// Time of the grant.
    pub created_at: Timestamp,
    /// Time it was ended early.
    pub ended_at: Option<Timestamp>,
    /// Time from which it is in force; none while a second holder has not confirmed it.
    pub confirmed_at: Option<Timestamp>,
    /// The second holder; none where none was needed.
    pub confirmed_by: Option<AccountId>,
    /// The post with which it ends; none where it is bound to none.
    pub post_id: Option<PostId>,
    /// The grant that it extends, whose last day comes before its first.
    pub extends_id: Option<GrantId>,
}

impl ActiveModelBehavior for ActiveModel {}
