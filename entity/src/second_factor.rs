//! The second factor of an account: a seed from which codes follow.
use sea_orm::entity::prelude::*;

use crate::{id::AccountId, value::Timestamp};

/// The second factor of an account: a seed from which codes follow.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "second_factor")]
pub struct Model {
    /// Whose it is.
    #[sea_orm(primary_key, auto_increment = false)]
    pub account_id: AccountId,
    /// The seed, sealed; empty after it was switched off.
    pub seed: Vec<u8>,
    /// When the seed was made.
    pub created_at: Timestamp,
    /// When a first code showed that the seed arrived; none while it does not work yet.
    pub confirmed_at: Option<Timestamp>,
    /// The last time step whose code was used.
    pub last_step: i64,
}

impl ActiveModelBehavior for ActiveModel {}
