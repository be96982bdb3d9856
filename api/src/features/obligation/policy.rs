//! Who may put obligations off, and ask for them to be worked out again. Pure: no database, no waiting.
use entity::OrganizationId;

use crate::authz::{Actor, Denied, Permission};

/// The obligations of the subtree of `organization` are worked out again.
pub fn can_recompute(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::ObligationRecompute, organization)
}

/// What a viewer may do with an obligation.
pub const CANDIDATES: &[Permission] = &[Permission::ObligationSnooze];

/// A duty of `organization` is put off, or taken up again.
pub fn can_snooze(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::ObligationSnooze, organization)
}
