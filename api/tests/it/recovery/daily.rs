//! The backup that is made by itself.
use std::sync::Arc;

use jianghai::{app::App, backup::BackupDaily, config::Backup, job::Jobs, testing::test_ambient};
use sea_orm::ConnectionTrait;
use tokio::sync::watch;

use super::*;

/// Runs what is due once, in an instance with these settings; answers what came of it.
async fn once(test: &TestApp, config: Config) -> String {
    let secrets = jianghai::config::Secrets::existing(&config).unwrap();
    let app = App::new(config, test.app.db.clone(), test_ambient(test.clock.clone(), 6), &secrets);
    app.refresh_authority().await.unwrap();
    let jobs = Jobs::new(vec![Arc::new(BackupDaily)]);
    let (_stop, stopped) = watch::channel(false);
    assert!(jobs.once(&app, app.ambient.uuid(), &stopped).await.unwrap());
    assert!(!jobs.once(&app, app.ambient.uuid(), &stopped).await.unwrap(), "it runs once a day");
    let query = "SELECT result AS word FROM job WHERE kind = 'backup_daily' ORDER BY scheduled_for DESC LIMIT 1";
    let backend = test.app.db.read().get_database_backend();
    let row = test.app.db.read().query_one_raw(sea_orm::Statement::from_string(backend, query)).await.unwrap();
    row.unwrap().try_get::<Option<String>>("", "word").unwrap().unwrap_or_default()
}

#[tokio::test]
async fn every_day_one_is_made_and_old_ones_go() {
    let (test, mut config) = instance().await;
    let folder = folder();
    config.backup = Backup { directory: Some(folder.path().into()), keep: 1, ..Backup::default() };
    let result = once(&test, config.clone()).await;
    assert!(result.contains("jianghai-20260909T080000Z") && result.contains("the key is not in it"), "{result}");
    test.clock.advance(24 * 3600);
    let result = once(&test, config.clone()).await;
    assert!(result.contains("1 old backups removed"), "{result}");
    assert_eq!(names(folder.path()), ["jianghai-20260910T080000Z"]);
    config.backup.keep = 0;
    test.clock.advance(24 * 3600);
    let result = once(&test, config).await;
    assert!(result.contains("none was made"), "{result}");
    assert_eq!(names(folder.path()), ["jianghai-20260910T080000Z"]);
}
