//! Bytes of uploads come in, attachments go out by signed links.
use actix_web::{http::Method, test::TestRequest};
use jianghai::{graphql::ids, testing::TestApp};
use serde_json::{Value, json};

use super::{Reply, bearer, send, signed_in};

async fn gql(app: &TestApp, token: &str, query: &str, variables: Value) -> Value {
    let request = TestRequest::post().uri("/graphql").insert_header(bearer(token));
    let request = request.insert_header(("accept-language", "en"));
    send(app, request.set_json(json!({ "query": query, "variables": variables }))).await.json()["data"].clone()
}

pub(crate) async fn begun(app: &TestApp, token: &str, name: &str, size: usize) -> (Value, String) {
    let query = "mutation($input: AttachmentUploadBeginInput!) {
        attachmentUploadBegin(input: $input) { upload { id url } userErrors { code } } }";
    let input = json!({ "owner": app.organization_id("grid1"), "name": name, "size": size });
    let data = gql(app, token, query, json!({ "input": input })).await;
    let upload = &data["attachmentUploadBegin"]["upload"];
    (upload["id"].clone(), upload["url"].as_str().unwrap().to_owned())
}

pub(crate) async fn patch(app: &TestApp, token: &str, url: &str, offset: &str, body: &'static [u8]) -> Reply {
    let request = TestRequest::default()
        .method(Method::PATCH)
        .uri(url)
        .insert_header(("upload-offset", offset))
        .insert_header(("content-type", "application/offset+octet-stream"))
        .insert_header(("accept-language", "en"))
        .set_payload(body);
    let request = if token.is_empty() { request } else { request.insert_header(bearer(token)) };
    send(app, request).await
}

pub(crate) async fn head(app: &TestApp, token: &str, url: &str) -> Reply {
    send(app, TestRequest::default().method(Method::HEAD).uri(url).insert_header(bearer(token))).await
}

/// The links of a file that the secretary attaches, as the account with `token` gets them.
async fn attached(app: &TestApp, name: &str, bytes: &[u8]) -> Value {
    let owner = app.organization_id("grid1");
    crate::attachment::attached(app, "secretary", &owner, (name, bytes)).await
}

pub(crate) async fn links(app: &TestApp, token: &str, id: &Value) -> (String, Option<String>) {
    let query = "query($id: ID!) { node(id: $id) { ... on Attachment { url thumbnailUrl } } }";
    let data = gql(app, token, query, json!({ "id": id })).await;
    let text = |field: &str| data["node"][field].as_str().map(str::to_owned);
    (text("url").unwrap(), text("thumbnailUrl"))
}

pub(crate) async fn get(app: &TestApp, url: &str) -> Reply {
    send(app, TestRequest::get().uri(url).insert_header(("accept-language", "en"))).await
}

#[actix_web::test]
async fn an_upload_is_asked_where_it_goes_on_and_takes_only_what_follows() {
    let app = TestApp::start().await;
    let token = signed_in(&app, "secretary").await.token();
    let (_, url) = begun(&app, &token, "a.txt", 6).await;
    let reply = patch(&app, &token, &url, "0", b"abc").await;
    assert_eq!((reply.status.as_u16(), reply.header("upload-offset")), (204, "3"));
    let asked = head(&app, &token, &url).await;
    assert_eq!((asked.header("upload-offset"), asked.header("upload-length")), ("3", "6"));
    let again = patch(&app, &token, &url, "0", b"abc").await;
    assert_eq!((again.status.as_u16(), again.header("upload-offset")), (409, "3"));
    assert_eq!(patch(&app, "", &url, "3", b"def").await.status, 401);
    let other = signed_in(&app, "organizer-city").await.token();
    assert_eq!(patch(&app, &other, &url, "3", b"def").await.status, 404);
    assert_eq!(patch(&app, &token, &url, "x", b"def").await.status, 400);
    assert_eq!(patch(&app, &token, &url, "3", b"defg").await.status, 413);
    let large: &'static [u8] = Box::leak(vec![b'a'; 8 * 1024 * 1024 + 1].into_boxed_slice());
    assert_eq!(patch(&app, &token, &url, "3", large).await.status, 413);
    assert_eq!(patch(&app, &token, &url, "3", b"def").await.header("upload-offset"), "6");
}

#[actix_web::test]
async fn a_lie_is_told_in_one_sentence_with_the_first_chunk() {
    let app = TestApp::start().await;
    let token = signed_in(&app, "secretary").await.token();
    let (_, url) = begun(&app, &token, "决议.pdf", 6).await;
    let reply = patch(&app, &token, &url, "0", b"<html>").await;
    assert_eq!(reply.status, 422);
    assert_eq!(
        reply.json()["message"],
        "The content of this file is not PDF, as its name says; nothing was kept. Choose the right file."
    );
    assert_eq!(head(&app, &token, &url).await.status, 404);
}

#[actix_web::test]
async fn a_file_is_handed_out_as_a_download_that_can_do_nothing() {
    let app = TestApp::start().await;
    let id = attached(&app, "决议 1.txt", "同意".as_bytes()).await;
    let token = signed_in(&app, "secretary").await.token();
    let (url, thumbnail) = links(&app, &token, &id).await;
    assert_eq!(thumbnail, None);
    let reply = get(&app, &url).await;
    assert_eq!((reply.status.as_u16(), reply.body.as_slice()), (200, "同意".as_bytes()));
    for (header, value) in [
        ("content-type", "text/plain; charset=utf-8"),
        ("content-disposition", "attachment; filename=\"attachment.txt\"; filename*=UTF-8''%E5%86%B3%E8%AE%AE%201.txt"),
        ("content-security-policy", "default-src 'none'; sandbox"),
        ("x-content-type-options", "nosniff"),
        ("cache-control", "private, max-age=300"),
    ] {
        assert_eq!(reply.header(header), value);
    }
    let picture = include_bytes!("../../../../web/screenshots/secretary.png");
    let id = attached(&app, "屏幕.png", picture).await;
    let (url, thumbnail) = links(&app, &token, &id).await;
    assert_eq!(get(&app, &url).await.body, picture);
    let small = get(&app, &thumbnail.unwrap()).await;
    assert_eq!((small.header("content-type"), small.header("content-disposition")), ("image/jpeg", "inline"));
    assert!(small.body.starts_with(b"\xff\xd8\xff"));
}

#[actix_web::test]
async fn a_link_of_a_token_dies_with_it_and_is_nobody_elses() {
    let app = TestApp::start().await;
    let id = attached(&app, "a.txt", b"a").await;
    let (secret, token) = crate::api_token::issued(&app, json!(["ORGANIZATION_READ"])).await;
    let (url, _) = links(&app, &secret, &id).await;
    assert_eq!(get(&app, &url).await.body, b"a");
    let by = url.split(['?', '&']).find(|part| part.starts_with("by=token-")).unwrap().to_owned();
    for wrong in [url.replace(&by, "by="), url.replace(&by, &by.replace("token", "session"))] {
        assert_eq!(get(&app, &wrong).await.json()["code"], "LINK_EXPIRED", "{wrong}");
    }
    app.mutate("admin2", "apiTokenRevoke", "token { id }", json!({ "token": token })).await;
    let reply = get(&app, &url).await;
    assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (403, &json!("LINK_EXPIRED")));

    let app = TestApp::start().await;
    let id = attached(&app, "a.txt", b"a").await;
    let (secret, _) = crate::api_token::issued(&app, json!(["ORGANIZATION_READ"])).await;
    app.clock.advance(30 * 86_400 - 60);
    let (url, _) = links(&app, &secret, &id).await;
    app.clock.advance(59);
    assert_eq!(get(&app, &url).await.status, 200);
    app.clock.advance(1);
    assert_eq!(get(&app, &url).await.json()["code"], "LINK_EXPIRED", "the token has run out");
}

#[actix_web::test]
async fn a_link_holds_for_five_minutes_and_cannot_be_changed() {
    let app = TestApp::start().await;
    let id = attached(&app, "a.txt", b"a").await;
    let other = attached(&app, "b.txt", b"b").await;
    let token = signed_in(&app, "secretary").await.token();
    let (url, _) = links(&app, &token, &id).await;
    let uuid = |id: &Value| ids::decode_tagged(id.as_str().unwrap()).unwrap().1.to_string();
    let city = app.account("organizer-city").0.to_string();
    let mine = app.account("secretary").0.to_string();
    for wrong in [
        url.replace(&uuid(&id), &uuid(&other)),
        url.replace(&mine, &city),
        url.replace("target=file", "target=thumbnail"),
        url.replace("expires=1", "expires=2"),
        url.split('?').next().unwrap().to_owned(),
    ] {
        let reply = get(&app, &wrong).await;
        assert_eq!((reply.status.as_u16(), &reply.json()["code"]), (403, &json!("LINK_EXPIRED")), "{wrong}");
    }
    app.clock.advance(299);
    assert_eq!(get(&app, &url).await.status, 200);
    app.clock.advance(1);
    assert_eq!(get(&app, &url).await.status, 403);
}

#[actix_web::test]
async fn a_link_ends_with_the_right_with_the_account_and_with_the_sign_in() {
    let app = TestApp::start().await;
    let id = attached(&app, "a.txt", b"a").await;
    let token = signed_in(&app, "inspector").await.token();
    let (url, _) = links(&app, &token, &id).await;
    assert_eq!(get(&app, &url).await.status, 200);
    let input = json!({ "attachment": id, "version": 1 });
    app.mutate("secretary", "attachmentArchive", "attachment { id }", input).await;
    assert_eq!(get(&app, &url).await.status, 404);
    let input = json!({ "attachment": id, "version": 2 });
    app.mutate("secretary", "attachmentRestore", "attachment { id }", input).await;
    assert_eq!(get(&app, &url).await.status, 200);
    let second = signed_in(&app, "inspector").await;
    let (elsewhere, _) = links(&app, &second.token(), &id).await;
    let out = super::auth("sign-out", &json!({})).cookie(second.refresh_cookie());
    assert!(send(&app, out).await.status.is_success());
    assert_eq!(get(&app, &elsewhere).await.status, 403);
    assert_eq!(get(&app, &url).await.status, 200);
    let ended = "UPDATE role_grant SET \"until\" = '2026-09-01' WHERE account_id =
        (SELECT id FROM account WHERE name = 'inspector')";
    app.execute(ended).await;
    app.execute("UPDATE epoch SET n = n + 1 WHERE name = 'authority'").await;
    app.app.refresh_authority().await.unwrap();
    assert_eq!(get(&app, &url).await.status, 404);
    let account = ids::encode(app.account("inspector")).to_string();
    let input = json!({ "account": account, "reason": "离岗", "version": 1 });
    app.mutate("admin", "accountDisable", "account { id }", input).await;
    assert_eq!(get(&app, &url).await.status, 403);
}
