//! Asking for the own data, and how far that is.

use cynic::Id;

use crate::api::fragments::{fragment, mutation};
use crate::api::schema;
use crate::api::types::DateTime;
use crate::features::job::operations::Job;

/// Whose.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct PersonExportVariables {
    /// The viewer's own record.
    pub id: Id,
}

fragment! {
    /// The last export.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "PersonExportVariables")]
    pub struct PersonExportQuery {
        /// The own record.
        #[arguments(id: $id)]
        pub person: Option<ExportOwner>,
    }

    /// The own record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct ExportOwner {
        /// None before the first, and after a week.
        pub export: Option<PersonExport>,
    }

    /// An export.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct PersonExport {
        /// When it was ready.
        pub finished_at: Option<DateTime>,
        /// When it is removed.
        pub expires_at: DateTime,
        /// A page to read and to print.
        pub page_url: Option<String>,
        /// The same for machines.
        pub json_url: Option<String>,
        /// What puts it together.
        pub job: Option<Job>,
    }

    /// An export that was asked for.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "PersonExport")]
    pub struct AskedExport {
        /// When.
        requested_at: DateTime,
    }
}

/// Whose data are put together.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PersonExportInput {
    /// The viewer's own record.
    pub person: Id,
}

mutation!($
    /// Asks for an export.
    PersonExportAsk = person_export(PersonExportInput) -> "PersonExportPayload" { export: AskedExport }
);
