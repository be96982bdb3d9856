//! Reporting a problem.
use entity::problem_report;
use sea_orm::DbErr;
use serde_json::json;

use super::repo;
use crate::{
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
};

/// Longest report.
pub const TEXT: usize = 2_000;
/// Longest path of a page.
const PAGE: usize = 500;

/// What is reported.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemReport {
    /// Path of the page.
    pub page: String,
    /// What went wrong, in the reporter's words.
    pub text: String,
}

/// Why a report was not taken.
#[derive(Debug)]
pub enum ProblemReportError {
    /// Nothing was written.
    TextEmpty,
    /// Too much was written.
    TextTooLong,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ProblemReportError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Takes a report.
pub async fn report(
    tx: &Tx,
    actor: &Actor,
    command: ProblemReport,
) -> Result<problem_report::Model, ProblemReportError> {
    let text = command.text.trim();
    if text.is_empty() {
        return Err(ProblemReportError::TextEmpty);
    }
    if text.chars().count() > TEXT {
        return Err(ProblemReportError::TextTooLong);
    }
    let row = problem_report::Model {
        id: tx.new_id(),
        account_id: actor.account(),
        page: command.page.chars().take(PAGE).collect(),
        text: text.to_owned(),
        created_at: tx.now(),
    };
    repo::insert(tx, &row).await?;
    let change = Change {
        action: "problemReport",
        object_type: "ProblemReport",
        object_id: row.id.0,
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("page", json!(row.page))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(row)
}
