//! Who may take a second factor away, and demand one. Pure: no database, no waiting.
use entity::{AccountId, RoleId};

use crate::{
    authz::{Actor, Denied, Permission},
    features::account::policy::somebody_administers,
};

/// Say which roles demand a second factor: whoever resets accounts of the whole tree.
pub fn can_demand(actor: &Actor) -> Result<(), Denied> {
    let right = Permission::AccountReset;
    if actor.may_everywhere(right) { Ok(()) } else { Err(Denied(right)) }
}

/// Whether somebody would administer the whole tree if `account` had no second factor.
pub fn stays_administered_without(actor: &Actor, account: AccountId) -> bool {
    somebody_administers(actor, |id, has, role| !role.requires_second_factor || (has.second_factor && id != account))
}

/// Whether somebody would administer the whole tree if the role `demanding` demanded a second factor.
pub fn stays_administered_with(actor: &Actor, demanding: RoleId) -> bool {
    let roles = &actor.authority().roles;
    let demanding = roles.get(&demanding);
    somebody_administers(actor, |_, has, role| {
        let asked = role.requires_second_factor || demanding.is_some_and(|demanding| std::ptr::eq(demanding, role));
        !asked || has.second_factor
    })
}
