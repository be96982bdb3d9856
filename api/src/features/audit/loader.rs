//! Batches: which rows are sealed.
use std::collections::HashMap;

use async_graphql::Context;
use async_trait::async_trait;
use entity::AuditId;
use sea_orm::{DatabaseConnection, DbErr};

use super::repo;
use crate::graphql::{Result, Source, request};

/// Whether rows are sealed, by key.
struct SealedSource(DatabaseConnection);

#[async_trait]
impl Source for SealedSource {
    type Key = AuditId;
    type Value = ();

    async fn load(&self, keys: &[AuditId]) -> std::result::Result<HashMap<AuditId, ()>, DbErr> {
        Ok(repo::sealed(&self.0, keys).await?.into_iter().map(|id| (id, ())).collect())
    }
}

/// Whether the row `id`, which the viewer may read, is sealed.
pub(super) async fn is_sealed(ctx: &Context<'_>, id: AuditId) -> Result<bool> {
    let loader = request(ctx).loader(|app, _| SealedSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.is_some())
}
