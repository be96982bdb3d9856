//! Reading roles and permissions.
use async_graphql::{Context, ID, Object};

use super::{Permission, Role, RoleChangePreview, loader, policy, repo, service};
use crate::{
    authz,
    graphql::{Result, ids, request},
};

/// Queries on roles and permissions.
#[derive(Default)]
pub struct RoleQuery;

#[Object]
impl RoleQuery {
    /// Roles that can be given, those shipped with the product first; with `archived` those that were archived. None for
    /// viewers without `role:read`.
    async fn roles(&self, ctx: &Context<'_>, #[graphql(default)] archived: bool) -> Result<Vec<Role>> {
        let request = request(ctx);
        if !request.actor()?.may_somewhere(authz::Permission::RoleRead) {
            return Ok(Vec::new());
        }
        let conn = request.app.db.read();
        let rows = repo::all(conn, archived).await?;
        Ok(loader::complete(conn, rows).await?.into_iter().map(Role::from).collect())
    }

    /// A role; null where it is missing or hidden.
    async fn role(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Role>> {
        let request = request(ctx);
        let role = service::find(request.app.db.read(), request.actor()?, ids::decode_or_nil(&id)).await?;
        Ok(role.map(Role::from))
    }

    /// The catalogue of permissions, grouped by what they are about.
    async fn permissions(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        request(ctx).actor()?;
        Ok(authz::Permission::ALL.iter().copied().map(Permission).collect())
    }

    /// What it would mean if `role` had these permissions to use and to pass on, before it is saved. Null without the
    /// right to change roles, and where the role is missing.
    async fn role_change_preview(
        &self,
        ctx: &Context<'_>,
        role: ID,
        permissions: Vec<authz::Permission>,
        pass_on: Vec<authz::Permission>,
    ) -> Result<Option<RoleChangePreview>> {
        let request = request(ctx);
        let actor = request.actor()?;
        if policy::can_edit(actor).is_err() {
            return Ok(None);
        }
        let Some(role) = service::find(request.app.db.read(), actor, ids::decode_or_nil(&role)).await? else {
            return Ok(None);
        };
        let new = policy::Content { uses: permissions.into_iter().collect(), passes_on: pass_on.into_iter().collect() };
        RoleChangePreview::new(ctx, &role, new).await.map(Some)
    }
}
