//! A problem that somebody reported from a page.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, ProblemReportId},
    value::Timestamp,
};

/// A problem that somebody reported from a page.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "problem_report")]
pub struct Model {
    /// Key.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: ProblemReportId,
    /// Who reported it.
    pub account_id: AccountId,
    /// Path of the page.
    pub page: String,
    /// What was reported.
    pub text: String,
    /// When.
    pub created_at: Timestamp,
    /// Version of the answer.
    pub version: i32,
    /// Who answered; the other columns of the answer are set together with it.
    pub answered_by: Option<AccountId>,
    /// When it was answered.
    pub answered_at: Option<Timestamp>,
    /// The answer.
    pub answer: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
