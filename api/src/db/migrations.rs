//! Whether the tables are those that this binary expects.
use migration::{Migrator, MigratorTrait};
use sea_orm::{ConnectionTrait, DbErr};

/// How the database relates to the migrations in this binary.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum MigrationState {
    /// They are the same.
    Current,
    /// The database lacks this many.
    Pending(usize),
    /// The database has a migration that this binary does not know.
    Newer,
}

impl MigrationState {
    /// Whether the tables are those that this binary expects.
    pub fn is_current(&self) -> bool {
        *self == Self::Current
    }
}

/// Compares the database with the migrations in this binary, without changing anything.
pub async fn migration_state(conn: &impl ConnectionTrait) -> Result<MigrationState, DbErr> {
    match Migrator::get_pending_migrations_read_only(conn).await {
        Ok(pending) if pending.is_empty() => Ok(MigrationState::Current),
        Ok(pending) => Ok(MigrationState::Pending(pending.len())),
        // This is how an applied migration without a file is reported.
        Err(DbErr::Custom(_)) => Ok(MigrationState::Newer),
        Err(error) => Err(error),
    }
}

/// Names of the migrations in this binary, oldest first.
pub fn known_migrations() -> Vec<String> {
    Migrator::migrations().iter().map(|migration| migration.name().to_owned()).collect()
}

/// Applies what is pending.
pub async fn migrate(db: &super::Database) -> Result<(), DbErr> {
    Migrator::up(db.write(), None).await
}
