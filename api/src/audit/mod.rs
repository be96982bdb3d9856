//! One row for every change: who, what, before, after; canonical JSON with its own hash; append-only.
//!
//! Sensitive fields appear only as `"changed"`. A row keeps the organization that the object belonged to at the
//! time, so that history is seen only by those who could see the object then.
//!
//! One replica ([`seal`]) chains committed rows each second, so that none can be changed, taken away or slipped in
//! without breaking the chain; [`proof`] tells where it breaks, and a [`root`] kept elsewhere tells whether the whole
//! chain was made anew.
pub mod proof;
pub mod root;
pub mod seal;

use std::collections::BTreeMap;

use entity::{AccountId, AuditId, OrganizationId, PersonId, Timestamp, audit};
use sea_orm::{ActiveValue::Set, ColumnTrait, DbErr, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};
use uuid::Uuid;

use crate::db::{Tx, seal::sha256};

/// Field names and values of a record, as far as history may show them.
pub type Snapshot = BTreeMap<&'static str, Value>;

/// One change.
pub struct Change {
    /// Mutation such as `memberCreate`.
    pub action: &'static str,
    /// Type of the changed object, as GraphQL names it.
    pub object_type: &'static str,
    /// The changed object.
    pub object_id: Uuid,
    /// Organization whose history it belongs to.
    pub organization: Option<OrganizationId>,
    /// Person whose history it belongs to.
    pub person: Option<PersonId>,
    /// The record before; empty for a new one.
    pub before: Snapshot,
    /// The record after.
    pub after: Snapshot,
    /// Why, where a reason was asked for.
    pub reason: Option<String>,
}

/// Writes the row of `change` in the transaction of the change itself. Only differences are kept.
pub async fn record(tx: &Tx, actor: Option<AccountId>, change: Change) -> Result<(), DbErr> {
    let Change { action, object_type, object_id, organization, person, mut before, mut after, reason } = change;
    before.retain(|field, old| after.get(field) != Some(old));
    let unchanged: Vec<&str> = after.keys().filter(|field| !before.contains_key(*field)).copied().collect();
    if !before.is_empty() {
        after.retain(|field, _| !unchanged.contains(field));
    }
    after.retain(|_, value| !value.is_null());
    let id: AuditId = tx.new_id();
    let body = canonical(&json!({
        "id": id, "at": tx.now(), "actor": actor, "action": action, "objectType": object_type, "objectId": object_id,
        "organization": organization, "person": person, "requestId": tx.request_id(),
        "before": before, "after": after, "reason": reason,
    }));
    let row = audit::ActiveModel {
        id: Set(id),
        at: Set(tx.now()),
        actor_id: Set(actor),
        action: Set(action.to_owned()),
        object_type: Set(object_type.to_owned()),
        object_id: Set(object_id),
        organization_id: Set(organization),
        person_id: Set(person),
        request_id: Set(tx.request_id().to_owned()),
        hash: Set(sha256(body.as_bytes()).to_vec()),
        body: Set(body),
    };
    audit::Entity::insert(row).exec_without_returning(tx.conn()).await.map(|_| ())
}

/// How often `actor` did `action` since `since`.
pub async fn count_since(tx: &Tx, actor: AccountId, action: &str, since: Timestamp) -> Result<u64, DbErr> {
    use audit::Column;
    // Keys are ordered by time, so the least key of that moment lets the index on actor and key do the work.
    let millis = u64::try_from(since.0 / 1_000).unwrap_or_default();
    let least = AuditId(uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid());
    audit::Entity::find()
        .filter(Column::ActorId.eq(actor))
        .filter(Column::Id.gte(least))
        .filter(Column::Action.eq(action))
        .count(tx.conn())
        .await
}

/// JSON with sorted keys and no spaces: the same value, the same bytes.
fn canonical(value: &Value) -> String {
    match value {
        Value::Object(fields) => {
            let sorted: BTreeMap<&String, &Value> = fields.iter().collect();
            let fields: Vec<String> =
                sorted.into_iter().map(|(name, value)| format!("{}:{}", json!(name), canonical(value))).collect();
            format!("{{{}}}", fields.join(","))
        }
        Value::Array(items) => format!("[{}]", items.iter().map(canonical).collect::<Vec<_>>().join(",")),
        scalar => scalar.to_string(),
    }
}
