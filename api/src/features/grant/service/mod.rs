//! Use cases of grants.

mod confirm;
mod end;
mod grant;

pub use confirm::{RoleGrantConfirm, RoleGrantConfirmError, confirm};
pub use end::{RoleGrantEnd, RoleGrantEndError, end};
pub use grant::{RoleGrant, RoleGrantError, grant};

use entity::{AccountId, Date, GrantId, GrantScope, OrganizationId, RoleId, role_grant};
use sea_orm::{ConnectionTrait, DbErr};
use serde_json::json;

use super::repo;
use crate::{audit::Snapshot, authz::Permission, db::Tx};

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

/// Grants after `last` in force whose first day after lies between tomorrow and `by`; at most `most`, by key.
pub async fn ending(tx: &Tx, by: Date, last: Option<GrantId>, most: u64) -> Result<Vec<role_grant::Model>, DbErr> {
    repo::ending(tx, by, last, most).await
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
    Snapshot::from([
        ("account", json!(row.account_id)),
        ("role", json!(row.role_id)),
        ("scope", json!(row.scope)),
        ("organization", json!(row.organization_id)),
        ("from", json!(row.from)),
        ("until", json!(row.until)),
        ("reason", json!(row.reason)),
        ("confirmed", json!(row.confirmed_at.is_some())),
    ])
}
