//! The file outside the database that says who was erased, by key alone. A backup that is older than an erasure still
//! holds the data; whoever restores it needs this file, so that the erased stay erased.
use std::{
    collections::HashSet,
    fs::{self, OpenOptions},
    io::{self, Write},
    os::unix::fs::OpenOptionsExt,
    path::Path,
};

use entity::{PersonId, Timestamp, erasure};
use sea_orm::DbErr;
use serde::{Deserialize, Serialize};

use super::repo;
use crate::{app::App, config::Config, db::Database, disk};

/// One erasure: a line of the file.
#[derive(Clone, Debug, Serialize, Deserialize, PartialEq, Eq)]
pub struct Erased {
    /// Whose.
    pub person: PersonId,
    /// When.
    pub at: Timestamp,
    /// What stands in place of the name.
    pub token: String,
}

impl From<erasure::Model> for Erased {
    fn from(row: erasure::Model) -> Self {
        Self { person: row.person_id, at: row.at, token: row.token }
    }
}

/// What became of the attempt to bring the file up to date.
#[derive(Debug, thiserror::Error)]
pub enum LogError {
    /// No place is named.
    #[error("people were erased and no erasure_log is set: a restore of an older backup would bring them back")]
    NoPlace,
    /// The file cannot be used.
    #[error("the erasure log {path} cannot be written: {source}")]
    File {
        /// The file.
        path: String,
        /// What the system said.
        source: io::Error,
    },
    /// The database failed.
    #[error("the database failed: {0}")]
    Db(#[from] DbErr),
}

/// The lines of the file at `path`.
pub fn read(path: &Path) -> io::Result<Vec<Erased>> {
    let text = fs::read_to_string(path)?;
    // A line that was cut short by a loss of power is not the last word: the database is asked again.
    Ok(text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect())
}

/// Adds to the file what the database knows and the file lacks; makes the file where it is missing.
pub async fn bring_up_to_date(config: &Config, db: &Database) -> Result<(), LogError> {
    let known: Vec<Erased> = repo::all(db.read()).await?.into_iter().map(Erased::from).collect();
    let Some(path) = config.erasure_log() else {
        return if known.is_empty() { Ok(()) } else { Err(LogError::NoPlace) };
    };
    let file = path.clone();
    let written = tokio::task::spawn_blocking(move || add(&file, &known)).await;
    let written = written.unwrap_or_else(|error| Err(io::Error::other(error)));
    written.map_err(|source| LogError::File { path: path.display().to_string(), source })
}

/// Adds to the file at `path` those of `known` that it lacks; makes it where it is missing.
pub fn add(path: &Path, known: &[Erased]) -> io::Result<()> {
    fs::create_dir_all(disk::folder_of(path))?;
    let mut file = OpenOptions::new().append(true).create(true).mode(0o600).open(path)?;
    // Two at once would write the same line twice, or into each other.
    file.lock()?;
    let there: HashSet<PersonId> = read(path)?.into_iter().map(|erased| erased.person).collect();
    let mut lines = String::new();
    for erased in known.iter().filter(|erased| !there.contains(&erased.person)) {
        lines.push('\n');
        lines.push_str(&serde_json::to_string(erased)?);
    }
    if !lines.is_empty() {
        lines.push('\n');
        file.write_all(lines.as_bytes())?;
    }
    file.sync_all()?;
    disk::sync(disk::folder_of(path))
}

/// Brings the file of a running instance up to date; what fails is tried again at the next start.
pub async fn keep(app: &App) {
    if let Err(error) = bring_up_to_date(&app.config, &app.db).await {
        tracing::error!(%error, "an erasure is kept in the database alone for now");
    }
}
