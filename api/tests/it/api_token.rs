//! API tokens: what they carry, over which ways, and how they end.
use actix_web::{
    http::{StatusCode, header::AUTHORIZATION},
    test,
};
use jianghai::{graphql::ids, http::service, testing::TestApp};
use serde_json::{Value, json};

use crate::laws::cases::credentials;

/// A token of a fresh service account confined to `permissions`: its secret, and the token.
pub(crate) async fn issued(app: &TestApp, permissions: Value) -> (String, Value) {
    let mut input = credentials::issue(app, "hongdong").await;
    input["permissions"] = permissions;
    let made = app.mutate("admin", "apiTokenIssue", "secret token { id }", input).await;
    assert_eq!(made.user_errors("apiTokenIssue"), Vec::<String>::new(), "{}", made.0);
    let secret = made.at("/apiTokenIssue/secret").as_str().unwrap().to_owned();
    (secret, made.at("/apiTokenIssue/token/id").clone())
}

/// What the server answers to `document` where `bearer` is shown.
async fn asked(app: &TestApp, bearer: &str, document: &str) -> (StatusCode, Value) {
    let server = test::init_service(service(app.app.clone())).await;
    let request = test::TestRequest::post()
        .uri("/graphql")
        .insert_header((AUTHORIZATION, format!("Bearer {bearer}")))
        .set_json(json!({ "query": document }))
        .to_request();
    let response = test::call_service(&server, request).await;
    let status = response.status();
    (status, test::read_body_json(response).await)
}

const LISTS: &str = "{ viewer { account { name } permissions } organizations { totalCount nodes { id name } }
    members { totalCount nodes { id person { name } } } }";

#[actix_web::test]
async fn a_token_sees_what_a_sign_in_of_the_account_sees() {
    let app = TestApp::start().await;
    let (secret, _) = issued(&app, json!(["ORGANIZATION_READ", "PERSON_READ"])).await;
    let (status, by_token) = asked(&app, &secret, LISTS).await;
    assert_eq!(status, StatusCode::OK, "{by_token}");
    assert!(by_token["data"]["members"]["totalCount"].as_u64().unwrap() >= 8, "{by_token}");
    let body = json!({ "name": "integrator", "password": "a long enough secret" });
    let server = test::init_service(service(app.app.clone())).await;
    let sign_in = test::TestRequest::post().uri("/auth/sign-in").insert_header(("x-jianghai", "1")).set_json(body);
    let signed_in: Value = test::call_and_read_body_json(&server, sign_in.to_request()).await;
    let (_, by_session) = asked(&app, signed_in["accessToken"].as_str().unwrap(), LISTS).await;
    assert_eq!(by_token, by_session);
}

#[actix_web::test]
async fn a_token_is_confined_to_its_permissions() {
    let app = TestApp::start().await;
    let (secret, _) = issued(&app, json!(["ORGANIZATION_READ"])).await;
    let (_, seen) = asked(&app, &secret, LISTS).await;
    assert_eq!(seen["data"]["viewer"]["permissions"], json!(["ORGANIZATION_READ"]));
    assert_eq!(seen["data"]["organizations"]["totalCount"], json!(4), "{seen}");
    assert_eq!(seen["data"]["members"]["totalCount"], json!(0), "{seen}");
}

#[actix_web::test]
async fn a_token_ends_when_it_is_revoked_runs_out_or_its_account_is_disabled() {
    let app = TestApp::start().await;
    let (secret, token) = issued(&app, json!(["ORGANIZATION_READ"])).await;
    let who = "{ viewer { account { name } } }";
    let name = |answer: &Value| answer["data"]["viewer"]["account"]["name"].clone();
    assert_eq!(name(&asked(&app, &secret, who).await.1), "integrator");
    for damaged in [format!("{}0", &secret[..secret.len() - 1]), secret.replace("jh_", "jh_0"), "jh_".to_owned()] {
        assert!(damaged == secret || asked(&app, &damaged, who).await.0 == StatusCode::UNAUTHORIZED, "{damaged}");
    }

    let replica = app.sibling(9).await;
    app.mutate("admin2", "apiTokenRevoke", "token { id }", json!({ "token": token })).await;
    assert_eq!(asked(&app, &secret, who).await.0, StatusCode::UNAUTHORIZED);
    replica.refresh_authority().await.unwrap();
    assert!(replica.authority.current().tokens.is_empty(), "the other replica learns of it by the epoch");

    let account =
        app.run("admin", "{ accounts(filter: { text: \"integrator\" }) { nodes { id version } } }", json!({}));
    let account = account.await.at("/accounts/nodes/0").clone();
    let again = |days: &str| json!({ "account": account["id"], "name": "再发", "permissions": ["ORGANIZATION_READ"], "life": days });
    let made = app.mutate("admin", "apiTokenIssue", "secret", again("DAYS_7")).await;
    let week = made.at("/apiTokenIssue/secret").as_str().unwrap().to_owned();
    let made = app.mutate("admin", "apiTokenIssue", "secret", again("DAYS_365")).await;
    let year = made.at("/apiTokenIssue/secret").as_str().unwrap().to_owned();
    app.clock.advance(7 * 86_400 - 1);
    assert_eq!(asked(&app, &week, who).await.0, StatusCode::OK);
    app.clock.advance(1);
    assert_eq!(asked(&app, &week, who).await.0, StatusCode::UNAUTHORIZED);
    assert_eq!(asked(&app, &year, who).await.0, StatusCode::OK);
    let off = json!({ "account": account["id"], "reason": "停止对接", "version": account["version"] });
    app.mutate("admin", "accountDisable", "account { id }", off).await;
    assert_eq!(asked(&app, &year, who).await.0, StatusCode::UNAUTHORIZED);
}

#[actix_web::test]
async fn the_last_use_is_written_at_most_once_a_minute() {
    let app = TestApp::start().await;
    let (secret, _) = issued(&app, json!(["ORGANIZATION_READ"])).await;
    let used = "SELECT COALESCE(MAX(last_used_at), 0) FROM api_token";
    assert_eq!(app.number(used).await, 0);
    asked(&app, &secret, "{ __typename }").await;
    let first = app.number(used).await;
    assert_eq!(first, app.app.ambient.now().0);
    app.clock.advance(59);
    asked(&app, &secret, "{ __typename }").await;
    assert_eq!(app.number(used).await, first);
    app.clock.advance(1);
    asked(&app, &secret, "{ __typename }").await;
    assert_eq!(app.number(used).await, first + 60_000_000);
}

#[tokio::test]
async fn a_token_carries_no_more_than_its_account_and_its_issuer_pass() {
    let app = TestApp::start().await;
    let mut input = credentials::issue(&app, "hongdong").await;
    let refused = async |input: Value| app.mutate("admin", "apiTokenIssue", "token { id }", input).await;
    input["permissions"] = json!(["PERSON_UPDATE"]);
    assert_eq!(refused(input.clone()).await.user_errors("apiTokenIssue"), ["permissions INVALID"]);
    input["permissions"] = json!([]);
    assert_eq!(refused(input.clone()).await.user_errors("apiTokenIssue"), ["permissions REQUIRED"]);
    input["permissions"] = json!(["PERSON_READ"]);
    input["name"] = json!(" ");
    assert_eq!(refused(input.clone()).await.user_errors("apiTokenIssue"), ["name REQUIRED"]);
    input["name"] = json!("名".repeat(61));
    assert_eq!(refused(input.clone()).await.user_errors("apiTokenIssue"), ["name TOO_LONG"]);
    input["name"] = json!("统计平台");
    input["account"] = json!(ids::encode(app.account("secretary")).to_string());
    assert_eq!(refused(input.clone()).await.user_errors("apiTokenIssue"), ["account INVALID"]);
}

#[tokio::test]
async fn the_secret_is_nowhere_but_with_its_holder() {
    let app = TestApp::start().await;
    let mut input = credentials::issue(&app, "hongdong").await;
    input["idempotencyKey"] = json!("once");
    let made = app.mutate("admin", "apiTokenIssue", "secret token { id name prefix }", input.clone()).await;
    let secret = made.at("/apiTokenIssue/secret").as_str().unwrap().to_owned();
    let again = app.mutate("admin", "apiTokenIssue", "secret token { id name prefix }", input).await;
    assert_eq!(again.at("/apiTokenIssue/secret"), &Value::Null);
    assert_eq!(again.at("/apiTokenIssue/token"), made.at("/apiTokenIssue/token"));
    assert!(secret.starts_with(made.at("/apiTokenIssue/token/prefix").as_str().unwrap()));
    let bits = secret.rsplit('_').next().unwrap();
    assert_eq!(app.number(&format!("SELECT COUNT(*) FROM audit WHERE body LIKE '%{bits}%'")).await, 0);
}
