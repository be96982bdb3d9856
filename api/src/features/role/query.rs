//! Reading roles and permissions.
use std::sync::Arc;

use async_graphql::{Context, Object};

use super::{Permission, Role, loader, repo};
use crate::{
    authz,
    graphql::{Result, request},
};

/// Queries on roles and permissions.
#[derive(Default)]
pub struct RoleQuery;

#[Object]
impl RoleQuery {
    /// All roles, those shipped with the product first; none for viewers without `role:read`.
    async fn roles(&self, ctx: &Context<'_>) -> Result<Vec<Role>> {
        let request = request(ctx);
        if !request.actor()?.may_somewhere(authz::Permission::RoleRead) {
            return Ok(Vec::new());
        }
        let conn = request.app.db.read();
        let rows = repo::all(conn).await?;
        Ok(loader::complete(conn, rows).await?.into_iter().map(|role| Role(Arc::new(role))).collect())
    }

    /// The catalogue of permissions, grouped by what they are about.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        request(ctx).actor()?;
        Ok(authz::Permission::ALL.iter().copied().map(Permission).collect())
    }
}
