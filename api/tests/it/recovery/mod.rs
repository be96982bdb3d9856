//! Backups and what becomes of them, with real files, the real binary and the real client programs.
mod binary;
mod bucket;
mod daily;
mod making;
mod rekeying;
mod restoring;

use std::{
    fs,
    path::{Path, PathBuf},
};

use jianghai::{
    backup::Manifest,
    command::{self, Erasures, Restore, Restored},
    config::Config,
    db::{Contents, Database},
    testing::{TestApp, empty_database, test_ambient},
};
use tempfile::TempDir;

/// A folder of this test alone.
fn folder() -> TempDir {
    tempfile::tempdir().unwrap()
}

/// An instance that was set up, so that the database knows its key.
async fn instance() -> (TestApp, Config) {
    let app = TestApp::start().await;
    let config = app.config();
    command::migrate(&config).await.unwrap();
    (app, config)
}

/// A backup of `config` in `folder`.
async fn backed_up(app: &TestApp, config: &Config, folder: &Path) -> PathBuf {
    let target = folder.join("copy");
    jianghai::backup::make(config, &test_ambient(app.clock.clone(), 3), &target, None).await.unwrap();
    target
}

async fn restore(config: &Config, from: &Path) -> Result<Restored, String> {
    let command = Restore { from: from.into(), erasures: Erasures::None, ..Restore::default() };
    command::restore(config, &command).await.map_err(|error| error.to_string())
}

/// Names of what is in `folder`, hidden ones too.
fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// Writes the manifest in `backup` anew.
fn change(backup: &Path, change: impl FnOnce(&mut serde_json::Value)) {
    let path = backup.join("manifest.json");
    let mut manifest = serde_json::from_slice(&fs::read(&path).unwrap()).unwrap();
    change(&mut manifest);
    fs::write(path, serde_json::to_vec(&manifest).unwrap()).unwrap();
}

fn manifest(backup: &Path) -> Manifest {
    Manifest::read(backup).unwrap()
}

async fn contents(config: &Config) -> Contents {
    let db = Database::connect(&config.database_url, 1, None).await.unwrap();
    let contents = jianghai::db::contents(db.read()).await.unwrap();
    db.close().await.unwrap();
    contents
}

/// Whether nothing at all is in the place that `config` names.
async fn is_untouched(config: &Config) -> bool {
    match Database::sqlite_path(&config.database_url) {
        Some(path) => names(Path::new(path).parent().unwrap()).is_empty(),
        None => contents(config).await.counts.is_empty() && !is_marked(config).await,
    }
}

async fn is_marked(config: &Config) -> bool {
    let db = Database::connect(&config.database_url, 1, None).await.unwrap();
    let marked = jianghai::db::restore_unfinished(&db).await.unwrap();
    db.close().await.unwrap();
    marked
}
