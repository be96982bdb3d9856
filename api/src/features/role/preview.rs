//! What a change of a role would mean for those who have it. Pure: no database, no waiting.
use std::sync::Arc;

use entity::{AccountId, OrganizationId, RoleId};

use super::policy::{Content, holders, sees};
use crate::authz::{Actor, Authority, Permission};

/// A part of what a role carries.
#[derive(async_graphql::Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum RolePart {
    /// The holder uses it.
    Use,
    /// The holder hands it on.
    PassOn,
}

/// What becomes of one permission of a role, and for whom.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Effect {
    /// The permission.
    pub permission: Permission,
    /// Whether it is used or handed on.
    pub part: RolePart,
    /// Whether the role gains it; else it loses it.
    pub gained: bool,
    /// Who then can do more, or less, somewhere, by name.
    pub accounts: Vec<AccountId>,
}

/// What becomes of each permission that differs between `old` and `new` of `role`. As far as `actor` may see grants: an
/// account that keeps a permission by another grant that he sees does not lose it.
pub fn effects(actor: &Actor, role: RoleId, old: Content, new: Content) -> Vec<Effect> {
    let seen = seen_by(actor);
    let changed = Arc::new(seen.with_role(role, new.uses, new.passes_on));
    let seen = Arc::new(seen);
    let mut both: Vec<(Actor, Actor)> = holders(actor, role)
        .filter_map(|account| Some((actor.another(&seen, account)?, actor.another(&changed, account)?)))
        .collect();
    both.sort_by(|(one, _), (other, _)| one.name().cmp(other.name()));
    let effect = |part, permission, gained| {
        let concerned = both.iter().filter(|(before, after)| {
            if gained { lacks(before, after, part, permission) } else { lacks(after, before, part, permission) }
        });
        Effect { permission, part, gained, accounts: concerned.map(|(before, _)| before.account()).collect() }
    };
    let parts = [(RolePart::Use, old.uses, new.uses), (RolePart::PassOn, old.passes_on, new.passes_on)];
    let differences = parts.into_iter().flat_map(|(part, old, new)| {
        let lost = old.without(new).iter().map(move |permission| (part, permission, false));
        lost.chain(new.without(old).iter().map(move |permission| (part, permission, true)))
    });
    differences.map(|(part, permission, gained)| effect(part, permission, gained)).collect()
}

/// The state with those grants only that `actor` may see.
fn seen_by(actor: &Actor) -> Authority {
    let mut authority = Authority::clone(actor.authority());
    for (account, grants) in &mut authority.grants {
        grants.retain(|grant| sees(actor, *account, grant));
    }
    authority
}

/// Whether `few` may not do somewhere what `many` may do there.
fn lacks(few: &Actor, many: &Actor, part: RolePart, permission: Permission) -> bool {
    let alone = [permission].into_iter().collect();
    match part {
        RolePart::Use => {
            let scope = many.scope(permission);
            scope.roots().iter().any(|root| !few.may(permission, *root))
                || scope.own().is_some_and(|person| !few.may_own(permission, person))
        }
        RolePart::PassOn => {
            let mut roots = many.grants().filter(|(_, role)| role.passes_on.contains(permission));
            roots.any(|(grant, _)| grant.organization.is_some_and(|root: OrganizationId| !few.may_pass_on(alone, root)))
        }
    }
}
