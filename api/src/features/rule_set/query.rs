//! Reading rule sets.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};
use entity::RuleSetId;

use super::{RuleFamily, RuleHits, RuleSet, policy, repo, service};
use crate::graphql::{Result, ids, request};

/// Queries on rule sets.
#[derive(Default)]
pub struct RuleSetQuery;

#[Object]
impl RuleSetQuery {
    /// All sets of a family: the draft first, then published ones with the newest first. Drafts are shown to those who
    /// may make them.
    async fn rule_sets(&self, ctx: &Context<'_>, family: RuleFamily) -> Result<Vec<RuleSet>> {
        let request = request(ctx);
        let sets = repo::list(request.app.db.read(), request.actor()?, family.into()).await?;
        Ok(sets.into_iter().map(|set| RuleSet(Arc::new(set))).collect())
    }

    /// What each rule of a set would hit if it held for everything today; null without the right to make rules.
    async fn rule_set_hits(&self, ctx: &Context<'_>, rule_set: ID) -> Result<Option<Vec<RuleHits>>> {
        let request = request(ctx);
        let actor = request.actor()?;
        let (app, conn) = (&request.app, request.app.db.read());
        if policy::can_edit(actor).is_err() {
            return Ok(None);
        }
        let Some(set) = repo::get(conn, actor, ids::decode_or_nil(&rule_set)).await? else { return Ok(None) };
        let hits = service::hits(conn, &app.ambient, actor, &set.rules).await?;
        Ok(Some(hits.into_iter().map(RuleHits::from).collect()))
    }
}

/// The set `id`; none where it is missing or hidden.
pub async fn rule_set(ctx: &Context<'_>, id: RuleSetId) -> Result<Option<RuleSet>> {
    let request = request(ctx);
    let set = repo::get(request.app.db.read(), request.actor()?, id).await?;
    Ok(set.map(|set| RuleSet(Arc::new(set))))
}
