//! `jianghai migrate`: brings the tables to the state that this binary expects.
use super::{
    CommandError,
    open::{Opened, demand_key, open},
};
use crate::{
    config::Config,
    db::{MigrationState, migration_state},
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
    Ok(applied)
}
