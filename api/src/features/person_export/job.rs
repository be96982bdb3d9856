//! The job that puts an export together.
use std::sync::Arc;

use async_trait::async_trait;
use entity::{PersonId, Timestamp};
use serde::{Deserialize, Serialize};

use super::{
    policy,
    service::{self, ContentError},
};
use crate::{
    app::App,
    authz::Actor,
    job::{JobError, JobRun, Sentence, Step, Work},
};

/// Stable name of the kind.
pub const KIND: &str = "person_export";

/// Puts together what is stored about one person, table by table.
pub struct PersonExportMake;

/// Which export.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Wanted {
    /// About whom.
    pub person: PersonId,
    /// When it was asked for.
    pub requested_at: Timestamp,
}

impl From<ContentError> for JobError {
    fn from(error: ContentError) -> Self {
        match error {
            ContentError::Gone => Self::Hopeless(not_own()),
            ContentError::Sealed(_) | ContentError::Unread(_) => Self::Failed(error.to_string()),
            ContentError::Db(error) => Self::Db(error),
        }
    }
}

fn not_own() -> Sentence {
    Sentence::new(
        "这个账号已不对应这个人，任务停止。",
        "This account is no longer that of the person; the job stopped.",
    )
}

#[async_trait]
impl Work for PersonExportMake {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("导出本人信息", "Export one's own data")
    }

    /// Nothing is written before the end, so that whoever takes over begins anew.
    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let wanted: Wanted = run.payload()?;
        let total = service::tables().count();
        let mut sections = Vec::with_capacity(total);
        let narrow = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
        for entry in service::tables() {
            let actor = person(app, run, wanted).await?;
            let tx = run.begin(app).await?;
            sections.push(service::section(&tx, &actor, wanted.person, entry).await?);
            let step = Step { checkpoint: (), done: narrow(sections.len()), total: Some(narrow(total)) };
            run.commit(app, tx, step).await?;
        }
        let content = service::whole(&app.ambient, &sections);
        let actor = person(app, run, wanted).await?;
        let tx = run.begin(app).await?;
        if !service::keep(&tx, &actor, wanted, &content).await? {
            return Err(JobError::Hopeless(Sentence::new(
                "又要了一份新的，这一份不再需要。",
                "A newer one was asked for; this one is not needed.",
            )));
        }
        let step = Step { checkpoint: (), done: narrow(total), total: Some(narrow(total)) };
        run.commit(app, tx, step).await?;
        Ok(Sentence::new("已备好，七天内可以下载。", "It is ready and can be fetched for a week."))
    }
}

/// Who asked, as long as it is about him.
async fn person(app: &Arc<App>, run: &JobRun, wanted: Wanted) -> Result<Arc<Actor>, JobError> {
    let actor = run.actor(app).await?.filter(|actor| policy::can_export(actor, wanted.person).is_ok());
    actor.ok_or_else(|| JobError::Hopeless(not_own()))
}
