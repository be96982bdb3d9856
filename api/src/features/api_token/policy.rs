//! Who issues and revokes which tokens. Pure: no database, no waiting.
use entity::{AccountId, AccountKind, Date};

use crate::{
    authz::{Actor, Denied, GrantInfo, Permission, Permissions},
    features::{
        account::policy::{ahead, reaches},
        grant::policy::passes_on,
    },
};

/// Rights that no token carries: what hands rights on is done by a person who signs in.
pub const NEVER: &[Permission] = &[Permission::GrantCreate, Permission::TokenIssue, Permission::AccountReset];

/// Issue and revoke tokens of `account`: everything that it may do lies in the scope of the right.
pub fn can_issue(actor: &Actor, account: AccountId) -> Result<(), Denied> {
    if reaches(actor, Permission::TokenIssue, account) { Ok(()) } else { Err(Denied(Permission::TokenIssue)) }
}

/// See the tokens of `account`: the account itself, and whoever sees accounts wherever it may do anything.
pub fn can_read(actor: &Actor, account: AccountId) -> bool {
    actor.account() == account || reaches(actor, Permission::AccountRead, account)
}

/// Whether `account` can have tokens.
pub fn is_service(actor: &Actor, account: AccountId) -> bool {
    actor.authority().accounts.get(&account).is_some_and(|account| account.kind == AccountKind::Service)
}

/// Permissions of tokens that `actor` may issue for `account`.
pub fn issuable(actor: &Actor, account: AccountId) -> Permissions {
    let may = is_service(actor, account) && can_issue(actor, account).is_ok();
    if may { held(actor, account) } else { Permissions::default() }
}

/// Permissions that `account` uses by grants that have not ended.
pub fn held(actor: &Actor, account: AccountId) -> Permissions {
    ahead(actor, account)
        .filter_map(|grant| actor.authority().roles.get(&grant.role))
        .flat_map(|role| role.uses.iter())
        .filter(|permission| !NEVER.contains(permission))
        .collect()
}

/// The permissions of `wanted` that `actor` may not pass on until `until` everywhere where `account` uses them.
pub fn beyond(actor: &Actor, account: AccountId, wanted: Permissions, until: Date) -> Permissions {
    let missing = |grant: &GrantInfo| -> Vec<Permission> {
        let role = actor.authority().roles.get(&grant.role);
        let used: Permissions = role.map(|role| role.uses).unwrap_or_default();
        let place = grant.organization;
        let passed = place.map(|place| passes_on(actor, place, actor.today(), Some(until))).unwrap_or_default();
        wanted.iter().filter(|wanted| used.contains(*wanted) && !passed.contains(*wanted)).collect()
    };
    ahead(actor, account).flat_map(missing).collect()
}
