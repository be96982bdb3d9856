//! The own export by its links: as a page and as JSON, for five minutes, for the person alone.
use actix_web::test::TestRequest;
use jianghai::testing::TestApp;
use serde_json::Value;

use super::{Reply, send};
use crate::person_export::{asked, seen, worked};

async fn get(app: &TestApp, url: &str) -> Reply {
    send(app, TestRequest::get().uri(url).insert_header(("accept-language", "en"))).await
}

#[actix_web::test]
async fn it_comes_as_a_page_to_print_and_as_json() {
    let app = TestApp::start().await;
    asked(&app).await;
    worked(&app).await;
    let export = seen(&app, "member").await;
    let page = get(&app, export["pageUrl"].as_str().unwrap()).await;
    assert_eq!((page.status.as_u16(), page.header("content-type")), (200, "text/html; charset=utf-8"));
    assert_eq!(page.header("content-disposition"), "attachment; filename=\"jianghai-2026-09-09.html\"");
    assert_eq!(page.header("cache-control"), "no-store");
    assert!(page.header("content-security-policy").contains("default-src 'none'"));
    let text = String::from_utf8(page.body).unwrap();
    assert!(text.contains("<dt>Name</dt><dd>李示例宁</dd>") && !text.contains("<script"), "{text}");
    let json = get(&app, export["jsonUrl"].as_str().unwrap()).await;
    assert_eq!((json.status.as_u16(), json.header("content-type")), (200, "application/json"));
    assert_eq!(json.json()["format"], "jianghai-person-export-1");
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'personExportFetch'").await, 2);
}

#[actix_web::test]
async fn a_link_holds_for_five_minutes_and_for_what_it_says() {
    let app = TestApp::start().await;
    asked(&app).await;
    worked(&app).await;
    let export = seen(&app, "member").await;
    let url = export["pageUrl"].as_str().unwrap().to_owned();
    let other = jianghai::graphql::ids::decode_or_nil::<entity::PersonId>("").0.to_string();
    let own = app.human("李示例宁").person.0.to_string();
    for forged in [
        url.replace("english", "json"),
        url.replace("signature=", "signature=00"),
        url.replace(&own, &other),
        url.replace("expires=", "expires=9"),
        format!("/exports/{own}"),
    ] {
        let reply = get(&app, &forged).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (403, &Value::from("LINK_EXPIRED")), "{forged}");
    }
    app.clock.advance(299);
    assert_eq!(get(&app, &url).await.status, 200);
    app.clock.advance(2);
    assert_eq!(get(&app, &url).await.status, 403);
    // A new link to what was removed.
    let url = seen(&app, "member").await["pageUrl"].as_str().unwrap().to_owned();
    app.execute("DELETE FROM person_export").await;
    assert_eq!(get(&app, &url).await.status, 404);
}
