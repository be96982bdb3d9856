//! GraphQL types of problem reports.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::problem_report;

use crate::{
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
