//! Roles and grants: what may be handed on by whom.
use entity::RoleId;
use jianghai::{
    authz::TEMPLATES,
    graphql::ids,
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};

fn role(app: &TestApp, code: &str) -> String {
    let workbench = TEMPLATES.iter().find(|template| template.code == code).unwrap().workbench;
    let authority = app.app.authority.current();
    let mut found: Vec<RoleId> =
        authority.roles.iter().filter(|(_, role)| role.workbench == workbench).map(|(id, _)| *id).collect();
    found.sort();
    ids::encode(found[0]).to_string()
}

fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

fn grant(app: &TestApp, to: &str, code: &str, place: &str) -> Value {
    json!({ "account": account(app, to), "role": role(app, code), "scope": "SUBTREE",
        "organization": app.organization_id(place), "from": "2026-09-09", "reason": "测试" })
}

fn errors(answer: &Answer) -> Vec<String> {
    answer.user_errors("roleGrant")
}

#[tokio::test]
async fn a_role_is_given_works_at_once_and_is_ended() {
    let app = TestApp::start().await;
    let read = format!("{{ organization(id: \"{}\") {{ name }} }}", app.organization_id("kz1"));
    assert_eq!(app.run("nobody", &read, json!({})).await.at("/organization"), &Value::Null);
    let selection = "grant { id role { name } scope organization { name } from until reason grantedBy }";
    let answer = app.mutate("admin", "roleGrant", selection, grant(&app, "nobody", "inspector", "rugao")).await;
    assert_eq!(errors(&answer), Vec::<String>::new(), "{}", answer.0);
    let given = answer.at("/roleGrant/grant").clone();
    assert_eq!(given["role"]["name"], "Inspector");
    assert_eq!((&given["organization"]["name"], &given["grantedBy"]), (&json!("中共如皋市委"), &json!("admin")));
    assert_eq!(app.run("nobody", &read, json!({})).await.at("/organization/name"), "康庄村第一党支部");
    let end = |until: &str| json!({ "grant": given["id"], "until": until, "reason": "测试" });
    let past = app.mutate("admin", "roleGrantEnd", "grant { id }", end("2026-09-08")).await;
    assert_eq!(past.user_errors("roleGrantEnd"), ["until OUT_OF_RANGE"]);
    let ended = app.mutate("admin", "roleGrantEnd", "grant { until }", end("2026-09-09")).await;
    assert_eq!(ended.at("/roleGrantEnd/grant/until"), "2026-09-09", "{}", ended.0);
    assert_eq!(app.run("nobody", &read, json!({})).await.at("/organization"), &Value::Null);
    let again = app.mutate("admin", "roleGrantEnd", "grant { id }", end("2026-09-09")).await;
    assert_eq!(again.user_errors("roleGrantEnd"), ["grant INVALID"]);
}

#[tokio::test]
async fn what_is_wrong_with_a_grant_is_named() {
    let app = TestApp::start().await;
    let good = grant(&app, "nobody", "inspector", "rugao");
    let with = |key: &str, value: Value| {
        let mut input = good.clone();
        input[key] = value;
        input
    };
    for (input, expected) in [
        (with("account", json!(account(&app, "admin"))), "account INVALID"),
        (with("account", json!("nonsense")), "account NOT_FOUND"),
        (with("role", json!(account(&app, "nobody"))), "role NOT_FOUND"),
        (with("organization", Value::Null), "organization REQUIRED"),
        (with("organization", json!("x")), "organization NOT_FOUND"),
        (with("scope", json!("SELF")), "organization INVALID"),
        (with("from", json!("2026-09-08")), "from OUT_OF_RANGE"),
        (with("until", json!("2026-09-09")), "until OUT_OF_RANGE"),
        (with("reason", json!(" ")), "reason REQUIRED"),
        (with("reason", json!("x".repeat(201))), "reason TOO_LONG"),
    ] {
        let answer = app.mutate("admin", "roleGrant", "grant { id }", input.clone()).await;
        assert_eq!(errors(&answer), [expected], "{input}: {}", answer.0);
    }
    let mut own = good.clone();
    own["scope"] = json!("SELF");
    own["organization"] = Value::Null;
    own["role"] = json!(role(&app, "member"));
    assert_eq!(errors(&app.mutate("admin", "roleGrant", "grant { id }", own.clone()).await), ["scope INVALID"]);
    own["account"] = json!(account(&app, "secretary-grid2"));
    assert_eq!(errors(&app.mutate("admin", "roleGrant", "grant { id }", own).await), Vec::<String>::new());
    app.mutate("admin", "roleGrant", "grant { id }", good.clone()).await;
    assert_eq!(errors(&app.mutate("admin", "roleGrant", "grant { id }", good).await), ["role OVERLAP"]);
}

#[tokio::test]
async fn the_last_administrator_keeps_his_grant() {
    let app = TestApp::start().await;
    let grant_of = |name: &str| {
        let authority = app.app.authority.current();
        ids::encode(authority.grants[&app.account(name)][0].id).to_string()
    };
    let end = |name: &str| json!({ "grant": grant_of(name), "until": "2026-12-01", "reason": "测试" });
    let first = app.mutate("admin", "roleGrantEnd", "grant { until }", end("admin2")).await;
    assert_eq!(first.at("/roleGrantEnd/grant/until"), "2026-12-01");
    let last = app.mutate("admin", "roleGrantEnd", "grant { until }", end("admin")).await;
    assert_eq!(last.user_errors("roleGrantEnd"), ["grant INVALID"]);
}

#[tokio::test]
async fn roles_and_permissions_are_a_catalogue() {
    let app = TestApp::start().await;
    let query = "{ roles { code template permissions passOn } permissions { code name label sentence sensitive } }";
    let answer = app.run("admin", query, json!({})).await;
    assert_eq!(answer.at("/roles").as_array().unwrap().len(), TEMPLATES.len());
    let secretary = answer.at("/roles").as_array().unwrap().iter().find(|role| role["code"] == "secretary").unwrap();
    assert_eq!(secretary["passOn"], json!([]));
    assert_eq!(
        answer.at("/permissions/0"),
        &json!({ "code": "ORGANIZATION_READ", "name": "organization:read", "label": "See organizations",
            "sentence": "See the organizations in scope, their posts and head counts.", "sensitive": false })
    );
    assert_eq!(app.run("member", query, json!({})).await.at("/roles"), &json!([]));
}
