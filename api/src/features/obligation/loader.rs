//! Batches: open obligations of subtrees.
use std::collections::HashMap;

use async_graphql::Context;
use async_trait::async_trait;
use entity::{Date, OrganizationId};
use sea_orm::{DatabaseConnection, DbErr};

use super::{ObligationCount, repo};
use crate::{
    authz::Permission,
    graphql::{Result, Source, request},
};

/// Open obligations by organization, with everything below. Keys lie in the actor's scope.
pub struct ObligationCountSource {
    conn: DatabaseConnection,
    today: Date,
}

#[async_trait]
impl Source for ObligationCountSource {
    type Key = OrganizationId;
    type Value = ObligationCount;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, ObligationCount>, DbErr> {
        let narrow = |n: i64| i32::try_from(n).unwrap_or(i32::MAX);
        let rows = repo::subtree_counts(&self.conn, keys, self.today).await?;
        let count = |row: &repo::SubtreeCount| ObligationCount { open: narrow(row.open), overdue: narrow(row.overdue) };
        Ok(rows.iter().map(|row| (row.organization_id, count(row))).collect())
    }
}

/// Open obligations in the subtree of `id`; none where the viewer may not read them there.
pub async fn obligation_count(ctx: &Context<'_>, id: OrganizationId) -> Result<ObligationCount> {
    let request = request(ctx);
    let actor = request.actor()?;
    if !actor.may(Permission::ObligationRead, id) {
        return Ok(ObligationCount::default());
    }
    let loader =
        request.loader(|app, actor| ObligationCountSource { conn: app.db.read().clone(), today: actor.today() })?;
    Ok(loader.load(id).await?.unwrap_or_default())
}
