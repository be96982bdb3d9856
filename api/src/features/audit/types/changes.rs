//! Before and after, as people read it: keys of records as their names, where the viewer may see them.
use async_graphql::{Context, SimpleObject};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::organization_name;
use crate::{
    features::{division, person, role},
    graphql::{Result, request},
};

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

/// The reason in a recorded row.
pub(super) fn reason(body: &str) -> Option<String> {
    let body: Value = serde_json::from_str(body).ok()?;
    body.get("reason")?.as_str().map(str::to_owned)
}

/// The differences in a recorded row.
pub(super) async fn read(ctx: &Context<'_>, body: &str) -> Result<Vec<AuditChange>> {
    let body: Value = serde_json::from_str(body).unwrap_or_default();
    let side = |name: &str| body.get(name).and_then(Value::as_object).cloned().unwrap_or_else(Map::new);
    let (before, after) = (side("before"), side("after"));
    let mut fields: Vec<&String> = before.keys().chain(after.keys()).collect();
    fields.sort_unstable();
    fields.dedup();
    let change = |field: &String| {
        let (before, after) = (before.get(field).cloned(), after.get(field).cloned());
        let field = field.clone();
        async move {
            let (before, after) =
                futures_util::future::try_join(shown(ctx, &field, before), shown(ctx, &field, after)).await?;
            Ok(AuditChange { field, before, after })
        }
    };
    futures_util::future::try_join_all(fields.into_iter().map(change)).await
}

/// A recorded value as text. The key of a record reads as its name; nothing where the viewer may not see it.
async fn shown(ctx: &Context<'_>, field: &str, value: Option<Value>) -> Result<Option<String>> {
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text,
        Some(other) => return Ok(Some(other.to_string())),
    };
    let Ok(key) = Uuid::parse_str(&text) else { return Ok(Some(text)) };
    let request = request(ctx);
    let actor = request.actor()?;
    Ok(match field {
        "parent" | "organization" | "homeOrganization" => organization_name(actor, key.into()),
        "account" => actor.authority().accounts.get(&key.into()).map(|account| account.name.clone()),
        "person" => person::person(ctx, key.into()).await?.map(|person| person.0.name.clone()),
        "division" => division::division(ctx, key.into()).await?.map(|division| division.0.name.clone()),
        "role" => {
            let role = role::role(ctx, key.into()).await?;
            role.map(|role| request.locale.pick(role.0.row.name.clone(), role.0.row.name_en.clone()))
        }
        _ => None,
    })
}
