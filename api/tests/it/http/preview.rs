//! A preview over HTTP: by a header that one sign-in session may send for half an hour.
use actix_web::test::TestRequest;
use jianghai::testing::TestApp;
use serde_json::{Value, json};

use super::{auth, bearer, graphql, send, signed_in};

const WHO: &str = "{ viewer { permissions } }";

/// The token of a preview of the secretary's role on a branch.
async fn begun(app: &TestApp, access: &str) -> String {
    let roles = send(app, graphql("{ roles { id code } }").insert_header(bearer(access))).await.json();
    let roles = roles["data"]["roles"].as_array().unwrap().clone();
    let role = roles.iter().find(|role| role["code"] == "secretary").unwrap()["id"].clone();
    let body = json!({
        "query": "mutation($input: PreviewBeginInput!) { previewBegin(input: $input) { preview { token until } userErrors { code } } }",
        "variables": { "input": { "role": role, "organization": app.organization_id("grid1") } },
    });
    let request = TestRequest::post().uri("/graphql").insert_header(bearer(access)).set_json(body);
    let preview = send(app, request).await.json()["data"]["previewBegin"]["preview"].clone();
    assert_eq!(preview["until"], "2026-09-09T08:30:00Z");
    preview["token"].as_str().unwrap().to_owned()
}

async fn asked(app: &TestApp, access: &str, preview: &str, query: &str) -> (u16, Value) {
    let request = graphql(query).insert_header(bearer(access)).insert_header(("x-preview", preview));
    let reply = send(app, request).await;
    (reply.status.as_u16(), reply.json())
}

fn code(answer: &Value) -> &str {
    answer["errors"][0]["extensions"]["code"].as_str().unwrap_or_default()
}

#[actix_web::test]
async fn a_preview_narrows_what_is_read_and_refuses_what_is_written() {
    let app = TestApp::start().await;
    let access = signed_in(&app, "admin").await.token();
    let preview = begun(&app, &access).await;
    let (_, narrowed) = asked(&app, &access, &preview, WHO).await;
    assert_eq!(narrowed["data"]["viewer"]["permissions"], json!(["ORGANIZATION_READ", "AUDIT_READ"]));
    let (_, seen) =
        asked(&app, &access, &preview, "{ organizations { nodes { name } } accounts { totalCount } }").await;
    assert_eq!(
        seen["data"],
        json!({ "organizations": { "nodes": [{ "name": "第一党小组" }, { "name": "虹东社区第一网格党支部" }] },
            "accounts": { "totalCount": 1 } })
    );
    let report = "mutation { problemReport(input: { page: \"/\", text: \"x\" }) { userErrors { code } } }";
    let (status, refused) = asked(&app, &access, &preview, report).await;
    assert_eq!((status, code(&refused)), (400, "PREVIEW_READ_ONLY"));
    assert_eq!(app.number("SELECT COUNT(*) FROM problem_report").await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'previewBegin'").await, 1);
}

#[actix_web::test]
async fn a_preview_is_over_after_half_an_hour_and_belongs_to_one_session() {
    let app = TestApp::start().await;
    let first = signed_in(&app, "admin").await.token();
    let second = signed_in(&app, "admin").await.token();
    let preview = begun(&app, &first).await;
    assert_eq!(code(&asked(&app, &second, &preview, WHO).await.1), "PREVIEW_OVER");
    for forged in ["", "x", &preview[1..], &preview[..preview.len() - 1], &format!("{preview}.x")] {
        let (status, answer) = asked(&app, &first, forged, WHO).await;
        assert_eq!((status, code(&answer)), (403, "PREVIEW_OVER"), "{forged}");
    }
    let mut session = signed_in(&app, "admin").await;
    let preview = begun(&app, &session.token()).await;
    for (seconds, status) in [(29 * 60 + 59, 200), (1, 403)] {
        app.clock.advance(seconds);
        session = send(&app, auth("refresh", &json!({})).cookie(session.refresh_cookie())).await;
        assert_eq!(asked(&app, &session.token(), &preview, WHO).await.0, status);
    }
}
