//! Who may do what to an account. Pure: no database, no waiting.
use entity::AccountId;

use crate::{
    authz::{Actor, Denied, Permission},
    features::grant::policy::administrators,
};

/// The permissions that an account can be asked about.
pub const PERMISSIONS: &[Permission] = &[Permission::AccountRead, Permission::AccountDisable, Permission::GrantCreate];

/// Open an account for a person (who lies in the scope of the right: `in_scope`) or, without one, for a service or an
/// outsider, which is a matter of the whole tree.
pub fn can_create(actor: &Actor, in_scope: bool) -> Result<(), Denied> {
    let right = Permission::AccountCreate;
    if actor.may_everywhere(right) || (in_scope && actor.may_somewhere(right)) { Ok(()) } else { Err(Denied(right)) }
}

/// Whether everything that the account may do lies where `actor` has `permission`.
fn reaches(actor: &Actor, permission: Permission, account: AccountId) -> bool {
    if actor.may_everywhere(permission) {
        return true;
    }
    let grants = actor.authority().grants.get(&account).map_or(&[][..], Vec::as_slice);
    let ahead = |until: Option<entity::Date>| until.is_none_or(|until| actor.today() < until);
    let mut places = grants.iter().filter(|grant| ahead(grant.until)).filter_map(|grant| grant.organization).peekable();
    places.peek().is_some() && places.all(|place| actor.may(permission, place))
}

/// Disable or enable: everything that the account may do must lie in the scope of the right.
pub fn can_disable(actor: &Actor, account: AccountId) -> Result<(), Denied> {
    if reaches(actor, Permission::AccountDisable, account) { Ok(()) } else { Err(Denied(Permission::AccountDisable)) }
}

/// End a sign-in session: one's own, or of an account that one may disable.
pub fn can_end_session(actor: &Actor, account: AccountId) -> Result<(), Denied> {
    if actor.account() == account { Ok(()) } else { can_disable(actor, account) }
}

/// Whether nobody would administer the whole tree without `account`.
pub fn is_last_administrator(actor: &Actor, account: AccountId) -> bool {
    let mut administrators = administrators(actor.authority(), actor.today(), None);
    administrators.remove(&account) && administrators.is_empty()
}

/// What `actor` may do to `account`, which he sees.
pub fn viewer_can(actor: &Actor, account: AccountId) -> Vec<Permission> {
    let oneself = actor.account() == account;
    PERMISSIONS
        .iter()
        .copied()
        .filter(|permission| match permission {
            Permission::AccountRead => true,
            Permission::AccountDisable => !oneself && can_disable(actor, account).is_ok(),
            permission => !oneself && actor.may_somewhere(*permission),
        })
        .collect()
}
