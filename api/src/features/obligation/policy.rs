//! Who may ask for obligations to be worked out again. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// The obligations of the subtree of `organization` are worked out again.
pub fn can_recompute(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::ObligationRecompute, organization)
}
