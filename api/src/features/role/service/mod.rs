//! Use cases of grants.

mod confirm;
mod end;
mod grant;

pub use confirm::{RoleGrantConfirm, RoleGrantConfirmError, confirm};
pub use end::{RoleGrantEnd, RoleGrantEndError, end};
pub use grant::{RoleGrant, RoleGrantError, grant};

use entity::{AccountId, GrantScope, OrganizationId, role_grant};
use sea_orm::DbErr;
use serde_json::json;

use super::repo;
use crate::{audit::Snapshot, db::Tx};

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
