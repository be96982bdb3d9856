//! What every part of a running process shares.
use std::{sync::Arc, time::Duration};

use sea_orm::DbErr;

use crate::{
    authz::{Authority, AuthorityStore},
    clock::Ambient,
    config::Config,
    db::{Database, seal::Vault},
    http::tokens::TokenKeys,
};

/// One running instance: its database, its keys, its memory.
pub struct App {
    /// Settings as read at the start.
    pub config: Config,
    /// The database.
    pub db: Database,
    /// Clock, calendar and randomness.
    pub ambient: Ambient,
    /// Keys for personal data and cursors.
    pub vault: Arc<Vault>,
    /// Keys for access tokens.
    pub tokens: TokenKeys,
    /// Tree, roles, grants and accounts.
    pub authority: AuthorityStore,
}

impl App {
    /// The newest state of tree and grants, read from the database where it has moved on.
    pub async fn refresh_authority(&self) -> Result<Arc<Authority>, DbErr> {
        self.authority.refresh(self.db.read(), self.ambient.now()).await
    }

    /// Looks at the epoch every second for as long as the process lives, so that a change made by another
    /// replica works here within a second.
    pub async fn follow_authority(self: Arc<Self>) {
        let mut tick = tokio::time::interval(Duration::from_secs(1));
        tick.set_missed_tick_behavior(tokio::time::MissedTickBehavior::Delay);
        loop {
            tick.tick().await;
            if let Err(error) = self.refresh_authority().await {
                tracing::warn!(%error, "tree and grants could not be refreshed; the last known state stays in force");
            }
        }
    }
}
