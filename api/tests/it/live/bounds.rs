//! What one client can take from the others: little.
use std::{sync::Arc, time::Duration};

use jianghai::testing::TestApp;
use serde_json::json;

use super::{Client, Server};

const FOLLOW: &str = "subscription($id: ID!) { organizationChanged(id: $id) { name } }";

#[tokio::test]
async fn connections_and_subscriptions_are_counted() {
    let mut app = TestApp::start().await;
    let limits = &mut Arc::get_mut(&mut app.app).unwrap().config.limits;
    (limits.sockets_per_account, limits.subscriptions_per_socket) = (1, 2);
    let server = Server::start(&app.app).await;
    let mut first = server.client(&app, "secretary").await;
    let mut second = Client::connect(server.address, Some("graphql-transport-ws")).await;
    second
        .say(json!({ "type": "connection_init", "payload": { "accessToken": server.token(&app, "secretary", 60) } }))
        .await;
    assert_eq!(second.closed().await, (1013, "this account has too many connections".to_owned()));
    let _other_account = server.client(&app, "admin").await;
    assert_eq!(app.app.sockets.len(), 2);
    let variables = json!({ "id": app.organization_id("grid1") });
    for id in ["1", "2"] {
        first.subscribe(id, FOLLOW, variables.clone()).await;
        first.answer(id).await;
    }
    first.subscribe("3", FOLLOW, variables.clone()).await;
    assert_eq!(first.hear().await["payload"][0]["extensions"]["code"], "SUBSCRIPTIONS_EXCEEDED");
    first.say(json!({ "id": "1", "type": "complete" })).await;
    first.subscribe("3", FOLLOW, variables).await;
    first.answer("3").await;
    drop(first);
    while app.app.sockets.len() > 1 {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    let _again = server.client(&app, "secretary").await;
    server.end().await;
}

#[tokio::test]
async fn a_client_that_takes_nothing_is_dropped_and_told_so_and_disturbs_nobody() {
    let mut app = TestApp::start().await;
    let limits = &mut Arc::get_mut(&mut app.app).unwrap().config.limits;
    (limits.socket_send_seconds, limits.cost_per_minute) = (1, 10_000_000);
    let server = Server::start(&app.app).await;
    let mut slow = server.client(&app, "admin").await;
    let much = "{ __schema { types { name description fields { name description type { name } args { name description } } } } }";
    for id in 0..150 {
        slow.subscribe(&id.to_string(), much, json!({})).await;
    }
    let mut quick = server.client(&app, "secretary").await;
    quick.subscribe("1", "{ viewer { account { name } } }", json!({})).await;
    assert_eq!(quick.answer("1").await.at("/viewer/account/name"), "secretary");
    while !app.app.metrics.text().contains("jianghai_sockets_closed_total{code=\"4413\"} 1") {
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
    assert_eq!(slow.closed().await, (4413, "Too slow: what was sent was not taken in time".to_owned()));
    server.end().await;
}

#[tokio::test]
async fn a_server_that_stops_says_so_to_everybody_first() {
    let app = TestApp::start().await;
    let server = Server::start(&app.app).await;
    let mut client = server.client(&app, "secretary").await;
    client.subscribe("1", FOLLOW, json!({ "id": app.organization_id("grid1") })).await;
    client.answer("1").await;
    let mut fresh = Client::connect(server.address, Some("graphql-transport-ws")).await;
    let ((), first, second) = tokio::join!(server.end(), client.closed(), fresh.closed());
    assert_eq!((first, second.0), ((1001, "the server stops; connect again".to_owned()), 1001));
    assert!(app.app.sockets.is_empty());
}
