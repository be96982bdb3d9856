//! GraphQL types of the audit trail.
mod changes;
mod input;

use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::{OrganizationId, audit, audit_seal};
use uuid::Uuid;

pub use changes::AuditChange;
pub use input::AuditFilter;

use super::{loader, policy, repo};
use crate::{
    authz::{Actor, Permission},
    connection,
    features::{
        grant,
        organization::{self, Organization},
        person,
    },
    graphql::{Result, ids, request, scalar::DateTime},
};

/// One change, as it was recorded.
#[derive(Clone)]
pub struct AuditEntry(pub Arc<audit::Model>);

impl From<audit::Model> for AuditEntry {
    fn from(row: audit::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// One change, as it was recorded.
#[Object]
impl AuditEntry {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Account name of the one who acted; null for the command line.
    async fn actor(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(self.0.actor_id.and_then(|id| accounts.get(&id)).map(|account| account.name.clone()))
    }

    /// Mutation such as `memberCreate`.
    async fn action(&self) -> &str {
        &self.0.action
    }

    /// Type of the changed object.
    async fn object_type(&self) -> &str {
        &self.0.object_type
    }

    /// Name of the changed organization, person, account or role; null where it is hidden now, or has no name.
    async fn object_label(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let actor = request(ctx).actor()?;
        let account = |id: Uuid| actor.authority().accounts.get(&id.into()).map(|account| account.name.clone());
        match (self.0.object_type.as_str(), self.0.organization_id) {
            ("Organization", Some(id)) => return Ok(organization_name(actor, id)),
            ("Account", _) if actor.may_everywhere(Permission::AccountRead) => return Ok(account(self.0.object_id)),
            ("Role", _) => return changes::role_name(ctx, self.0.object_id).await,
            ("Grant", _) => {
                if let Some(holder) = grant::holder(ctx, self.0.object_id.into()).await? {
                    return Ok(account(holder.0));
                }
            }
            _ => {}
        }
        match self.0.person_id {
            Some(id) => Ok(person::person(ctx, id).await?.map(|person| person.0.name.clone())),
            None => Ok(None),
        }
    }

    /// Global id of the changed object.
    async fn object_id(&self) -> ID {
        ids::encode_tagged(input::tag(&self.0.object_type), self.0.object_id)
    }

    /// The organization that the object belonged to at the time; null where it is none or hidden.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.organization_id {
            Some(id) => organization::organization(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The reason that was given.
    async fn reason(&self) -> Option<String> {
        changes::reason(&self.0.body)
    }

    /// What differs; nothing of a person whom the viewer may not read there.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<AuditChange>> {
        if policy::can_read_changes(request(ctx).actor()?, &self.0).is_err() {
            return Ok(Vec::new());
        }
        changes::read(ctx, &self.0.body).await
    }

    /// The request that caused it; support finds it in the logs.
    async fn request_id(&self) -> &str {
        &self.0.request_id
    }

    /// Whether it is chained to all changes before it, which happens within seconds. From then on it can be neither
    /// altered nor taken away unnoticed.
    async fn sealed(&self, ctx: &Context<'_>) -> Result<bool> {
        loader::is_sealed(ctx, self.0.id).await
    }
}

connection!(AuditEntryConnection, AuditEntryEdge, AuditEntry, audit::Entity, audit::Model);

/// How the chain over all changes ends now. Kept outside the system, it tells later whether the changes up to there are
/// still the same: `jianghai audit verify`.
pub struct AuditRoot(pub audit_seal::Model);

/// How the chain over all changes ends now. Kept outside the system, it tells later whether the changes up to there are
/// still the same: `jianghai audit verify`.
#[Object]
impl AuditRoot {
    /// Number of the newest sealed change.
    async fn position(&self) -> i32 {
        i32::try_from(self.0.position).unwrap_or(i32::MAX)
    }

    /// How many changes are sealed up to there, counted.
    async fn count(&self, ctx: &Context<'_>) -> Result<i32> {
        let count = repo::count_links(request(ctx).app.db.read(), self.0.position).await?;
        Ok(i32::try_from(count).unwrap_or(i32::MAX))
    }

    /// SHA-256 over that change and all before it, in hexadecimal digits.
    async fn hash(&self) -> String {
        hex::encode(&self.0.hash)
    }

    /// When that change was sealed.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }
}

fn organization_name(actor: &Actor, id: OrganizationId) -> Option<String> {
    let visible = actor.may(Permission::OrganizationRead, id);
    visible.then(|| actor.tree().get(id).map(|node| node.name.clone())).flatten()
}
