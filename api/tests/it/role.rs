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

pub fn account(app: &TestApp, name: &str) -> String {
    ids::encode(app.account(name)).to_string()
}

pub fn grant(app: &TestApp, to: &str, code: &str, place: &str) -> Value {
    json!({ "account": account(app, to), "role": role(app, code), "scope": "SUBTREE",
        "organization": app.organization_id(place), "from": "2026-09-09", "reason": "测试" })
}

fn errors(answer: &Answer) -> Vec<String> {
    answer.user_errors("roleGrant")
}

pub async fn confirm(app: &TestApp, by: &str, grant: &Value) -> Vec<String> {
    let answer = app.mutate(by, "roleGrantConfirm", "grant { id }", json!({ "grant": grant })).await;
    answer.user_errors("roleGrantConfirm")
}

/// What waits for `viewer`: the account, and whether he may confirm it.
async fn waiting(app: &TestApp, viewer: &str) -> Value {
    let question = "{ grantsToConfirm { account { name } waiting confirmable } }";
    app.run(viewer, question, json!({})).await.at("/grantsToConfirm").clone()
}

#[tokio::test]
async fn a_sensitive_role_works_when_a_second_holder_has_confirmed_it() {
    let app = TestApp::start().await;
    let read = format!("{{ organization(id: \"{}\") {{ name }} }}", app.organization_id("kz1"));
    let selection = "grant { id waiting confirmable confirmedBy from }";
    let mut wish = grant(&app, "nobody", "inspector", "rugao");
    let answer = app.mutate("admin", "roleGrant", selection, wish.clone()).await;
    let given = answer.at("/roleGrant/grant").clone();
    assert_eq!((&given["waiting"], &given["confirmable"]), (&json!(true), &json!(false)));
    assert_eq!(app.run("nobody", &read, json!({})).await.at("/organization"), &Value::Null);
    let granted = "{ viewer { permissions grants { id } } }";
    assert_eq!(app.run("nobody", granted, json!({})).await.at("/viewer"), &json!({ "permissions": [], "grants": [] }));

    assert_eq!(waiting(&app, "admin").await, json!([]), "who gave it is not the second holder");
    assert_eq!(
        waiting(&app, "admin2").await,
        json!([{ "account": { "name": "nobody" }, "waiting": true, "confirmable": true }])
    );
    assert_eq!(confirm(&app, "admin", &given["id"]).await, ["grant INVALID"]);
    assert_eq!(confirm(&app, "organizer-rugao", &given["id"]).await, ["grant NOT_FOUND"]);
    app.clock.advance(2 * 24 * 60 * 60);
    let question = json!({ "grant": given["id"] });
    let confirmed = app.mutate("admin2", "roleGrantConfirm", selection, question).await;
    assert_eq!(
        confirmed.at("/roleGrantConfirm/grant"),
        &json!({ "id": given["id"], "waiting": false, "confirmable": false, "confirmedBy": "admin2", "from": "2026-09-11" }),
        "it was not in force before"
    );
    assert_eq!(app.run("nobody", &read, json!({})).await.at("/organization/name"), "康庄村第一党支部");
    assert_eq!(confirm(&app, "admin2", &given["id"]).await, ["grant INVALID"]);
    assert_eq!(waiting(&app, "admin2").await, json!([]));

    // A role without sensitive permissions works at once; a waiting one can be declined and then is over.
    wish["role"] = json!(role(&app, "station_keeper"));
    wish["from"] = json!("2026-09-11");
    let plain = app.mutate("admin", "roleGrant", selection, wish.clone()).await;
    assert_eq!(plain.at("/roleGrant/grant/waiting"), false, "{}", plain.0);
    wish["role"] = json!(role(&app, "inspector"));
    wish["organization"] = json!(app.organization_id("chongchuan"));
    let declined = app.mutate("admin", "roleGrant", selection, wish).await.at("/roleGrant/grant/id").clone();
    let end = json!({ "grant": declined, "until": "2026-09-11", "reason": "不同意" });
    assert_eq!(
        app.mutate("admin2", "roleGrantEnd", "grant { id }", end).await.user_errors("roleGrantEnd"),
        Vec::<String>::new()
    );
    assert_eq!(confirm(&app, "admin2", &declined).await, ["grant INVALID"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM role_grant WHERE confirmed_by IS NOT NULL").await, 1);
}

#[tokio::test]
async fn nobody_confirms_a_role_of_his_own() {
    let app = TestApp::start().await;
    let wish = grant(&app, "admin2", "inspector", "rugao");
    let given = app.mutate("admin", "roleGrant", "grant { id }", wish).await.at("/roleGrant/grant/id").clone();
    assert_eq!(waiting(&app, "admin2").await, json!([]));
    assert_eq!(confirm(&app, "admin2", &given).await, ["grant INVALID"]);
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
    assert_eq!(confirm(&app, "admin2", &given["id"]).await, Vec::<String>::new());
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
