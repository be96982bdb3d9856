//! A named set of permissions.
use sea_orm::entity::prelude::*;

use crate::{
    id::RoleId,
    value::{Timestamp, Workbench},
};

/// A named set of permissions.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "role")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RoleId,
    /// Stable short name; unique.
    pub code: String,
    /// Name in Chinese.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// What it is for, in Chinese; may be empty.
    pub sentence: String,
    /// What it is for, in English; may be empty.
    pub sentence_en: String,
    /// What the app opens to.
    pub workbench: Workbench,
    /// Shipped with the product; cannot be edited.
    pub template: bool,
    /// Its grants work only for accounts with a second factor.
    pub requires_second_factor: bool,
    /// Time from which it can no longer be given; none while it can.
    pub archived_at: Option<Timestamp>,
    /// Counts changes.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
