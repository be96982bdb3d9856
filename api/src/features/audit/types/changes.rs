//! Before and after, as people read it: keys of records as their names, where the viewer may see them.
use async_graphql::{Context, SimpleObject};
use serde_json::{Map, Value};
use uuid::Uuid;

use super::organization_name;
use crate::{
    authz::Permission,
    features::{division, person, role},
    graphql::{Locale, Result, request},
};

/// Fields that list permissions.
const PERMISSIONS: [&str; 2] = ["permissions", "passOn"];

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
        let (before, after) =
            if PERMISSIONS.contains(&field.as_str()) { apart(before, after) } else { (before, after) };
        let field = field.clone();
        async move {
            let (before, after) =
                futures_util::future::try_join(shown(ctx, &field, before), shown(ctx, &field, after)).await?;
            Ok(AuditChange { field, before, after })
        }
    };
    futures_util::future::try_join_all(fields.into_iter().map(change)).await
}

/// The name of a role in the language of the request.
pub(super) async fn role_name(ctx: &Context<'_>, id: Uuid) -> Result<Option<String>> {
    let role = role::role(ctx, id.into()).await?;
    Ok(role.map(|role| request(ctx).locale.pick(role.0.row.name.clone(), role.0.row.name_en.clone())))
}

/// Lists of permissions as what one has and the other has not: a role is read by what it gains and loses.
fn apart(before: Option<Value>, after: Option<Value>) -> (Option<Value>, Option<Value>) {
    let (Some(Value::Array(before)), Some(Value::Array(after))) = (&before, &after) else { return (before, after) };
    let only = |these: &[Value], those: &[Value]| {
        let only: Vec<Value> = these.iter().filter(|item| !those.contains(item)).cloned().collect();
        (!only.is_empty()).then_some(Value::Array(only))
    };
    (only(before, after), only(after, before))
}

/// The labels of recorded permissions.
fn labels(codes: &[Value], locale: Locale) -> String {
    let label = |code: &Value| {
        let (zh, en) = Permission::from_code(code.as_str()?)?.label();
        Some(locale.pick(zh, en))
    };
    codes.iter().filter_map(label).collect::<Vec<_>>().join(locale.pick("、", ", "))
}

/// A recorded value as text. The key of a record reads as its name; nothing where the viewer may not see it.
async fn shown(ctx: &Context<'_>, field: &str, value: Option<Value>) -> Result<Option<String>> {
    let text = match value {
        None | Some(Value::Null) => return Ok(None),
        Some(Value::String(text)) => text,
        Some(Value::Array(codes)) if PERMISSIONS.contains(&field) => {
            return Ok(Some(labels(&codes, request(ctx).locale)));
        }
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
        "role" | "copyOf" => role_name(ctx, key).await?,
        _ => None,
    })
}
