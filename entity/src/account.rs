//! A login of a person or of a service.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, PersonId},
    value::{AccountKind, AccountStatus, Timestamp},
};

/// A login of a person or of a service.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "account")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AccountId,
    /// Sign-in name, lower case; unique.
    pub name: String,
    /// Person or service.
    pub kind: AccountKind,
    /// Whose account it is.
    pub person_id: Option<PersonId>,
    /// Argon2id, PHC string.
    pub password_hash: String,
    /// Active or disabled.
    pub status: AccountStatus,
    /// Last successful sign-in.
    pub last_sign_in_at: Option<Timestamp>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Counts changes; see `CONFLICT`.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
