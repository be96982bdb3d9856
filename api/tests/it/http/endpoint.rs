//! The GraphQL endpoint by the GraphQL-over-HTTP specification, and what it refuses.
use std::time::{Duration, Instant};

use actix_web::{
    http::{Method, header},
    test::TestRequest,
};
use jianghai::{
    clock::Clock,
    config::FreeForm,
    db::{document_list, seal::sha256},
    graphql::trusted::TrustedDocuments,
    testing::TestApp,
};
use serde_json::{Value, json};

use super::{bearer, graphql, send, signed_in, whoami};

const GRAPHQL: &str = "application/graphql-response+json; charset=utf-8";
const JSON: &str = "application/json; charset=utf-8";

fn post(accept: &str, body: &Value) -> TestRequest {
    TestRequest::post().uri("/graphql").insert_header(("accept", accept)).set_json(body)
}

#[actix_web::test]
async fn the_status_follows_the_media_type_and_the_outcome() {
    let app = TestApp::start().await;
    let cases = [
        (json!({ "query": "{ __typename }" }), 200, 200),
        (json!({ "query": "{ __typename }", "variables": null, "operationName": null, "extensions": null }), 200, 200),
        (json!({ "query": "query A { __typename } query B { __typename }", "operationName": "B" }), 200, 200),
        (json!({ "query": "query($a: Int!) { __typename }", "variables": { "a": 1 } }), 400, 200),
        (json!({ "query": "{" }), 400, 200),
        (json!({ "query": "{ nothing }" }), 400, 200),
        (json!({ "query": "query A { __typename } query B { __typename }" }), 400, 200),
        (json!({ "query": "query A { __typename }", "operationName": "C" }), 400, 200),
        (
            json!({ "query": "query($id: ID!) { organization(id: $id) { id } }", "variables": { "id": [1, 2] } }),
            400,
            200,
        ),
        (json!({}), 400, 400),
        (json!({ "query": 7 }), 400, 400),
        (json!({ "query": "{ __typename }", "variables": "x" }), 400, 400),
        (json!({ "query": "{ __typename }", "operationName": {} }), 400, 400),
        (json!({ "query": "{ __typename }", "extensions": [] }), 400, 400),
        (json!([{ "query": "{ __typename }" }]), 400, 400),
        (json!("x"), 400, 400),
        (json!({ "id": "00" }), 400, 200),
    ];
    for (body, graphql, json) in cases {
        for (accept, content_type, status) in
            [("application/graphql-response+json", GRAPHQL, graphql), ("application/json", JSON, json)]
        {
            let reply = send(&app, post(accept, &body)).await;
            assert_eq!(reply.status, status, "{body} as {accept}: {}", reply.json());
            assert_eq!(reply.header("content-type"), content_type, "{body}");
            assert_eq!(reply.header("cache-control"), "no-store");
            if reply.json().get("errors").is_some() {
                assert_eq!(reply.json().get("data"), None, "{body}");
                assert_ne!(reply.code(), "", "{body}");
                assert_eq!(
                    reply.json()["errors"][0]["extensions"]["requestId"],
                    reply.header("x-request-id"),
                    "{body}"
                );
            }
        }
    }
}

#[actix_web::test]
async fn methods_and_media_types_are_those_of_the_specification() {
    let app = TestApp::start().await;
    let query = r#"{"query":"{ __typename }"}"#;
    let plain = || TestRequest::post().uri("/graphql").set_payload(query);
    let cases: Vec<(&str, TestRequest, u16, &str)> = vec![
        ("no accept", plain().insert_header(header::ContentType::json()), 200, JSON),
        (
            "any",
            plain().insert_header(("content-type", "application/json")).insert_header(("accept", "*/*")),
            200,
            JSON,
        ),
        ("charset", plain().insert_header(("content-type", "application/json; charset=UTF-8")), 200, JSON),
        ("latin", plain().insert_header(("content-type", "application/json; charset=latin1")), 415, JSON),
        ("text", plain().insert_header(("content-type", "text/plain")), 415, JSON),
        ("form", plain().insert_header(("content-type", "application/x-www-form-urlencoded")), 415, JSON),
        ("no type", plain(), 415, JSON),
        (
            "gzip",
            plain().insert_header(header::ContentType::json()).insert_header(("content-encoding", "gzip")),
            415,
            JSON,
        ),
        ("html", plain().insert_header(header::ContentType::json()).insert_header(("accept", "text/html")), 406, JSON),
        ("put", TestRequest::with_uri("/graphql").method(Method::PUT), 405, JSON),
        ("delete", TestRequest::with_uri("/graphql").method(Method::DELETE), 405, JSON),
        ("get", TestRequest::with_uri("/graphql?query=%7B__typename%7D"), 200, JSON),
        ("get nothing", TestRequest::with_uri("/graphql"), 400, JSON),
        ("get variables", TestRequest::with_uri("/graphql?query=%7B__typename%7D&variables=%5B%5D"), 400, JSON),
        ("not JSON", plain().insert_header(header::ContentType::json()).set_payload("{\"query\""), 400, JSON),
    ];
    for (name, request, status, content_type) in cases {
        let reply = send(&app, request).await;
        assert_eq!((reply.status.as_u16(), reply.header("content-type")), (status, content_type), "{name}");
        if status == 405 {
            assert_eq!(reply.header("allow"), "GET, POST", "{name}");
        }
    }
}

#[actix_web::test]
async fn a_mutation_needs_post() {
    let app = TestApp::start().await;
    let token = signed_in(&app, "nobody").await.token();
    let before = app.footprint().await;
    let query = "mutation%7BproblemReport(input:%7Bpage:%22/%22,text:%22x%22%7D)%7Breport%7Bid%7D%7D%7D";
    let request = TestRequest::with_uri(&format!("/graphql?query={query}")).insert_header(bearer(&token));
    let reply = send(&app, request).await;
    assert_eq!((reply.status.as_u16(), reply.header("allow")), (405, "POST"));
    assert_eq!(app.footprint().await, before);
}

#[actix_web::test]
async fn pages_of_other_origins_are_refused() {
    let app = TestApp::start().await;
    for (name, value, status) in [
        ("origin", "https://evil.example", 403),
        ("origin", "null", 403),
        ("origin", "http://localhost", 403),
        ("origin", "https://jianghai.example", 200),
        ("sec-fetch-site", "cross-site", 403),
        ("sec-fetch-site", "same-origin", 200),
        ("sec-fetch-site", "none", 200),
    ] {
        let request =
            graphql("{ __typename }").insert_header(("host", "jianghai.example")).insert_header((name, value));
        let reply = send(&app, request).await;
        assert_eq!(reply.status, status, "{name}: {value}");
        if status == 403 {
            assert_eq!(reply.code(), "ORIGIN_FORBIDDEN");
        }
    }
}

#[actix_web::test]
async fn a_damaged_or_old_token_is_unauthenticated() {
    let app = TestApp::start().await;
    let token = signed_in(&app, "secretary").await.token();
    assert_eq!(whoami(&app, &token).await, "secretary");
    for damaged in [&token[..token.len() - 2], "x", "", "a.b.c", &token.replace('.', ":")] {
        let reply = send(&app, graphql("{ viewer { today } }").insert_header(bearer(damaged))).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (401, "UNAUTHENTICATED"), "{damaged}");
        assert_eq!(reply.header("www-authenticate"), "Bearer");
    }
    for header in ["Basic eDp5", "Bearer", &token] {
        let reply = send(&app, graphql("{ viewer { today } }").insert_header(("authorization", header))).await;
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (401, "UNAUTHENTICATED"), "{header}");
    }
    app.clock.advance(301);
    assert_eq!(whoami(&app, &token).await, "401 UNAUTHENTICATED");
}

#[actix_web::test]
async fn nobody_sees_who_he_is_and_nothing_else() {
    let app = TestApp::start().await;
    let reply = send(&app, graphql("{ viewer { today } rateLimit { cost remaining } }")).await;
    assert_eq!(reply.json()["data"]["viewer"], Value::Null);
    let reply = send(&app, graphql("{ organizations { totalCount } }")).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (200, "UNAUTHENTICATED"));
    let reply = send(&app, graphql("{ __schema { types { name } } }")).await;
    assert!(!String::from_utf8_lossy(&reply.body).contains("Organization"), "{}", reply.json());
}

/// Twenty fragments, each spread twice by the one before: a million fields in a few hundred bytes.
fn bomb(last: u32) -> String {
    let mut query = "query A { ...f0 }".to_owned();
    for n in 0..last {
        query.push_str(&format!(" fragment f{n} on Query {{ ...f{} ...f{} }}", n + 1, n + 1));
    }
    query.push_str(&format!(" fragment f{last} on Query {{ __typename }}"));
    query
}

async fn refused_quickly(app: &TestApp, name: &str, body: Value, code: &str) {
    // The best of three: other tests run beside this one.
    let mut best = Duration::MAX;
    for n in 0..3 {
        // Another text each time, since a known one is not parsed again.
        let mut body = body.clone();
        body["query"] = json!(format!("{} # {n}", body["query"].as_str().unwrap()));
        let started = Instant::now();
        let reply = send(app, post("application/graphql-response+json", &body)).await;
        best = best.min(started.elapsed());
        assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, code), "{name}");
    }
    assert!(best < Duration::from_millis(50), "{name} took {best:?}");
}

#[actix_web::test]
async fn a_query_that_explodes_is_refused_in_milliseconds() {
    let app = TestApp::start().await;
    refused_quickly(&app, "spreads", json!({ "query": bomb(20) }), "QUERY_TOO_LARGE").await;
    let elsewhere = format!("{} query B {{ __typename }}", bomb(20));
    refused_quickly(
        &app,
        "in another operation",
        json!({ "query": elsewhere, "operationName": "B" }),
        "QUERY_TOO_LARGE",
    )
    .await;
    let unused = bomb(20).replace("query A { ...f0 }", "query A { __typename }");
    refused_quickly(&app, "unused", json!({ "query": unused }), "QUERY_TOO_LARGE").await;
    let cycle = "{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }";
    refused_quickly(&app, "a cycle", json!({ "query": cycle }), "QUERY_TOO_LARGE").await;
    let aliases: String = (0..200).map(|n| format!("a{n}: __typename ")).collect();
    refused_quickly(&app, "aliases", json!({ "query": format!("{{ {aliases} }}") }), "QUERY_TOO_LARGE").await;
    let deep = format!("{}{}", "{ organizations { nodes ".repeat(20), "}".repeat(40));
    refused_quickly(&app, "depth", json!({ "query": deep }), "QUERY_TOO_LARGE").await;
    let nested = format!("{}{}", "[".repeat(40_000), "]".repeat(40_000));
    refused_quickly(
        &app,
        "brackets",
        json!({ "query": format!("{{ nodes(ids: {nested}) {{ id }} }}") }),
        "QUERY_TOO_LARGE",
    )
    .await;
    let wide = "{ organizations(first: 100) { nodes { children(first: 100) { nodes { children(first: 100) { nodes { id } } } } } } }";
    refused_quickly(&app, "ten thousand nodes", json!({ "query": wide }), "QUERY_TOO_LARGE").await;
}

#[actix_web::test]
async fn a_large_body_is_refused_before_it_is_read() {
    let app = TestApp::start().await;
    let large = json!({ "query": "{ __typename }", "extensions": { "x": "x".repeat(2_000_000) } });
    for path in ["/graphql", "/auth/sign-in"] {
        let request = TestRequest::post().uri(path).insert_header(("x-jianghai", "1")).set_json(&large);
        let started = Instant::now();
        let reply = send(&app, request).await;
        assert_eq!(reply.status, 413, "{path}");
        assert!(started.elapsed() < Duration::from_millis(200), "{path} took {:?}", started.elapsed());
    }
}

#[actix_web::test]
async fn a_request_id_is_taken_over_where_it_is_plain() {
    let app = TestApp::start().await;
    let long = "x".repeat(65);
    for (sent, kept) in [("abc-DEF-123", true), ("a b", false), ("a\"b", false), (long.as_str(), false)] {
        let reply = send(&app, graphql("{ __typename }").insert_header(("x-request-id", sent))).await;
        assert_eq!(reply.header("x-request-id") == sent, kept, "{sent}");
        assert!(!reply.header("x-request-id").is_empty());
    }
}

#[actix_web::test]
async fn what_an_account_may_ask_for_in_a_minute_is_told_and_limited() {
    let app = TestApp::start().await;
    let token = signed_in(&app, "secretary").await.token();
    let wide = "{ rateLimit { cost remaining } organizations(first: 100) { nodes { children(first: 100) { nodes { id } } } } }";
    let mut remaining = Vec::new();
    loop {
        let reply = send(&app, graphql(wide).insert_header(bearer(&token))).await;
        if reply.status == 429 {
            assert_eq!(reply.code(), "RATE_LIMITED");
            let wait: i64 = reply.header("retry-after").parse().unwrap();
            assert!((1..=60).contains(&wait), "{wait}");
            app.clock.advance(wait);
            break;
        }
        assert_eq!(reply.status, 200);
        remaining.push(reply.json()["data"]["rateLimit"]["remaining"].as_i64().unwrap());
    }
    assert!(remaining.len() > 10 && remaining.is_sorted_by(|a, b| a > b), "{remaining:?}");
    let reply = send(&app, graphql(wide).insert_header(bearer(&token))).await;
    assert_eq!(reply.status, 200);
}

/// A list with one document, and the id of that document.
fn list(document: &str) -> (String, String) {
    let id = hex::encode(sha256(document.as_bytes()));
    (json!({ &id: document }).to_string(), id)
}

#[actix_web::test]
async fn documents_of_the_last_five_versions_are_known_to_every_replica() {
    let app = TestApp::start().await;
    let lists: Vec<_> = (0..7).map(|n| list(&format!("query V{n} {{ viewer {{ today }} }}"))).collect();
    let known = async |id: &String| send(&app, post(GRAPHQL, &json!({ "id": id }))).await.code() != "DOCUMENT_UNKNOWN";
    assert!(!known(&lists[0].1).await);
    document_list::publish(&app.app.db, &lists[0].0, app.clock.now()).await.unwrap();
    assert!(!known(&lists[0].1).await, "the database is asked at most once a second");
    app.clock.advance(1);
    assert!(known(&lists[0].1).await);
    for (documents, _) in &lists[1..] {
        app.clock.advance(1);
        document_list::publish(&app.app.db, documents, app.clock.now()).await.unwrap();
    }
    let fresh = TrustedDocuments::embedded();
    let mut known = Vec::new();
    for (_, id) in &lists {
        app.clock.advance(1);
        known.push(fresh.get(&app.app.db, id, app.clock.now()).await.unwrap().is_some());
    }
    assert_eq!(known, [false, false, true, true, true, true, true]);
}

#[actix_web::test]
async fn whoever_is_signed_in_sends_documents_of_the_web_app_and_a_token_any() {
    let app = TestApp::start_with(|config| config.free_form = FreeForm::Tokens).await;
    let token = signed_in(&app, "secretary").await.token();
    let free = graphql("{ viewer { account { name } } }").insert_header(bearer(&token));
    let reply = send(&app, free).await;
    assert_eq!((reply.status.as_u16(), reply.code().as_str()), (400, "DOCUMENT_NOT_TRUSTED"));
    let (documents, id) = list("query Who { viewer { account { name } } }");
    document_list::publish(&app.app.db, &documents, app.clock.now()).await.unwrap();
    app.clock.advance(1);
    let reply = send(&app, post(GRAPHQL, &json!({ "id": id })).insert_header(bearer(&token))).await;
    assert_eq!(reply.json()["data"]["viewer"]["account"]["name"], "secretary");
    let (secret, _) = crate::api_token::issued(&app, json!(["ORGANIZATION_READ"])).await;
    assert_eq!(whoami(&app, &secret).await, "integrator");
    assert_eq!(send(&app, graphql("{ __typename }")).await.status, 200, "nobody sees what is public");
}

#[actix_web::test]
async fn a_text_that_pretends_to_be_another_is_refused() {
    let app = TestApp::start().await;
    for bad in ["\u{0}", "\u{7}", "\u{7f}", "\u{85}", "\u{202e}", "\u{2066}"] {
        let asked = json!({ "query": "query($t: String!) { search(text: $t) { __typename } }", "variables": { "t": format!("a{bad}b") } });
        assert_eq!(send(&app, post(GRAPHQL, &asked)).await.code(), "BAD_REQUEST", "{bad:?} in a variable");
        let literal =
            format!("{{ search(text: \"a\\u{:04x}b\") {{ __typename }} }}", u32::from(bad.chars().next().unwrap()));
        assert_eq!(send(&app, post(GRAPHQL, &json!({ "query": literal }))).await.code(), "BAD_REQUEST", "{literal}");
    }
    for good in ["江海", "a\nb\tc", "\u{200d}", "é"] {
        let asked =
            json!({ "query": "query($t: String!) { search(text: $t) { __typename } }", "variables": { "t": good } });
        assert_ne!(send(&app, post(GRAPHQL, &asked)).await.code(), "BAD_REQUEST", "{good:?}");
    }
}
