//! A token by which a service account asks.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, ApiTokenId},
    value::Timestamp,
};

/// A token by which a service account asks.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "api_token")]
pub struct Model {
    /// Key; the public part of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ApiTokenId,
    /// The account that asks by it.
    pub account_id: AccountId,
    /// What it is for.
    pub name: String,
    /// Codes of the permissions that it is confined to, with spaces between them.
    pub permissions: String,
    /// SHA-256 of the secret part.
    pub secret_hash: Vec<u8>,
    /// Time of creation.
    pub created_at: Timestamp,
    /// Who issued it.
    pub created_by: AccountId,
    /// It does not work from then on.
    pub expires_at: Timestamp,
    /// Last use, to a minute.
    pub last_used_at: Option<Timestamp>,
    /// When it was revoked.
    pub revoked_at: Option<Timestamp>,
    /// Who revoked it.
    pub revoked_by: Option<AccountId>,
}

impl ActiveModelBehavior for ActiveModel {}
