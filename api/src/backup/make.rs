//! Making one backup.
use std::{
    io,
    path::{Path, PathBuf},
};

use chrono::SecondsFormat;

use super::{KEY_FILE, MANIFEST_FILE, Manifest, files, manifest, staging::Staging};
use crate::{
    clock::Ambient,
    config::{Config, Secrets, SecretsError},
    db::{self, Database, DumpError, Engine, KeyFit, known_migrations},
    disk,
};

/// A backup that was made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The folder.
    pub path: PathBuf,
    /// What is in it.
    pub manifest: Manifest,
}

/// Why no backup was made. Nothing of it is left.
#[derive(Debug, thiserror::Error)]
pub enum BackupError {
    /// No place is named.
    #[error("no place for the backup: name a folder that does not exist yet, or set backup.directory")]
    NoPlace,
    /// The place cannot be used.
    #[error("the backup {} cannot be written: {}", .0.display(), .1)]
    Place(PathBuf, io::Error),
    /// The database cannot be copied.
    #[error("no backup was made: {0}")]
    Dump(#[from] DumpError),
    /// There is nothing to keep.
    #[error("no backup was made: the database was never set up")]
    Empty,
    /// The database is from the future.
    #[error(
        "no backup was made: the database was migrated by a newer jianghai than this one; make it with the newer binary"
    )]
    Newer,
    /// The key to be included is no key.
    #[error("no backup was made: {0}")]
    Secrets(#[from] SecretsError),
    /// The key to be included belongs to another database.
    #[error("no backup was made: the secrets in {} do not belong to this database", .0.display())]
    WrongKey(PathBuf),
}

/// Makes the folder `target` with a copy of the database that `config` names, as it is at one moment. The secrets file
/// `with_key` is copied into it where one is named, and only then.
pub async fn make(
    config: &Config,
    ambient: &Ambient,
    target: &Path,
    with_key: Option<&Path>,
) -> Result<Made, BackupError> {
    let place = |error| BackupError::Place(target.into(), error);
    let staging = Staging::begin(target).map_err(place)?;
    let engine = Engine::of(&config.database_url).map_err(DumpError::from)?;
    let database = staging.path().join(Manifest::database_file(engine));
    // Made by us, so that nobody else can read it for a moment.
    drop(disk::create(&database).map_err(place)?);
    let created_at = ambient.now().to_utc().to_rfc3339_opts(SecondsFormat::Micros, true);
    let contents = db::dump(&config.database_url, &config.postgres_tools(), &database).await?;
    let keys = contents.keys.clone();
    let fingerprint = keys.current.clone().ok_or(BackupError::Empty)?;
    let mut manifest = Manifest::new(engine, created_at, contents, fingerprint);
    manifest.demand_known(&known_migrations()).map_err(|_| BackupError::Newer)?;
    let mut names = vec![PathBuf::from(Manifest::database_file(engine))];
    if let Some(key) = with_key {
        let secrets = Secrets::file(key)?;
        if keys.adopted_by(&secrets.vault()) != KeyFit::Fits {
            return Err(BackupError::WrongKey(key.into()));
        }
        let text = std::fs::read(key).map_err(place)?;
        disk::create_with(&staging.path().join(KEY_FILE), &text).map_err(place)?;
        manifest.contains_key = true;
        names.push(PathBuf::from(KEY_FILE));
    }
    if let Some(storage) = config.storage_directory() {
        let folder = staging.path().to_path_buf();
        names.extend(blocking(move || files::take(&storage, &folder)).await.map_err(place)?);
    }
    let folder = staging.path().to_path_buf();
    let listed = blocking(move || list(&folder, names)).await;
    manifest.files = listed.map_err(place)?;
    let text = serde_json::to_vec_pretty(&manifest).map_err(|error| place(error.into()))?;
    disk::create_with(&staging.path().join(MANIFEST_FILE), &text).map_err(place)?;
    staging.publish().map_err(place)?;
    Ok(Made { path: target.to_path_buf(), manifest })
}

/// Brings the files to the disk and says what they are.
fn list(folder: &Path, names: Vec<PathBuf>) -> io::Result<Vec<manifest::File>> {
    let file = |name: PathBuf| {
        let path = folder.join(&name);
        disk::settle(&path)?;
        let (bytes, sha256) = disk::digest(&path)?;
        Ok(manifest::File { name, bytes, sha256 })
    };
    names.into_iter().map(file).collect()
}

/// Runs `work` where it holds nobody up.
pub(super) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> io::Result<T> {
    tokio::task::spawn_blocking(work).await.unwrap_or_else(|error| Err(io::Error::other(error)))
}

impl Made {
    /// What is in the backup and what is not, for people.
    pub fn lines(&self, config: &Config) -> Vec<String> {
        let manifest = &self.manifest;
        let bytes: u64 = manifest.files.iter().map(|file| file.bytes).sum();
        let rows: i64 = manifest.counts.values().sum();
        let people = manifest.counts.get("person").copied().unwrap_or_default();
        let kib = bytes.div_ceil(1024);
        let mut lines = vec![
            format!("backup made: {}", self.path.display()),
            format!("  in it:     the {} database, {people} people, {rows} rows, {kib} KiB", manifest.engine),
        ];
        let short = manifest.key_fingerprint.get(..12).unwrap_or_default();
        if manifest.contains_key {
            lines.push("  in it:     THE SECRETS: whoever reads this folder reads every protected field".to_owned());
        } else {
            let held = config.secrets_file().filter(|path| path.exists());
            let held = held.map_or_else(|| "the secrets".to_owned(), |path| path.display().to_string());
            lines.push(format!(
                "  NOT in it: {held} (key {short}). Without it this backup is worthless for protected fields: nobody \
                 can read phone, identity number, address or birth date again. Keep a copy of it apart from the backup"
            ));
        }
        if config.storage.s3_bucket.is_some() {
            lines.push("  NOT in it: attached files, which lie in a bucket: keep a copy of that".to_owned());
        }
        if manifest.engine == Engine::Sqlite.word() && Database::sqlite_path(&config.database_url).is_some() {
            lines.push("  a backup on the same disk does not survive that disk: copy it elsewhere".to_owned());
        }
        lines
    }
}
