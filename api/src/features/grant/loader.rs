//! Batches: grants by key and by account.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{AccountId, GrantId, role_grant};
use sea_orm::{DatabaseConnection, DbErr};

use super::{Grant, policy, repo};
use crate::{
    authz::{Actor, Permission},
    graphql::{Result, Source, request},
};

/// Grants by account, as far as the actor may see them.
struct GrantSource {
    conn: DatabaseConnection,
    actor: Arc<Actor>,
}

#[async_trait]
impl Source for GrantSource {
    type Key = AccountId;
    type Value = Vec<Arc<role_grant::Model>>;

    async fn load(&self, keys: &[AccountId]) -> std::result::Result<HashMap<AccountId, Self::Value>, DbErr> {
        let mut grants: HashMap<AccountId, Self::Value> = HashMap::new();
        for row in repo::of_accounts(&self.conn, &self.actor, keys).await? {
            grants.entry(row.account_id).or_default().push(Arc::new(row));
        }
        Ok(grants)
    }
}

/// Most grants that are looked through for those which the viewer may confirm.
const WAITING: u64 = 500;

/// Grants that wait for the viewer as second holder, oldest first.
pub(super) async fn waiting(ctx: &Context<'_>) -> Result<Vec<Grant>> {
    let request = request(ctx);
    let actor = request.actor()?;
    if !actor.may_somewhere(Permission::GrantCreate) {
        return Ok(Vec::new());
    }
    let rows = repo::waiting(request.app.db.read(), actor, WAITING).await?;
    Ok(rows.into_iter().filter(|row| policy::is_confirmable(actor, row)).map(Grant::from).collect())
}

/// Grants of `account` that have not ended, as far as the viewer may see them.
pub async fn grants_of(ctx: &Context<'_>, account: AccountId) -> Result<Vec<Grant>> {
    let loader =
        request(ctx).loader(|app, actor| GrantSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(account).await?.unwrap_or_default().into_iter().map(Grant).collect())
}

/// The grant `id`; none where it is missing or hidden.
pub async fn grant(ctx: &Context<'_>, id: GrantId) -> Result<Option<Grant>> {
    let loader =
        request(ctx).loader(|app, actor| GrantByIdSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(Grant))
}

/// Grants by key, as far as the actor may see them.
struct GrantByIdSource {
    conn: DatabaseConnection,
    actor: Arc<Actor>,
}

#[async_trait]
impl Source for GrantByIdSource {
    type Key = GrantId;
    type Value = Arc<role_grant::Model>;

    async fn load(&self, keys: &[GrantId]) -> std::result::Result<HashMap<GrantId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// Whose the grant `id` is; none where it is missing or hidden.
pub async fn holder(ctx: &Context<'_>, id: GrantId) -> Result<Option<AccountId>> {
    Ok(grant(ctx, id).await?.map(|grant| grant.0.account_id))
}

/// What extends a grant and has not ended, by the key of the grant, as far as the actor may see it.
struct ExtensionSource {
    conn: DatabaseConnection,
    actor: Arc<Actor>,
}

#[async_trait]
impl Source for ExtensionSource {
    type Key = GrantId;
    type Value = Arc<role_grant::Model>;

    async fn load(&self, keys: &[GrantId]) -> std::result::Result<HashMap<GrantId, Self::Value>, DbErr> {
        let rows = repo::extensions(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().filter_map(|row| Some((row.extends_id?, Arc::new(row)))).collect())
    }
}

/// What extends the grant `id` and has not ended, as far as the viewer may see it.
pub(super) async fn extension(ctx: &Context<'_>, id: GrantId) -> Result<Option<Grant>> {
    let loader =
        request(ctx).loader(|app, actor| ExtensionSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(Grant))
}
