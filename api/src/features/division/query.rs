//! Reading divisions.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::{Division, repo};
use crate::graphql::{Result, ids, request};

/// Queries on divisions.
#[derive(Default)]
pub struct DivisionQuery;

#[Object]
impl DivisionQuery {
    /// Divisions below `parent`, or those whose name contains `text`; the city where neither is said. At most 200.
    async fn divisions(&self, ctx: &Context<'_>, parent: Option<ID>, text: Option<String>) -> Result<Vec<Division>> {
        let request = request(ctx);
        request.actor()?;
        let parent = parent.map(|id| ids::decode_or_nil(&id));
        let rows = repo::list(request.app.db.read(), parent, text.as_deref()).await?;
        Ok(rows.into_iter().map(|row| Division(Arc::new(row))).collect())
    }
}
