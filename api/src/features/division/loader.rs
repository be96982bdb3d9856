//! Divisions by key.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{DivisionId, division};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Division, repo};
use crate::graphql::{Result, Source, request};

/// Divisions by key.
pub struct DivisionSource(DatabaseConnection);

#[async_trait]
impl Source for DivisionSource {
    type Key = DivisionId;
    type Value = Arc<division::Model>;

    async fn load(&self, keys: &[DivisionId]) -> Result<HashMap<DivisionId, Self::Value>, DbErr> {
        Ok(repo::get_all(&self.0, keys).await?.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The division `id`.
pub async fn division(ctx: &Context<'_>, id: DivisionId) -> Result<Option<Division>> {
    let loader = request(ctx).loader(|app, _| DivisionSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.map(Division))
}
