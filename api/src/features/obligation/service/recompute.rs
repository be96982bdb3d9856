//! Asking for the obligations of a subtree to be worked out again.
use entity::{OrganizationId, job};
use sea_orm::DbErr;

use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::{
        obligation::{
            job::{KIND, Subtree},
            policy,
        },
        organization,
    },
    job::{NewJob, enqueue},
};

/// A subtree whose obligations are to be worked out again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ObligationRecompute {
    /// Its top.
    pub organization: OrganizationId,
}

/// Why nothing was queued.
#[derive(Debug)]
pub enum ObligationRecomputeError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ObligationRecomputeError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Queues the work.
pub async fn recompute(
    tx: &Tx,
    actor: &Actor,
    command: ObligationRecompute,
) -> Result<job::Model, ObligationRecomputeError> {
    use ObligationRecomputeError as Error;
    let organization = organization::service::hold(tx, actor, command.organization).await?.ok_or(Error::NotFound)?.id;
    policy::can_recompute(actor, organization).map_err(Error::Denied)?;
    let new = NewJob { kind: KIND, payload: Subtree { organization }, actor: actor.account() };
    let queued = enqueue(tx, new).await?;
    let change = Change {
        action: "obligationRecompute",
        object_type: "Job",
        object_id: queued.id.0,
        organization: Some(organization),
        person: None,
        before: Snapshot::new(),
        after: Snapshot::new(),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(queued)
}
