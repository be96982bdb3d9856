//! Who may tie a person to an organization. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// A new tie of a readable person to `organization`, or the end of one.
pub fn can_change(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::PersonUpdate, organization)
}
