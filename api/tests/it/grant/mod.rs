//! Grants: extending and renewing them, grants that end with a post, and lists of grants.
mod bound;
mod ending;
mod extend;
mod list;

use jianghai::{
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

const NONE: Vec<String> = Vec::new();

/// The role with this code.
pub async fn role(app: &TestApp, code: &str) -> Value {
    let roles = app.run("admin", "{ roles { id code } }", json!({})).await;
    let roles = roles.at("/roles").as_array().unwrap().clone();
    roles.iter().find(|role| role["code"] == code).unwrap()["id"].clone()
}

pub fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

/// A wish to give `code` on `place` to `to` from today until `until`.
pub async fn wish(app: &TestApp, to: &str, code: &str, place: &str, until: Value) -> Value {
    json!({ "account": account(app, to), "role": role(app, code).await, "scope": "SUBTREE",
        "organization": app.organization_id(place), "from": "2026-09-09", "until": until, "reason": "测试" })
}

/// Gives what `wish` says; the grant, in force or waiting.
pub async fn give(app: &TestApp, by: &str, wish: Value) -> Value {
    let answer = app.mutate(by, "roleGrant", "grant { id }", wish).await;
    assert_eq!(answer.user_errors("roleGrant"), NONE, "{}", answer.0);
    answer.at("/roleGrant/grant/id").clone()
}

/// Gives `code`, which carries nothing sensitive, on `place` to `to` until `until`.
pub async fn given(app: &TestApp, to: &str, code: &str, place: &str, until: &str) -> Value {
    give(app, "admin", wish(app, to, code, place, json!(until)).await).await
}

async fn extend(app: &TestApp, by: &str, grant: &Value, until: Value) -> Answer {
    let selection = "grant { id from until waiting status extends { id } }";
    let input = json!({ "grant": grant, "until": until, "reason": "续任" });
    app.mutate(by, "roleGrantExtend", selection, input).await
}

async fn end(app: &TestApp, by: &str, grant: &Value, until: &str) -> Vec<String> {
    let input = json!({ "grant": grant, "until": until, "reason": "离任" });
    app.mutate(by, "roleGrantEnd", "grant { id }", input).await.user_errors("roleGrantEnd")
}

/// How the grant `id` stands for `viewer`.
pub async fn grant(app: &TestApp, viewer: &str, id: &Value) -> Value {
    let document = "query($id: ID!) { node(id: $id) { ... on Grant {
        from until status post { title } extends { id } extension { id } extendable endable } } }";
    app.run(viewer, document, json!({ "id": id })).await.at("/node").clone()
}

/// Whether `viewer` reads the organization `place`.
pub async fn reads(app: &TestApp, viewer: &str, place: &str) -> bool {
    let document = "query($id: ID!) { organization(id: $id) { name } }";
    !app.run(viewer, document, json!({ "id": app.organization_id(place) })).await.at("/organization").is_null()
}
