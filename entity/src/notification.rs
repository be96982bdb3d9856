//! Something that one account is told.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, NotificationId},
    value::{NotificationKind, Timestamp},
};

/// Something that one account is told.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: NotificationId,
    /// Who is told.
    pub account_id: AccountId,
    /// What.
    pub kind: NotificationKind,
    /// About which object; its table follows from the kind.
    pub subject_id: Uuid,
    /// What makes it another notification of the same kind about the same object.
    pub occasion: String,
    /// What a daily digest sums up, as JSON.
    pub digest: Option<String>,
    /// When.
    pub made_at: Timestamp,
    /// When it was read.
    pub read_at: Option<Timestamp>,
}

impl ActiveModelBehavior for ActiveModel {}
