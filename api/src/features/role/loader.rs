//! Batches: roles by key with their permissions.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{RoleId, role};
use sea_orm::{ConnectionTrait, DatabaseConnection, DbErr};

use super::{Role, policy::Content, repo};
use crate::{
    authz::Permission,
    graphql::{Result, Source, request},
};

/// A role with what it carries.
#[derive(Clone, Debug)]
pub struct FullRole {
    /// The role.
    pub row: role::Model,
    /// Permissions to use and to pass on.
    pub content: Content,
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
    conn: &impl ConnectionTrait,
    rows: Vec<role::Model>,
) -> std::result::Result<Vec<FullRole>, DbErr> {
    let ids: Vec<RoleId> = rows.iter().map(|row| row.id).collect();
    let mut contents: HashMap<RoleId, Content> = HashMap::new();
    for row in repo::permissions(conn, &ids).await? {
        let Some(permission) = Permission::from_code(&row.permission) else { continue };
        let content = contents.entry(row.role_id).or_default();
        if row.uses {
            content.uses.insert(permission);
        }
        if row.passes_on {
            content.passes_on.insert(permission);
        }
    }
    let full = |row: role::Model| FullRole { content: contents.get(&row.id).copied().unwrap_or_default(), row };
    Ok(rows.into_iter().map(full).collect())
}

/// Role templates by their codes, whoever asks: the product ships them.
struct TemplateSource(DatabaseConnection);

#[async_trait]
impl Source for TemplateSource {
    type Key = &'static str;
    type Value = Arc<FullRole>;

    async fn load(&self, keys: &[&'static str]) -> std::result::Result<HashMap<&'static str, Self::Value>, DbErr> {
        let found = complete(&self.0, repo::get_templates(&self.0, keys).await?).await?;
        let code = |role: &FullRole| keys.iter().copied().find(|code| *code == role.row.code);
        Ok(found.into_iter().filter_map(|role| Some((code(&role)?, Arc::new(role)))).collect())
    }
}

/// The role template with this code.
pub async fn template(ctx: &Context<'_>, code: &'static str) -> Result<Option<Role>> {
    let loader = request(ctx).loader(|app, _| TemplateSource(app.db.read().clone()))?;
    Ok(loader.load(code).await?.map(Role))
}

/// The role `id`.
pub async fn role(ctx: &Context<'_>, id: RoleId) -> Result<Option<Role>> {
    let loader = request(ctx).loader(|app, _| RoleSource(app.db.read().clone()))?;
    Ok(loader.load(id).await?.map(Role))
}
