//! Use cases of grants.

mod confirm;
mod end;
mod extend;
mod grant;
mod renew;

pub use confirm::{RoleGrantConfirm, RoleGrantConfirmError, confirm};
pub use end::{RoleGrantEnd, RoleGrantEndError, end, end_on, end_with_post};
pub use extend::{RoleGrantExtend, RoleGrantExtendError, extend};
pub use grant::{RoleGrant, RoleGrantError, grant, prepare, put};
pub use renew::{MOST, Renewed, RoleGrantRenew, RoleGrantRenewError, renew};

use entity::{AccountId, Date, GrantId, GrantScope, OrganizationId, PersonId, RoleId, role_grant};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::{policy, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Permission},
    db::Tx,
    features::notification::service as notifications,
};

/// Longest reason in characters.
pub const REASON: usize = 200;

/// The code of the template that administers the whole tree.
const ADMINISTRATOR: &str = "administrator";

/// Makes `account` administrator of the subtree of `root`, by nobody: the command line does so. False where the role
/// template is missing.
pub async fn make_administrator(tx: &Tx, account: AccountId, root: OrganizationId) -> Result<bool, DbErr> {
    let Some(role) = repo::get_by_code(tx.conn(), ADMINISTRATOR).await? else { return Ok(false) };
    let row = role_grant::Model {
        id: tx.new_id(),
        account_id: account,
        role_id: role.id,
        scope: GrantScope::Subtree,
        organization_id: Some(root),
        from: tx.today(),
        until: None,
        reason: "jianghai admin create".to_owned(),
        granted_by: None,
        created_at: tx.now(),
        ended_at: None,
        confirmed_at: Some(tx.now()),
        confirmed_by: None,
        post_id: None,
        extends_id: None,
    };
    repo::insert(tx, row).await.map(|_| true)
}

/// Organizations of `organizations` with the active accounts that hold `permission` on that very one today.
pub async fn acting_on(
    tx: &Tx,
    permission: Permission,
    organizations: &[OrganizationId],
) -> Result<Vec<(OrganizationId, AccountId)>, DbErr> {
    repo::acting_on(tx, permission, organizations).await
}

/// Grants after `last` in force that nobody has extended and whose first day after lies between tomorrow and `by`; at most
/// `most`, by key.
pub async fn ending(tx: &Tx, by: Date, last: Option<GrantId>, most: u64) -> Result<Vec<role_grant::Model>, DbErr> {
    repo::ending(tx, repo::Which::After { last, most }, by).await
}

/// Grants of `role` that have not ended by `today`, those included that wait or have not begun. They bind who changes the
/// role, whether or not he may see them.
pub async fn running_of(
    conn: &impl ConnectionTrait,
    role: RoleId,
    today: Date,
) -> Result<Vec<role_grant::Model>, DbErr> {
    repo::running_of(conn, role, today).await
}

/// What history shows of a grant.
fn snapshot(row: &role_grant::Model) -> Snapshot {
    let mut shown = Snapshot::from([
        ("account", json!(row.account_id)),
        ("role", json!(row.role_id)),
        ("scope", json!(row.scope)),
        ("organization", json!(row.organization_id)),
        ("from", json!(row.from)),
        ("until", json!(row.until)),
        ("reason", json!(row.reason)),
        ("confirmed", json!(row.confirmed_at.is_some())),
    ]);
    if row.post_id.is_some() {
        shown.insert("bound", json!(true));
    }
    shown
}

/// Leaves the audit row of what became of a grant.
async fn record(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    before: Snapshot,
    row: &role_grant::Model,
    reason: Option<String>,
) -> Result<(), DbErr> {
    let person = actor.authority().accounts.get(&row.account_id).and_then(|account| account.person);
    audit::record(tx, Some(actor.account()), Change { reason, ..change(person, action, before, row) }).await
}

/// What history says of a grant to `person`, without a reason.
fn change(person: Option<PersonId>, action: &'static str, before: Snapshot, row: &role_grant::Model) -> Change {
    Change {
        action,
        object_type: "Grant",
        object_id: row.id.0,
        organization: row.organization_id,
        person,
        before,
        after: snapshot(row),
        reason: None,
    }
}

/// Tells the holder of a new grant, or those who may confirm it.
async fn announce(tx: &Tx, actor: &Actor, row: &role_grant::Model) -> Result<(), DbErr> {
    if row.confirmed_at.is_some() {
        return notifications::grant_begins(tx, row).await;
    }
    let seconds: Vec<AccountId> =
        actor.others().filter(|other| policy::is_confirmable(other, row)).map(|other| other.account()).collect();
    notifications::grant_waits(tx, row, &seconds).await
}

/// What is wrong with a reason.
enum BadReason {
    Empty,
    TooLong,
}

/// A reason as it is kept.
fn reason(text: &str) -> Result<String, BadReason> {
    let text = text.trim();
    match () {
        () if text.is_empty() => Err(BadReason::Empty),
        () if text.chars().count() > REASON => Err(BadReason::TooLong),
        () => Ok(text.to_owned()),
    }
}
