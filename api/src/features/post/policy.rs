//! Who may assign and end posts. Pure: no database, no waiting.
use entity::{OrganizationId, PersonId};

use crate::{
    authz::{Actor, Denied, Permission},
    features::person,
};

/// A readable person takes a post of `organization`: the right is needed at both ends, since whoever reads people there
/// then sees the person. `anchors` answer for the person; where there are none, nobody is asked.
pub fn can_assign(
    actor: &Actor,
    person: PersonId,
    anchors: &[OrganizationId],
    organization: OrganizationId,
) -> Result<(), Denied> {
    actor.require(Permission::PostAssign, organization)?;
    person::policy::can_bring(actor, Permission::PostAssign, person, anchors)
}

/// The holder of a post of `organization` leaves it.
pub fn can_end(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::PostAssign, organization)
}
