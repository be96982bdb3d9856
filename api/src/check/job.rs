//! The check as background work: every night, and on demand.
use std::sync::Arc;

use async_trait::async_trait;

use super::records;
use crate::{
    app::App,
    audit::proof,
    job::{Daily, JobError, JobRun, Sentence, Step, Work},
};

/// Parts of the check: the records, and history.
const PARTS: i64 = 2;

/// Looks at everything and says what is wrong. It changes nothing, so that whoever takes over begins anew.
pub struct IntegrityCheck;

#[async_trait]
impl Work for IntegrityCheck {
    fn kind(&self) -> &'static str {
        "integrity_check"
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("核对数据", "Check the integrity of the data")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 4, minute: 0 })
    }

    fn on_demand(&self) -> bool {
        true
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let mut wrong = records(&app.db, &app.vault).await?;
        let tx = run.begin(app).await?;
        run.commit(app, tx, Step { checkpoint: (), done: 1, total: Some(PARTS) }).await?;
        let proof = proof::prove(&app.db).await?;
        wrong.extend(proof.findings());
        let tx = run.begin(app).await?;
        run.commit(app, tx, Step { checkpoint: (), done: PARTS, total: Some(PARTS) }).await?;
        Ok(said(&wrong, proof.sealed + proof.waiting))
    }
}

/// What was found, one line each.
fn said(wrong: &[Sentence], changes: u64) -> Sentence {
    if wrong.is_empty() {
        return Sentence::new(
            format!("组织树、人数、密钥、清除记录和 {changes} 条变动都对得上。"),
            format!("Tree, head counts, keys, erasures and {changes} changes agree."),
        );
    }
    let n = wrong.len();
    tracing::error!(found = n, "the check of the database found {n} problems; its job names them");
    let mut sentence = Sentence::new(format!("发现 {n} 处问题："), format!("Problems: {n}."));
    for line in wrong {
        sentence.zh += &["\n", &line.zh].concat();
        sentence.en += &["\n", &line.en].concat();
    }
    sentence
}
