//! Who may tie a person to an organization. Pure: no database, no waiting.
use entity::{OrganizationId, PersonId};

use crate::{
    authz::{Actor, Denied, Permission},
    features::person,
};

/// A new tie of a readable person to `organization`: the right is needed at both ends, since whoever reads people there
/// then sees the person. `anchors` answer for the person; where there are none, nobody is asked.
pub fn can_create(
    actor: &Actor,
    person: PersonId,
    anchors: &[OrganizationId],
    organization: OrganizationId,
) -> Result<(), Denied> {
    actor.require(Permission::PersonUpdate, organization)?;
    person::policy::can_bring(actor, Permission::PersonUpdate, person, anchors)
}

/// The end of a tie to `organization`.
pub fn can_change(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::PersonUpdate, organization)
}
