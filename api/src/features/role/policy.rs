//! Who designs roles, and how far. Pure: no database, no waiting.
use entity::{AccountId, Date, OrganizationId, RoleId, role_grant};

use crate::{
    authz::{Actor, Authority, Denied, GrantInfo, Permission, Permissions, RoleInfo},
    features::grant::policy::{administrators, passes_on},
};

/// What a role lets its holders do.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Content {
    /// Permissions to use.
    pub uses: Permissions,
    /// Permissions to hand on.
    pub passes_on: Permissions,
}

impl Content {
    /// What this content has, to use or to pass on, and `old` has not in the same way.
    pub fn beyond(self, old: Self) -> Permissions {
        self.uses.without(old.uses).union(self.passes_on.without(old.passes_on))
    }

    /// Whether it lets nobody do anything.
    pub fn is_empty(self) -> bool {
        self.uses.union(self.passes_on).is_empty()
    }
}

impl From<&RoleInfo> for Content {
    fn from(role: &RoleInfo) -> Self {
        Self { uses: role.uses, passes_on: role.passes_on }
    }
}

/// Create, change, archive or restore a role: roles are offered in the whole city, so the right is needed there.
pub fn can_edit(actor: &Actor) -> Result<(), Denied> {
    if actor.may_everywhere(Permission::RoleEdit) { Ok(()) } else { Err(Denied(Permission::RoleEdit)) }
}

/// Why permissions cannot be added to a role.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CannotAdd {
    /// These may not be passed on by the editor on the whole tree.
    BeyondPassOn(Permissions),
    /// The editor has the role himself.
    OwnRole,
    /// Somebody has the role for longer than the editor may pass these on.
    BeyondPeriod(Permissions),
    /// Others have the role, and for these a second holder would be needed.
    Sensitive(Permissions),
}

/// Add `added` to a role that `grants` carry, those included that wait or have not begun: a change of the role is a change
/// of each of them, so it lies within what the editor could give in each, without a second holder.
pub fn can_add(actor: &Actor, added: Permissions, grants: &[role_grant::Model]) -> Result<(), CannotAdd> {
    if added.is_empty() {
        return Ok(());
    }
    let today = actor.today();
    let lacks = |from: Date, until: Option<Date>, organization: Option<OrganizationId>| {
        let place = organization.or_else(|| actor.tree().root().map(|root| root.id));
        added.without(place.map(|place| passes_on(actor, place, from, until)).unwrap_or_default())
    };
    let beyond = lacks(today, Some(today), None);
    if !beyond.is_empty() {
        return Err(CannotAdd::BeyondPassOn(beyond));
    }
    if grants.iter().any(|grant| grant.account_id == actor.account()) {
        return Err(CannotAdd::OwnRole);
    }
    let beyond = grants.iter().fold(Permissions::default(), |all, grant| {
        all.union(lacks(grant.from.max(today), grant.until, grant.organization_id))
    });
    if !beyond.is_empty() {
        return Err(CannotAdd::BeyondPeriod(beyond));
    }
    let sensitive: Permissions = added.iter().filter(|permission| permission.sensitive()).collect();
    if !sensitive.is_empty() && grants.iter().any(|grant| grant.organization_id.is_some()) {
        return Err(CannotAdd::Sensitive(sensitive));
    }
    Ok(())
}

/// Whether the tree would be without administrator, today or once some grant has run out, if `role` had `content`.
pub fn is_last_administrator(authority: &Authority, today: Date, role: RoleId, content: Content) -> bool {
    let changed = authority.with_role(role, content.uses, content.passes_on);
    let root = authority.tree.root().map(|root| root.id);
    let everywhere = authority.grants.values().flatten().filter(|grant| grant.organization == root);
    let mut days: Vec<Date> = everywhere.filter_map(|grant| grant.until).filter(|until| today < *until).collect();
    days.push(today);
    days.sort_unstable();
    days.dedup();
    let without = |authority: &Authority, day| {
        administrators(authority, day, |_, account, _, role| role.works(account.second_factor)).is_empty()
    };
    days.into_iter().any(|day| !without(authority, day) && without(&changed, day))
}

/// Whether `actor` may see `grant` of `account`: his own, those on organizations where he may see grants, and with that
/// right on the whole tree all of them.
pub fn sees(actor: &Actor, account: AccountId, grant: &GrantInfo) -> bool {
    account == actor.account()
        || actor.may_everywhere(Permission::GrantRead)
        || grant.organization.is_some_and(|organization| actor.may(Permission::GrantRead, organization))
}

/// Accounts that have `role` today, as far as `actor` may see their grants.
pub fn holders(actor: &Actor, role: RoleId) -> impl Iterator<Item = AccountId> {
    let today = actor.today();
    let carries =
        move |account, grant: &GrantInfo| grant.role == role && grant.holds(today) && sees(actor, account, grant);
    let grants = &actor.authority().grants;
    grants.iter().filter(move |(id, grants)| grants.iter().any(|grant| carries(**id, grant))).map(|(id, _)| *id)
}
