//! Why a command ends early: one clear sentence.
use std::{io, net::SocketAddr};

use sea_orm::DbErr;

use crate::{
    backup::{BackupError, RestoreError},
    config::{ConfigError, SecretsError},
    db::ConnectError,
    storage::StorageError,
};

/// Why a command ends early.
#[derive(Debug, thiserror::Error)]
pub enum CommandError {
    /// The settings cannot be used.
    #[error(transparent)]
    Config(#[from] ConfigError),
    /// The secrets cannot be used.
    #[error(transparent)]
    Secrets(#[from] SecretsError),
    /// The database cannot be opened.
    #[error(transparent)]
    Connect(#[from] ConnectError),
    /// The storage of files cannot be used.
    #[error(transparent)]
    Storage(#[from] StorageError),
    /// The database failed.
    #[error("the database failed: {0}")]
    Db(#[from] DbErr),
    /// Tables are missing.
    #[error("the database lacks {0} migrations of this binary; run `jianghai migrate` first")]
    Pending(usize),
    /// The database is from the future.
    #[error("the database was migrated by a newer jianghai than this one; start the newer binary")]
    Newer,
    /// The keys belong to another database.
    #[error(
        "the data secret does not fit this database: it was set up with another one; give data_secret (or the secrets \
         file) that belongs to it"
    )]
    WrongKey,
    /// The secret is being changed and the old one is missing.
    #[error(
        "the data secret of this database is being changed, and the old one is still needed: give it as \
         previous_data_secret until `jianghai rekey` is done"
    )]
    OutgoingKeyMissing,
    /// A restore did not come to its end.
    #[error("a restore into this database was broken off; run `jianghai restore` again, which empties it first")]
    RestoreUnfinished,
    /// No backup was made.
    #[error(transparent)]
    Backup(#[from] BackupError),
    /// Nothing was restored.
    #[error(transparent)]
    Restore(#[from] RestoreError),
    /// The address cannot be listened on.
    #[error("cannot listen on {address}: {source}")]
    Listen {
        /// The address.
        address: SocketAddr,
        /// What the system said.
        source: io::Error,
    },
    /// Certificate or key cannot be used.
    #[error("the {setting} file {path} cannot be used: {message}")]
    Tls {
        /// The key of the setting.
        setting: &'static str,
        /// The file.
        path: String,
        /// What is wrong.
        message: String,
    },
    /// The server broke.
    #[error("the server stopped: {0}")]
    Server(io::Error),
    /// The command cannot do what was asked.
    #[error("{0}")]
    Refused(String),
}
