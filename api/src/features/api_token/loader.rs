//! Batches: tokens by account.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{AccountId, ApiTokenId, api_token};
use sea_orm::{DatabaseConnection, DbErr};

use super::{ApiToken, policy, repo};
use crate::graphql::{Result, Source, request};

/// Tokens by account. Keys have been shown to be visible.
struct TokenSource {
    conn: DatabaseConnection,
}

#[async_trait]
impl Source for TokenSource {
    type Key = AccountId;
    type Value = Vec<Arc<api_token::Model>>;

    async fn load(&self, keys: &[AccountId]) -> std::result::Result<HashMap<AccountId, Self::Value>, DbErr> {
        let mut tokens: HashMap<AccountId, Self::Value> = HashMap::new();
        for row in repo::of_accounts(&self.conn, keys).await? {
            tokens.entry(row.account_id).or_default().push(Arc::new(row));
        }
        Ok(tokens)
    }
}

/// Tokens of `account`, as far as the viewer may see them.
pub async fn tokens_of(ctx: &Context<'_>, account: AccountId) -> Result<Vec<ApiToken>> {
    let actor = request(ctx).actor()?;
    if !policy::is_service(actor, account) || !policy::can_read(actor, account) {
        return Ok(Vec::new());
    }
    let loader = request(ctx).loader(|app, _| TokenSource { conn: app.db.read().clone() })?;
    Ok(loader.load(account).await?.unwrap_or_default().into_iter().map(ApiToken).collect())
}

/// The token `id`; none where it is missing or hidden.
pub async fn token(ctx: &Context<'_>, id: ApiTokenId) -> Result<Option<ApiToken>> {
    let request = request(ctx);
    let actor = request.actor()?;
    let row = repo::get(request.app.db.read(), actor, id).await?;
    Ok(row.filter(|row| policy::can_read(actor, row.account_id)).map(ApiToken::from))
}
