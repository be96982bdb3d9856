//! Rows of the database as an export shows them: times as people write them, keys with the names they stand for, no
//! secrets.
use std::collections::HashMap;

use entity::{AccountId, MemberStage, OrganizationId, PersonId, RoleId, Timestamp};
use sea_orm::{ActiveEnum, DbErr, Value};
use serde_json::{Map, Value as Json, json};
use uuid::Uuid;

use super::repo::{self, Row};
use crate::{authz::Actor, db::Tx};

/// What stands in place of keys, hashes and indexes, which say nothing by themselves and would weaken their purpose.
pub const SECRET: &str = "(not exported)";

/// Columns that hold an account, beside those that end in `_by`.
const ACCOUNTS: &[&str] = &["account_id", "actor_id"];
/// Columns of time that do not end in `_at`.
const TIMES: &[&str] = &["at", "scheduled_for", "run_after", "lease_until"];

/// `rows` as JSON objects.
pub async fn objects(tx: &Tx, actor: &Actor, rows: Vec<Row>) -> Result<Vec<Map<String, Json>>, DbErr> {
    let keys = |name: &str| -> Vec<Uuid> {
        let cells = rows.iter().flatten().filter(|(column, _)| *column == name);
        cells.filter_map(|(_, value)| if let Value::Uuid(id) = value { *id } else { None }).collect()
    };
    let persons = keys("person_id").into_iter().map(PersonId).collect();
    let roles = keys("role_id").into_iter().map(RoleId).collect();
    let persons = repo::names(tx.conn(), persons).await?.into_iter().map(|(id, name)| (id.0, name));
    let roles = repo::role_names(tx.conn(), roles).await?.into_iter().map(|(id, name)| (id.0, name));
    let names: HashMap<Uuid, String> = persons.chain(roles).collect();
    let object =
        |row: Row| row.into_iter().map(|(name, value)| (name.to_owned(), cell(tx, actor, &names, name, value)));
    Ok(rows.into_iter().map(|row| object(row).collect()).collect())
}

fn cell(tx: &Tx, actor: &Actor, names: &HashMap<Uuid, String>, column: &str, value: Value) -> Json {
    match value {
        Value::Uuid(Some(id)) => match name(actor, names, column, id) {
            Some(name) => json!({ "id": id, "name": name }),
            None => json!(id),
        },
        Value::BigInt(Some(at)) if column.ends_with("_at") || TIMES.contains(&column) => {
            json!(tx.ambient().local(Timestamp(at)).to_rfc3339())
        }
        Value::BigInt(Some(n)) => json!(n),
        Value::Int(Some(rank)) if column == "stage" => json!(MemberStage::try_from_value(&rank).ok()),
        Value::Int(Some(n)) => json!(n),
        Value::Bool(Some(yes)) => json!(yes),
        Value::String(Some(_)) if column == "password_hash" => json!(SECRET),
        Value::String(Some(text)) => json!(text),
        Value::ChronoDate(Some(day)) => json!(day),
        Value::Bytes(Some(bytes)) if column == "sha256" => json!(hex::encode(bytes)),
        Value::Bytes(Some(_)) => json!(SECRET),
        _ => Json::Null,
    }
}

/// What `id` in `column` is called, as far as the person may know.
fn name(actor: &Actor, names: &HashMap<Uuid, String>, column: &str, id: Uuid) -> Option<String> {
    let authority = actor.authority();
    if column.ends_with("organization_id") {
        authority.tree.get(OrganizationId(id)).map(|node| node.name.clone())
    } else if column.ends_with("_by") || ACCOUNTS.contains(&column) {
        authority.accounts.get(&AccountId(id)).map(|account| account.name.clone())
    } else {
        names.get(&id).cloned()
    }
}
