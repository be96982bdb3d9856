//! One change, as canonical JSON with its hash. Append-only.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, AuditId, OrganizationId, PersonId},
    value::Timestamp,
};

/// One change, as canonical JSON with its hash. Append-only.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "audit")]
pub struct Model {
    /// Key; ordered by time.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AuditId,
    /// When.
    pub at: Timestamp,
    /// Who; none for the command line.
    pub actor_id: Option<AccountId>,
    /// Mutation such as `memberCreate`.
    pub action: String,
    /// Type of the changed object.
    pub object_type: String,
    /// The changed object.
    pub object_id: Uuid,
    /// Organization whose history it belongs to.
    pub organization_id: Option<OrganizationId>,
    /// Person whose history it belongs to.
    pub person_id: Option<PersonId>,
    /// Request that caused it.
    pub request_id: String,
    /// Canonical JSON of the whole row.
    pub body: String,
    /// SHA-256 of `body`.
    pub hash: Vec<u8>,
}

impl ActiveModelBehavior for ActiveModel {}
