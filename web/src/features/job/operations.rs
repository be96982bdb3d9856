//! Operations of the jobs drawer.

use cynic::Id;

use crate::api::fragments::{changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{DateTime, JobState, PermissionCode};

/// Which jobs.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct JobFilter {
    /// Only what the viewer asked for.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub own: Option<bool>,
    /// Kinds.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Vec<String>>,
}

/// The newest of a list.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct JobsVariables {
    /// At most so many.
    pub first: Option<i32>,
    /// Which.
    pub filter: Option<JobFilter>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "JobsVariables")]
    pub struct JobsQuery {
        /// Newest first.
        #[arguments(first: $first, filter: $filter)]
        pub jobs: JobConnection,
    }

    /// The newest jobs.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct JobConnection {
        /// Rows.
        pub nodes: Vec<Job>,
    }

    /// One job.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Job {
        /// Opaque.
        pub id: Id,
        /// What it is.
        pub label: String,
        /// How far it has come.
        pub state: JobState,
        /// Parts that are done.
        pub done: i32,
        /// Parts in all.
        pub total: Option<i32>,
        /// What came of it.
        pub result: Option<String>,
        /// Why it failed.
        pub reason: Option<String>,
        /// Who asked for it.
        pub requested_by: Option<String>,
        /// Whether it is about to end.
        pub cancelling: bool,
        /// When it was asked for.
        pub created_at: DateTime,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
    }
}

/// Which job is followed.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct JobProgressedVariables {
    /// The job.
    pub id: Id,
}

fragment! {
    /// Tells that a job came further.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Subscription", variables = "JobProgressedVariables")]
    pub struct JobProgressed {
        /// Only that it comes counts.
        #[arguments(id: $id)]
        job_progressed: Option<ChangedJob>,
    }
}

changed! {
    /// A changed job.
    ChangedJob "Job",
}

/// Which work is to run at once.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct JobStartInput {
    pub kind: String,
}

mutation!($
    /// Has work run at once.
    JobStart = job_start(JobStartInput) -> "JobStartPayload" { job: ChangedJob }
);

/// Which job is to end.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct JobCancelInput {
    pub job: Id,
}

mutation!($
    /// Ends a job.
    JobCancel = job_cancel(JobCancelInput) -> "JobCancelPayload" { job: ChangedJob }
);

/// Which job is to go on.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct JobRetryInput {
    pub job: Id,
}

mutation!($
    /// Lets a job go on.
    JobRetry = job_retry(JobRetryInput) -> "JobRetryPayload" { job: ChangedJob }
);

/// Whose obligations are worked out again.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct ObligationRecomputeInput {
    pub organization: Id,
}

mutation!($
    /// Has obligations worked out again.
    ObligationRecompute = obligation_recompute(ObligationRecomputeInput) -> "ObligationRecomputePayload" { job: ChangedJob }
);
