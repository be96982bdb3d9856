//! Batches: accounts by key, running sessions by account.
use std::{collections::HashMap, sync::Arc};

use async_graphql::Context;
use async_trait::async_trait;
use entity::{AccountId, AccountStatus, SessionId, Timestamp, account, sign_in_session};
use sea_orm::{DatabaseConnection, DbErr};

use super::{
    Account, SignInSession,
    repo::{self, LinkState, OneTimeLink},
    service::LONGEST_IDLE,
};
use crate::{
    authz::Actor,
    graphql::{Result, Source, request},
};

/// Accounts by key, as far as the actor may see them.
struct AccountSource {
    conn: DatabaseConnection,
    actor: Arc<Actor>,
}

#[async_trait]
impl Source for AccountSource {
    type Key = AccountId;
    type Value = Arc<account::Model>;

    async fn load(&self, keys: &[AccountId]) -> std::result::Result<HashMap<AccountId, Self::Value>, DbErr> {
        let rows = repo::get_all(&self.conn, &self.actor, keys).await?;
        Ok(rows.into_iter().map(|row| (row.id, Arc::new(row))).collect())
    }
}

/// The account `id`; none where it is missing or hidden.
pub async fn account(ctx: &Context<'_>, id: AccountId) -> Result<Option<Account>> {
    let loader =
        request(ctx).loader(|app, actor| AccountSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(Account))
}

/// The accounts `ids` that the viewer may see, in the order of `ids`.
pub async fn accounts(ctx: &Context<'_>, ids: Vec<AccountId>) -> Result<Vec<Account>> {
    let loader =
        request(ctx).loader(|app, actor| AccountSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load_all(ids).await?.into_iter().map(Account).collect())
}

/// Running sessions by account. Keys have been shown to be visible.
struct SessionSource {
    conn: DatabaseConnection,
    now: Timestamp,
}

#[async_trait]
impl Source for SessionSource {
    type Key = AccountId;
    type Value = Vec<Arc<sign_in_session::Model>>;

    async fn load(&self, keys: &[AccountId]) -> std::result::Result<HashMap<AccountId, Self::Value>, DbErr> {
        let mut sessions: HashMap<AccountId, Self::Value> = HashMap::new();
        let seen_after = self.now.plus_seconds(-LONGEST_IDLE);
        for row in repo::session::running(&self.conn, keys, self.now, seen_after).await? {
            sessions.entry(row.account_id).or_default().push(Arc::new(row));
        }
        Ok(sessions)
    }
}

/// Running sessions of `account`, which the viewer may see.
pub(super) async fn sessions_of(ctx: &Context<'_>, account: AccountId) -> Result<Vec<SignInSession>> {
    let loader = request(ctx).loader(|app, _| SessionSource { conn: app.db.read().clone(), now: app.ambient.now() })?;
    Ok(loader.load(account).await?.unwrap_or_default().into_iter().map(SignInSession).collect())
}

/// Unused links by account. Keys have been shown to be visible.
struct LinkSource(DatabaseConnection);

#[async_trait]
impl Source for LinkSource {
    type Key = AccountId;
    type Value = Timestamp;

    async fn load(&self, keys: &[AccountId]) -> std::result::Result<HashMap<AccountId, Timestamp>, DbErr> {
        let rows = repo::link::unused(&self.0, keys).await?;
        Ok(rows.into_iter().map(|row| (row.account_id, row.expires_at)).collect())
    }
}

/// The one-time link of `account`, which the viewer may see; none where it has a password or does not sign in.
pub(super) async fn link_of(ctx: &Context<'_>, account: &account::Model) -> Result<Option<OneTimeLink>> {
    if !account.password_hash.is_empty() || account.status != AccountStatus::Active {
        return Ok(None);
    }
    let request = request(ctx);
    let loader = request.loader(|app, _| LinkSource(app.db.read().clone()))?;
    let valid_until = loader.load(account.id).await?;
    let open = valid_until.is_some_and(|until| request.app.ambient.now() < until);
    Ok(Some(OneTimeLink { state: if open { LinkState::Open } else { LinkState::Expired }, valid_until }))
}

/// The session `id`; none where it is missing or its account hidden.
pub async fn session(ctx: &Context<'_>, id: SessionId) -> Result<Option<SignInSession>> {
    let request = request(ctx);
    let row = repo::session::get(request.app.db.read(), request.actor()?, id).await?;
    Ok(row.map(|row| SignInSession(Arc::new(row))))
}
