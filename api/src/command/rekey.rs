//! `jianghai rekey`: another data secret. Rows are brought under it one small batch after another while the server
//! runs; until the last one is, both secrets are needed. Killed at any point, it goes on where it was.
use std::{path::PathBuf, sync::Arc, time::Duration};

use sea_orm::DbErr;

use super::{
    CommandError,
    open::{Opened, demand_key, ready},
};
use crate::{
    app::KEY_CHECK,
    audit::{self, Change, Snapshot},
    config::{Config, Secrets},
    db::{Database, KnownKeys, Tx},
    features::{person::service, second_factor},
};

/// How long running servers have to notice that the secret changed: they look every [`KEY_CHECK`].
pub const NOTICE: Duration = KEY_CHECK.saturating_mul(3);

/// What was done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rekeyed {
    /// A new secret lies in the file; every replica needs it before anything is changed.
    Distribute(PathBuf),
    /// Everything is under the current secret.
    Done {
        /// Rows that were brought under it.
        rows: u64,
        /// Rows that no secret at hand opens: they could not be read before either.
        lost: u64,
        /// The file from which the old secret was taken out; none where it is in the settings.
        file: Option<PathBuf>,
    },
}

/// Changes the data secret, or goes on with a change that was begun. Running servers have `notice` to follow.
pub async fn rekey(config: &Config, notice: Duration) -> Result<Rekeyed, CommandError> {
    let mut opened = ready(config).await?;
    let file = config.secrets_file().filter(|_| config.data_secret.is_none());
    if opened.secrets.previous_data.is_none() {
        let path = file.clone().ok_or_else(|| CommandError::Refused(BY_HAND.to_owned()))?;
        opened.secrets = Secrets::begin_change(&path, &opened.ambient)?;
        opened.vault = opened.secrets.vault();
        demand_key(&opened.db, &opened.vault).await?;
        if Database::sqlite_path(&config.database_url).is_none() {
            return Ok(Rekeyed::Distribute(path));
        }
    }
    if !opened.vault.tells_apart() {
        return Err(CommandError::Refused(ALIKE.to_owned()));
    }
    let begun = begin(&opened).await?;
    let (mut rows, mut lost) = (0, 0);
    if begun {
        loop {
            // Also before the last look: whoever read a row before has written it by then.
            tokio::time::sleep(notice).await;
            let pass = pass(&opened).await?;
            rows += pass.0;
            lost = pass.1;
            if pass.0 == 0 {
                break;
            }
        }
        end(&opened).await?;
    }
    opened.db.close().await?;
    if let Some(path) = &file {
        Secrets::end_change(path)?;
    }
    Ok(Rekeyed::Done { rows, lost, file })
}

const BY_HAND: &str = "the data secret comes from the settings or the environment: make a new one (openssl rand -hex 32), \
                       give every replica the new one as data_secret and the present one as previous_data_secret, restart \
                       them all, then run `jianghai rekey` again";
const ALIKE: &str = "data_secret and previous_data_secret happen to look alike in one byte that tells them apart; make \
                     another data_secret";

/// Makes the new secret the current one of the database, where it is not yet. False where the change is over and
/// only the old secret was left where it was.
async fn begin(opened: &Opened) -> Result<bool, CommandError> {
    let known = KnownKeys::read(opened.db.read()).await?;
    if known.outgoing.is_some() {
        return Ok(true);
    }
    let coming = opened.secrets.vault().fingerprint();
    if known.current.as_ref() == Some(&coming) {
        return Ok(false);
    }
    let vault = Arc::new(opened.vault.clone());
    let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
    KnownKeys { current: Some(coming.clone()), outgoing: known.current }.write(tx.conn()).await?;
    let change = Change {
        action: "rekey",
        object_type: "Setting",
        object_id: uuid::Uuid::nil(),
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("dataSecret", serde_json::json!("changed"))]),
        reason: None,
    };
    audit::record(&tx, None, change).await?;
    tx.commit().await?;
    opened.vault.adopt(&coming);
    Ok(true)
}

/// Looks at every row once. Answers how many were changed and how many are lost.
async fn pass(opened: &Opened) -> Result<(u64, u64), DbErr> {
    let vault = Arc::new(opened.vault.clone());
    let (mut changed, mut lost, mut after) = (0, 0, None);
    loop {
        let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
        let Some(batch) = service::rewrap(&tx, after).await? else { break };
        tx.commit().await?;
        after = Some(batch.last);
        changed += batch.changed;
        lost += batch.lost;
    }
    let mut after = None;
    loop {
        let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
        let Some(batch) = second_factor::service::rewrap(&tx, after).await? else { return Ok((changed, lost)) };
        tx.commit().await?;
        after = Some(batch.last);
        changed += batch.changed;
        lost += batch.lost;
    }
}

/// Nothing needs the old secret any more.
async fn end(opened: &Opened) -> Result<(), DbErr> {
    let known = KnownKeys::read(opened.db.read()).await?;
    KnownKeys { outgoing: None, ..known }.write(opened.db.write()).await
}

impl Rekeyed {
    /// The same for people.
    pub fn lines(&self) -> Vec<String> {
        match self {
            Self::Distribute(path) => vec![
                format!("a new data secret lies in {}; nothing is changed in the database yet", path.display()),
                "copy that file to every replica, restart them all, then run `jianghai rekey` again".to_owned(),
            ],
            Self::Done { rows, lost, file } => {
                let mut lines = vec![format!("everything is under the current data secret; {rows} rows were changed")];
                if *lost > 0 {
                    lines.push(format!("{lost} rows open with neither secret and were left as they are"));
                }
                lines.push(match file {
                    Some(path) => format!("the old one was taken out of {}", path.display()),
                    None => "take previous_data_secret out of the settings of every replica".to_owned(),
                });
                lines.push("backups made before need the old secret: keep it as long as you keep them".to_owned());
                lines
            }
        }
    }
}
