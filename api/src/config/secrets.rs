//! The secrets of an instance: from which the keys for personal data are derived, and what signs access tokens.
use std::path::Path;

use serde::Deserialize;

use super::Config;
use crate::{
    clock::Ambient,
    db::{Database, seal::Vault},
    disk,
};

/// Fewest bytes of a secret.
const SHORTEST: usize = 32;

/// The secrets of an instance.
#[derive(Clone)]
pub struct Secrets {
    /// From which the keys for personal data and cursors are derived.
    pub data: Vec<u8>,
    /// The same before it was changed, or the one that it will be changed to.
    pub previous_data: Option<Vec<u8>>,
    /// Signs access tokens.
    pub token: Vec<u8>,
    /// Signed access tokens before, so that they live on while the key is changed.
    pub previous_token: Option<Vec<u8>>,
}

/// Why an instance has no usable secrets.
#[derive(Debug, thiserror::Error)]
pub enum SecretsError {
    /// A secret is demanded and not given.
    #[error(
        "the setting {0} is missing: a shared database needs data_secret and token_key, each at least 32 random bytes as \
         hexadecimal digits (for example from `openssl rand -hex 32`)"
    )]
    Missing(&'static str),
    /// A secret is no secret.
    #[error("the setting {0} is wrong: at least 32 random bytes are expected, written as hexadecimal digits")]
    Malformed(&'static str),
    /// The file cannot be read or made.
    #[error("the secrets file {path} cannot be {what}: {source}")]
    File {
        /// The file.
        path: String,
        /// What was tried.
        what: &'static str,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not one of secrets.
    #[error("the secrets file {path} is wrong: {message}")]
    Syntax {
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
}

#[derive(Clone, Deserialize, Default)]
#[serde(deny_unknown_fields, default)]
struct Written {
    data_secret: Option<String>,
    previous_data_secret: Option<String>,
    token_key: Option<String>,
    previous_token_key: Option<String>,
}

impl Secrets {
    /// The secrets that `config` names. With `SQLite` a missing file is made, readable by its owner alone.
    pub fn load(config: &Config, ambient: &Ambient) -> Result<Self, SecretsError> {
        let complete = config.data_secret.is_some() && config.token_key.is_some();
        if let Some(path) = config.secrets_file().filter(|path| !complete && !path.exists())
            && Database::sqlite_path(&config.database_url).is_some()
        {
            create(&path, ambient).map_err(|source| failed(&path, "created", source))?;
        }
        Self::existing(config)
    }

    /// The secrets that `config` names. Nothing is made.
    pub fn existing(config: &Config) -> Result<Self, SecretsError> {
        let mut written = Written {
            data_secret: config.data_secret.clone(),
            previous_data_secret: config.previous_data_secret.clone(),
            token_key: config.token_key.clone(),
            previous_token_key: config.previous_token_key.clone(),
        };
        let complete = written.data_secret.is_some() && written.token_key.is_some();
        if let Some(path) = config.secrets_file().filter(|_| !complete) {
            let file = Written::read(&path)?;
            written.data_secret = written.data_secret.or(file.data_secret);
            written.previous_data_secret = written.previous_data_secret.or(file.previous_data_secret);
            written.token_key = written.token_key.or(file.token_key);
            written.previous_token_key = written.previous_token_key.or(file.previous_token_key);
        }
        written.secrets()
    }

    /// Puts a fresh data secret into the file at `path`; the one there becomes the previous one. The file is the old
    /// one or the new one at every moment, and it is on the disk before this returns.
    pub fn begin_change(path: &Path, ambient: &Ambient) -> Result<Self, SecretsError> {
        let mut written = Written::read(path)?;
        // Two secrets must be told apart by one byte; a few draws are enough.
        loop {
            let next = Written {
                data_secret: Some(fresh(ambient)),
                previous_data_secret: written.data_secret.clone(),
                ..written.clone()
            };
            let secrets = next.clone().secrets()?;
            if secrets.vault().tells_apart() {
                written = next;
                written.put(path)?;
                return Ok(secrets);
            }
        }
    }

    /// Takes the previous data secret out of the file at `path`.
    pub fn end_change(path: &Path) -> Result<(), SecretsError> {
        Written { previous_data_secret: None, ..Written::read(path)? }.put(path)
    }

    /// The keys for personal data and cursors.
    pub fn vault(&self) -> Vault {
        Vault::with_other(&self.data, self.previous_data.as_deref())
    }

    /// The secrets in the file at `path`.
    pub fn file(path: &Path) -> Result<Self, SecretsError> {
        Written::read(path)?.secrets()
    }
}

impl Written {
    fn put(&self, path: &Path) -> Result<(), SecretsError> {
        let lines = [
            ("data_secret", &self.data_secret),
            ("previous_data_secret", &self.previous_data_secret),
            ("token_key", &self.token_key),
            ("previous_token_key", &self.previous_token_key),
        ];
        let mut text = HEADER.to_owned();
        for (key, value) in lines.into_iter().filter_map(|(key, value)| Some((key, value.as_ref()?))) {
            text.push_str(key);
            text.push_str(" = \"");
            text.push_str(value);
            text.push_str("\"\n");
        }
        disk::replace(path, text.as_bytes()).map_err(|source| failed(path, "written", source))
    }

    fn read(path: &Path) -> Result<Self, SecretsError> {
        let text = std::fs::read_to_string(path).map_err(|source| failed(path, "read", source))?;
        toml::from_str(&text).map_err(|error| SecretsError::Syntax {
            path: path.display().to_string(),
            message: error.message().to_owned(),
        })
    }

    fn secrets(self) -> Result<Secrets, SecretsError> {
        let demanded = |key, text: Option<String>| bytes(key, &text.ok_or(SecretsError::Missing(key))?);
        let previous = |key, text: Option<String>| text.map(|text| bytes(key, &text)).transpose();
        Ok(Secrets {
            data: demanded("data_secret", self.data_secret)?,
            token: demanded("token_key", self.token_key)?,
            previous_token: previous("previous_token_key", self.previous_token_key)?,
            previous_data: previous("previous_data_secret", self.previous_data_secret)?,
        })
    }
}

fn bytes(key: &'static str, text: &str) -> Result<Vec<u8>, SecretsError> {
    hex::decode(text.trim()).ok().filter(|bytes| bytes.len() >= SHORTEST).ok_or(SecretsError::Malformed(key))
}

fn failed(path: &Path, what: &'static str, source: std::io::Error) -> SecretsError {
    SecretsError::File { path: path.display().to_string(), what, source }
}

/// The words before the secrets in a file.
const HEADER: &str = "# Secrets of this instance. Keep a copy apart from the database: without data_secret the\n\
                      # sensitive fields in it cannot be read by anybody.\n";

fn fresh(ambient: &Ambient) -> String {
    hex::encode(ambient.bytes::<SHORTEST>())
}

fn create(path: &Path, ambient: &Ambient) -> std::io::Result<()> {
    std::fs::create_dir_all(disk::folder_of(path))?;
    let text = format!("{HEADER}data_secret = \"{}\"\ntoken_key = \"{}\"\n", fresh(ambient), fresh(ambient));
    disk::create_with(path, text.as_bytes())
}
