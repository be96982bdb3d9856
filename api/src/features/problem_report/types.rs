//! GraphQL types of problem reports.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::problem_report;

use super::policy;
use crate::{
    authz::Permission,
    connection,
    graphql::{Result, UserError, ids, request, scalar::DateTime},
};

/// A problem that somebody reported from a page.
#[derive(Clone)]
pub struct ProblemReport(pub Arc<problem_report::Model>);

impl From<problem_report::Model> for ProblemReport {
    fn from(row: problem_report::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A problem that somebody reported from a page.
#[Object]
impl ProblemReport {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Path of the page.
    async fn page(&self) -> &str {
        &self.0.page
    }

    /// What was reported.
    async fn text(&self) -> &str {
        &self.0.text
    }

    /// When.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Account name of the one who reported it.
    async fn account(&self, ctx: &Context<'_>) -> Result<String> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(accounts.get(&self.0.account_id).map(|account| account.name.clone()).unwrap_or_default())
    }

    /// Version of the answer.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the reporter was told; null while nobody has answered.
    async fn answer(&self) -> Option<&str> {
        self.0.answer.as_deref()
    }

    /// When it was answered.
    async fn answered_at(&self) -> Option<DateTime> {
        self.0.answered_at.map(DateTime)
    }

    /// Account name of the one who answered.
    async fn answered_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(self.0.answered_by.and_then(|by| accounts.get(&by)).map(|account| account.name.clone()))
    }

    /// What the viewer may do with it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let actor = request(ctx).actor()?;
        Ok(policy::CANDIDATES.iter().copied().filter(|permission| actor.may_everywhere(*permission)).collect())
    }
}

connection!(ProblemReportConnection, ProblemReportEdge, ProblemReport, problem_report::Entity, problem_report::Model);

/// A problem on a page.
#[derive(InputObject)]
pub struct ProblemReportInput {
    /// Path of the page.
    pub page: String,
    /// What went wrong, at most 2,000 characters.
    pub text: String,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `problemReport`.
#[derive(SimpleObject)]
pub struct ProblemReportPayload {
    /// The report; null where there are user errors.
    pub report: Option<ProblemReport>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An answer to a reported problem.
#[derive(InputObject)]
pub struct ProblemReportAnswerInput {
    /// The report.
    pub report: ID,
    /// What the reporter is told, at most 2,000 characters.
    pub answer: String,
    /// The version that was seen.
    pub version: i32,
}

/// What became of `problemReportAnswer`.
#[derive(SimpleObject)]
pub struct ProblemReportAnswerPayload {
    /// The report; the current state on a conflict, null on other user errors.
    pub report: Option<ProblemReport>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
