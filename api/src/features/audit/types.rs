//! GraphQL types of the audit trail.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::{OrganizationId, audit};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::repo;
use crate::{
    authz::{Actor, Permission},
    connection,
    features::{
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

/// One field of a change. Sensitive fields only say that they changed.
#[derive(SimpleObject, Clone, Debug, PartialEq, Eq)]
pub struct AuditChange {
    /// Name of the field in the contract.
    pub field: String,
    /// The value before; null where there was none.
    pub before: Option<String>,
    /// The value after; null where there is none.
    pub after: Option<String>,
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

    /// Name of the changed organization or person; null where it is hidden now, or has no name.
    async fn object_label(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        if let ("Organization", Some(id)) = (self.0.object_type.as_str(), self.0.organization_id) {
            let actor = request(ctx).actor()?;
            let visible = actor.may(Permission::OrganizationRead, id);
            return Ok(visible.then(|| actor.tree().get(id).map(|node| node.name.clone())).flatten());
        }
        match self.0.person_id {
            Some(id) => Ok(person::person(ctx, id).await?.map(|person| person.0.name.clone())),
            None => Ok(None),
        }
    }

    /// Global id of the changed object.
    async fn object_id(&self) -> ID {
        ids::encode_tagged(tag(&self.0.object_type), self.0.object_id)
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
        let body: Value = serde_json::from_str(&self.0.body).ok()?;
        body.get("reason")?.as_str().map(str::to_owned)
    }

    /// What differs; nothing of a person whom the viewer may not read there.
    async fn changes(&self, ctx: &Context<'_>) -> Result<Vec<AuditChange>> {
        let actor = request(ctx).actor()?;
        let readable = match (self.0.person_id, self.0.organization_id) {
            (None, _) => true,
            (Some(person), organization) => {
                actor.may_own(Permission::PersonRead, person)
                    || organization.is_some_and(|home| actor.may(Permission::PersonRead, home))
            }
        };
        Ok(if readable { changes(actor, &self.0.body) } else { Vec::new() })
    }
}

connection!(AuditEntryConnection, AuditEntryEdge, AuditEntry, audit::Entity, audit::Model);

/// What the trail may be narrowed by.
#[derive(InputObject, Default)]
pub struct AuditFilter {
    /// Mutations such as `memberCreate`.
    pub action: Option<Vec<String>>,
    /// This organization and everything below it.
    pub organization: Option<ID>,
    /// Who acted.
    pub account: Option<ID>,
    /// Changes at this moment or later.
    pub from: Option<DateTime>,
    /// Changes before this moment.
    pub until: Option<DateTime>,
}

impl From<AuditFilter> for repo::Filter {
    fn from(filter: AuditFilter) -> Self {
        let AuditFilter { action, organization, account, from, until } = filter;
        Self {
            action,
            organization: organization.map(|id| ids::decode_or_nil(&id)),
            account: account.map(|id| ids::decode_or_nil(&id)),
            from: from.map(|DateTime(at)| at),
            until: until.map(|DateTime(at)| at),
        }
    }
}

/// The letter of a type's global ids.
fn tag(object_type: &str) -> u8 {
    use entity::{
        AccountId, AffiliationId, GrantId, JobId, MemberId, OrganizationId, PersonId, PostId, ProblemReportId,
        SessionId,
    };
    use ids::GlobalId;
    match object_type {
        "Organization" => OrganizationId::TAG,
        "Person" => PersonId::TAG,
        "Member" => MemberId::TAG,
        "Affiliation" => AffiliationId::TAG,
        "OrganizationPost" => PostId::TAG,
        "Account" => AccountId::TAG,
        "Grant" => GrantId::TAG,
        "Job" => JobId::TAG,
        "SignInSession" => SessionId::TAG,
        "ProblemReport" => ProblemReportId::TAG,
        _ => b'?',
    }
}

fn changes(actor: &Actor, body: &str) -> Vec<AuditChange> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let side = |name: &str| body.get(name).and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    let (before, after) = (side("before"), side("after"));
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    fields
        .into_iter()
        .map(|field| AuditChange {
            field: field.clone(),
            before: before.get(field).and_then(|value| shown(actor, field, value)),
            after: after.get(field).and_then(|value| shown(actor, field, value)),
        })
        .collect()
}

/// A recorded value as text. A key of an organization reads as its name, where the viewer may see it.
fn shown(actor: &Actor, field: &str, value: &Value) -> Option<String> {
    match value {
        Value::Null => None,
        Value::String(text) if matches!(field, "parent" | "organization" | "homeOrganization") => {
            let id = OrganizationId(Uuid::parse_str(text).ok()?);
            let visible = actor.may(Permission::OrganizationRead, id);
            visible.then(|| actor.tree().get(id).map(|node| node.name.clone())).flatten()
        }
        Value::String(text) => Some(text.clone()),
        other => Some(other.to_string()),
    }
}
