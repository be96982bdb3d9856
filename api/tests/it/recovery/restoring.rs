//! `jianghai restore`.
use std::fs;

use jianghai::{
    command::CommandError,
    db::{Engine, Filling},
};
use sea_orm::{ConnectionTrait, Statement};
use serde_json::json;

use super::*;

/// The phone number of the person called `name`, as the restored instance opens it.
async fn phone(app: &TestApp, config: &Config, name: &str) -> String {
    let db = Database::connect(&config.database_url, 1, None).await.unwrap();
    let sql = format!("SELECT id, data_key, phone_sealed FROM person WHERE name = '{name}'");
    let row = db.read().query_one_raw(Statement::from_string(db.read().get_database_backend(), sql)).await;
    let row = row.unwrap().unwrap();
    let id: uuid::Uuid = row.try_get("", "id").unwrap();
    let key = app.app.vault.open_data_key(id, &row.try_get::<Vec<u8>>("", "data_key").unwrap()).unwrap();
    let phone =
        app.app.vault.open(&key, id, "phone_sealed", &row.try_get::<Vec<u8>>("", "phone_sealed").unwrap()).unwrap();
    db.close().await.unwrap();
    phone
}

#[tokio::test]
async fn a_restored_database_is_the_one_that_was_backed_up() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let before = contents(&config).await;
    let (empty, directory) = empty_database().await;
    let restored = restore(&empty, &target).await.unwrap();
    assert_eq!((restored.people, restored.migrated, restored.problems), (12, 0, vec![]));
    assert_eq!(restored.created_at, "2026-09-09T08:00:00.000000Z");
    assert_eq!(contents(&empty).await, before);
    assert_eq!(command::check(&empty).await.unwrap().wrong, Vec::<String>::new());
    assert_eq!(phone(&app, &empty, "李示例宁").await, "10000000002");
    if let Some(directory) = &directory {
        let ours = |name: &String| name.starts_with("jianghai.db") || name == "jianghai.erasures.jsonl";
        assert!(names(directory.path()).iter().all(ours));
    }
    // The second one finds a database.
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.contains("needs an empty place") || error.contains("the database is not empty"), "{error}");
    assert_eq!(contents(&empty).await, before);
}

#[tokio::test]
async fn attached_files_are_in_the_backup_and_come_back() {
    let (app, mut config) = instance().await;
    config.storage.directory = app.app.config.storage_directory();
    let owner = app.organization_id("grid1");
    let attachment = crate::attachment::attached(&app, "secretary", &owner, ("决议.txt", "同意".as_bytes())).await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let (mut empty, _directory) = empty_database().await;
    empty.storage.directory = Some(folder.path().join("files"));
    restore(&empty, &target).await.unwrap();
    let storage = jianghai::storage::Storage::new(&empty);
    let row = app.app.db.read();
    let sql = "SELECT object FROM attachment";
    let row = row.query_one_raw(Statement::from_string(row.get_database_backend(), sql)).await.unwrap().unwrap();
    let object: uuid::Uuid = row.try_get("", "object").unwrap();
    let content = storage.get(jianghai::storage::Kind::File, object).await.unwrap();
    assert_eq!(content, "同意".as_bytes(), "{attachment}");
    // Whoever names no folder for them is told so before anything is done.
    if app.app.db.engine() == Engine::Postgres {
        let (nowhere, _directory) = empty_database().await;
        let error = restore(&nowhere, &target).await.unwrap_err();
        assert!(error.contains("name a folder for them in storage.directory"), "{error}");
    }
}

#[tokio::test]
async fn history_is_as_unchangeable_as_before() {
    let (app, config) = instance().await;
    app.mutate("secretary", "problemReport", "report { id }", json!({ "page": "/", "text": "a problem" })).await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let (empty, _directory) = empty_database().await;
    restore(&empty, &target).await.unwrap();
    let db = Database::connect(&empty.database_url, 1, None).await.unwrap();
    let error = db.write().execute_unprepared("UPDATE audit SET action = 'x'").await.unwrap_err().to_string();
    assert!(error.contains("append_only_audit"), "{error}");
}

#[tokio::test]
async fn what_does_not_fit_is_refused_with_one_sentence_and_changes_nothing() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let whole = fs::read(target.join("manifest.json")).unwrap();
    let (mut empty, _directory) = empty_database().await;
    let other = if app.app.db.engine() == Engine::Sqlite { "postgres" } else { "sqlite" };
    let cases: [(&str, serde_json::Value, &str); 5] = [
        ("product", json!("other"), "is not a backup of jianghai"),
        ("format", json!(2), "made by a newer jianghai (0.1.0), in a form"),
        ("migrations", json!(["m20991231_000001_later"]), "does not know its migration m20991231_000001_later"),
        ("engine", json!(other), "a restore stays with its engine"),
        ("key_fingerprint", json!("00"), "belongs to the key 00 and the configured data secret is the key"),
    ];
    for (field, value, sentence) in cases {
        change(&target, |manifest| manifest[field] = value);
        let error = restore(&empty, &target).await.unwrap_err();
        assert!(error.starts_with("nothing was restored: ") && error.contains(sentence), "{error}");
        fs::write(target.join("manifest.json"), &whole).unwrap();
    }
    change(&target, |manifest| manifest["files"][0]["name"] = json!("../../etc/passwd"));
    assert!(restore(&empty, &target).await.unwrap_err().contains("names a file outside of it"));
    fs::write(target.join("manifest.json"), &whole).unwrap();
    let key = empty.data_secret.replace("08".repeat(32));
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.contains("with --key-file"), "{error}");
    empty.data_secret = key;
    let error = restore(&empty, folder.path()).await.unwrap_err();
    assert!(error.contains("is not a backup: its manifest.json cannot be read"), "{error}");
    assert!(is_untouched(&empty).await);
    restore(&empty, &target).await.unwrap();
}

#[tokio::test]
async fn a_damaged_file_is_named_and_nothing_is_restored() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let file = target.join(&manifest(&target).files[0].name);
    let bytes = fs::read(&file).unwrap();
    let (empty, _directory) = empty_database().await;
    fs::write(&file, &bytes[..bytes.len() - 1]).unwrap();
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.contains("the backup is damaged: database.") && error.contains("bytes instead of"), "{error}");
    let mut flipped = bytes.clone();
    flipped[bytes.len() / 2] ^= 1;
    fs::write(&file, flipped).unwrap();
    assert!(restore(&empty, &target).await.unwrap_err().contains("is not what was written"));
    fs::remove_file(&file).unwrap();
    assert!(restore(&empty, &target).await.unwrap_err().contains("cannot be read"));
    assert!(is_untouched(&empty).await);
}

#[tokio::test]
async fn a_file_that_breaks_in_the_loading_leaves_nothing() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let name = manifest(&target).files[0].name.clone();
    let bytes = fs::read(target.join(&name)).unwrap();
    fs::write(target.join(&name), &bytes[..bytes.len() * 3 / 4]).unwrap();
    let (size, sha256) = jianghai::disk::digest(&target.join(&name)).unwrap();
    change(&target, |manifest| {
        manifest["files"][0]["bytes"] = json!(size);
        manifest["files"][0]["sha256"] = json!(sha256);
    });
    let (empty, _directory) = empty_database().await;
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.starts_with("nothing was restored: "), "{error}");
    assert!(is_untouched(&empty).await);
}

#[tokio::test]
async fn a_database_that_does_not_hold_together_is_kept_only_where_that_is_accepted() {
    let (app, config) = instance().await;
    app.app.db.write().execute_unprepared("UPDATE organization_count SET n = n + 1").await.unwrap();
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let (empty, _directory) = empty_database().await;
    let error = restore(&empty, &target).await.unwrap_err();
    assert!(error.contains("--accept-problems") && error.contains("counts"), "{error}");
    assert!(is_untouched(&empty).await);
    let accepted = {
        let command = Restore { from: target, accept_problems: true, erasures: Erasures::None, ..Restore::default() };
        command::restore(&empty, &command).await.unwrap()
    };
    assert!(accepted.problems[0].starts_with("organization "), "{:?}", accepted.problems);
    assert_eq!(contents(&empty).await, contents(&config).await);
}

#[tokio::test]
async fn an_older_backup_is_brought_up_to_date() {
    use migration::MigratorTrait;
    let (old, _directory) = empty_database().await;
    let db = Database::connect(&old.database_url, 1, None).await.unwrap();
    let all = u32::try_from(jianghai::db::known_migrations().len()).unwrap();
    migration::Migrator::up(db.write(), Some(all - 1)).await.unwrap();
    let app = TestApp::start().await;
    let fingerprint = app.app.vault.fingerprint();
    let sql = format!("INSERT INTO setting (key, value) VALUES ('vault_fingerprint', '{fingerprint}')");
    db.write().execute_unprepared(&sql).await.unwrap();
    db.close().await.unwrap();
    let folder = folder();
    let target = backed_up(&app, &old, folder.path()).await;
    let (empty, _other) = empty_database().await;
    assert_eq!(restore(&empty, &target).await.unwrap().migrated, 1);
    assert_eq!(contents(&empty).await.migrations, jianghai::db::known_migrations());
}

#[tokio::test]
async fn a_restore_that_was_broken_off_is_recognised_and_made_again() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let (empty, directory) = empty_database().await;
    let file = target.join(&manifest(&target).files[0].name);
    if let Some(directory) = directory {
        // What a killed process leaves is a folder of another name.
        let left = directory.path().join(".jianghai.db.partial");
        fs::create_dir(&left).unwrap();
        fs::copy(&file, left.join("database.sqlite")).unwrap();
        restore(&empty, &target).await.unwrap();
        assert!(!left.exists());
        return;
    }
    let filling = Filling::begin(&empty.database_url).await.unwrap();
    filling.load(&empty.database_url, &empty.postgres_tools(), &file).await.unwrap();
    let error = restore(&empty, &target).await.unwrap_err();
    assert_eq!(error, "nothing was restored: another restore into this database is running");
    drop(filling);
    assert!(matches!(command::check(&empty).await.unwrap_err(), CommandError::RestoreUnfinished));
    // The lock goes with its connection, a moment later.
    let mut again = restore(&empty, &target).await;
    while again.as_ref().is_err_and(|error| error.contains("is running")) {
        again = restore(&empty, &target).await;
    }
    assert_eq!(again.unwrap().people, 12);
    assert!(!is_marked(&empty).await);
}
