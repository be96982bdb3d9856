//! Who may give and end which role where. Pure: no database, no waiting.
use std::collections::HashSet;

use entity::{AccountId, AccountStatus, Date, GrantId, OrganizationId, role_grant};

use crate::authz::{AccountInfo, Actor, Authority, Denied, GrantInfo, Permission, Permissions, RoleInfo};

/// To whom, where and when a role is given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Reach {
    /// Who gets it.
    pub account: AccountId,
    /// Root of the subtree; none for `SELF`.
    pub organization: Option<OrganizationId>,
    /// First day.
    pub from: Date,
    /// First day after; none while open.
    pub until: Option<Date>,
}

impl From<&role_grant::Model> for Reach {
    fn from(row: &role_grant::Model) -> Self {
        Self { account: row.account_id, organization: row.organization_id, from: row.from, until: row.until }
    }
}

/// Everything that a holder of `role` has in hand: to use and to pass on.
pub fn carried(role: &RoleInfo) -> Permissions {
    role.uses.iter().chain(role.passes_on.iter()).collect()
}

/// Give `role`: the right is needed there, and all that the role carries lies within what the giver may pass on there,
/// for the whole period.
pub fn can_grant(actor: &Actor, role: &RoleInfo, reach: Reach) -> Result<(), Denied> {
    // Rights on oneself reach no organization: they are given where the person is at home, and where that is nowhere, by
    // whoever may give them anywhere.
    let places: Vec<OrganizationId> = match reach.organization.or_else(|| home(actor.authority(), reach.account)) {
        Some(organization) => vec![organization],
        None => actor.scope(Permission::GrantCreate).roots().to_vec(),
    };
    let passes = |place: &OrganizationId| can_grant_at(actor, role, *place, (reach.from, reach.until));
    if places.iter().any(passes) { Ok(()) } else { Err(Denied(Permission::GrantCreate)) }
}

/// Whether `actor` may give `role` on the organization `place` for the period.
pub fn can_grant_at(
    actor: &Actor,
    role: &RoleInfo,
    place: OrganizationId,
    (from, until): (Date, Option<Date>),
) -> bool {
    actor.may(Permission::GrantCreate, place) && passes_on(actor, place, from, until).covers(carried(role))
}

/// What `actor` may pass on in the subtree of `place` from the day `from` until the day `until`.
pub fn passes_on(actor: &Actor, place: OrganizationId, from: Date, until: Option<Date>) -> Permissions {
    let covering = actor.grants().filter(|(grant, _)| covers(actor, grant, place, from, until));
    covering.flat_map(|(_, role)| role.passes_on.iter()).collect()
}

/// The home organization of the person behind `account`.
fn home(authority: &Authority, account: AccountId) -> Option<OrganizationId> {
    authority.homes.get(&authority.accounts.get(&account)?.person?).copied()
}

/// The first day after `grant` and what follows it without a gap: a grant that was extended lasts to its new end.
fn lasts(actor: &Actor, grant: &GrantInfo) -> Option<Date> {
    let own = actor.authority().grants.get(&actor.account()).map_or(&[][..], Vec::as_slice);
    let mut until = grant.until?;
    let follows = |next: &GrantInfo, end: Date| {
        let same = next.role == grant.role && next.organization == grant.organization;
        same && next.from <= end && next.until.is_none_or(|until| end < until)
    };
    while let Some(next) = own.iter().find(|next| follows(next, until)) {
        until = next.until?;
    }
    Some(until)
}

fn covers(actor: &Actor, grant: &GrantInfo, place: OrganizationId, from: Date, until: Option<Date>) -> bool {
    let lasts = match (lasts(actor, grant), until) {
        (None, _) => true,
        (Some(_), None) => false,
        (Some(own), Some(wanted)) => wanted <= own,
    };
    lasts && grant.from <= from && grant.organization.is_some_and(|root| actor.tree().contains(root, place))
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
    can_grant(actor, role, Reach { from, ..Reach::from(grant) }).map_err(ConfirmDenied::Right)?;
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

/// Whether `actor` may extend `grant` by some days, as far as its own period tells.
pub fn is_extendable(actor: &Actor, grant: &role_grant::Model) -> bool {
    let runs = grant.confirmed_at.is_some() && grant.ended_at.is_none() && grant.account_id != actor.account();
    let role = actor.authority().roles.get(&grant.role_id);
    let until = grant.until.filter(|until| runs && actor.today() < *until);
    until
        .zip(role)
        .is_some_and(|(until, role)| can_grant(actor, role, Reach { from: until, ..Reach::from(grant) }).is_ok())
}

/// Whether `actor` may end `grant`, which has not ended.
pub fn is_endable(actor: &Actor, grant: &role_grant::Model) -> bool {
    let runs = grant.ended_at.is_none() && grant.until.is_none_or(|until| actor.today() < until);
    let role = actor.authority().roles.get(&grant.role_id);
    runs && role.is_some_and(|role| can_end(actor, role, grant).is_ok())
}

/// End `grant` of `role`: what one could give from today on, one may end.
pub fn can_end(actor: &Actor, role: &RoleInfo, grant: &role_grant::Model) -> Result<(), Denied> {
    can_grant(actor, role, Reach { from: actor.today(), until: Some(actor.today()), ..Reach::from(grant) })
}

/// Active accounts that give and end roles on the whole tree on `day`, and let others do so, by a grant for which `counts`
/// is true. One that ends with a post does not count: whoever ends posts would end it.
pub fn administrators(
    authority: &Authority,
    day: Date,
    counts: impl Fn(AccountId, &AccountInfo, &GrantInfo, &RoleInfo) -> bool,
) -> HashSet<AccountId> {
    let Some(root) = authority.tree.root().map(|root| root.id) else { return HashSet::new() };
    let right = Permission::GrantCreate;
    let administers = |id: AccountId, account: &AccountInfo, grant: &GrantInfo| {
        let role = authority.roles.get(&grant.role);
        let role = role.filter(|role| role.uses.contains(right) && role.passes_on.contains(right));
        grant.organization == Some(root)
            && grant.holds(day)
            && !grant.bound
            && role.is_some_and(|role| counts(id, account, grant, role))
    };
    let active = authority.accounts.iter().filter(|(_, account)| account.status == AccountStatus::Active);
    active
        .filter(|(id, account)| {
            authority.grants.get(id).into_iter().flatten().any(|grant| administers(**id, account, grant))
        })
        .map(|(id, _)| *id)
        .collect()
}

/// Whether the tree would be without administrator on `day` if the grant `without` had ended.
pub fn is_last_administrator(authority: &Authority, day: Date, without: GrantId) -> bool {
    !administrators(authority, day, |_, account, _, role| role.works(account.second_factor)).is_empty()
        && administrators(authority, day, |_, account, grant, role| {
            grant.id != without && role.works(account.second_factor)
        })
        .is_empty()
}
