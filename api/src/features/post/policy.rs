//! Who may assign and end posts. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// A readable person takes a post of `organization`, or leaves it.
pub fn can_assign(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::PostAssign, organization)
}
