//! Reading proposals.
use std::sync::Arc;

use async_graphql::{Context, Object};

use super::{ErasureProposal, repo};
use crate::{
    authz::Permission,
    graphql::{Result, request},
};

/// Queries on erasures.
#[derive(Default)]
pub struct ErasureQuery;

#[Object]
impl ErasureQuery {
    /// Proposals to erase somebody's personal data that wait for a second person, oldest first, at most 100; those on
    /// persons whom the viewer may erase.
    async fn erasure_proposals(&self, ctx: &Context<'_>) -> Result<Vec<ErasureProposal>> {
        let request = request(ctx);
        let actor = request.actor()?;
        let scope = actor.scope(Permission::PersonErase);
        let rows = repo::waiting(request.app.db.read(), &scope, actor.today(), 100).await?;
        Ok(rows.into_iter().map(|row| ErasureProposal(Arc::new(row))).collect())
    }
}
