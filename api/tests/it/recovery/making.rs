//! `jianghai backup`.
use std::{fs, os::unix::fs::PermissionsExt, path::Path};

use jianghai::{
    backup::{self, BackupError},
    config::Backup,
    db::{Database, DumpError, Engine, ToolError},
    testing::test_ambient,
};
use serde_json::json;

use super::*;

fn mode(path: &Path) -> u32 {
    fs::metadata(path).unwrap().permissions().mode() & 0o777
}

fn secrets_file(folder: &Path, data: &str) -> PathBuf {
    let path = folder.join("given.toml");
    fs::write(&path, format!("data_secret = \"{data}\"\ntoken_key = \"{}\"\n", "09".repeat(32))).unwrap();
    path
}

#[tokio::test]
async fn a_backup_is_a_folder_that_says_what_it_is_and_belongs_to_its_owner_alone() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = backed_up(&app, &config, folder.path()).await;
    let engine = app.app.db.engine();
    let database = if engine == Engine::Sqlite { "database.sqlite" } else { "database.dump" };
    assert_eq!(names(&target), [database, "manifest.json"]);
    assert_eq!(names(folder.path()), ["copy"]);
    assert_eq!(
        [mode(&target), mode(&target.join(database)), mode(&target.join("manifest.json"))],
        [0o700, 0o600, 0o600]
    );
    let found = manifest(&target);
    assert_eq!((found.format, found.engine.as_str(), found.contains_key), (1, engine.word(), false));
    assert_eq!(found.created_at, "2026-09-09T08:00:00.000000Z");
    assert_eq!(found.migrations, jianghai::db::known_migrations());
    assert_eq!((found.counts["person"], found.counts["organization"]), (12, 12));
    assert_eq!(found.key_fingerprint, app.app.vault.fingerprint());
    assert_eq!(found.files[0].bytes, fs::metadata(target.join(database)).unwrap().len());
}

#[tokio::test]
async fn what_is_not_in_a_backup_is_said_loudly() {
    let (app, config) = instance().await;
    let folder = folder();
    let ambient = test_ambient(app.clock.clone(), 3);
    let without = backup::make(&config, &ambient, &folder.path().join("a"), None).await.unwrap();
    let lines = without.lines(&config).join("\n");
    assert!(
        lines.contains("NOT in it: the secrets (key ") && lines.contains("worthless for protected fields"),
        "{lines}"
    );
    let key = secrets_file(folder.path(), &"07".repeat(32));
    let with = backup::make(&config, &ambient, &folder.path().join("b"), Some(&key)).await.unwrap();
    let lines = with.lines(&config).join("\n");
    assert!(lines.contains("in it:     THE SECRETS") && !lines.contains("NOT in it"), "{lines}");
    assert!(with.manifest.contains_key);
    assert_eq!(mode(&with.path.join("jianghai.secrets.toml")), 0o600);
    let other = secrets_file(folder.path(), &"08".repeat(32));
    let refused = backup::make(&config, &ambient, &folder.path().join("c"), Some(&other)).await.unwrap_err();
    assert!(matches!(refused, BackupError::WrongKey(_)), "{refused}");
    assert_eq!(names(folder.path()), ["a", "b", "given.toml"]);
}

#[tokio::test]
async fn nothing_that_exists_is_overwritten() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = folder.path().join("copy");
    fs::write(&target, "mine").unwrap();
    let ambient = test_ambient(app.clock.clone(), 3);
    let error = backup::make(&config, &ambient, &target, None).await.unwrap_err().to_string();
    assert!(error.ends_with("it exists already; nothing is overwritten"), "{error}");
    assert_eq!(
        (fs::read_to_string(&target).unwrap(), names(folder.path())),
        ("mine".to_owned(), vec!["copy".to_owned()])
    );
}

#[tokio::test]
async fn what_a_killed_backup_left_gives_way_and_a_running_one_does_not() {
    let (app, config) = instance().await;
    let folder = folder();
    let left = folder.path().join(".copy.partial");
    fs::create_dir(&left).unwrap();
    fs::write(left.join("database.sqlite"), "half").unwrap();
    let lock = fs::File::open(&left).unwrap();
    lock.try_lock().unwrap();
    let target = folder.path().join("copy");
    let ambient = test_ambient(app.clock.clone(), 3);
    let error = backup::make(&config, &ambient, &target, None).await.unwrap_err().to_string();
    assert!(error.ends_with("another backup with the same name is being made"), "{error}");
    drop(lock);
    backup::make(&config, &ambient, &target, None).await.unwrap();
    assert_eq!(names(folder.path()), ["copy"]);
}

#[tokio::test]
async fn a_backup_made_while_people_write_is_one_state() {
    let (app, config) = instance().await;
    let folder = folder();
    let target = folder.path().join("copy");
    let ambient = test_ambient(app.clock.clone(), 3);
    let mut made = std::pin::pin!(backup::make(&config, &ambient, &target, None));
    let mut written = 0;
    loop {
        let input = json!({ "page": "/", "text": "a problem" });
        tokio::select! {
            biased;
            done = &mut made => { done.unwrap(); break }
            _ = app.mutate("secretary", "problemReport", "report { id }", input) => written += 1,
        }
    }
    assert!(written > 0);
    let counts = manifest(&target).counts;
    assert_eq!(counts["problem_report"], counts["audit"]);
    let (empty, _directory) = empty_database().await;
    assert_eq!(restore(&empty, &target).await.unwrap().problems, Vec::<String>::new());
    assert_eq!(contents(&empty).await.counts, counts);
}

#[tokio::test]
async fn the_newest_of_each_kept_day_stays_and_nothing_else_is_touched() {
    let (app, mut config) = instance().await;
    let folder = folder();
    config.backup = Backup { directory: Some(folder.path().join("daily")), keep: 2, ..Backup::default() };
    let daily = folder.path().join("daily");
    let ambient = test_ambient(app.clock.clone(), 3);
    fs::create_dir_all(daily.join(".jianghai-20260901T000000Z.partial")).unwrap();
    fs::create_dir_all(daily.join("jianghai-20260901T000000Z")).unwrap();
    fs::create_dir_all(daily.join("by hand")).unwrap();
    backup::rotate(&config, &ambient, None).await.unwrap();
    app.clock.advance(3600);
    let second = backup::rotate(&config, &ambient, None).await.unwrap();
    assert_eq!(second.removed, [daily.join("jianghai-20260909T080000Z")]);
    app.clock.advance(3 * 24 * 3600);
    assert_eq!(backup::rotate(&config, &ambient, None).await.unwrap().removed, Vec::<PathBuf>::new());
    app.clock.advance(24 * 3600);
    assert_eq!(
        backup::rotate(&config, &ambient, None).await.unwrap().removed,
        [daily.join("jianghai-20260909T090000Z")]
    );
    // A folder without a manifest is not ours to remove.
    let left = ["by hand", "jianghai-20260901T000000Z", "jianghai-20260912T090000Z", "jianghai-20260913T090000Z"];
    assert_eq!(names(&daily), left);
}

#[tokio::test]
async fn without_the_client_programs_or_a_database_the_sentence_says_what_to_do() {
    let (app, mut config) = instance().await;
    let folder = folder();
    let ambient = test_ambient(app.clock.clone(), 3);
    let target = folder.path().join("copy");
    if app.app.db.engine() == Engine::Postgres {
        config.backup.postgres_bin = Some(folder.path().join("nowhere"));
        let error = backup::make(&config, &ambient, &target, None).await.unwrap_err();
        assert!(matches!(error, BackupError::Dump(DumpError::Tool(ToolError::Missing("pg_dump")))), "{error}");
        assert!(error.to_string().contains("backup.postgres_bin"), "{error}");
    }
    let (empty, directory) = empty_database().await;
    let error = backup::make(&empty, &ambient, &target, None).await.unwrap_err();
    match directory {
        Some(directory) => {
            assert!(matches!(error, BackupError::Dump(DumpError::Missing(_))), "{error}");
            assert_eq!(names(directory.path()), Vec::<String>::new());
        }
        None => assert!(matches!(error, BackupError::Empty), "{error}"),
    }
    assert_eq!(names(folder.path()), Vec::<String>::new());
    assert!(Database::sqlite_path(&config.database_url).is_none_or(|path| Path::new(path).exists()));
}
