//! A refresh token of a session, known only by its SHA-256.
use sea_orm::entity::prelude::*;

use crate::{id::SessionId, value::Timestamp};

/// A refresh token of a session, known only by its SHA-256.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "refresh_token")]
pub struct Model {
    /// SHA-256 of the token.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// The session (token family).
    pub session_id: SessionId,
    /// Time of issue.
    pub issued_at: Timestamp,
    /// Time it was exchanged for the next one.
    pub used_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
