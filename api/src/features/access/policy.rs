//! What decides on an object, and who may ask about it. Pure: no database, no waiting.
use entity::{AccountId, OrganizationId, PersonId};

use crate::{
    authz::{Actor, Authority, Denied, GrantInfo, Permission, Place},
    features::{account, person},
};

/// Permissions that work on the whole tree or not at all.
const WHOLE_TREE: &[Permission] = &[
    Permission::RuleEdit,
    Permission::JobRead,
    Permission::JobManage,
    Permission::ProblemRead,
    Permission::ProblemAnswer,
];

/// What an object is, as far as rights have rules of their own for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Its places decide.
    Plain,
    /// A person.
    Person(PersonId),
    /// An account.
    Account(AccountId),
}

/// An object that somebody asks about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// What it is.
    pub kind: Kind,
    /// The permission that lets it be read.
    pub reads: Permission,
    /// Where it lies for that one.
    pub seen_at: Place,
    /// Where it lies for all others.
    pub answers_at: Place,
    /// Whether it is archived, so that it must be restored before it changes.
    pub archived: bool,
}

impl Target {
    /// Where it lies for `permission`.
    pub fn place(&self, authority: &Authority, permission: Permission) -> Place {
        match permission {
            _ if WHOLE_TREE.contains(&permission) => root(authority),
            _ if permission == self.reads => self.seen_at.clone(),
            _ => self.answers_at.clone(),
        }
    }
}

/// The whole tree.
pub fn root(authority: &Authority) -> Place {
    Place { organizations: authority.tree.root().map(|root| root.id).into_iter().collect(), person: None }
}

/// Whether `actor` may use `permission` on `target`, as it is enforced there.
pub fn allows(actor: &Actor, permission: Permission, target: &Target) -> bool {
    let held = || actor.may_at(permission, &target.place(actor.authority(), permission));
    match (target.kind, permission) {
        (Kind::Person(id), Permission::PersonErase) => {
            person::policy::can_erase(actor, id, &target.answers_at.organizations).is_ok()
        }
        (Kind::Account(id), Permission::AccountRead) => actor.account() == id || held(),
        (Kind::Account(id), _) if account::policy::PERMISSIONS.contains(&permission) => {
            account::policy::viewer_can(actor, id).contains(&permission)
        }
        _ => held(),
    }
}

/// Ask about the rights of others on what lies at `place`.
pub fn can_explain(actor: &Actor, place: &Place) -> Result<(), Denied> {
    let place = Place { person: None, ..place.clone() };
    if actor.may_at(Permission::AccessExplain, &place) { Ok(()) } else { Err(Denied(Permission::AccessExplain)) }
}

/// Look through a role on `organization`.
pub fn can_preview(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::AccessPreview, organization)
}

/// Somebody who may use a permission, by the grant that reaches least far.
#[derive(Clone, Debug)]
pub struct Holder {
    /// The account.
    pub account: AccountId,
    /// The grant.
    pub grant: GrantInfo,
}

/// Every account other than that of the person at `place` who may use `permission` there; those whose grants reach
/// least far first.
pub fn holders(actor: &Actor, permission: Permission, place: &Place) -> Vec<Holder> {
    let tree = actor.tree();
    let size = |grant: &GrantInfo| grant.organization.map_or(0, |root| tree.range(root).len());
    let everybody = std::iter::once(actor.clone()).chain(actor.others());
    let mut holders: Vec<Holder> = everybody
        .filter(|other| place.person.is_none() || other.person() != place.person)
        .filter_map(|other| {
            let grant = other.giving(permission, place).min_by_key(|grant| (size(grant), grant.id.0))?.clone();
            Some(Holder { account: other.account(), grant })
        })
        .collect();
    holders.sort_unstable_by_key(|holder| (size(&holder.grant), holder.account.0));
    holders
}

/// What ends with a grant.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Loss {
    /// The permission.
    pub permission: Permission,
    /// Parts of the subtree in which it stays, by other grants.
    pub kept: Vec<OrganizationId>,
}

/// What `holder` could not do any more without `grant`, which is his; nothing where it is not in force.
pub fn losses(holder: &Actor, grant: &GrantInfo) -> Vec<Loss> {
    let Some((_, role)) = holder.grants().find(|(held, _)| held.id == grant.id) else { return Vec::new() };
    let rest = holder.without(grant.id);
    let lost = |permission: &Permission| match holder.authority().root(holder.person(), grant, *permission) {
        Some(root) => !rest.may(*permission, root),
        None => holder.person().is_some_and(|person| !rest.may_own(*permission, person)),
    };
    let kept = |permission: Permission| match grant.organization {
        Some(root) => {
            let scope = rest.scope(permission);
            scope.roots().iter().copied().filter(|inner| holder.tree().contains(root, *inner)).collect()
        }
        None => Vec::new(),
    };
    role.uses.iter().filter(lost).map(|permission| Loss { permission, kept: kept(permission) }).collect()
}
