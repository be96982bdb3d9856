//! Batches: organizations by key, head counts, running terms.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{MemberStage, OrganizationId, organization, organization_term};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Organization, repo};
use crate::{
    authz::Permission,
    db::scope::Scope,
    graphql::{Result, Source, request},
};

/// Organizations by key, as far as the actor may read them.
pub struct OrganizationSource {
    conn: DatabaseConnection,
    scope: Scope,
}

#[async_trait]
impl Source for OrganizationSource {
    type Key = OrganizationId;
    type Value = Arc<organization::Model>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.scope, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The organization `id`; none where it is missing or hidden.
pub async fn organization(ctx: &Context<'_>, id: OrganizationId) -> Result<Option<Organization>> {
    let loader = request(ctx).loader(|app, actor| OrganizationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::OrganizationRead),
    })?;
    Ok(loader.load(id).await?.map(Organization))
}

/// The organizations `ids` that the viewer may read, in the order of `ids`.
pub async fn organizations(ctx: &Context<'_>, ids: Vec<OrganizationId>) -> Result<Vec<Organization>> {
    let loader = request(ctx).loader(|app, actor| OrganizationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::OrganizationRead),
    })?;
    Ok(loader.load_all(ids).await?.into_iter().map(Organization).collect())
}

/// Those of the organizations `ids` that the viewer may read, by key.
pub async fn organizations_by_id(
    ctx: &Context<'_>,
    ids: impl Iterator<Item = OrganizationId>,
) -> Result<HashMap<OrganizationId, Organization>> {
    let found = organizations(ctx, ids.collect()).await?;
    Ok(found.into_iter().map(|organization| (organization.0.id, organization)).collect())
}

/// The best matches of `text` that the viewer may read.
pub async fn matching(ctx: &Context<'_>, text: &str, most: u64) -> Result<Vec<Organization>> {
    let request = request(ctx);
    let scope = request.scope(Permission::OrganizationRead)?;
    let rows = repo::matching(request.app.db.read(), &scope, text, most).await?;
    Ok(rows.into_iter().map(Organization::from).collect())
}

/// Head counts by organization, with or without everything below. Keys have been shown to be readable.
pub struct CountSource {
    conn: DatabaseConnection,
    descendants: bool,
}

/// Head counts of single organizations.
pub struct DirectCountSource(CountSource);

async fn counts(
    source: &CountSource,
    keys: &[OrganizationId],
) -> Result<HashMap<OrganizationId, Vec<(MemberStage, i64)>>, DbErr> {
    let rows = if source.descendants {
        repo::subtree_counts(&source.conn, keys).await?
    } else {
        repo::direct_counts(&source.conn, keys).await?
    };
    let mut counts: HashMap<OrganizationId, Vec<(MemberStage, i64)>> = HashMap::new();
    for row in rows {
        counts.entry(row.organization_id).or_default().push((row.stage, row.n));
    }
    Ok(counts)
}

#[async_trait]
impl Source for CountSource {
    type Key = OrganizationId;
    type Value = Vec<(MemberStage, i64)>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        counts(self, keys).await
    }
}

#[async_trait]
impl Source for DirectCountSource {
    type Key = OrganizationId;
    type Value = Vec<(MemberStage, i64)>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        counts(&self.0, keys).await
    }
}

/// Head counts of `id` by stage.
pub async fn head_count(ctx: &Context<'_>, id: OrganizationId, descendants: bool) -> Result<Vec<(MemberStage, i64)>> {
    let request = request(ctx);
    let source = |conn: &DatabaseConnection| CountSource { conn: conn.clone(), descendants };
    let counts = if descendants {
        request.loader(|app, _| source(app.db.read()))?.load(id).await?
    } else {
        request.loader(|app, _| DirectCountSource(source(app.db.read())))?.load(id).await?
    };
    Ok(counts.unwrap_or_default())
}

/// Running terms by organization. Keys have been shown to be readable.
pub struct TermSource(DatabaseConnection);

#[async_trait]
impl Source for TermSource {
    type Key = OrganizationId;
    type Value = Arc<organization_term::Model>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let rows = repo::running_terms(&self.0, keys).await?;
        Ok(rows.into_iter().map(|row| (row.organization_id, Arc::new(row))).collect())
    }
}

/// The running term of `id`.
pub async fn running_term(ctx: &Context<'_>, id: OrganizationId) -> Result<Option<Arc<organization_term::Model>>> {
    Ok(request(ctx).loader(|app, _| TermSource(app.db.read().clone()))?.load(id).await?)
}
