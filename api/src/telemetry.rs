//! Log lines.
use std::io::IsTerminal;

use tracing_subscriber::{EnvFilter, fmt, layer::SubscriberExt, util::SubscriberInitExt};

use crate::config::{Config, ConfigError, LogFormat};

/// Sends log lines to standard error, as the settings say. Called once, at the start.
pub fn start(config: &Config) -> Result<(), ConfigError> {
    // Libraries that tell their every step; whoever wants them names them in `log`.
    let quiet = "actix_server=warn,sea_orm_migration=warn,sqlx=warn";
    let filter = EnvFilter::try_new(format!("{quiet},{}", config.log))
        .map_err(|error| ConfigError::Value { key: "log", message: error.to_string() })?;
    let registry = tracing_subscriber::registry().with(filter);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    // A second start in one process (tests) keeps the first.
    let _started = match config.log_format {
        LogFormat::Text => registry.with(lines.with_target(false)).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    Ok(())
}
