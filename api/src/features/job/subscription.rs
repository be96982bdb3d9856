//! Following jobs.
use async_graphql::{Context, ID, Subscription};
use entity::{FactKind, JobId};
use futures_util::Stream;

use super::{Job, query};
use crate::{
    authz::Permission,
    graphql::{
        Result, ids,
        live::{About, Interest, answer, wait_for},
        request,
    },
};

/// Subscriptions on jobs.
#[derive(Default)]
pub struct JobSubscription;

#[Subscription]
impl JobSubscription {
    /// The job now and whenever it comes further, ends, is cancelled or retried; null, and the end, where it is missing
    /// or hidden.
    async fn job_progressed(&self, ctx: &Context<'_>, id: ID) -> Result<impl Stream<Item = Option<Job>>> {
        let id: JobId = ids::decode_or_nil(&id);
        let found = query::job(ctx, id).await?;
        if let Some(job) = &found {
            let actor = request(ctx).actor()?;
            let own = job.0.actor_id == Some(actor.account());
            let root = actor.tree().root().filter(|_| !own).map(|root| (Permission::JobRead, root.id));
            wait_for(ctx, Interest { kind: FactKind::Job, about: About::Object(id.0), right: root });
        }
        answer(found)
    }
}
