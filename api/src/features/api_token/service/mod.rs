//! Use cases of API tokens.

mod issue;
mod revoke;
mod touch;

pub use issue::{ApiTokenIssue, ApiTokenIssueError, Issued, NAME, issue};
pub use revoke::{ApiTokenRevokeError, revoke};
pub use touch::{Touched, touch};

use entity::api_token;
use serde_json::json;

use crate::{
    audit::Snapshot,
    authz::{Permission, Permissions},
};

/// The permissions that a token is confined to.
pub fn permissions(row: &api_token::Model) -> Permissions {
    row.permissions.split(' ').filter_map(Permission::from_code).collect()
}

/// What history shows of a token.
fn snapshot(row: &api_token::Model) -> Snapshot {
    Snapshot::from([
        ("account", json!(row.account_id)),
        ("name", json!(row.name)),
        ("permissions", json!(row.permissions)),
        ("expiresAt", json!(row.expires_at.to_utc())),
        ("revoked", json!(row.revoked_at.is_some())),
    ])
}
