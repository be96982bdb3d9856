//! Who may take a second factor away, and demand one. Pure: no database, no waiting.
use entity::{AccountId, RoleId};

use crate::{
    authz::{Actor, Denied, Permission},
    features::grant::policy::administrators,
};

/// Say which roles demand a second factor: whoever resets accounts of the whole tree.
pub fn can_demand(actor: &Actor) -> Result<(), Denied> {
    let right = Permission::AccountReset;
    if actor.may_everywhere(right) { Ok(()) } else { Err(Denied(right)) }
}

/// Whether somebody would administer the whole tree if `account` had no second factor.
pub fn stays_administered_without(actor: &Actor, account: AccountId) -> bool {
    let left = administrators(actor.authority(), actor.today(), |id, has, _, role| {
        role.works(has.second_factor) && (id != account || !role.requires_second_factor)
    });
    !left.is_empty()
}

/// Whether somebody would administer the whole tree if the role `demanding` demanded a second factor.
pub fn stays_administered_with(actor: &Actor, demanding: RoleId) -> bool {
    let left = administrators(actor.authority(), actor.today(), |_, has, grant, role| {
        role.works(has.second_factor) && (grant.role != demanding || has.second_factor)
    });
    !left.is_empty()
}
