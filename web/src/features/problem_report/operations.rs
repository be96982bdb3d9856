//! Reporting a problem, and reading what was reported.

use cynic::Id;

use crate::api::fragments::{PageInfo, changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{DateTime, PermissionCode};

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

/// What the reporter is told.
#[derive(cynic::InputObject)]
pub struct ProblemReportAnswerInput {
    pub report: Id,
    pub answer: String,
    pub version: i32,
}

mutation!($
    /// Answers a report.
    ProblemReportAnswer = problem_report_answer(ProblemReportAnswerInput) -> "ProblemReportAnswerPayload" { report: ReportedProblem }
);

/// A page of reports.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct ProblemReportsVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "ProblemReportsVariables")]
    pub struct ProblemReportsQuery {
        /// Newest first.
        #[arguments(first: $first, after: $after, last: $last, before: $before)]
        pub problem_reports: ProblemReportConnection,
    }

    /// A page of reports.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct ProblemReportConnection {
        /// Rows.
        pub nodes: Vec<ProblemReportRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }

    /// One report.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ProblemReport")]
    pub struct ProblemReportRow {
        /// Opaque.
        pub id: Id,
        /// Address of the page.
        pub page: String,
        /// What the reader said.
        pub text: String,
        /// When.
        pub created_at: DateTime,
        /// Who, by the sign-in name.
        pub account: String,
        /// What the reporter was told.
        pub answer: Option<String>,
        /// By whom.
        pub answered_by: Option<String>,
        /// Seen by the next answer.
        pub version: i32,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
    }
}
