//! Settings of an instance: `jianghai.toml`, overridden by `JIANGHAI_…` in the environment.
//!
//! Every key has a default that suits a single machine. `jianghai.example.toml` documents all of them.
mod environment;
mod network;
mod secrets;
mod storage;

use std::{
    net::SocketAddr,
    path::{Path, PathBuf},
};

use chrono::{FixedOffset, Offset, Utc};
use serde::Deserialize;

use crate::db::{Database, PostgresTools};

pub use network::Network;
pub use secrets::{Secrets, SecretsError};
use storage::LARGEST_FILE;
pub use storage::{Attachments, Storage};

/// Limits on what a caller may ask for.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Limits {
    /// Deepest nesting of fields.
    pub depth: u32,
    /// Most fields after all fragments are spread.
    pub fields: u32,
    /// Most aliases after all fragments are spread.
    pub aliases: u32,
    /// Most directives after all fragments are spread.
    pub directives: u32,
    /// Most objects that one request may ask for, page sizes multiplied.
    pub cost: u32,
    /// Objects that one account may ask for in a minute.
    pub cost_per_minute: u32,
    /// Largest request body in bytes.
    pub body_bytes: usize,
    /// Seconds after which a request is given up.
    pub seconds: u64,
    /// Seconds that the head of a request may take to arrive.
    pub head_seconds: u64,
    /// Seconds that the body of a request may take to arrive.
    pub body_seconds: u64,
    /// Most connections of one replica.
    pub connections: u32,
    /// Requests to the GraphQL endpoint that are worked on at a time; by cores and connections to the database where
    /// nothing is said.
    pub requests_running: Option<u32>,
    /// Requests that wait for their turn; what comes beyond is answered with 503.
    pub requests_waiting: u32,
    /// Most connections by WebSocket of one account on one replica.
    pub sockets_per_account: u32,
    /// Most subscriptions of one WebSocket.
    pub subscriptions_per_socket: u32,
    /// Seconds that the client of a WebSocket has to say who it is.
    pub socket_init_seconds: u64,
    /// Seconds that the client of a WebSocket has to take what is sent to it.
    pub socket_send_seconds: u64,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            depth: 16,
            fields: 1_000,
            aliases: 50,
            directives: 50,
            cost: 20_000,
            cost_per_minute: 400_000,
            body_bytes: 100_000,
            seconds: 20,
            head_seconds: 10,
            body_seconds: 15,
            connections: 10_000,
            requests_running: None,
            requests_waiting: 16,
            sockets_per_account: 20,
            subscriptions_per_socket: 50,
            socket_init_seconds: 5,
            socket_send_seconds: 10,
        }
    }
}

/// Who may send documents of his own making. Those of the web app may be sent by everybody.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum FreeForm {
    /// API tokens; and callers who are not signed in, who see only what is public.
    #[default]
    Tokens,
    /// Sign-ins too.
    Everyone,
}

/// Backups that are made by themselves, and what makes them.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Backup {
    /// Folder in which they are made.
    pub directory: Option<PathBuf>,
    /// Days of which the newest is kept; 0 means that none are made by themselves.
    pub keep: u32,
    /// Folder with `pg_dump` and `pg_restore`, where they are not on `PATH`.
    pub postgres_bin: Option<PathBuf>,
}

impl Default for Backup {
    fn default() -> Self {
        Self { directory: None, keep: 7, postgres_bin: None }
    }
}

/// What people are told.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Inbox {
    /// Local hour, 0 to 23, at which the daily digest is made.
    pub digest_hour: u8,
}

impl Default for Inbox {
    fn default() -> Self {
        Self { digest_hour: 7 }
    }
}

/// Certificate and key, both as PEM files.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields)]
pub struct Tls {
    /// The certificate chain.
    pub cert: PathBuf,
    /// The private key.
    pub key: PathBuf,
}

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, Deserialize, PartialEq, Eq)]
#[serde(rename_all = "lowercase")]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// All settings.
#[derive(Clone, Debug, Deserialize, PartialEq, Eq)]
#[serde(deny_unknown_fields, default)]
pub struct Config {
    /// `sqlite://path` or `postgres://…`.
    pub database_url: String,
    /// Most connections that read at the same time.
    pub database_connections: u32,
    /// Address and port to listen on.
    pub listen: SocketAddr,
    /// File with the secrets of the instance; with `SQLite` it is made where it is missing.
    pub secrets: Option<PathBuf>,
    /// Secret from which the keys for personal data are derived, hexadecimal.
    pub data_secret: Option<String>,
    /// The same before it was changed, as long as rows are left that need it; hexadecimal.
    pub previous_data_secret: Option<String>,
    /// Key that signs access tokens, hexadecimal.
    pub token_key: Option<String>,
    /// Key that signed access tokens before, hexadecimal.
    pub previous_token_key: Option<String>,
    /// File that says, outside the database, whose personal data were erased.
    pub erasure_log: Option<PathBuf>,
    /// Certificate and key, where the instance speaks TLS itself.
    pub tls: Option<Tls>,
    /// Whether a reverse proxy that speaks TLS stands before the instance.
    pub behind_proxy: bool,
    /// The proxies whose `X-Forwarded-For` is believed.
    pub trusted_proxies: Vec<Network>,
    /// Minutes by which local dates are east of UTC.
    pub utc_offset_minutes: i32,
    /// Folder of the web app, where it is not part of the binary.
    pub web_dist: PathBuf,
    /// What is logged, in the syntax of `tracing`.
    pub log: String,
    /// How log lines look.
    pub log_format: LogFormat,
    /// Backups.
    pub backup: Backup,
    /// What people are told.
    pub inbox: Inbox,
    /// Where attached files lie.
    pub storage: Storage,
    /// Limits on attached files.
    pub attachments: Attachments,
    /// Who may send documents of his own making.
    pub free_form: FreeForm,
    /// Limits on requests.
    pub limits: Limits,
}

impl Default for Config {
    fn default() -> Self {
        Self {
            database_url: "sqlite://data/jianghai.db".to_owned(),
            database_connections: 8,
            listen: SocketAddr::from(([127, 0, 0, 1], 8080)),
            secrets: None,
            data_secret: None,
            previous_data_secret: None,
            token_key: None,
            previous_token_key: None,
            erasure_log: None,
            tls: None,
            behind_proxy: false,
            trusted_proxies: Vec::new(),
            utc_offset_minutes: 480,
            web_dist: PathBuf::from("web/dist"),
            log: "info".to_owned(),
            log_format: LogFormat::Text,
            backup: Backup::default(),
            inbox: Inbox::default(),
            storage: Storage::default(),
            attachments: Attachments::default(),
            free_form: FreeForm::default(),
            limits: Limits::default(),
        }
    }
}

/// Why the settings cannot be used. Every message names the key.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("the configuration file {path} cannot be read: {source}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system said.
        source: std::io::Error,
    },
    /// The file is not TOML, or has an unknown or bad key.
    #[error("the configuration file {path} is wrong: {message}")]
    File {
        /// The file.
        path: String,
        /// What is wrong, with line and key.
        message: String,
    },
    /// A variable of the environment is not a setting.
    #[error(
        "the environment variable {0} is not a setting of jianghai; see jianghai.example.toml for those that exist"
    )]
    UnknownVariable(String),
    /// A variable of the environment has a bad value.
    #[error("the environment variable {name} is wrong: {message}")]
    Variable {
        /// The variable.
        name: String,
        /// What is wrong.
        message: String,
    },
    /// A key has a value that cannot be used.
    #[error("the setting {key} is wrong: {message}")]
    Value {
        /// The key.
        key: &'static str,
        /// What is wrong.
        message: String,
    },
}

/// The file that is read where none is named and it exists.
const USUAL_FILE: &str = "jianghai.toml";

impl Config {
    /// Reads `file` (or `jianghai.toml` where it exists) and `variables` over it.
    pub fn read(file: Option<&Path>, variables: impl Iterator<Item = (String, String)>) -> Result<Self, ConfigError> {
        let variables: Vec<(String, String)> = variables.filter(|(name, _)| environment::is_setting(name)).collect();
        let named = variables.iter().find(|(name, _)| name == environment::FILE).map(|(_, path)| PathBuf::from(path));
        let path = file.map(Path::to_path_buf).or(named);
        let (path, text) = match path {
            Some(path) => {
                let text = std::fs::read_to_string(&path)
                    .map_err(|source| ConfigError::Unreadable { path: path.display().to_string(), source })?;
                (path.display().to_string(), text)
            }
            None => (USUAL_FILE.to_owned(), std::fs::read_to_string(USUAL_FILE).unwrap_or_default()),
        };
        Self::parse(&path, &text, &variables)
    }

    /// Reads the text of the file called `path`, and `variables` over it.
    pub fn parse(path: &str, text: &str, variables: &[(String, String)]) -> Result<Self, ConfigError> {
        let wrong = |error: toml::de::Error| ConfigError::File {
            path: path.to_owned(),
            message: error.to_string().trim_end().to_owned(),
        };
        // The file alone first, so that a mistake is shown with its line.
        let alone: Self = toml::from_str(text).map_err(wrong)?;
        let mut config = alone;
        if !variables.is_empty() {
            let mut table: toml::Table = toml::from_str(text).map_err(wrong)?;
            for (name, value) in variables.iter().filter(|(name, _)| name != environment::FILE) {
                environment::put(&mut table, name, value)?;
                let so_far = Self::deserialize(table.clone()).map_err(|error| ConfigError::Variable {
                    name: name.clone(),
                    message: error.to_string().trim_end().to_owned(),
                });
                // A certificate without its key is complete only when both variables are in.
                if let Err(error) = so_far
                    && !name.starts_with("JIANGHAI_TLS_")
                {
                    return Err(error);
                }
            }
            config = Self::deserialize(table)
                .map_err(|error| ConfigError::Value { key: "tls", message: error.to_string().trim_end().to_owned() })?;
        }
        config.check()?;
        Ok(config)
    }

    fn check(&self) -> Result<(), ConfigError> {
        let wrong = |key: &'static str, message: &str| Err(ConfigError::Value { key, message: message.to_owned() });
        if self.database_connections == 0 {
            return wrong("database_connections", "at least one connection is needed");
        }
        if self.utc_offset_minutes.abs() >= 24 * 60 {
            return wrong("utc_offset_minutes", "an offset is less than a day");
        }
        if self.behind_proxy && self.trusted_proxies.is_empty() {
            return wrong("trusted_proxies", "behind_proxy = true needs the addresses of the proxies");
        }
        let Attachments { file_bytes, per_owner } = self.attachments;
        if file_bytes == 0 || file_bytes > LARGEST_FILE || per_owner == 0 {
            return wrong("attachments", "file_bytes lies between 1 and 100000000, and per_owner is at least 1");
        }
        if self.storage.s3_access_key.is_some() != self.storage.s3_secret_key.is_some() {
            return wrong("storage", "s3_access_key and s3_secret_key belong together");
        }
        if self.inbox.digest_hour > 23 {
            return wrong("inbox", "digest_hour lies between 0 and 23");
        }
        let limits = &self.limits;
        let least =
            [limits.depth, limits.fields, limits.aliases, limits.directives, limits.cost, limits.cost_per_minute];
        let seconds = [
            limits.seconds,
            limits.head_seconds,
            limits.body_seconds,
            limits.socket_init_seconds,
            limits.socket_send_seconds,
        ];
        let none = limits.connections == 0 || limits.requests_running == Some(0);
        if least.contains(&0) || none || limits.body_bytes == 0 || seconds.contains(&0) {
            return wrong("limits", "a limit of 0 would refuse every request");
        }
        Ok(())
    }

    /// Requests to the GraphQL endpoint that are worked on at a time: more than cores and connections to the database can
    /// keep busy only wait for each other.
    pub fn requests_running(&self) -> u32 {
        let cores =
            std::thread::available_parallelism().map_or(1, |cores| u32::try_from(cores.get()).unwrap_or(u32::MAX));
        let usual = cores.saturating_mul(2).max(self.database_connections);
        self.limits.requests_running.unwrap_or(usual)
    }

    /// Refuses to serve beyond this machine without encryption.
    pub fn check_exposure(&self) -> Result<(), ConfigError> {
        if self.listen.ip().is_loopback() || self.tls.is_some() || self.behind_proxy {
            return Ok(());
        }
        let message = format!(
            "{} is reachable from other machines; set tls.cert and tls.key, or behind_proxy = true with trusted_proxies",
            self.listen
        );
        Err(ConfigError::Value { key: "listen", message })
    }

    /// Whether the instance is reached through TLS.
    pub fn is_encrypted(&self) -> bool {
        self.tls.is_some() || self.behind_proxy
    }

    /// The file that holds the secrets of a database on this machine.
    pub fn secrets_file(&self) -> Option<PathBuf> {
        self.secrets.clone().or_else(|| {
            let path = Path::new(Database::sqlite_path(&self.database_url)?);
            Some(path.parent().unwrap_or(Path::new("")).join("jianghai.secrets.toml"))
        })
    }

    /// The file that says whose personal data were erased; beside the secrets by default.
    pub fn erasure_log(&self) -> Option<PathBuf> {
        self.erasure_log.clone().or_else(|| Some(self.secrets_file()?.with_file_name("jianghai.erasures.jsonl")))
    }

    /// The folder in which backups are made where no other is named; beside a database on this machine by default.
    pub fn backup_directory(&self) -> Option<PathBuf> {
        self.backup.directory.clone().or_else(|| {
            let path = Path::new(Database::sqlite_path(&self.database_url)?);
            Some(path.parent().unwrap_or(Path::new("")).join("backups"))
        })
    }

    /// The folder of attached files; beside a database on this machine by default, none where they lie elsewhere.
    pub fn storage_directory(&self) -> Option<PathBuf> {
        if self.storage.s3_bucket.is_some() {
            return None;
        }
        self.storage.directory.clone().or_else(|| {
            let path = Path::new(Database::sqlite_path(&self.database_url)?);
            Some(path.parent().unwrap_or(Path::new("")).join("attachments"))
        })
    }

    /// The client programs of `PostgreSQL`.
    pub fn postgres_tools(&self) -> PostgresTools {
        PostgresTools { folder: self.backup.postgres_bin.clone() }
    }

    /// Where local dates lie.
    pub fn offset(&self) -> FixedOffset {
        // The value was checked to lie within a day.
        FixedOffset::east_opt(self.utc_offset_minutes * 60).unwrap_or_else(|| Utc.fix())
    }
}

#[cfg(test)]
mod tests;
