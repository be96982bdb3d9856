//! Settings in the environment: `JIANGHAI_TLS_CERT` is `tls.cert`, `JIANGHAI_LIMITS_DEPTH` is `limits.depth`.
use toml::{Table, Value};

use super::ConfigError;

const PREFIX: &str = "JIANGHAI_";

/// The variable that names the configuration file.
pub(super) const FILE: &str = "JIANGHAI_CONFIG";

/// Variables of scripts and commands that are no settings.
const OTHERS: &[&str] = &["JIANGHAI_DEMO_PASSWORD", "JIANGHAI_TOOLS", "JIANGHAI_CHROMIUM", "JIANGHAI_BINARY"];

/// How the text of a variable becomes a value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    Text,
    Number,
    Flag,
    List,
}

/// Every key with the kind of its value.
pub(super) const KEYS: &[(&str, Kind)] = &[
    ("database_url", Kind::Text),
    ("database_connections", Kind::Number),
    ("listen", Kind::Text),
    ("secrets", Kind::Text),
    ("data_secret", Kind::Text),
    ("previous_data_secret", Kind::Text),
    ("token_key", Kind::Text),
    ("previous_token_key", Kind::Text),
    ("erasure_log", Kind::Text),
    ("tls.cert", Kind::Text),
    ("tls.key", Kind::Text),
    ("behind_proxy", Kind::Flag),
    ("trusted_proxies", Kind::List),
    ("utc_offset_minutes", Kind::Number),
    ("web_dist", Kind::Text),
    ("log", Kind::Text),
    ("log_format", Kind::Text),
    ("free_form", Kind::Text),
    ("backup.directory", Kind::Text),
    ("backup.keep", Kind::Number),
    ("backup.postgres_bin", Kind::Text),
    ("inbox.digest_hour", Kind::Number),
    ("storage.directory", Kind::Text),
    ("storage.s3_bucket", Kind::Text),
    ("storage.s3_endpoint", Kind::Text),
    ("storage.s3_region", Kind::Text),
    ("storage.s3_root", Kind::Text),
    ("storage.s3_access_key", Kind::Text),
    ("storage.s3_secret_key", Kind::Text),
    ("attachments.file_bytes", Kind::Number),
    ("attachments.per_owner", Kind::Number),
    ("limits.depth", Kind::Number),
    ("limits.fields", Kind::Number),
    ("limits.aliases", Kind::Number),
    ("limits.directives", Kind::Number),
    ("limits.cost", Kind::Number),
    ("limits.cost_per_minute", Kind::Number),
    ("limits.body_bytes", Kind::Number),
    ("limits.seconds", Kind::Number),
    ("limits.head_seconds", Kind::Number),
    ("limits.body_seconds", Kind::Number),
    ("limits.connections", Kind::Number),
    ("limits.requests_running", Kind::Number),
    ("limits.requests_waiting", Kind::Number),
    ("limits.sockets_per_account", Kind::Number),
    ("limits.subscriptions_per_socket", Kind::Number),
    ("limits.socket_init_seconds", Kind::Number),
    ("limits.socket_send_seconds", Kind::Number),
];

/// The variable that sets `key`.
pub(super) fn variable(key: &str) -> String {
    format!("{PREFIX}{}", key.replace('.', "_").to_uppercase())
}

/// Whether the variable `name` is meant for the configuration.
pub(super) fn is_setting(name: &str) -> bool {
    name.starts_with(PREFIX) && !name.starts_with("JIANGHAI_TEST_") && !OTHERS.contains(&name)
}

/// Puts the value of the variable `name` into `table`.
pub(super) fn put(table: &mut Table, name: &str, text: &str) -> Result<(), ConfigError> {
    let Some((key, kind)) = KEYS.iter().find(|(key, _)| variable(key) == name) else {
        return Err(ConfigError::UnknownVariable(name.to_owned()));
    };
    let value = value(*kind, text)
        .map_err(|message| ConfigError::Variable { name: name.to_owned(), message: message.to_owned() })?;
    match key.split_once('.') {
        None => {
            table.insert((*key).to_owned(), value);
        }
        Some((section, key)) => {
            let section = table.entry(section.to_owned()).or_insert_with(|| Value::Table(Table::new()));
            if let Value::Table(section) = section {
                section.insert(key.to_owned(), value);
            }
        }
    }
    Ok(())
}

fn value(kind: Kind, text: &str) -> Result<Value, &'static str> {
    match kind {
        Kind::Text => Ok(Value::String(text.to_owned())),
        Kind::Number => text.trim().parse().map(Value::Integer).map_err(|_| "a whole number is expected"),
        Kind::Flag => text.trim().parse().map(Value::Boolean).map_err(|_| "`true` or `false` is expected"),
        Kind::List => {
            let parts = text.split(',').map(str::trim).filter(|part| !part.is_empty());
            Ok(Value::Array(parts.map(|part| Value::String(part.to_owned())).collect()))
        }
    }
}
