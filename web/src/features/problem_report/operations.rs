//! The operation of this feature.

use crate::api::fragments::{changed, mutation};
use crate::api::schema;

/// A problem on a page.
#[derive(cynic::InputObject)]
pub struct ProblemReportInput {
    /// Address of the page.
    pub page: String,
    /// What the reader says.
    pub text: String,
    /// The same key is not reported twice.
    pub idempotency_key: Option<String>,
}

changed! {
    /// The report.
    ReportedProblem "ProblemReport",
}

mutation!($
    /// Reports a problem.
    ProblemReport = problem_report(ProblemReportInput) -> "ProblemReportPayload" { report: ReportedProblem }
);
