//! Batches: problem reports by key.
use std::{collections::HashMap, sync::Arc};

use async_trait::async_trait;
use entity::{ProblemReportId, problem_report};
use sea_orm::{DatabaseConnection, DbErr};

use super::repo;
use crate::{authz::Actor, graphql::Source};

/// Problem reports by key, as far as the actor may read them.
pub struct ProblemReportSource {
    /// Where they are read.
    pub conn: DatabaseConnection,
    /// Who asks.
    pub actor: Arc<Actor>,
}

#[async_trait]
impl Source for ProblemReportSource {
    type Key = ProblemReportId;
    type Value = Arc<problem_report::Model>;

    async fn load(&self, keys: &[ProblemReportId]) -> Result<HashMap<ProblemReportId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}
