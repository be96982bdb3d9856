//! A server that is killed in the middle of an upload, as a process of its own.
use std::time::Duration;

use jianghai::testing::TestApp;
use serde_json::json;
use sha2::{Digest, Sha256};

use crate::process::Server;

/// Bytes of one chunk.
const CHUNK: usize = 300_000;

/// Where the upload goes on.
fn offset(server: &Server, path: &str) -> usize {
    let answer = server.ask("HEAD", path, "", b"");
    let line = answer.lines().find_map(|line| line.strip_prefix("upload-offset: ").map(str::to_owned));
    line.unwrap_or_else(|| panic!("no offset: {answer}")).parse().unwrap()
}

fn patch(offset: usize) -> String {
    format!("Content-Type: application/offset+octet-stream\r\nUpload-Offset: {offset}\r\n")
}

#[tokio::test]
async fn a_server_killed_in_mid_upload_loses_nothing_and_does_nothing_twice() {
    let app = TestApp::start().await;
    let file: Vec<u8> = (0..6 * CHUNK).map(|n| b"0123456789abcdef\n"[n % 17]).collect();
    let mut server = Server::start(&app);
    let begin =
        "mutation($input: AttachmentUploadBeginInput!) { attachmentUploadBegin(input: $input) { upload { id url } } }";
    let input = json!({ "owner": app.organization_id("grid1"), "name": "记录.txt", "size": file.len() });
    let upload = server.graphql(begin, &input)["attachmentUploadBegin"]["upload"].clone();
    let url = upload["url"].as_str().unwrap().to_owned();
    let answer = server.ask("PATCH", &url, &patch(0), &file[..CHUNK]);
    assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    // Half of a chunk has come.
    let stream = server.open("PATCH", &url, &patch(CHUNK), CHUNK, &file[CHUNK..CHUNK + CHUNK / 2]);
    std::thread::sleep(Duration::from_millis(50));
    server.kill();
    drop(stream);
    server = Server::start(&app);
    assert_eq!(offset(&server, &url), CHUNK);
    // A whole chunk has come, and the server dies somewhere on the way to acknowledging it.
    for wait in [0, 1, 3, 8] {
        let at = offset(&server, &url);
        let end = (at + CHUNK).min(file.len());
        let stream = server.open("PATCH", &url, &patch(at), end - at, &file[at..end]);
        std::thread::sleep(Duration::from_millis(wait));
        server.kill();
        drop(stream);
        server = Server::start(&app);
        let now = offset(&server, &url);
        assert!(now == at || now == end, "{now} is neither {at} nor {end}");
    }
    while offset(&server, &url) < file.len() {
        let at = offset(&server, &url);
        let end = (at + CHUNK).min(file.len());
        let answer = server.ask("PATCH", &url, &patch(at), &file[at..end]);
        assert!(answer.starts_with("HTTP/1.1 204"), "{answer}");
    }
    // It dies while the file is put together, and is asked again.
    let finish = "mutation($input: AttachmentUploadFinishInput!) { attachmentUploadFinish(input: $input) {
        attachment { size sha256 } userErrors { code } } }";
    let input = json!({ "upload": upload["id"] });
    let body = json!({ "query": finish, "variables": { "input": input } }).to_string();
    let stream = server.open("POST", "/graphql", "Content-Type: application/json\r\n", body.len(), body.as_bytes());
    std::thread::sleep(Duration::from_millis(4));
    server.kill();
    drop(stream);
    server = Server::start(&app);
    let done = server.graphql(finish, &input)["attachmentUploadFinish"].clone();
    let sha256 = hex::encode(Sha256::digest(&file));
    assert_eq!(done, json!({ "attachment": { "size": file.len(), "sha256": sha256 }, "userErrors": [] }));
    server.kill();
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment_upload").await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'attachmentUploadFinish'").await, 1);
    // What the deaths left behind belongs to nobody, and is collected; the keys were made by today's clock.
    app.clock.advance(400 * 86_400);
    super::attachment::collect(&app).await;
    assert_eq!(super::attachment::objects(&app), 1);
}
