//! Who may do what to an account. Pure: no database, no waiting.
use entity::{AccountId, Date, OrganizationId, PostTitle, RoleId};

use crate::{
    authz::{Actor, Denied, GrantInfo, Permission},
    features::{
        api_token,
        grant::policy::{administrators, can_grant_at, carried, passes_on},
    },
};

/// The permissions that an account can be asked about.
pub const PERMISSIONS: &[Permission] = &[
    Permission::AccountRead,
    Permission::AccountDisable,
    Permission::AccountReset,
    Permission::TokenIssue,
    Permission::GrantCreate,
];

/// Open an account for a person (who lies in the scope of the right: `in_scope`) or, without one, for a service or an
/// outsider, which is a matter of the whole tree.
pub fn can_create(actor: &Actor, in_scope: bool) -> Result<(), Denied> {
    let right = Permission::AccountCreate;
    if actor.may_everywhere(right) || (in_scope && actor.may_somewhere(right)) { Ok(()) } else { Err(Denied(right)) }
}

/// The code of the role template that holders of a post usually get; none where it depends on the organization.
pub fn usual_role(title: PostTitle) -> Option<&'static str> {
    match title {
        PostTitle::Secretary | PostTitle::DeputySecretary => Some("secretary"),
        PostTitle::Organizer => Some("organizer"),
        PostTitle::OrganizationMember
        | PostTitle::PublicityMember
        | PostTitle::DisciplineMember
        | PostTitle::CommitteeMember
        | PostTitle::GroupLeader => None,
    }
}

/// Whether `actor` could give `role` at `place` from today until a post ends on `until`.
pub fn can_propose(actor: &Actor, role: RoleId, place: OrganizationId, until: Option<Date>) -> bool {
    let role = actor.authority().roles.get(&role).filter(|role| !role.archived);
    actor.may_somewhere(Permission::RoleRead)
        && role.is_some_and(|role| can_grant_at(actor, role, place, (actor.today(), until)))
}

/// Grants of `account` that hold today or will.
pub fn ahead(actor: &Actor, account: AccountId) -> impl Iterator<Item = &GrantInfo> {
    let grants = actor.authority().grants.get(&account).map_or(&[][..], Vec::as_slice);
    let today = actor.today();
    grants.iter().filter(move |grant| grant.until.is_none_or(|until| today < until))
}

/// Let somebody into `account` anew, by a link or without the second factor: everything that it may do lies in the scope
/// of the right, and could be given by `actor`, who might keep the link for himself.
pub fn can_reset(actor: &Actor, account: AccountId) -> Result<(), Denied> {
    let right = Permission::AccountReset;
    let gives = |grant: &GrantInfo| {
        let Some(role) = actor.authority().roles.get(&grant.role) else { return true };
        // Rights on oneself reach no organization; whoever gives them anywhere gives them.
        let places = grant.organization.map_or_else(|| actor.scope(right).roots().to_vec(), |place| vec![place]);
        places.into_iter().any(|place| passes_on(actor, place, actor.today(), grant.until).covers(carried(role)))
    };
    if reaches(actor, right, account) && ahead(actor, account).all(gives) { Ok(()) } else { Err(Denied(right)) }
}

/// Whether everything that the account may do lies where `actor` has `permission`.
pub fn reaches(actor: &Actor, permission: Permission, account: AccountId) -> bool {
    if actor.may_everywhere(permission) {
        return true;
    }
    let mut places = ahead(actor, account).filter_map(|grant| grant.organization).peekable();
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
    let mut administrators =
        administrators(actor.authority(), actor.today(), |_, account, _, role| role.works(account.second_factor));
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
            Permission::AccountReset => !oneself && can_reset(actor, account).is_ok(),
            Permission::TokenIssue => {
                api_token::policy::is_service(actor, account) && api_token::policy::can_issue(actor, account).is_ok()
            }
            permission => !oneself && actor.may_somewhere(*permission),
        })
        .collect()
}
