//! Filling an empty database from a backup: everything that can be known beforehand is looked at before anything
//! is changed, and what is not complete is not there.
use std::{
    fs, io,
    path::{Path, PathBuf},
};

use sea_orm::DbErr;

use super::{Manifest, ManifestError, files, make::blocking, staging::Staging};
use crate::{
    config::{Config, Secrets, SecretsError},
    db::{self, ConnectError, Contents, Database, Engine, FillError, Filling, KeyFit, KnownKeys, known_migrations},
    disk,
};

/// Why nothing was restored.
#[derive(Debug, thiserror::Error)]
pub enum RestoreError {
    /// The folder is no backup that this binary can use.
    #[error("nothing was restored: {0}")]
    Manifest(#[from] ManifestError),
    /// The backup is of another engine.
    #[error(
        "nothing was restored: the backup holds a {backup} database and database_url names a {database} one; a restore \
         stays with its engine"
    )]
    OtherEngine {
        /// The engine of the backup.
        backup: String,
        /// The engine of the database.
        database: &'static str,
    },
    /// No secrets are configured.
    #[error(
        "nothing was restored: there are no secrets ({0}); give the secrets file of the instance that was backed up with \
         --key-file"
    )]
    Secrets(#[from] SecretsError),
    /// The secrets belong to another instance.
    #[error(
        "nothing was restored: the backup belongs to the key {backup} and {given} is the key {key}; give the secrets \
         file of the instance that was backed up with --key-file"
    )]
    WrongKey {
        /// The beginning of the backup's fingerprint.
        backup: String,
        /// Where the secrets came from.
        given: String,
        /// The beginning of its fingerprint.
        key: String,
    },
    /// The backup was made while the secret was changed, and the one before is missing.
    #[error(
        "nothing was restored: the backup was made while the data secret was being changed and needs the one before too; \
         give a secrets file that holds it as previous_data_secret with --key-file"
    )]
    OutgoingKeyMissing,
    /// Other secrets are in the place where the given ones would go.
    #[error(
        "nothing was restored: {} holds other secrets than those given with --key-file; move it away first", .0.display()
    )]
    OtherSecrets(PathBuf),
    /// No folder is named for attached files.
    #[error("nothing was restored: the backup holds attached files; name a folder for them in storage.directory")]
    NoStorage,
    /// A file is in the place of the database.
    #[error(
        "nothing was restored: {} exists, and a restore needs an empty place; move it away or name another database_url",
        .0.display()
    )]
    Exists(PathBuf),
    /// A file cannot be written.
    #[error("nothing was restored: {} cannot be written: {}", .0.display(), .1)]
    Place(PathBuf, io::Error),
    /// The database cannot be filled.
    #[error("nothing was restored: {0}")]
    Fill(#[from] FillError),
    /// The database cannot be opened.
    #[error("nothing was restored: {0}")]
    Connect(#[from] ConnectError),
    /// The database failed.
    #[error("nothing was restored: the database failed: {0}")]
    Db(#[from] DbErr),
    /// What came out is not what went in.
    #[error("nothing was restored: table {table} has {found} rows and the manifest says {expected}")]
    Counts {
        /// The table.
        table: String,
        /// Rows that the manifest names.
        expected: i64,
        /// Rows that came out.
        found: i64,
    },
    /// The backup's database belongs to another key than its manifest says.
    #[error("nothing was restored: the backup is damaged: database and manifest name different keys")]
    Contradiction,
}

/// A backup that fits: form, tables, engine, key and every file.
pub struct Prepared {
    /// What the backup says of itself.
    pub manifest: Manifest,
    /// The secrets that belong to it.
    pub secrets: Secrets,
    folder: PathBuf,
    engine: Engine,
    url: String,
    config: Config,
    /// A secrets file to put in its place, and the place.
    install: Option<(PathBuf, PathBuf)>,
}

/// Looks at everything that can be known without changing anything.
pub async fn prepare(config: &Config, from: &Path, key_file: Option<&Path>) -> Result<Prepared, RestoreError> {
    let manifest = Manifest::read(from)?;
    manifest.demand_known(&known_migrations())?;
    let engine = Engine::of(&config.database_url)?;
    if manifest.engine != engine.word() {
        return Err(RestoreError::OtherEngine { backup: manifest.engine, database: engine.word() });
    }
    let (secrets, given) = match key_file {
        Some(path) => (Secrets::file(path)?, path.display().to_string()),
        None => (Secrets::existing(config)?, "the configured data secret".to_owned()),
    };
    let vault = secrets.vault();
    match manifest.keys().adopted_by(&vault) {
        KeyFit::Fits => {}
        KeyFit::Other => {
            let (backup, key) = (short(&manifest.key_fingerprint), short(&vault.fingerprint()));
            return Err(RestoreError::WrongKey { backup, given, key });
        }
        KeyFit::OutgoingMissing => return Err(RestoreError::OutgoingKeyMissing),
    }
    let install = key_file.map(|file| place_of(config, file, &manifest.keys())).transpose()?.flatten();
    let (whole, folder) = (manifest.clone(), from.to_path_buf());
    let checked = blocking(move || Ok(whole.demand_whole(&folder))).await;
    checked.map_err(|error| RestoreError::Place(from.into(), error))??;
    if files::any(manifest.files.iter().map(|file| file.name.as_path())) && config.storage_directory().is_none() {
        return Err(RestoreError::NoStorage);
    }
    let (url, config) = (config.database_url.clone(), config.clone());
    Ok(Prepared { manifest, secrets, folder: from.to_path_buf(), engine, url, config, install })
}

/// Where the secrets in `file` go, so that the restored instance finds them; none where it has them already.
fn place_of(config: &Config, file: &Path, keys: &KnownKeys) -> Result<Option<(PathBuf, PathBuf)>, RestoreError> {
    let Some(place) = config.secrets_file().filter(|_| config.data_secret.is_none()) else { return Ok(None) };
    if !place.exists() {
        return Ok(Some((file.to_path_buf(), place)));
    }
    match Secrets::file(&place) {
        Ok(held) if keys.adopted_by(&held.vault()) == KeyFit::Fits => Ok(None),
        _ => Err(RestoreError::OtherSecrets(place)),
    }
}

fn short(fingerprint: &str) -> String {
    fingerprint.get(..12).unwrap_or(fingerprint).to_owned()
}

/// A restored database that is not in use yet: to be kept or discarded.
pub struct Loaded(Place);

enum Place {
    /// A file in a folder of its own, which disappears when it is not kept.
    File(Staging),
    /// A marked database on a server.
    Server(Filling),
}

impl Prepared {
    /// Loads the database, where it is not seen yet, and compares it with the manifest.
    pub async fn load(&self) -> Result<Loaded, RestoreError> {
        let source = self.folder.join(Manifest::database_file(self.engine));
        match self.engine {
            Engine::Sqlite => {
                let target = PathBuf::from(Database::sqlite_path(&self.url).unwrap_or_default());
                let place = |error| RestoreError::Place(target.clone(), error);
                for taken in [target.clone(), with_ending(&target, "-wal")] {
                    if fs::symlink_metadata(&taken).is_ok() {
                        return Err(RestoreError::Exists(taken));
                    }
                }
                fs::create_dir_all(disk::folder_of(&target)).map_err(place)?;
                let staging = Staging::begin(&target).map_err(place)?;
                let copy = staging.path().join(source.file_name().unwrap_or_default());
                blocking(move || fs::copy(&source, &copy).and_then(|_| disk::settle(&copy))).await.map_err(place)?;
                let loaded = Loaded(Place::File(staging));
                let path = loaded.file().unwrap_or_default();
                self.compare(&db::file_contents(&path).await?)?;
                Ok(loaded)
            }
            Engine::Postgres => {
                let filling = Filling::begin(&self.url).await?;
                match self.fill(&filling, &source).await {
                    Ok(()) => Ok(Loaded(Place::Server(filling))),
                    Err(error) => {
                        filling.undo().await?;
                        Err(error)
                    }
                }
            }
        }
    }

    async fn fill(&self, filling: &Filling, source: &Path) -> Result<(), RestoreError> {
        filling.load(&self.url, &self.config.postgres_tools(), source).await?;
        self.compare(&filling.contents().await?)
    }

    fn compare(&self, found: &Contents) -> Result<(), RestoreError> {
        for (table, expected) in &self.manifest.counts {
            let found = found.counts.get(table).copied().unwrap_or(0);
            if found != *expected {
                return Err(RestoreError::Counts { table: table.clone(), expected: *expected, found });
            }
        }
        if found.keys != self.manifest.keys() {
            return Err(RestoreError::Contradiction);
        }
        Ok(())
    }

    /// The URL under which `loaded` can be opened before it is kept.
    pub fn url(&self, loaded: &Loaded) -> String {
        loaded.file().map_or_else(|| self.url.clone(), |path| format!("sqlite://{}", path.display()))
    }

    /// Puts database and secrets in their places. All connections to `loaded` are closed. Says where the secrets
    /// were put, if they were.
    pub async fn keep(&self, loaded: Loaded) -> Result<Option<PathBuf>, RestoreError> {
        if let Some((file, place)) = &self.install {
            let written = fs::read(file).and_then(|text| {
                fs::create_dir_all(disk::folder_of(place))?;
                disk::create_with(place, &text)
            });
            written.map_err(|error| RestoreError::Place(place.clone(), error))?;
        }
        if let Some(storage) = self.config.storage_directory() {
            let (folder, target) = (self.folder.clone(), storage.clone());
            let names: Vec<PathBuf> = self.manifest.files.iter().map(|file| file.name.clone()).collect();
            let put = blocking(move || files::put(&folder, names.iter().map(PathBuf::as_path), &storage)).await;
            put.map_err(|error| RestoreError::Place(target, error))?;
        }
        match loaded.0 {
            Place::File(staging) => {
                let (path, target) = (staging.path().join(Manifest::database_file(self.engine)), staging.target());
                let target = target.to_path_buf();
                let moved = disk::settle(&path).and_then(|()| staging.publish_file(&path));
                moved.map_err(|error| RestoreError::Place(target, error))?;
            }
            Place::Server(filling) => filling.finish().await?,
        }
        Ok(self.install.as_ref().map(|(_, place)| place.clone()))
    }

    /// Leaves nothing of `loaded`.
    pub async fn discard(&self, loaded: Loaded) -> Result<(), RestoreError> {
        match loaded.0 {
            Place::File(staging) => drop(staging),
            Place::Server(filling) => filling.undo().await?,
        }
        Ok(())
    }
}

impl Loaded {
    fn file(&self) -> Option<PathBuf> {
        match &self.0 {
            Place::File(staging) => Some(staging.path().join(Manifest::database_file(Engine::Sqlite))),
            Place::Server(_) => None,
        }
    }
}

fn with_ending(path: &Path, ending: &str) -> PathBuf {
    let mut path = path.as_os_str().to_owned();
    path.push(ending);
    path.into()
}
