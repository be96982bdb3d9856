//! Batches: roles by key with their permissions.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{RoleId, role};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Role, repo};
use crate::{
    authz::Permission,
    graphql::{Result, Source, request},
};

/// A role with the permissions it uses and passes on.
#[derive(Clone, Debug)]
pub struct FullRole {
    /// The role.
    pub row: role::Model,
    /// Permissions to use, in catalogue order.
    pub uses: Vec<Permission>,
    /// Permissions to pass on, in catalogue order.
    pub passes_on: Vec<Permission>,
}

/// Roles by key. Every role can be seen through a grant that can be seen.
struct RoleSource(DatabaseConnection);

#[async_trait]
impl Source for RoleSource {
    type Key = RoleId;
    type Value = Arc<FullRole>;

    async fn load(&self, keys: &[RoleId]) -> std::result::Result<HashMap<RoleId, Self::Value>, DbErr> {
        let rows = repo::get_roles(&self.0, keys).await?;
        Ok(complete(&self.0, rows).await?.into_iter().map(|role| (role.row.id, Arc::new(role))).collect())
    }
}

/// `rows` with their permissions.
pub(super) async fn complete(
    conn: &DatabaseConnection,
    rows: Vec<role::Model>,
) -> std::result::Result<Vec<FullRole>, DbErr> {
    let ids: Vec<RoleId> = rows.iter().map(|row| row.id).collect();
    let found = repo::permissions(conn, &ids).await?;
    let of = |id: RoleId, passes_on: bool| {
        let mut permissions: Vec<Permission> = found
            .iter()
            .filter(|row| row.role_id == id && if passes_on { row.passes_on } else { row.uses })
            .filter_map(|row| Permission::from_code(&row.permission))
            .collect();
        permissions.sort_unstable();
        permissions
    };
    Ok(rows.into_iter().map(|row| FullRole { uses: of(row.id, false), passes_on: of(row.id, true), row }).collect())
}

/// The role `id`.
pub async fn role(ctx: &Context<'_>, id: RoleId) -> Result<Option<Role>> {
    let loader = request(ctx).loader(|app, _| RoleSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.map(Role))
}
