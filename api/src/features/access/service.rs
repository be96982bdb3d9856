//! Beginning a preview.
use entity::{OrganizationId, RoleId, Timestamp};
use sea_orm::DbErr;
use serde_json::json;

use super::{policy, token};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied, Permission, Preview},
    db::Tx,
};

/// What somebody wants to look through.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PreviewBegin {
    /// The role.
    pub role: RoleId,
    /// Top of its subtree.
    pub organization: OrganizationId,
}

/// A preview that has begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Begun {
    /// What it shows.
    pub preview: Preview,
    /// What the client sends with every request.
    pub token: String,
    /// When it is over.
    pub until: Timestamp,
}

/// Why a preview did not begin.
#[derive(Debug)]
pub enum PreviewBeginError {
    /// The right is missing.
    Denied(Denied),
    /// The role is missing or hidden.
    RoleNotFound,
    /// The organization is missing or hidden.
    OrganizationNotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for PreviewBeginError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Begins a preview. It changes nothing but the trail, which says who looked through which role.
pub async fn preview_begin(tx: &Tx, actor: &Actor, command: PreviewBegin) -> Result<Begun, PreviewBeginError> {
    use PreviewBeginError as Error;
    let PreviewBegin { role, organization } = command;
    if !actor.scope(Permission::OrganizationRead).contains(organization) {
        return Err(Error::OrganizationNotFound);
    }
    policy::can_preview(actor, organization).map_err(Error::Denied)?;
    if !actor.may_somewhere(Permission::RoleRead) || !actor.authority().roles.contains_key(&role) {
        return Err(Error::RoleNotFound);
    }
    let preview = Preview { role, organization };
    let until = tx.now().plus_seconds(token::SECONDS);
    let change = Change {
        action: "previewBegin",
        object_type: "Organization",
        object_id: organization.0,
        organization: Some(organization),
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("role", json!(role)), ("until", json!(until))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(Begun { preview, token: token::make(tx.vault(), actor, preview, until), until })
}
