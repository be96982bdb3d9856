//! Reporting a problem, and answering a report.
use entity::{ProblemReportId, problem_report};
use sea_orm::DbErr;
use serde_json::json;

use super::{policy, repo};
use crate::{
    audit::{self, Change, Snapshot},
    authz::{Actor, Denied},
    db::Tx,
    features::notification::service as notifications,
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
        version: 1,
        answered_by: None,
        answered_at: None,
        answer: None,
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

/// An answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProblemReportAnswer {
    /// The report.
    pub report: ProblemReportId,
    /// What the reporter is told.
    pub answer: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a report was not answered.
#[derive(Debug)]
pub enum ProblemReportAnswerError {
    /// The right is missing.
    Denied(Denied),
    /// The report is missing or hidden.
    NotFound,
    /// Nothing was written.
    AnswerEmpty,
    /// Too much was written.
    AnswerTooLong,
    /// Somebody else answered; this is how it stands.
    Conflict(Box<problem_report::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ProblemReportAnswerError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Answers a report, or betters the answer; the reporter is told each time.
pub async fn answer(
    tx: &Tx,
    actor: &Actor,
    command: ProblemReportAnswer,
) -> Result<problem_report::Model, ProblemReportAnswerError> {
    use ProblemReportAnswerError as Error;
    let old = repo::get(tx.conn(), actor, command.report).await?.ok_or(Error::NotFound)?;
    policy::can_answer(actor).map_err(Error::Denied)?;
    let answer = command.answer.trim();
    match () {
        () if old.version != command.version => return Err(Error::Conflict(Box::new(old))),
        () if answer.is_empty() => return Err(Error::AnswerEmpty),
        () if answer.chars().count() > TEXT => return Err(Error::AnswerTooLong),
        () => {}
    }
    let new = problem_report::Model {
        answered_by: Some(actor.account()),
        answered_at: Some(tx.now()),
        answer: Some(answer.to_owned()),
        ..old.clone()
    };
    let new = repo::answer(tx, &new, old.version).await?.ok_or_else(|| Error::Conflict(Box::new(old.clone())))?;
    let shown = |row: &problem_report::Model| Snapshot::from([("answer", json!(row.answer))]);
    let change = Change {
        action: "problemReportAnswer",
        object_type: "ProblemReport",
        object_id: new.id.0,
        organization: None,
        person: None,
        before: shown(&old),
        after: shown(&new),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    notifications::report_answered(tx, &new, actor.account()).await?;
    Ok(new)
}
