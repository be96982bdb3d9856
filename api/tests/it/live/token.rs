//! A service that follows changes by its API token, for as long as the token holds.
use jianghai::testing::TestApp;
use serde_json::json;

use super::{Client, Server};
use crate::{api_token::issued, laws::cases::credentials};

const FOLLOW: &str = "subscription($id: ID!) { organizationChanged(id: $id) { name } }";

async fn refused(server: &Server, secret: &str) -> (u16, String) {
    let mut client = Client::connect(server.address, Some("graphql-transport-ws")).await;
    client.say(json!({ "type": "connection_init", "payload": { "accessToken": secret } })).await;
    client.closed().await
}

#[tokio::test]
async fn a_token_follows_what_it_may_read_until_it_is_revoked() {
    let app = TestApp::start().await;
    let (secret, token) = issued(&app, json!(["ORGANIZATION_READ"])).await;
    let server = Server::start(&app.app).await;
    let mut client = Client::connect(server.address, Some("graphql-transport-ws")).await;
    client.hello(&secret).await;
    client.subscribe("1", "{ viewer { permissions } }", json!({})).await;
    assert_eq!(client.answer("1").await.at("/viewer/permissions"), &json!(["ORGANIZATION_READ"]));
    assert_eq!(client.hear().await["type"], "complete");
    client.subscribe("2", FOLLOW, json!({ "id": app.organization_id("hongdong") })).await;
    assert!(client.answer("2").await.at("/organizationChanged/name").is_string());

    let revoked = app.mutate("admin2", "apiTokenRevoke", "token { id }", json!({ "token": token })).await;
    assert_eq!(revoked.user_errors("apiTokenRevoke"), Vec::<String>::new());
    assert_eq!(client.closed().await, (4403, "Forbidden: the account may no longer act".to_owned()));
    assert_eq!(refused(&server, &secret).await, (4403, "Forbidden: the access token is not valid".to_owned()));
    server.end().await;
}

#[tokio::test]
async fn a_token_that_runs_out_ends_its_connections() {
    let app = TestApp::start().await;
    let input = credentials::issue(&app, "hongdong").await;
    let made = app.mutate("admin", "apiTokenIssue", "secret", input).await;
    let secret = made.at("/apiTokenIssue/secret").as_str().unwrap().to_owned();
    let server = Server::start(&app.app).await;
    let mut client = Client::connect(server.address, Some("graphql-transport-ws")).await;
    client.hello(&secret).await;
    app.clock.advance(30 * 86_400);
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.closed().await, (4403, "Forbidden: the access token has run out".to_owned()));
    assert_eq!(refused(&server, &secret).await.0, 4403);
    server.end().await;
}
