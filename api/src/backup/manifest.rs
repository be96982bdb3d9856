//! What a backup says of itself. It is written last and read first.
use std::{
    collections::BTreeMap,
    io,
    path::{Component, Path, PathBuf},
};

use serde::{Deserialize, Serialize};

use super::{FORMAT, MANIFEST_FILE, POSTGRES_FILE, SQLITE_FILE};
use crate::{
    db::{Contents, Engine, KnownKeys},
    disk,
};

/// What `product` says.
const PRODUCT: &str = "jianghai";

/// One file of a backup.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct File {
    /// Path inside of the backup.
    pub name: PathBuf,
    /// Size.
    pub bytes: u64,
    /// SHA-256, hexadecimal.
    pub sha256: String,
}

/// What a backup says of itself.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Manifest {
    /// `jianghai`.
    pub product: String,
    /// Version of the form of backups; see [`FORMAT`].
    pub format: u32,
    /// Version of the binary that made it.
    pub version: String,
    /// `sqlite` or `postgres`.
    pub engine: String,
    /// When it was made, RFC 3339 in UTC.
    pub created_at: String,
    /// Names of the applied migrations, oldest first.
    pub migrations: Vec<String>,
    /// Number of rows in every table.
    pub counts: BTreeMap<String, i64>,
    /// The value that recognises the data secret.
    pub key_fingerprint: String,
    /// The same of the secret before, where it was being changed and is needed too.
    pub outgoing_key_fingerprint: Option<String>,
    /// Whether the secrets are in it.
    pub contains_key: bool,
    /// All files but this one.
    pub files: Vec<File>,
}

/// Why a folder is not used as a backup.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// There is no readable manifest.
    #[error("{} is not a backup: its manifest.json cannot be read: {}", .0.display(), .1)]
    Unreadable(PathBuf, io::Error),
    /// The manifest says something else.
    #[error("{} is not a backup of jianghai: {}", .0.display(), .1)]
    Malformed(PathBuf, String),
    /// The form is of the future.
    #[error(
        "the backup was made by a newer jianghai ({version}), in a form that this one does not read; restore it with the \
         newer binary"
    )]
    NewerFormat {
        /// The version that made it.
        version: String,
    },
    /// Its tables are of the future.
    #[error(
        "the backup was made by a newer jianghai ({version}): this one does not know its migration {migration}; restore \
         it with the newer binary"
    )]
    NewerTables {
        /// The version that made it.
        version: String,
        /// The first migration that is unknown.
        migration: String,
    },
    /// A file is missing or other than it was.
    #[error("the backup is damaged: {} {}", .0.display(), .1)]
    Damaged(PathBuf, String),
}

impl Engine {
    /// The name of the engine in a manifest.
    pub fn word(self) -> &'static str {
        match self {
            Self::Sqlite => "sqlite",
            Self::Postgres => "postgres",
        }
    }
}

impl Manifest {
    /// The manifest of a copy that holds `contents`.
    pub fn new(engine: Engine, created_at: String, contents: Contents, fingerprint: String) -> Self {
        Self {
            product: PRODUCT.to_owned(),
            format: FORMAT,
            version: env!("CARGO_PKG_VERSION").to_owned(),
            engine: engine.word().to_owned(),
            created_at,
            migrations: contents.migrations,
            counts: contents.counts,
            key_fingerprint: fingerprint,
            outgoing_key_fingerprint: contents.keys.outgoing,
            contains_key: false,
            files: Vec::new(),
        }
    }

    /// The data secrets that it needs.
    pub fn keys(&self) -> KnownKeys {
        KnownKeys { current: Some(self.key_fingerprint.clone()), outgoing: self.outgoing_key_fingerprint.clone() }
    }

    /// The file that holds the database.
    pub fn database_file(engine: Engine) -> &'static str {
        match engine {
            Engine::Sqlite => SQLITE_FILE,
            Engine::Postgres => POSTGRES_FILE,
        }
    }

    /// Reads the manifest of the backup in `folder`. The form is looked at before anything else.
    pub fn read(folder: &Path) -> Result<Self, ManifestError> {
        let path = folder.join(MANIFEST_FILE);
        let text = std::fs::read_to_string(path).map_err(|error| ManifestError::Unreadable(folder.into(), error))?;
        let malformed = |message: String| ManifestError::Malformed(folder.into(), message);
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| malformed(error.to_string()))?;
        let word = |key: &str| value.get(key).and_then(serde_json::Value::as_str).unwrap_or_default().to_owned();
        if word("product") != PRODUCT {
            return Err(malformed("its manifest names another product".to_owned()));
        }
        match value.get("format").and_then(serde_json::Value::as_u64) {
            Some(format) if format <= u64::from(FORMAT) => {}
            Some(_) => return Err(ManifestError::NewerFormat { version: word("version") }),
            None => return Err(malformed("its manifest names no format".to_owned())),
        }
        let manifest: Self = serde_json::from_value(value).map_err(|error| malformed(error.to_string()))?;
        let inside = |file: &File| file.name.components().all(|part| matches!(part, Component::Normal(_)));
        if !manifest.files.iter().all(inside) {
            return Err(malformed("its manifest names a file outside of it".to_owned()));
        }
        Ok(manifest)
    }

    /// Refuses tables that this binary does not know.
    pub fn demand_known(&self, known: &[String]) -> Result<(), ManifestError> {
        match self.migrations.iter().find(|migration| !known.contains(migration)) {
            None => Ok(()),
            Some(migration) => {
                Err(ManifestError::NewerTables { version: self.version.clone(), migration: migration.clone() })
            }
        }
    }

    /// Compares every file in `folder` with what the manifest says of it.
    pub fn demand_whole(&self, folder: &Path) -> Result<(), ManifestError> {
        for file in &self.files {
            let damaged = |what: String| ManifestError::Damaged(file.name.clone(), what);
            let (bytes, sha256) =
                disk::digest(&folder.join(&file.name)).map_err(|error| damaged(format!("cannot be read: {error}")))?;
            if bytes != file.bytes {
                return Err(damaged(format!("has {bytes} bytes instead of {}", file.bytes)));
            }
            if sha256 != file.sha256 {
                return Err(damaged("is not what was written".to_owned()));
            }
        }
        Ok(())
    }
}
