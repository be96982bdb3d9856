//! A set of rules: a draft, or published and never changed again.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, RuleSetId},
    value::{RuleFamily, Timestamp},
};

/// A set of rules: a draft, or published and never changed again.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_set")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RuleSetId,
    /// What it rules.
    pub family: RuleFamily,
    /// The rules with their parameters, as JSON.
    #[sea_orm(column_type = "Text")]
    pub rules: String,
    /// Where they come from, such as the number of a document.
    pub note: String,
    /// When it was drafted.
    pub created_at: Timestamp,
    /// Who drafted it; none for the set that the product ships.
    pub created_by: Option<AccountId>,
    /// When it was published.
    pub published_at: Option<Timestamp>,
    /// Who published it.
    pub published_by: Option<AccountId>,
    /// When the draft was given up.
    pub discarded_at: Option<Timestamp>,
    /// Counts the changes of the draft.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
