//! The daily job that applies the register.
use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use serde::{Deserialize, Serialize};

use super::{REGISTER, repo};
use crate::{
    app::App,
    job::{Daily, JobError, JobRun, Sentence, Step, Work},
};

/// Stable name of the kind.
pub const KIND: &str = "retention_daily";
/// Rows of one step.
const BATCH: u64 = 200;

/// Takes away every night what no table needs any more.
pub struct RetentionDaily;

/// How many rows of which table were removed so far. Looking again from the beginning does no harm.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Removed(BTreeMap<String, u64>);

#[async_trait]
impl Work for RetentionDaily {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("移除到期的记录", "Remove what is kept no longer")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 3, minute: 0 })
    }

    fn on_demand(&self) -> bool {
        true
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let mut removed: Removed = run.checkpoint()?.unwrap_or_default();
        let now = app.ambient.now();
        for entry in REGISTER.iter().filter(|entry| entry.end().is_some()) {
            loop {
                let tx = run.begin(app).await?;
                let n = repo::remove(&tx, entry, now, BATCH).await?;
                if n > 0 {
                    *removed.0.entry(entry.table.to_owned()).or_default() += n;
                }
                let done = i64::try_from(removed.0.values().sum::<u64>()).unwrap_or(i64::MAX);
                run.commit(app, tx, Step { checkpoint: &removed, done, total: None }).await?;
                if n < BATCH {
                    break;
                }
            }
        }
        Ok(removed.sentence())
    }
}

impl Removed {
    fn sentence(&self) -> Sentence {
        let rows: u64 = self.0.values().sum();
        if rows == 0 {
            return Sentence::new("没有到期的记录。", "Nothing had to be removed.");
        }
        let counts: Vec<_> = REGISTER.iter().filter_map(|entry| Some((entry.name, self.0.get(entry.table)?))).collect();
        let zh: Vec<String> = counts.iter().map(|((zh, _), n)| format!("{zh} {n}")).collect();
        let en: Vec<String> = counts.iter().map(|((_, en), n)| format!("{en}: {n}")).collect();
        Sentence::new(
            format!("移除了 {rows} 条：{}。", zh.join("，")),
            format!("Rows removed: {rows}. {}.", en.join("; ")),
        )
    }
}
