//! Who may do what to a membership. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// The permissions that a membership can be asked about, beside reading.
const PERMISSIONS: &[Permission] = &[Permission::MemberUpdate, Permission::MemberTransfer];

/// What `actor` may do with a membership that he reads and whose home organization is `home`.
pub fn viewer_can(actor: &Actor, home: OrganizationId) -> Vec<Permission> {
    std::iter::once(Permission::PersonRead).chain(actor.viewer_can(PERMISSIONS, home)).collect()
}

/// A new applicant at `organization`.
pub fn can_create(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::MemberCreate, organization)
}

/// Other dates or contact persons.
pub fn can_update(actor: &Actor, home: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::MemberUpdate, home)
}

/// Another home organization: the right is needed at both ends.
pub fn can_transfer(actor: &Actor, home: OrganizationId, to: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::MemberTransfer, home)?;
    actor.require(Permission::MemberTransfer, to)
}
