//! Who may do what to an organization. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// The permissions that an organization can be asked about.
pub const PERMISSIONS: &[Permission] = &[
    Permission::OrganizationRead,
    Permission::OrganizationCreate,
    Permission::OrganizationUpdate,
    Permission::OrganizationMove,
    Permission::OrganizationMerge,
    Permission::OrganizationArchive,
    Permission::PostAssign,
    Permission::AttachmentAdd,
    Permission::TermRecord,
    Permission::PersonRead,
    Permission::PersonCreate,
    Permission::MemberCreate,
    Permission::ObligationRead,
    Permission::ObligationRecompute,
    Permission::AuditRead,
    Permission::GrantCreate,
];

/// A new organization below `parent`.
pub fn can_create(actor: &Actor, parent: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::OrganizationCreate, parent)
}

/// Other values in the organization's own fields.
pub fn can_update(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::OrganizationUpdate, organization)
}

/// Another organization above: the right is needed at both ends.
pub fn can_move(actor: &Actor, organization: OrganizationId, to: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::OrganizationMove, organization)?;
    actor.require(Permission::OrganizationMove, to)
}

/// `source` becomes part of `into`: the right is needed at both.
pub fn can_merge(actor: &Actor, source: OrganizationId, into: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::OrganizationMerge, source)?;
    actor.require(Permission::OrganizationMerge, into)
}

/// Archive or restore.
pub fn can_archive(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::OrganizationArchive, organization)
}

/// A reelection of the leading body.
pub fn can_record_term(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::TermRecord, organization)
}
