//! Who may give and end which role where. Pure: no database, no waiting.
use std::collections::HashSet;

use entity::{AccountId, AccountStatus, Date, GrantId, OrganizationId, role_grant};

use crate::authz::{Actor, Authority, Denied, GrantInfo, Permission, Permissions, RoleInfo};

/// Where and when a role is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Root of the subtree; none for `SELF`.
    pub organization: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after; none while open.
    pub until: Option<Date>,
}

/// Everything that a holder of `role` has in hand: to use and to pass on.
pub fn carried(role: &RoleInfo) -> Permissions {
    role.uses.iter().chain(role.passes_on.iter()).collect()
}

/// Give `role`: the right is needed there, and all that the role carries lies within what the giver may pass on there,
/// for the whole period.
pub fn can_grant(actor: &Actor, role: &RoleInfo, reach: Reach) -> Result<(), Denied> {
    let places: Vec<OrganizationId> = match reach.organization {
        Some(organization) => vec![organization],
        // Rights on oneself reach no organization; they are given by whoever may give them anywhere.
        None => actor.scope(Permission::GrantCreate).roots().to_vec(),
    };
    let passes = |place: &OrganizationId| {
        actor.may(Permission::GrantCreate, *place) && passes_on(actor, *place, reach).covers(carried(role))
    };
    if places.iter().any(passes) { Ok(()) } else { Err(Denied(Permission::GrantCreate)) }
}

/// What `actor` may pass on in the subtree of `place` for the whole period of `reach`.
pub fn passes_on(actor: &Actor, place: OrganizationId, reach: Reach) -> Permissions {
    let covering = actor.grants().filter(|(grant, _)| covers(actor, grant, place, reach));
    covering.flat_map(|(_, role)| role.passes_on.iter()).collect()
}

fn covers(actor: &Actor, grant: &GrantInfo, place: OrganizationId, reach: Reach) -> bool {
    let until = match (grant.until, reach.until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(wanted)) => wanted <= own,
    };
    until && grant.from <= reach.from && grant.organization.is_some_and(|root| actor.tree().contains(root, place))
}

/// Whether a second holder confirms a grant: it reaches others, and the role carries a sensitive permission.
pub fn needs_second(role: &RoleInfo, reach: Reach) -> bool {
    reach.organization.is_some() && carried(role).iter().any(Permission::sensitive)
}

/// Why somebody cannot be the second holder.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ConfirmDenied {
    /// He gave it himself.
    Giver,
    /// It is for himself.
    Oneself,
    /// He could not give it.
    Right(Denied),
}

/// Confirm `grant` of `role`: whoever could give it from today on, but neither gave nor gets it.
pub fn can_confirm(actor: &Actor, role: &RoleInfo, grant: &role_grant::Model) -> Result<(), ConfirmDenied> {
    let from = grant.from.max(actor.today());
    can_grant(actor, role, Reach { organization: grant.organization_id, from, until: grant.until })
        .map_err(ConfirmDenied::Right)?;
    match () {
        () if grant.account_id == actor.account() => Err(ConfirmDenied::Oneself),
        () if grant.granted_by == Some(actor.account()) => Err(ConfirmDenied::Giver),
        () => Ok(()),
    }
}

/// Whether `grant` waits for a second holder and `actor` can be that one now.
pub fn is_confirmable(actor: &Actor, grant: &role_grant::Model) -> bool {
    let waits = grant.confirmed_at.is_none() && grant.ended_at.is_none();
    let role = actor.authority().roles.get(&grant.role_id);
    waits
        && grant.until.is_none_or(|until| actor.today() < until)
        && role.is_some_and(|role| can_confirm(actor, role, grant).is_ok())
}

/// End a grant of `role` that reaches `reach`: what one could give from today on, one may end.
pub fn can_end(actor: &Actor, role: &RoleInfo, organization: Option<OrganizationId>) -> Result<(), Denied> {
    can_grant(actor, role, Reach { organization, from: actor.today(), until: Some(actor.today()) })
}

/// Active accounts that give and end roles on the whole tree on `day`, and let others do so, as if the grant `without` had
/// ended.
pub fn administrators(authority: &Authority, day: Date, without: Option<GrantId>) -> HashSet<AccountId> {
    let Some(root) = authority.tree.root().map(|root| root.id) else { return HashSet::new() };
    let gives = |grant: &GrantInfo| {
        let role = authority.roles.get(&grant.role);
        grant.organization == Some(root)
            && grant.holds(day)
            && Some(grant.id) != without
            && role.is_some_and(|role| {
                role.uses.contains(Permission::GrantCreate) && role.passes_on.contains(Permission::GrantCreate)
            })
    };
    authority
        .accounts
        .iter()
        .filter(|(_, account)| account.status == AccountStatus::Active)
        .filter(|(id, _)| authority.grants.get(id).is_some_and(|grants| grants.iter().any(gives)))
        .map(|(id, _)| *id)
        .collect()
}

/// Whether the tree would be without administrator on `day` if the grant `without` had ended.
pub fn is_last_administrator(authority: &Authority, day: Date, without: GrantId) -> bool {
    !administrators(authority, day, None).is_empty() && administrators(authority, day, Some(without)).is_empty()
}
