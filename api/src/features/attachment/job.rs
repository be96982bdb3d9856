//! Taking away what no attachment needs: objects that belong to no row.
use std::sync::Arc;

use async_trait::async_trait;
use entity::Timestamp;
use futures_util::StreamExt;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use super::{repo, service::STALE};
use crate::{
    app::App,
    job::{Daily, JobError, JobRun, Sentence, Step, Work},
    storage::{Kind, StorageError},
};

/// Objects of one step.
const BATCH: usize = 200;

/// Takes away objects that are left over, every night after the rows that are kept no longer.
pub struct AttachmentCollect;

/// How many were taken away so far. Looking again from the beginning does no harm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Taken {
    objects: i64,
}

impl From<StorageError> for JobError {
    fn from(error: StorageError) -> Self {
        Self::Failed(error.to_string())
    }
}

#[async_trait]
impl Work for AttachmentCollect {
    fn kind(&self) -> &'static str {
        "attachment_collect"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("清理未用的文件", "Take away files that nobody needs")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 3, minute: 20 })
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let mut taken: Taken = run.checkpoint()?.unwrap_or_default();
        // Whoever writes an object names it in a row soon after; a day is more than enough.
        let before = app.ambient.now().plus_seconds(-STALE);
        if app.storage.is_configured() {
            taken.objects += app.storage.remove_partial(before).await?;
            for kind in Kind::ALL {
                let mut batches = Box::pin(app.storage.keys(kind, BATCH).await?);
                while let Some(batch) = batches.next().await {
                    let old: Vec<Uuid> = batch.into_iter().collect::<Result<Vec<_>, _>>()?;
                    let old: Vec<Uuid> = old.into_iter().filter(|key| made(*key) < before).collect();
                    let needed = repo::needed(app.db.read(), &old).await?;
                    for key in old.iter().filter(|key| !needed.contains(*key)) {
                        app.storage.remove(kind, *key).await?;
                        taken.objects += 1;
                    }
                    let tx = run.begin(app).await?;
                    let step = Step { checkpoint: taken, done: taken.objects, total: None };
                    run.commit(app, tx, step).await?;
                }
            }
        }
        let Taken { objects } = taken;
        Ok(Sentence::new(
            format!("清理了 {objects} 个无主文件。"),
            format!("{objects} files of nobody were taken away."),
        ))
    }
}

/// When an object was made, as its key says; an unknown key is never old.
fn made(key: Uuid) -> Timestamp {
    let at = key.get_timestamp().map(|at| at.to_unix());
    at.and_then(|(seconds, _)| i64::try_from(seconds).ok()).map_or(Timestamp(i64::MAX), |s| Timestamp(s * 1_000_000))
}
