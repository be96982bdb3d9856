//! Working out obligations again from the records.
use std::sync::Arc;

use async_trait::async_trait;
use entity::{ObligationKind, OrganizationId, RuleFamily};
use serde::{Deserialize, Serialize};

use super::service::{self, Contribution};
use crate::{
    app::App,
    authz::{Actor, Permission},
    features::{grant, member, organization},
    job::{Daily, JobError, JobRun, Sentence, Step, Work},
    rule::Basis,
};

/// Stable name of the kind.
pub const KIND: &str = "obligation_recompute";
/// Organizations of one step.
const BATCH: usize = 50;
/// Rows that one step changes.
const ROWS: usize = 200;

/// What every feature contributes.
const CONTRIBUTIONS: &[&dyn Contribution] =
    &[&organization::obligation::Terms, &member::obligation::Memberships, &grant::obligation::Endings];

/// Works out the obligations of a subtree, or of everybody every night.
pub struct ObligationRecompute;

/// The subtree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subtree {
    /// Its top.
    pub organization: OrganizationId,
}

/// Where the work goes on: organizations are taken in the order of their keys, which no move changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Place {
    last: Option<OrganizationId>,
    done: usize,
    changed: usize,
}

#[async_trait]
impl Work for ObligationRecompute {
    fn kind(&self) -> &'static str {
        KIND
    }

    fn label(&self) -> (&'static str, &'static str) {
        ("重新计算应办事项", "Work out obligations again")
    }

    fn schedule(&self) -> Option<Daily> {
        Some(Daily { hour: 2, minute: 10 })
    }

    async fn run(&self, app: &Arc<App>, run: &mut JobRun) -> Result<Sentence, JobError> {
        let subtree: Option<Subtree> = run.payload()?;
        let mut place: Place = run.checkpoint()?.unwrap_or_default();
        if subtree.is_none() {
            let tx = run.begin(app).await?;
            let basis = Basis::read(tx.conn(), RuleFamily::Obligation).await?;
            if let Some(day) = basis.lapsed_before(tx.today()) {
                service::lapse(&tx, ObligationKind::TransferAsked, day).await?;
            }
            tx.commit().await?;
        }
        loop {
            let todo = todo(app, run.actor(app).await?.as_deref(), subtree, place.last).await?;
            let batch: Vec<OrganizationId> = todo.iter().copied().take(BATCH).collect();
            let Some(last) = batch.last() else { break };
            let tx = run.begin(app).await?;
            let reconciled = service::reconcile(&tx, CONTRIBUTIONS, &batch, ROWS).await?;
            let total = place.done + todo.len();
            place.changed += reconciled.changed;
            if !reconciled.more {
                place.last = Some(*last);
                place.done += batch.len();
            }
            let narrow = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
            run.commit(app, tx, Step { checkpoint: place, done: narrow(place.done), total: Some(narrow(total)) })
                .await?;
        }
        let Place { done, changed, .. } = place;
        Ok(Sentence::new(
            format!("核对了 {done} 个组织，更正了 {changed} 项。"),
            format!("{done} organizations were looked at, {changed} obligations put right."),
        ))
    }
}

/// Organizations after `last` that are still to be looked at. Whoever asked must have the right at every step.
async fn todo(
    app: &App,
    actor: Option<&Actor>,
    subtree: Option<Subtree>,
    last: Option<OrganizationId>,
) -> Result<Vec<OrganizationId>, JobError> {
    let authority = app.refresh_authority().await?;
    let tree = &authority.tree;
    let root = match subtree {
        Some(Subtree { organization }) => tree.get(organization),
        None => tree.root(),
    };
    if let (Some(actor), Some(root)) = (actor, root)
        && actor.require(Permission::ObligationRecompute, root.id).is_err()
    {
        return Err(JobError::Hopeless(Sentence::new(
            "发起人已没有这里的权限，任务停止。",
            "Whoever asked for this no longer has the right to; the job stopped.",
        )));
    }
    let mut ids: Vec<OrganizationId> = root
        .map(|root| tree.subtree(root.id).map(|(node, _)| node.id).filter(|id| Some(*id) > last).collect())
        .unwrap_or_default();
    ids.sort_unstable();
    Ok(ids)
}
