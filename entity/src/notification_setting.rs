//! Whether an account wants to be told of a kind of notification; without a row it does.
use sea_orm::entity::prelude::*;

use crate::{id::AccountId, value::NotificationKind};

/// Whether an account wants to be told of a kind of notification; without a row it does.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "notification_setting")]
pub struct Model {
    /// Whose setting.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// Of what.
    #[sea_orm(primary_key, auto_increment = false)]
    pub kind: NotificationKind,
    /// Whether the app shows it.
    pub in_app: bool,
    /// Whether the daily digest counts it.
    pub in_digest: bool,
}

impl ActiveModelBehavior for ActiveModel {}
