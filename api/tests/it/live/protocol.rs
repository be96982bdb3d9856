//! graphql-transport-ws to the letter.
use std::sync::Arc;

use actix_web::test::TestRequest;
use jianghai::testing::TestApp;
use serde_json::json;
use tokio_tungstenite::tungstenite::Message;

use super::{Client, Server};

const WHO: &str = "{ viewer { account { name } } }";

#[tokio::test]
async fn each_way_of_breaking_the_protocol_has_its_code() {
    let mut app = TestApp::start().await;
    Arc::get_mut(&mut app.app).unwrap().config.limits.socket_init_seconds = 1;
    let server = Server::start(&app.app).await;
    let fresh = async || Client::connect(server.address, Some("graphql-transport-ws")).await;
    let mut silent = fresh().await;

    let mut other = Client::connect(server.address, None).await;
    assert_eq!(other.closed().await, (4406, "Subprotocol not acceptable".to_owned()));
    for nonsense in ["nonsense", "{}", "{\"type\":\"start\"}", "{\"type\":\"subscribe\",\"payload\":{}}", "[1]"] {
        let mut client = fresh().await;
        client.send(Message::text(nonsense)).await;
        assert_eq!(client.closed().await, (4400, "Invalid message".to_owned()), "{nonsense}");
    }
    let mut binary = fresh().await;
    binary.send(Message::binary(vec![1, 2])).await;
    assert_eq!(binary.closed().await.0, 4400);
    let mut early = fresh().await;
    early.subscribe("1", WHO, json!({})).await;
    assert_eq!(early.closed().await, (4401, "Unauthorized".to_owned()));
    for payload in [json!(null), json!({}), json!({ "accessToken": "forged" })] {
        let mut stranger = fresh().await;
        stranger.say(json!({ "type": "connection_init", "payload": payload })).await;
        assert_eq!(stranger.closed().await, (4403, "Forbidden: the access token is not valid".to_owned()));
    }
    let mut twice = server.client(&app, "secretary").await;
    twice.say(json!({ "type": "connection_init", "payload": {} })).await;
    assert_eq!(twice.closed().await, (4429, "Too many initialisation requests".to_owned()));
    let mut same = server.client(&app, "secretary").await;
    let follow = "subscription($id: ID!) { organizationChanged(id: $id) { name } }";
    for _ in 0..2 {
        same.subscribe("x", follow, json!({ "id": app.organization_id("grid1") })).await;
    }
    assert_eq!(same.closed().await, (4409, "Subscriber for x already exists".to_owned()));
    let mut nameless = server.client(&app, "secretary").await;
    nameless.subscribe("", WHO, json!({})).await;
    assert_eq!(nameless.closed().await.0, 4400);
    let mut long = server.client(&app, "secretary").await;
    long.subscribe("1", &"a".repeat(100_001), json!({})).await;
    assert_eq!(long.closed().await.0, 1009);
    assert_eq!(silent.closed().await, (4408, "Connection initialisation timeout".to_owned()));
    server.end().await;
}

#[tokio::test]
async fn a_page_of_another_origin_and_half_a_handshake_get_no_connection() {
    let app = TestApp::start().await;
    let upgrade = |origin: &'static str| {
        TestRequest::get()
            .uri("/graphql")
            .insert_header(("host", "jianghai.example"))
            .insert_header(("origin", origin))
            .insert_header(("connection", "upgrade"))
            .insert_header(("upgrade", "websocket"))
    };
    let foreign = crate::http::send(&app, upgrade("https://elsewhere.example")).await;
    assert_eq!((foreign.status.as_u16(), foreign.code()), (403, "ORIGIN_FORBIDDEN".to_owned()));
    let half = crate::http::send(&app, upgrade("https://jianghai.example")).await;
    assert_eq!((half.status.as_u16(), half.code()), (400, "BAD_REQUEST".to_owned()));
}

#[tokio::test]
async fn queries_and_mutations_are_answered_once_under_the_same_rules_as_over_http() {
    let app = TestApp::start().await;
    let server = Server::start(&app.app).await;
    let mut client = server.client(&app, "secretary").await;
    client.subscribe("1", WHO, json!({})).await;
    assert_eq!(client.answer("1").await.at("/viewer/account/name"), "secretary");
    assert_eq!(client.hear().await, json!({ "id": "1", "type": "complete" }));
    let report = "mutation($input: ProblemReportInput!) { problemReport(input: $input) { report { text } } }";
    client.subscribe("1", report, json!({ "input": { "page": "/", "text": "a problem" } })).await;
    assert_eq!(client.answer("1").await.at("/problemReport/report/text"), "a problem");
    assert_eq!(client.hear().await["type"], "complete");
    let refused = [
        ("{ nothing }", "GRAPHQL_VALIDATION_FAILED"),
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{ organizations(first: 100000) { nodes { id } } }", "QUERY_TOO_LARGE"),
        ("subscription { a: __typename b: __typename }", "SUBSCRIPTION_NOT_SINGLE"),
        ("subscription { organizationChanged(id: \"\") @skip(if: true) { id } }", "SUBSCRIPTION_NOT_SINGLE"),
    ];
    for (document, code) in refused {
        client.subscribe("2", document, json!({})).await;
        let error = client.hear().await;
        assert_eq!((&error["id"], &error["type"]), (&json!("2"), &json!("error")), "{error}");
        assert_eq!(error["payload"][0]["extensions"]["code"], code, "{error}");
    }
    client.say(json!({ "id": "3", "type": "subscribe", "payload": { "id": "00" } })).await;
    assert_eq!(client.hear().await["payload"][0]["extensions"]["code"], "DOCUMENT_UNKNOWN");
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.hear().await, json!({ "type": "pong" }));
    let over_http = app.run("secretary", "subscription { organizationChanged(id: \"\") { id } }", json!({})).await;
    assert_eq!(over_http.codes(), ["WEBSOCKET_EXPECTED"]);
    server.end().await;
}

#[tokio::test]
async fn a_token_runs_out_unless_it_is_renewed_for_the_same_sign_in() {
    let app = TestApp::start().await;
    let server = Server::start(&app.app).await;
    let mut client = Client::connect(server.address, Some("graphql-transport-ws")).await;
    client.hello(&server.token(&app, "secretary", 60)).await;
    app.clock.advance(50);
    client.say(json!({ "type": "ping", "payload": { "accessToken": server.token(&app, "secretary", 60) } })).await;
    let pong = client.hear().await;
    assert_eq!(pong, json!({ "type": "pong", "payload": { "expiresAt": "2026-09-09T08:01:50.000Z" } }));
    app.clock.advance(50);
    client.subscribe("1", WHO, json!({})).await;
    assert_eq!(client.answer("1").await.at("/viewer/account/name"), "secretary", "the old one has run out");
    assert_eq!(client.hear().await["type"], "complete");
    app.clock.advance(10);
    client.say(json!({ "type": "ping" })).await;
    assert_eq!(client.closed().await, (4403, "Forbidden: the access token has run out".to_owned()));

    let mut other = server.client(&app, "secretary").await;
    other.say(json!({ "type": "ping", "payload": { "accessToken": server.token(&app, "admin", 60) } })).await;
    assert_eq!(other.closed().await, (4403, "Forbidden: the access token belongs to another sign-in".to_owned()));

    // Nobody has to say anything for it to run out.
    let mut silent = Client::connect(server.address, Some("graphql-transport-ws")).await;
    silent.hello(&server.token(&app, "secretary", 2)).await;
    app.clock.advance(2);
    assert_eq!(silent.closed().await.0, 4403);
    server.end().await;
}
