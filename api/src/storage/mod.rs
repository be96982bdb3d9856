//! Where the content of files lies: a folder of this machine, or S3-compatible object storage.
//!
//! An object is written once, under a fresh key, and never changed. A write that has been answered is on the disk;
//! one that breaks off leaves nothing under its key. Keys are ordered by time, so that their age can be read off
//! them; whether an object is still needed is known by the database alone.
use std::{
    path::{Path, PathBuf},
    pin::Pin,
    sync::{Arc, OnceLock},
    time::{Duration, SystemTime},
};

use actix_web::web::Bytes;
use chrono::{DateTime, Utc};
use entity::Timestamp;
use futures_util::{Stream, StreamExt};
use opendal::{
    ErrorKind, HttpTransporter, Operator,
    layers::{RetryLayer, TimeoutLayer},
    services::{Fs, S3},
};
use opendal_http_transport_reqwest::ReqwestTransport;
use tokio::sync::Semaphore;
use uuid::Uuid;

use crate::config::{self, Config};

/// Chunks and files that are held in memory at a time.
const HELD: usize = 16;
/// Longest time that one step of the storage may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// What lies in the storage.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// A whole file.
    File,
    /// A small picture of the file with the same key.
    Thumbnail,
    /// A piece of an upload.
    Chunk,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 3] = [Self::File, Self::Thumbnail, Self::Chunk];

    fn folder(self) -> &'static str {
        match self {
            Self::File => "file",
            Self::Thumbnail => "thumbnail",
            Self::Chunk => "chunk",
        }
    }

    /// Where the object `key` lies. The last digits of a key are random, so that no folder grows large.
    fn path(self, key: Uuid) -> String {
        let text = key.to_string();
        format!("{}/{}/{text}", self.folder(), text.get(34..).unwrap_or_default())
    }
}

/// Why the storage did not do its part.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StorageError {
    /// No storage is configured.
    #[error("no storage is configured; set storage.directory or storage.s3_bucket")]
    Unconfigured,
    /// The object does not exist.
    #[error("the object {0} is missing in the storage")]
    Missing(String),
    /// Something failed that may work next time.
    #[error("the storage failed: {0}")]
    Failed(String),
}

impl From<opendal::Error> for StorageError {
    fn from(error: opendal::Error) -> Self {
        match error.kind() {
            ErrorKind::NotFound => Self::Missing(error.to_string()),
            _ => Self::Failed(error.to_string()),
        }
    }
}

/// Folder of files that are being written.
const PARTIAL: &str = ".partial";

/// The bytes of an object, as they come.
pub type Content = Pin<Box<dyn Stream<Item = Result<Bytes, std::io::Error>>>>;

/// The storage of one instance.
pub struct Storage {
    place: Option<Place>,
    operator: OnceLock<Result<Operator, StorageError>>,
    /// Whoever holds a chunk or a file in memory takes one of these first.
    pub room: Arc<Semaphore>,
}

/// Where the objects lie.
enum Place {
    Disk(PathBuf),
    S3(config::Storage),
}

impl Storage {
    /// The storage that `config` names. Nothing is looked at yet.
    pub fn new(config: &Config) -> Self {
        let place = match config.storage.s3_bucket {
            Some(_) => Some(Place::S3(config.storage.clone())),
            None => config.storage_directory().map(Place::Disk),
        };
        Self { place, operator: OnceLock::new(), room: Arc::new(Semaphore::new(HELD)) }
    }

    /// Whether files can be stored.
    pub fn is_configured(&self) -> bool {
        self.place.is_some()
    }

    /// Whether what is configured can be used; a folder is made where it is missing.
    pub fn check(&self) -> Result<(), StorageError> {
        match self.operator() {
            Ok(_) | Err(StorageError::Unconfigured) => Ok(()),
            Err(error) => Err(error),
        }
    }

    fn operator(&self) -> Result<&Operator, StorageError> {
        let open = || match &self.place {
            Some(Place::Disk(directory)) => disk(directory),
            Some(Place::S3(settings)) => s3(settings),
            None => Err(StorageError::Unconfigured),
        };
        self.operator.get_or_init(open).as_ref().map_err(Clone::clone)
    }

    /// Writes an object. Once this answers it outlives the process.
    pub async fn put(&self, kind: Kind, key: Uuid, bytes: Bytes) -> Result<(), StorageError> {
        self.operator()?.write(&kind.path(key), bytes).await?;
        Ok(())
    }

    /// Reads an object of known and bounded size.
    pub async fn get(&self, kind: Kind, key: Uuid) -> Result<Bytes, StorageError> {
        Ok(self.operator()?.read(&kind.path(key)).await?.to_bytes())
    }

    /// Reads an object as it comes, with the number of its bytes.
    pub async fn stream(&self, kind: Kind, key: Uuid) -> Result<(u64, Content), StorageError> {
        let (operator, path) = (self.operator()?, kind.path(key));
        let size = operator.stat(&path).await?.content_length();
        let content = operator.reader(&path).await?.into_bytes_stream(0..size).await?;
        Ok((size, Box::pin(content)))
    }

    /// Removes an object; one that does not exist is removed already.
    pub async fn remove(&self, kind: Kind, key: Uuid) -> Result<(), StorageError> {
        Ok(self.operator()?.delete(&kind.path(key)).await?)
    }

    /// Removes what writes that never came to their end left behind before `before`; answers how much it was.
    pub async fn remove_partial(&self, before: Timestamp) -> Result<i64, StorageError> {
        let operator = self.operator()?;
        let mut removed = 0;
        let mut entries = operator.lister(&format!("{PARTIAL}/")).await?;
        while let Some(entry) = entries.next().await.transpose()? {
            // Another replica may have come to the end of its write meanwhile.
            let metadata = match operator.stat(entry.path()).await {
                Ok(metadata) => metadata,
                Err(error) if error.kind() == ErrorKind::NotFound => continue,
                Err(error) => return Err(error.into()),
            };
            let written =
                metadata.last_modified().map(|at| Timestamp::from(DateTime::<Utc>::from(SystemTime::from(at))));
            if metadata.is_file() && written.is_some_and(|at| at < before) {
                operator.delete(entry.path()).await?;
                removed += 1;
            }
        }
        Ok(removed)
    }

    /// The keys of all objects of `kind`, at most `size` at a time.
    pub async fn keys(
        &self,
        kind: Kind,
        size: usize,
    ) -> Result<impl Stream<Item = Vec<Result<Uuid, StorageError>>> + use<>, StorageError> {
        let lister = self.operator()?.lister_with(&format!("{}/", kind.folder())).recursive(true).await?;
        let keys = lister.filter_map(|entry| async move {
            match entry {
                Ok(entry) => Uuid::parse_str(entry.name()).ok().map(Ok),
                Err(error) => Some(Err(StorageError::from(error))),
            }
        });
        Ok(keys.chunks(size))
    }
}

fn disk(directory: &Path) -> Result<Operator, StorageError> {
    let path = |path: &Path| path.display().to_string();
    // A file is complete and on the disk before it gets its name.
    let service = Fs::default().root(&path(directory)).atomic_write_dir(&path(&directory.join(PARTIAL)));
    Ok(Operator::new(service)?)
}

fn s3(settings: &config::Storage) -> Result<Operator, StorageError> {
    // The transport takes the provider of the process; where another was installed already, that one serves.
    let _installed = rustls::crypto::ring::default_provider().install_default();
    // By name: the library installs its default only together with a provider of its own.
    HttpTransporter::install_default(ReqwestTransport::default());
    let mut service = S3::default()
        .bucket(settings.s3_bucket.as_deref().unwrap_or_default())
        .region(&settings.s3_region)
        .root(&settings.s3_root);
    if let Some(endpoint) = &settings.s3_endpoint {
        service = service.endpoint(endpoint);
    }
    if let Some(key) = &settings.s3_access_key {
        service = service.access_key_id(key).disable_config_load().disable_ec2_metadata();
    }
    if let Some(secret) = &settings.s3_secret_key {
        service = service.secret_access_key(secret);
    }
    let patient = TimeoutLayer::new().with_timeout(PATIENCE).with_io_timeout(PATIENCE);
    Ok(Operator::new(service)?.layer(patient).layer(RetryLayer::new().with_max_times(3)))
}
