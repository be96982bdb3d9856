//! A sign-in that worked or failed.
use sea_orm::entity::prelude::*;

use crate::{
    id::AccountId,
    value::{SignInOutcome, Timestamp},
};

/// A sign-in that worked or failed.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "sign_in_event")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: Uuid,
    /// When.
    pub at: Timestamp,
    /// The account, where the name exists.
    pub account_id: Option<AccountId>,
    /// Network address.
    pub address: String,
    /// What came of it.
    pub outcome: SignInOutcome,
}

impl ActiveModelBehavior for ActiveModel {}
