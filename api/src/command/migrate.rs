//! `jianghai migrate`: brings tables and role templates to the state that this binary expects.
use std::sync::Arc;

use super::{
    CommandError,
    open::{Opened, demand_key, open},
};
use crate::{
    authz::install_templates,
    config::Config,
    db::{MigrationState, Tx, migration_state},
};

/// Applies what is pending; says how many migrations that were.
pub async fn migrate(config: &Config) -> Result<usize, CommandError> {
    apply(&open(config).await?).await
}

pub(super) async fn apply(opened: &Opened) -> Result<usize, CommandError> {
    let applied = match migration_state(opened.db.read()).await? {
        MigrationState::Current => 0,
        MigrationState::Newer => return Err(CommandError::Newer),
        MigrationState::Pending(n) => {
            crate::db::migrate(&opened.db).await?;
            n
        }
    };
    demand_key(&opened.db, &opened.vault).await?;
    install(opened).await?;
    Ok(applied)
}

/// Brings the role templates up to date.
async fn install(opened: &Opened) -> Result<(), CommandError> {
    let vault = Arc::new(opened.vault.clone());
    let tx = Tx::begin(&opened.db, &opened.ambient, &vault, "command-line").await?;
    if install_templates(tx.conn(), &opened.ambient).await? {
        tx.lock_authority().await?;
        tx.commit().await?;
    }
    Ok(())
}
