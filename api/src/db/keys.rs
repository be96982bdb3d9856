//! Which data secret the database belongs to, and whether it is being changed.
use entity::setting;
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbErr, EntityTrait, sea_query::OnConflict};

use super::seal::Vault;

/// The setting that keeps the fingerprint of the current secret.
const FINGERPRINT: &str = "vault_fingerprint";
/// The one that keeps that of the secret before, until nothing needs it any more.
const OUTGOING: &str = "vault_outgoing_fingerprint";

/// Fingerprints of the secrets that a database needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct KnownKeys {
    /// The secret that everything is written under; none in a database that was never used.
    pub current: Option<String>,
    /// The one under which some rows still are, while it is being changed.
    pub outgoing: Option<String>,
}

/// How the keys at hand fit a database.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyFit {
    /// They open everything.
    Fits,
    /// The database belongs to another secret.
    Other,
    /// The secret is being changed, and the old one is not at hand.
    OutgoingMissing,
}

impl KnownKeys {
    /// What the database says.
    pub async fn read(conn: &impl ConnectionTrait) -> Result<Self, DbErr> {
        let one = async |key: &str| {
            let row = setting::Entity::find_by_id(key.to_owned()).one(conn).await?;
            Ok::<_, DbErr>(row.map(|row| row.value))
        };
        Ok(Self { current: one(FINGERPRINT).await?, outgoing: one(OUTGOING).await? })
    }

    /// Says it to the database.
    pub async fn write(&self, conn: &impl ConnectionTrait) -> Result<(), DbErr> {
        for (key, value) in [(FINGERPRINT, &self.current), (OUTGOING, &self.outgoing)] {
            let Some(value) = value else {
                setting::Entity::delete_by_id(key.to_owned()).exec(conn).await?;
                continue;
            };
            let row = setting::ActiveModel { key: Set(key.to_owned()), value: Set(value.clone()) };
            let replace = OnConflict::column(setting::Column::Key).update_column(setting::Column::Value).to_owned();
            setting::Entity::insert(row).on_conflict(replace).exec_without_returning(conn).await?;
        }
        Ok(())
    }

    /// Compares with the keys in `vault`, whose current secret becomes that of the database.
    pub fn adopted_by(&self, vault: &Vault) -> KeyFit {
        match (&self.current, &self.outgoing) {
            (Some(current), _) if !vault.adopt(current) => KeyFit::Other,
            (_, Some(outgoing)) if vault.other_fingerprint().as_ref() != Some(outgoing) => KeyFit::OutgoingMissing,
            _ => KeyFit::Fits,
        }
    }
}
