//! What every command needs: the database with its keys.
use super::{CommandError, migrate};
use crate::{
    clock::Ambient,
    config::{Config, Secrets},
    db::{Database, Engine, KeyFit, KnownKeys, MigrationState, migration_state, restore_unfinished, seal::Vault},
};

/// A database with the keys that belong to it.
pub(super) struct Opened {
    pub(super) db: Database,
    pub(super) ambient: Ambient,
    pub(super) secrets: Secrets,
    pub(super) vault: Vault,
}

/// Opens the database that `config` names, whatever state it is in.
pub(super) async fn open(config: &Config) -> Result<Opened, CommandError> {
    let ambient = Ambient::system(config.offset());
    let secrets = Secrets::load(config, &ambient)?;
    let opened = open_with(&config.database_url, config, secrets).await?;
    if restore_unfinished(&opened.db).await? {
        return Err(CommandError::RestoreUnfinished);
    }
    Ok(opened)
}

/// Opens the database at `url` with the given secrets.
pub(super) async fn open_with(url: &str, config: &Config, secrets: Secrets) -> Result<Opened, CommandError> {
    let ambient = Ambient::system(config.offset());
    let db = Database::connect(url, config.database_connections, None).await?;
    let vault = secrets.vault();
    Ok(Opened { db, ambient, secrets, vault })
}

/// Opens the database that `config` names with the tables that this binary expects. `SQLite` belongs to this instance
/// alone and is migrated by itself; a shared database is migrated by `jianghai migrate`.
pub(super) async fn ready(config: &Config) -> Result<Opened, CommandError> {
    let opened = open(config).await?;
    match opened.db.engine() {
        Engine::Sqlite => {
            migrate::apply(&opened).await?;
        }
        Engine::Postgres => {
            demand_current(&opened.db).await?;
            demand_key(&opened.db, &opened.vault).await?;
        }
    }
    Ok(opened)
}

/// Refuses a database whose tables are not those of this binary.
pub(super) async fn demand_current(db: &Database) -> Result<(), CommandError> {
    match migration_state(db.read()).await? {
        MigrationState::Current => Ok(()),
        MigrationState::Pending(n) => Err(CommandError::Pending(n)),
        MigrationState::Newer => Err(CommandError::Newer),
    }
}

/// Refuses a data secret that does not belong to the database. A new database takes the one it is given.
pub(super) async fn demand_key(db: &Database, vault: &Vault) -> Result<(), CommandError> {
    let mut known = KnownKeys::read(db.write()).await?;
    if known.current.is_none() {
        known.current = Some(vault.fingerprint());
        known.write(db.write()).await?;
    }
    match known.adopted_by(vault) {
        KeyFit::Fits => Ok(()),
        KeyFit::Other => Err(CommandError::WrongKey),
        KeyFit::OutgoingMissing => Err(CommandError::OutgoingKeyMissing),
    }
}
