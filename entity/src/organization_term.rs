//! A term of a leading body.
use sea_orm::entity::prelude::*;

use crate::id::{OrganizationId, TermId};

/// A term of a leading body.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "organization_term")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: TermId,
    /// The organization.
    pub organization_id: OrganizationId,
    /// Day of the election.
    pub from: Date,
    /// Day the term ends and reelection is due.
    pub until: Date,
    /// Day the next term began; none while it runs.
    pub ended_on: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
