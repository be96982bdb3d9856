//! `jianghai restore`: an empty database filled from a backup, brought up to date and checked.
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    CommandError,
    check::check_opened,
    migrate,
    open::{Opened, open_with},
};
use crate::{
    backup::{self, Loaded, Prepared},
    config::Config,
    db::Tx,
    features::erasure::{
        log::{self, Erased},
        service,
    },
};

/// Erasures that are repeated in one transaction.
const BATCH: usize = 50;

/// How to restore.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Restore {
    /// The backup.
    pub from: PathBuf,
    /// The secrets file that belongs to it; the configured secrets where none is named.
    pub key_file: Option<PathBuf>,
    /// Whose personal data were erased.
    pub erasures: Erasures,
    /// Keeps a database that does not hold together.
    pub accept_problems: bool,
}

/// From where it is known whose personal data were erased since the backup was made.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Erasures {
    /// The configured erasure log.
    #[default]
    Configured,
    /// This file.
    File(PathBuf),
    /// Nobody's were.
    None,
}

/// What was restored.
#[derive(Debug, PartialEq, Eq)]
pub struct Restored {
    /// When the backup was made.
    pub created_at: String,
    /// Number of persons in it.
    pub people: i64,
    /// Persons whose data were erased after the backup was made, and who were erased again.
    pub erased: usize,
    /// Migrations that the backup lacked.
    pub migrated: usize,
    /// Where the secrets were put.
    pub secrets: Option<PathBuf>,
    /// What the check found wrong; empty unless that was accepted.
    pub problems: Vec<String>,
}

/// Restores a backup into the empty database that `config` names. Who was erased since it was made is erased again.
/// Unless that is accepted, a database that does not hold together is not kept.
pub async fn restore(config: &Config, command: &Restore) -> Result<Restored, CommandError> {
    let prepared = backup::prepare(config, &command.from, command.key_file.as_deref()).await?;
    let erasures = erasures(config, &command.erasures)?;
    let loaded = prepared.load().await?;
    match complete(config, &prepared, &loaded, &erasures, command.accept_problems).await {
        Ok(Complete { migrated, erased, problems }) => {
            let secrets = prepared.keep(loaded).await?;
            let people = prepared.manifest.counts.get("person").copied().unwrap_or_default();
            if let Some(path) = config.erasure_log() {
                let kept = log::add(&path, &erasures);
                kept.map_err(|error| CommandError::Refused(format!("{} cannot be written: {error}", path.display())))?;
            }
            let created_at = prepared.manifest.created_at;
            Ok(Restored { created_at, people, erased, migrated, secrets, problems })
        }
        Err(error) => {
            prepared.discard(loaded).await?;
            Err(error)
        }
    }
}

/// Who was erased, as far as is known outside the database.
fn erasures(config: &Config, from: &Erasures) -> Result<Vec<Erased>, CommandError> {
    let read = |path: &Path| {
        log::read(path).map_err(|error| {
            let path = path.display();
            CommandError::Refused(format!("nothing was restored: the erasure log {path} cannot be read: {error}"))
        })
    };
    match from {
        Erasures::None => Ok(Vec::new()),
        Erasures::File(path) => read(path),
        Erasures::Configured => match config.erasure_log() {
            Some(path) if path.exists() => read(&path),
            missing => {
                let place = missing.map_or_else(String::new, |path| format!(" at {}", path.display()));
                Err(CommandError::Refused(format!(
                    "nothing was restored: people whose data were erased after the backup was made would be back, and \
                     there is no erasure log{place}; give it with --erasures, or --no-erasures where nobody was erased"
                )))
            }
        },
    }
}

/// What was done to a loaded database.
struct Complete {
    migrated: usize,
    erased: usize,
    problems: Vec<String>,
}

/// Brings the tables up to date, repeats erasures and checks everything. All connections are closed afterwards.
async fn complete(
    config: &Config,
    prepared: &Prepared,
    loaded: &Loaded,
    erasures: &[Erased],
    accept_problems: bool,
) -> Result<Complete, CommandError> {
    let opened = open_with(&prepared.url(loaded), config, prepared.secrets.clone()).await?;
    let done = async {
        let migrated = migrate::apply(&opened).await?;
        let erased = repeat(&opened, erasures).await?;
        let problems = check_opened(&opened).await?.wrong;
        if problems.is_empty() || accept_problems {
            return Ok(Complete { migrated, erased, problems });
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

/// Erases again whoever is in the database and was erased since. Answers how many that were.
async fn repeat(opened: &Opened, erasures: &[Erased]) -> Result<usize, CommandError> {
    let vault = Arc::new(opened.vault.clone());
    let mut repeated = 0;
    for batch in erasures.chunks(BATCH) {
        let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
        tx.lock_authority().await?;
        for erased in batch {
            repeated += usize::from(service::repeat(&tx, erased).await?);
        }
        tx.commit().await?;
    }
    Ok(repeated)
}

impl Restored {
    /// The same for people.
    pub fn lines(&self) -> Vec<String> {
        let mut lines = vec![format!("restored: the state of {}, {} people", self.created_at, self.people)];
        if self.migrated > 0 {
            lines.push(format!("  the backup was older; {} migrations were applied", self.migrated));
        }
        if self.erased > 0 {
            let n = self.erased;
            lines.push(format!("  {n} people whose data were erased after the backup was made were erased again"));
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
