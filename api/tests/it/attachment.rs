//! Attachments: uploads that break off, lies, limits, rights, links, collection.
use std::sync::Arc;

use actix_web::web::Bytes;
use jianghai::{
    features::attachment::service::{self, ReceiveError},
    graphql::ids,
    job::{Jobs, Work},
    testing::TestApp,
};
use serde_json::{Value, json};
use tokio::sync::watch;

const NONE: [String; 0] = [];

/// Sends bytes of an upload, as the endpoint does.
pub(super) async fn send(
    app: &TestApp,
    account: &str,
    upload: &Value,
    offset: i64,
    bytes: &[u8],
) -> Result<i64, ReceiveError> {
    let id = ids::decode_or_nil(upload.as_str().unwrap_or_default());
    let actor = app.actor(account).unwrap();
    service::receive(&app.app, "test", &actor, id, offset, Bytes::copy_from_slice(bytes)).await
}

async fn begun(app: &TestApp, account: &str, owner: &str, name: &str, size: usize) -> Value {
    let input = json!({ "owner": owner, "name": name, "size": size });
    let answer = app.mutate(account, "attachmentUploadBegin", "upload { id offset url chunkBytes }", input).await;
    assert_eq!(answer.user_errors("attachmentUploadBegin"), NONE, "{}", answer.0);
    answer.at("/attachmentUploadBegin/upload/id").clone()
}

async fn finished(app: &TestApp, account: &str, upload: &Value) -> jianghai::testing::Answer {
    let selection = "attachment { id name mediaType size sha256 uploadedBy thumbnailUrl state }";
    app.mutate(account, "attachmentUploadFinish", selection, json!({ "upload": upload })).await
}

/// The id of a file that `account` attaches to `owner`.
pub(super) async fn attached(app: &TestApp, account: &str, owner: &str, file: (&str, &[u8])) -> Value {
    let upload = begun(app, account, owner, file.0, file.1.len()).await;
    send(app, account, &upload, 0, file.1).await.unwrap();
    let answer = finished(app, account, &upload).await;
    assert_eq!(answer.user_errors("attachmentUploadFinish"), NONE, "{}", answer.0);
    answer.at("/attachmentUploadFinish/attachment/id").clone()
}

/// Number of objects in the storage.
pub(super) fn objects(app: &TestApp) -> usize {
    fn files(folder: &std::path::Path) -> usize {
        let Ok(entries) = std::fs::read_dir(folder) else { return 0 };
        entries.map(|entry| entry.unwrap().path()).map(|path| if path.is_dir() { files(&path) } else { 1 }).sum()
    }
    files(&app.app.config.storage_directory().unwrap())
}

/// What the nights do: rows that are kept no longer go, then what belongs to no row.
pub(super) async fn collect(app: &TestApp) {
    let (_stop, stopped) = watch::channel(false);
    let jobs = Jobs::new(vec![
        Arc::new(jianghai::features::retention::job::RetentionDaily) as Arc<dyn Work>,
        Arc::new(jianghai::features::attachment::job::AttachmentCollect),
    ]);
    assert!(jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap());
    while jobs.once(&app.app, app.app.ambient.uuid(), &stopped).await.unwrap() {}
    // Work of a server that was killed is older, and may wait for that server.
    let now = app.app.ambient.now().0;
    let done = format!(
        "SELECT COUNT(*) FROM job WHERE state = 'DONE' AND created_at >= {now}
        AND kind IN ('retention_daily', 'attachment_collect')"
    );
    assert!(app.number(&done).await >= 2);
}

async fn listed(app: &TestApp, account: &str, owner: &str) -> Vec<String> {
    let document = "query($id: ID!) { node(id: $id) { ... on Organization { attachments { nodes { name } } }
        ... on Person { attachments { nodes { name } } } } }";
    let answer = app.run(account, document, json!({ "id": owner })).await;
    let nodes = answer.at("/node/attachments/nodes").as_array().cloned().unwrap_or_default();
    nodes.iter().map(|node| node["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn an_upload_that_breaks_off_goes_on_where_it_was_acknowledged() {
    let app = TestApp::start().await;
    let owner = app.organization_id("grid1");
    let upload = begun(&app, "secretary", &owner, "决议.txt", 9).await;
    assert_eq!(send(&app, "secretary", &upload, 0, b"abc").await.unwrap(), 3);
    // The answer got lost: the same bytes again are not taken twice.
    assert!(matches!(send(&app, "secretary", &upload, 0, b"abc").await, Err(ReceiveError::Offset(3))));
    assert!(matches!(send(&app, "secretary", &upload, 6, b"ghi").await, Err(ReceiveError::Offset(3))));
    assert!(matches!(send(&app, "secretary", &upload, 3, b"too much").await, Err(ReceiveError::TooLong)));
    assert!(matches!(send(&app, "organizer-city", &upload, 3, b"def").await, Err(ReceiveError::NotFound)));
    let early = finished(&app, "secretary", &upload).await;
    assert_eq!(early.user_errors("attachmentUploadFinish"), ["upload INVALID"]);
    assert_eq!(send(&app, "secretary", &upload, 3, b"def").await.unwrap(), 6);
    assert_eq!(send(&app, "secretary", &upload, 6, b"ghi").await.unwrap(), 9);
    let done = finished(&app, "secretary", &upload).await;
    let file = done.at("/attachmentUploadFinish/attachment");
    assert_eq!(file["size"], 9);
    // SHA-256 of "abcdefghi".
    assert_eq!(file["sha256"], "19cc02f26df43cc571bc9ed7b0c4d29224a3ec229529221725ef76d021c8326f");
    assert_eq!((&file["mediaType"], &file["uploadedBy"]), (&json!("text/plain"), &json!("secretary")));
    // The end is asked for again, since its answer got lost: one attachment, one file, no chunks.
    assert_eq!(finished(&app, "secretary", &upload).await, done);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment_chunk").await, 0);
    assert_eq!(objects(&app), 1);
    assert_eq!(listed(&app, "secretary", &owner).await, ["决议.txt"]);
}

#[tokio::test]
async fn two_chunks_for_the_same_place_count_once() {
    let app = TestApp::start().await;
    let upload = begun(&app, "secretary", &app.organization_id("grid1"), "a.txt", 6).await;
    let (one, other) =
        tokio::join!(send(&app, "secretary", &upload, 0, b"abcdef"), send(&app, "secretary", &upload, 0, b"ABCDEF"));
    assert_eq!([&one, &other].iter().filter(|sent| matches!(sent, Ok(6))).count(), 1, "{one:?} {other:?}");
    assert_eq!(objects(&app), 1);
    let done = finished(&app, "secretary", &upload).await;
    assert_eq!(done.at("/attachmentUploadFinish/attachment/size"), 6);
}

#[tokio::test]
async fn two_that_finish_the_same_upload_get_the_same_attachment() {
    let app = TestApp::start().await;
    let upload = begun(&app, "secretary", &app.organization_id("grid1"), "a.txt", 3).await;
    send(&app, "secretary", &upload, 0, b"abc").await.unwrap();
    let (one, other) = tokio::join!(finished(&app, "secretary", &upload), finished(&app, "secretary", &upload));
    assert_eq!(one, other);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 1);
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE action = 'attachmentUploadFinish'").await, 1);
}

#[tokio::test]
async fn a_file_that_lies_is_refused_and_nothing_of_it_stays() {
    let app = TestApp::start().await;
    let owner = app.organization_id("grid1");
    let upload = begun(&app, "secretary", &owner, "决议.pdf", 13).await;
    let refused = send(&app, "secretary", &upload, 0, b"<html></html>").await;
    assert!(matches!(refused, Err(ReceiveError::Refused(_))));
    // A lie that only the whole file tells.
    let late = begun(&app, "secretary", &owner, "表.xlsx", 8).await;
    send(&app, "secretary", &late, 0, b"PK\x03\x04rest").await.unwrap();
    let answer = finished(&app, "secretary", &late).await;
    assert_eq!(answer.user_errors("attachmentUploadFinish"), ["upload INVALID"]);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment_upload").await, 0);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment").await, 0);
    app.clock.advance(2 * 86_400);
    collect(&app).await;
    assert_eq!(objects(&app), 0);
}

#[tokio::test]
async fn every_mistake_in_name_and_size_is_named() {
    let app = TestApp::start().await;
    let owner = app.organization_id("grid1");
    for (name, size, expected) in [
        ("", 1, vec!["name REQUIRED"]),
        ("页面.html", 1, vec!["name INVALID"]),
        ("图.svg", 1, vec!["name INVALID"]),
        ("../etc.txt", 1, vec!["name INVALID"]),
        ("a.txt", 0, vec!["size OUT_OF_RANGE"]),
        ("a", 20_000_001, vec!["name INVALID", "size OUT_OF_RANGE"]),
        ("a.txt", 20_000_000, vec![]),
    ] {
        let input = json!({ "owner": owner, "name": name, "size": size });
        let answer = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", input).await;
        assert_eq!(answer.user_errors("attachmentUploadBegin"), expected, "{name} {size}");
    }
    let wrong = json!({ "owner": ids::encode(app.account("member")), "name": "a.txt", "size": 1 });
    let answer = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", wrong).await;
    assert_eq!(answer.user_errors("attachmentUploadBegin"), ["owner NOT_FOUND"]);
}

#[tokio::test]
async fn an_owner_has_a_limited_number_of_files_and_archived_ones_do_not_count() {
    let app = TestApp::start().await;
    let owner = app.organization_id("grid1");
    let attachment = attached(&app, "secretary", &owner, ("0.txt", b"0")).await;
    for number in 1..50 {
        attached(&app, "secretary", &owner, (&format!("{number}.txt"), b"x")).await;
    }
    let input = json!({ "owner": owner, "name": "a.txt", "size": 1 });
    let answer = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", input.clone()).await;
    assert_eq!(answer.user_errors("attachmentUploadBegin"), ["owner OUT_OF_RANGE"]);
    let archive = json!({ "attachment": attachment, "version": 1 });
    app.mutate("secretary", "attachmentArchive", "attachment { id }", archive).await;
    let answer = app.mutate("secretary", "attachmentUploadBegin", "upload { id }", input).await;
    assert_eq!(answer.user_errors("attachmentUploadBegin"), NONE);
    let restore = json!({ "attachment": attachment, "version": 2 });
    let answer = app.mutate("secretary", "attachmentRestore", "attachment { id }", restore).await;
    assert_eq!(answer.user_errors("attachmentRestore"), ["attachment OUT_OF_RANGE"]);
}

#[tokio::test]
async fn a_persons_files_are_seen_by_those_who_see_the_person() {
    let app = TestApp::start().await;
    let person = ids::encode(app.human("赵示例远").person).to_string();
    let id = attached(&app, "secretary", &person, ("申请书.txt", "申请".as_bytes())).await;
    assert_eq!(listed(&app, "secretary", &person).await, ["申请书.txt"]);
    assert_eq!(listed(&app, "organizer-chongchuan", &person).await, ["申请书.txt"]);
    let question =
        "query($id: ID!) { node(id: $id) { ... on Attachment { name person { name } organization { name } } } }";
    for account in ["organizer-rugao", "secretary-grid2", "inspector", "admin", "nobody"] {
        assert_eq!(listed(&app, account, &person).await, Vec::<String>::new(), "{account}");
        let node = app.run(account, question, json!({ "id": id })).await;
        assert_eq!(node.at("/node"), &Value::Null, "{account}");
    }
    let seen = app.run("secretary", question, json!({ "id": id })).await;
    assert_eq!(seen.at("/node/person/name"), "赵示例远");
    // History does not keep what the file of a person was called.
    assert_eq!(app.number("SELECT COUNT(*) FROM audit WHERE body LIKE '%申请书%'").await, 0);
}

#[tokio::test]
async fn what_nobody_needs_is_collected_after_a_day_and_nothing_else() {
    let app = TestApp::start().await;
    let owner = app.organization_id("grid1");
    let picture = include_bytes!("../../../web/screenshots/secretary.png");
    let kept = attached(&app, "secretary", &owner, ("屏幕.png", picture)).await;
    let left = begun(&app, "secretary", &owner, "半.txt", 6).await;
    send(&app, "secretary", &left, 0, b"abc").await.unwrap();
    let orphan = jianghai::storage::Kind::File;
    app.app.storage.put(orphan, app.app.ambient.uuid(), Bytes::from_static(b"of nobody")).await.unwrap();
    // The picture, its thumbnail, the chunk, the orphan.
    assert_eq!(objects(&app), 4);
    collect(&app).await;
    assert_eq!(objects(&app), 4);
    app.clock.advance(86_400 + 1);
    collect(&app).await;
    assert_eq!(objects(&app), 2);
    assert_eq!(app.number("SELECT COUNT(*) FROM attachment_upload").await, 0);
    let archive = json!({ "attachment": kept, "version": 1 });
    app.mutate("secretary", "attachmentArchive", "attachment { id }", archive).await;
    app.clock.advance(86_400 + 1);
    collect(&app).await;
    assert_eq!(objects(&app), 2);
}

#[tokio::test]
async fn what_a_killed_write_left_behind_is_taken_away_after_a_day() {
    let app = TestApp::start().await;
    let folder = app.app.config.storage_directory().unwrap().join(".partial");
    std::fs::create_dir_all(&folder).unwrap();
    let now = std::time::UNIX_EPOCH + std::time::Duration::from_micros(app.app.ambient.now().0.unsigned_abs());
    for (name, hours) in [("old", 49), ("new", 1)] {
        let file = std::fs::File::create(folder.join(name)).unwrap();
        file.set_modified(now - std::time::Duration::from_secs(hours * 3600)).unwrap();
    }
    collect(&app).await;
    assert!(!folder.join("old").exists());
    assert!(folder.join("new").exists());
}
