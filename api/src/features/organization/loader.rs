//! Batches: organizations by key, head counts, running terms.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{MemberStage, OrganizationId, organization, organization_term};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Organization, repo};
use crate::{
    app::App,
    authz::Permission,
    db::scope::Scope,
    graphql::{Loader, Result, Source, live::Waiting, request},
};

/// Organizations by key, as far as the actor may read them. All of them lie in memory with the tree: whatever changes one
/// counts the epoch, so a row is as fresh as the tree that decides who sees it.
pub struct OrganizationSource {
    conn: DatabaseConnection,
    scope: Scope,
    /// Where rows are known from; none where the answer may not be older than the database.
    app: Option<Arc<App>>,
}

#[async_trait]
impl Source for OrganizationSource {
    type Key = OrganizationId;
    type Value = Arc<organization::Model>;

    async fn load(&self, keys: &[OrganizationId]) -> Result<HashMap<OrganizationId, Self::Value>, DbErr> {
        let mut found: HashMap<OrganizationId, Self::Value> = HashMap::new();
        let mut unknown = Vec::new();
        let known = self.app.as_ref().map(|app| app.authority.current());
        for key in keys.iter().copied().filter(|key| self.scope.contains(*key)) {
            match known.as_ref().and_then(|known| known.organizations.get(&key)) {
                Some(row) => {
                    found.insert(key, Arc::clone(row));
                }
                None => unknown.push(key),
            }
        }
        let rows = repo::get_all(&self.conn, &self.scope, &unknown).await?;
        found.extend(rows.into_iter().map(|row| (row.id, Arc::new(row))));
        Ok(found)
    }
}

fn source(ctx: &Context<'_>) -> Result<Arc<Loader<OrganizationSource>>> {
    // A change may be told to its followers before this process knows the epoch that it counted.
    let follows = ctx.data_opt::<Arc<Waiting>>().is_some();
    let request = request(ctx);
    request.loader(|app, actor| OrganizationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::OrganizationRead),
        app: (!follows).then(|| Arc::clone(&request.app)),
    })
}

/// The organization `id`; none where it is missing or hidden.
pub async fn organization(ctx: &Context<'_>, id: OrganizationId) -> Result<Option<Organization>> {
    Ok(source(ctx)?.load(id).await?.map(Organization))
}

/// The organizations `ids` that the viewer may read, in the order of `ids`.
pub async fn organizations(ctx: &Context<'_>, ids: Vec<OrganizationId>) -> Result<Vec<Organization>> {
    Ok(source(ctx)?.load_all(ids).await?.into_iter().map(Organization).collect())
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
