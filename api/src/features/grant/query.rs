//! Reading grants.
use async_graphql::{Context, Object};

use super::{Grant, loader};
use crate::graphql::Result;

/// Queries on grants.
#[derive(Default)]
pub struct GrantQuery;

#[Object]
impl GrantQuery {
    /// Grants that wait for the viewer as second holder, oldest first, at most 500: those which he could have given and
    /// neither gave nor gets.
    async fn grants_to_confirm(&self, ctx: &Context<'_>) -> Result<Vec<Grant>> {
        loader::waiting(ctx).await
    }
}
