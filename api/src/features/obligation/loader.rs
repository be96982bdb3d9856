//! Batches: obligations by key, open obligations of subtrees.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{Date, ObligationId, OrganizationId, obligation};
use sea_orm::{DatabaseConnection, DbErr};

use super::{ObligationCount, ObligationKindCount, policy, repo};
use crate::{
    authz::Actor,
    graphql::{Result, Source, request},
};

/// Obligations by key, as far as the actor may read them.
pub struct ObligationSource {
    /// Where they are read.
    pub conn: DatabaseConnection,
    /// Who reads them.
    pub actor: Arc<Actor>,
}

#[async_trait]
impl Source for ObligationSource {
    type Key = ObligationId;
    type Value = Arc<obligation::Model>;

    async fn load(&self, keys: &[ObligationId]) -> Result<HashMap<ObligationId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// Open obligations by organization and kind, with everything below. Keys lie in the scope of one of the rights by which
/// duties are read.
pub struct ObligationCountSource {
    conn: DatabaseConnection,
    today: Date,
}

#[async_trait]
impl Source for ObligationCountSource {
    type Key = OrganizationId;
    type Value = Vec<repo::SubtreeCount>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let mut counts: HashMap<OrganizationId, Self::Value> = HashMap::new();
        let mut rows = repo::subtree_counts(&self.conn, keys, self.today).await?;
        rows.sort_unstable_by_key(|row| row.kind);
        for row in rows {
            counts.entry(row.organization_id).or_default().push(row);
        }
        Ok(counts)
    }
}

/// Open obligations of each kind that the viewer may see in the subtree of `id`.
pub async fn obligation_count_by_kind(ctx: &Context<'_>, id: OrganizationId) -> Result<Vec<ObligationKindCount>> {
    let request = request(ctx);
    let actor = request.actor()?;
    if !policy::READS.iter().any(|right| actor.may(*right, id)) {
        return Ok(Vec::new());
    }
    let loader =
        request.loader(|app, actor| ObligationCountSource { conn: app.db.read().clone(), today: actor.today() })?;
    let counts = loader.load(id).await?.unwrap_or_default();
    Ok(counts.into_iter().filter(|row| actor.may(policy::reads(row.kind), id)).map(Into::into).collect())
}

/// Open obligations that the viewer may see in the subtree of `id`.
pub async fn obligation_count(ctx: &Context<'_>, id: OrganizationId) -> Result<ObligationCount> {
    Ok(obligation_count_by_kind(ctx, id).await?.into_iter().fold(ObligationCount::default(), |sum, count| {
        ObligationCount {
            open: sum.open.saturating_add(count.open),
            overdue: sum.overdue.saturating_add(count.overdue),
            snoozed: sum.snoozed.saturating_add(count.snoozed),
        }
    }))
}
