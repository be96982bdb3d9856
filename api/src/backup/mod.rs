//! Backups: a folder with a copy of the database and a manifest that says what it is, made while the server runs.
//!
//! A backup grows under another name and takes its own when it is whole and on the disk; nothing that exists is
//! overwritten. The secrets are not in it unless their file is named. Files that people
//! attach are in it where they lie in a folder, after the database that names them; a bucket is kept by its own means.

mod files;
mod job;
mod make;
mod manifest;
mod restore;
mod rotation;
mod staging;

pub use job::BackupDaily;
pub use make::{BackupError, Made, make};
pub use manifest::{File, Manifest, ManifestError};
pub use restore::{Loaded, Prepared, RestoreError, prepare};
pub use rotation::{Rotated, rotate};

/// The version of the form of backups that this binary makes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// The copy of a `SQLite` database.
const SQLITE_FILE: &str = "database.sqlite";
/// The copy of a `PostgreSQL` database, in the custom format of `pg_dump`.
const POSTGRES_FILE: &str = "database.dump";
/// The secrets, where they were asked for.
const KEY_FILE: &str = "jianghai.secrets.toml";
/// What the folder is.
const MANIFEST_FILE: &str = "manifest.json";
