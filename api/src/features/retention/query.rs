//! Reading the register.
use async_graphql::{Context, Object};

use super::{REGISTER, RetentionRule};
use crate::graphql::{Result, request};

/// Queries on retention.
#[derive(Default)]
pub struct RetentionQuery;

#[Object]
impl RetentionQuery {
    /// What every table of the database is kept for, and for how long. A daily job of the kind `retention_daily`
    /// applies it.
    async fn retention_rules(&self, ctx: &Context<'_>) -> Result<Vec<RetentionRule>> {
        request(ctx).actor()?;
        Ok(REGISTER.iter().map(RetentionRule).collect())
    }
}
