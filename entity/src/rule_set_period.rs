//! From when until when a published set of rules holds. Periods of a family do not overlap.
use sea_orm::entity::prelude::*;

use crate::{
    id::{PeriodId, RuleSetId},
    value::RuleFamily,
};

/// From when until when a published set of rules holds. Periods of a family do not overlap.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "rule_set_period")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PeriodId,
    /// The set.
    pub rule_set_id: RuleSetId,
    /// What it rules.
    pub family: RuleFamily,
    /// First day.
    pub from: Date,
    /// First day on which it holds no more; none while no other set follows.
    pub until: Option<Date>,
}

impl ActiveModelBehavior for ActiveModel {}
