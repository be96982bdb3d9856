//! Where attached files lie, and how large they may be.
use std::path::PathBuf;

use serde::Deserialize;

/// Where attached files lie: a folder, or a bucket of S3-compatible object storage.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Storage {
    /// Folder of the files.
    pub directory: Option<PathBuf>,
    /// Bucket; where it is named, no folder is used.
    pub s3_bucket: Option<String>,
    /// Address of the service; the one of Amazon where it is left out.
    pub s3_endpoint: Option<String>,
    /// Region.
    pub s3_region: String,
    /// What stands before every key in the bucket.
    pub s3_root: String,
    /// Name of the access key; from the environment of the machine where it is left out.
    pub s3_access_key: Option<String>,
    /// Secret of the access key.
    pub s3_secret_key: Option<String>,
}

impl Default for Storage {
    fn default() -> Self {
        Self {
            directory: None,
            s3_bucket: None,
            s3_endpoint: None,
            s3_region: "us-east-1".to_owned(),
            s3_root: "/".to_owned(),
            s3_access_key: None,
            s3_secret_key: None,
        }
    }
}

/// Limits on attached files.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Attachments {
    /// Largest file in bytes.
    pub file_bytes: u32,
    /// Most files of one organization or person.
    pub per_owner: u32,
}

impl Default for Attachments {
    fn default() -> Self {
        Self { file_bytes: 20_000_000, per_owner: 50 }
    }
}

/// Largest `attachments.file_bytes`: a file is held in memory while its type is looked at.
pub(super) const LARGEST_FILE: u32 = 100_000_000;
