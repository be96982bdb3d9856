//! Failed sign-ins of one name or address.
use sea_orm::entity::prelude::*;

use crate::value::Timestamp;

/// Failed sign-ins of one name or address.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_throttle")]
pub struct Model {
    /// `name:…` or `address:…`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub key: String,
    /// Failures since the last success or pause.
    pub failures: i32,
    /// Time of the last failure.
    pub last_at: Timestamp,
    /// No attempt is looked at before.
    pub blocked_until: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
