//! A sign-in session: one browser or device.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, SessionId},
    value::{SessionEnd, Timestamp},
};

/// A sign-in session: one browser or device.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_session")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: SessionId,
    /// Who is signed in.
    pub account_id: AccountId,
    /// Time of sign-in.
    pub created_at: Timestamp,
    /// Time of the last refresh.
    pub last_seen_at: Timestamp,
    /// Time it ends by itself.
    pub expires_at: Timestamp,
    /// Network address at sign-in.
    pub address: String,
    /// Browser as it named itself, cut to 200 characters.
    pub user_agent: String,
    /// Time it was ended.
    pub ended_at: Option<Timestamp>,
    /// Why it was ended.
    pub end_reason: Option<SessionEnd>,
}

impl ActiveModelBehavior for ActiveModel {}
