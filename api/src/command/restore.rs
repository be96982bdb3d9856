//! `jianghai restore`: an empty database filled from a backup, brought up to date and checked.
use std::path::{Path, PathBuf};

use super::{CommandError, check::check_opened, migrate, open::open_with};
use crate::{
    backup::{self, Loaded, Prepared},
    config::Config,
};

/// What was restored.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub created_at: String,
    /// Number of persons in it.
    pub people: i64,
    /// Migrations that the backup lacked.
    pub migrated: usize,
    /// Where the secrets were put.
    pub secrets: Option<PathBuf>,
    /// What the check found wrong; empty unless that was accepted.
    pub problems: Vec<String>,
}

/// Restores the backup `from` into the empty database that `config` names. Unless `accept_problems`, a database that
/// does not hold together is not kept.
pub async fn restore(
    config: &Config,
    from: &Path,
    key_file: Option<&Path>,
    accept_problems: bool,
) -> Result<Restored, CommandError> {
    let prepared = backup::prepare(config, from, key_file).await?;
    let loaded = prepared.load().await?;
    match complete(config, &prepared, &loaded, accept_problems).await {
        Ok((migrated, problems)) => {
            let secrets = prepared.keep(loaded).await?;
            let people = prepared.manifest.counts.get("person").copied().unwrap_or_default();
            Ok(Restored { created_at: prepared.manifest.created_at, people, migrated, secrets, problems })
        }
        Err(error) => {
            prepared.discard(loaded).await?;
            Err(error)
        }
    }
}

/// Brings the tables up to date and checks everything. All connections are closed afterwards.
async fn complete(
    config: &Config,
    prepared: &Prepared,
    loaded: &Loaded,
    accept_problems: bool,
) -> Result<(usize, Vec<String>), CommandError> {
    let opened = open_with(&prepared.url(loaded), config, prepared.secrets.clone()).await?;
    let done = async {
        let migrated = migrate::apply(&opened).await?;
        let problems = check_opened(&opened).await?;
        if problems.is_empty() || accept_problems {
            return Ok((migrated, problems));
        }
        Err(CommandError::Refused(format!(
            "nothing was restored: the database in the backup does not hold together (--accept-problems restores it all \
             the same):\n{}",
            problems.join("\n")
        )))
    }
    .await;
    opened.db.close().await?;
    done
}

impl Restored {
    /// The same for people.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("restored: the state of {}, {} people", self.created_at, self.people)];
        if self.migrated > 0 {
            lines.push(format!("  the backup was older; {} migrations were applied", self.migrated));
        }
        if let Some(path) = &self.secrets {
            lines.push(format!("  the secrets are in {} now", path.display()));
        }
        if self.problems.is_empty() {
            lines.push("  the database holds together".to_owned());
        } else {
            lines.push("  the database does NOT hold together; this was accepted:".to_owned());
            lines.extend(self.problems.iter().map(|line| format!("    {line}")));
        }
        lines
    }
}
