//! Attached files in a bucket: everything that works in a folder works there, through a backup and back.
//! `scripts/s3.sh start DIR` runs the server and prints its address for `JIANGHAI_TEST_S3_ENDPOINT`.
use actix_web::web::Bytes;
use entity::attachment;
use futures_util::StreamExt;
use jianghai::{
    config::Storage,
    db::Database,
    storage::{self, Kind, StorageError},
    testing::{TestApp, empty_database},
};
use sea_orm::EntityTrait;
use serde_json::json;
use uuid::Uuid;

use super::{backed_up, folder, restore};
use crate::{
    attachment::{attached, collect},
    http::{
        files::{begun, get, head, links, patch},
        signed_in,
    },
};

/// The bucket that the script makes, below a root of the test's own.
fn bucket(root: &str) -> Storage {
    let endpoint = std::env::var("JIANGHAI_TEST_S3_ENDPOINT").expect("JIANGHAI_TEST_S3_ENDPOINT; see scripts/s3.sh");
    Storage {
        directory: None,
        s3_bucket: Some("jianghai".to_owned()),
        s3_endpoint: Some(endpoint),
        s3_root: format!("/{}/{root}/", std::process::id()),
        s3_access_key: Some("S3RVER".to_owned()),
        s3_secret_key: Some("S3RVER".to_owned()),
        ..Storage::default()
    }
}

/// How many files, thumbnails and chunks there are.
async fn objects(app: &TestApp) -> [usize; 3] {
    let mut counts = [0; 3];
    for (count, kind) in counts.iter_mut().zip(Kind::ALL) {
        let mut batches = Box::pin(app.app.storage.keys(kind, 2).await.unwrap());
        while let Some(batch) = batches.next().await {
            *count += batch.into_iter().map(Result::unwrap).count();
        }
    }
    counts
}

fn pdf(bytes: usize) -> &'static [u8] {
    let mut content = b"%PDF-1.7\n".to_vec();
    content.extend((content.len()..bytes).map(|place| u8::try_from(place % 251).unwrap()));
    content.leak()
}

#[actix_web::test]
#[ignore = "needs a server; see scripts/s3.sh"]
async fn a_bucket_does_what_a_folder_does() {
    let app = TestApp::start_on(bucket("whole")).await;
    let token = signed_in(&app, "secretary").await.token();

    // In pieces, the second after a break, of which the server says where it goes on.
    let content = pdf(9_000_000);
    let (id, url) = begun(&app, &token, "换届决议.pdf", content.len()).await;
    let (first, second) = content.split_at(5_000_000);
    assert_eq!(patch(&app, &token, &url, "0", first).await.status, 204);
    assert_eq!(head(&app, &token, &url).await.header("upload-offset"), "5000000");
    assert_eq!(patch(&app, &token, &url, "5000000", second).await.header("upload-offset"), "9000000");
    assert_eq!(objects(&app).await, [0, 0, 2]);
    let finish =
        app.mutate("secretary", "attachmentUploadFinish", "attachment { id size }", json!({ "upload": id })).await;
    let file = finish.at("/attachmentUploadFinish/attachment");
    assert_eq!(file["size"], 9_000_000, "{}", finish.0);
    assert_eq!(objects(&app).await, [1, 0, 0]);
    let fetched = get(&app, &links(&app, &token, &file["id"]).await.0).await;
    assert_eq!((fetched.status.as_u16(), fetched.body.as_slice() == content), (200, true));

    let picture = include_bytes!("../../../../web/screenshots/secretary.png");
    let shown = attached(&app, "secretary", &app.organization_id("grid1"), ("屏幕.png", picture)).await;
    assert_eq!(objects(&app).await, [2, 1, 0]);
    let thumbnail = get(&app, &links(&app, &token, &shown).await.1.unwrap()).await;
    assert_eq!((thumbnail.status.as_u16(), thumbnail.header("content-type")), (200, "image/jpeg"));
    assert!((100..picture.len()).contains(&thumbnail.body.len()), "{}", thumbnail.body.len());

    let orphan = app.app.ambient.uuid();
    app.app.storage.put(Kind::File, orphan, Bytes::from_static(b"of nobody")).await.unwrap();
    collect(&app).await;
    assert_eq!(objects(&app).await, [3, 1, 0]);
    app.clock.advance(86_400 + 1);
    collect(&app).await;
    assert_eq!(objects(&app).await, [2, 1, 0]);
    let gone = app.app.storage.get(Kind::File, orphan).await;
    assert!(matches!(gone, Err(StorageError::Missing(_))), "{gone:?}");
    app.app.storage.remove(Kind::File, orphan).await.unwrap();
}

#[tokio::test]
#[ignore = "needs a server; see scripts/s3.sh"]
async fn a_backup_leaves_the_bucket_alone_and_the_restored_database_finds_its_files() {
    let app = TestApp::start_on(bucket("backup")).await;
    let mut config = app.config();
    config.storage = bucket("backup");
    jianghai::command::migrate(&config).await.unwrap();
    attached(&app, "secretary", &app.organization_id("grid1"), ("决议.txt", "同意".as_bytes())).await;
    let folder = folder();
    let copy = backed_up(&app, &config, folder.path()).await;
    assert!(!copy.join("attachments").exists());
    let (mut into, _directory) = empty_database().await;
    into.storage = bucket("backup");
    let restored = restore(&into, &copy).await.unwrap();
    assert!(!restored.lines().is_empty());
    let db = Database::connect(&into.database_url, 1, None).await.unwrap();
    let row = attachment::Entity::find().one(db.read()).await.unwrap().unwrap();
    let found = storage::Storage::new(&into).get(Kind::File, row.object).await.unwrap();
    assert_eq!(found, Bytes::from_static("同意".as_bytes()));
    db.close().await.unwrap();
}

#[tokio::test]
#[ignore = "needs a server; see scripts/s3.sh"]
async fn a_wrong_secret_or_bucket_is_an_error_and_not_a_file_that_is_missing() {
    let (config, _directory) = empty_database().await;
    for change in
        [(|storage| storage.s3_secret_key = Some("not the secret".to_owned())) as fn(&mut Storage), |storage| {
            storage.s3_bucket = Some("elsewhere".to_owned());
        }]
    {
        let mut config = config.clone();
        config.storage = bucket("wrong");
        change(&mut config.storage);
        let storage = storage::Storage::new(&config);
        let put = storage.put(Kind::File, Uuid::from_u128(1), Bytes::from_static(b"x")).await;
        assert!(put.is_err(), "{:?}", config.storage);
        let secret = config.storage.s3_secret_key.unwrap();
        assert!(secret == "S3RVER" || !format!("{put:?}").contains(&secret), "{put:?}");
    }
}
