//! Batches: jobs by key.
use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use entity::{JobId, job};
use sea_orm::{DatabaseConnection, DbErr};

use super::repo;
use crate::{authz::Actor, graphql::Source};

/// Jobs by key, as far as the actor may see them.
pub struct JobSource {
    /// Where they are read.
    pub conn: DatabaseConnection,
    /// Who asks.
    pub actor: Arc<Actor>,
}

#[async_trait]
impl Source for JobSource {
    type Key = JobId;
    type Value = Arc<job::Model>;

    async fn load(&self, keys: &[JobId]) -> Result<HashMap<JobId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}
