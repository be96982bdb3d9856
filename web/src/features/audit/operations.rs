//! Operations of the audit trail.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PageInfo, PersonRef, fragment};
use crate::api::read::{Part, Read};
use crate::api::schema;
use crate::api::types::DateTime;

fragment! {
    /// One change.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AuditEntry")]
    pub struct AuditItem {
        /// Opaque.
        pub id: Id,
        /// When.
        pub at: DateTime,
        /// Who, where the viewer may see it.
        pub actor: Option<String>,
        /// Which mutation.
        pub action: String,
        /// Type of the changed object.
        pub object_type: String,
        /// Name of the changed object.
        pub object_label: Option<String>,
        /// Id of the changed object.
        pub object_id: Id,
        /// Why, where a reason was given.
        pub reason: Option<String>,
        /// Field by field.
        pub changes: Vec<AuditChange>,
    }

    /// One changed field.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AuditChange {
        /// Its name in the contract.
        pub field: String,
        /// The text before, unless sensitive.
        pub before: Option<String>,
        /// The text after, unless sensitive.
        pub after: Option<String>,
    }
}

/// One change with its place and its seal.
#[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
#[cynic(no_deserialize)]
#[cynic(graphql_type = "AuditEntry")]
pub struct AuditRow {
    /// Where.
    pub organization: Option<OrganizationRef>,
    /// The request that caused it.
    pub request_id: String,
    /// Whether it is chained to all before it.
    pub sealed: bool,
    /// What.
    #[cynic(spread)]
    pub item: AuditItem,
}

impl Read for AuditRow {
    fn read(part: Part<'_>) -> Self {
        Self {
            organization: part.field("organization"),
            request_id: part.field("request_id"),
            sealed: part.field("sealed"),
            item: Read::read(part),
        }
    }
}

/// Which rows.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct AuditFilter {
    /// Mutations.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub action: Option<Vec<String>>,
    /// The organization and what is below it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Sign-in name of the one who acted.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// What was changed.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub object: Option<Id>,
    /// Not before.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub from: Option<DateTime>,
    /// Not after.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub until: Option<DateTime>,
}

/// A page of the trail.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AuditEntriesVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
    /// Which rows.
    pub filter: Option<AuditFilter>,
}

fragment! {
    /// The trail.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AuditEntriesVariables")]
    pub struct AuditEntriesQuery {
        /// Newest first.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
        pub audit_entries: AuditEntryConnection,
        /// How far they are sealed, for those who see all of them.
        pub audit_root: Option<AuditHead>,
    }

    /// How far changes are sealed.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AuditRoot")]
    pub struct AuditHead {
        /// Number of the newest sealed change.
        pub position: i32,
        /// When it was sealed.
        pub at: DateTime,
    }

    /// A page of rows.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AuditEntryConnection {
        /// Rows.
        pub nodes: Vec<AuditRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }
}

fragment! {
    /// The root, to be kept elsewhere.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct AuditRootQuery {
        /// Null where nothing is sealed, or not everything may be read.
        pub audit_root: Option<AuditRoot>,
    }

    /// How the chain over all changes ends.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AuditRoot {
        /// Number of the newest sealed change.
        pub position: i32,
        /// How many are sealed.
        pub count: i32,
        /// Over it and all before it.
        pub hash: String,
        /// When it was sealed.
        pub at: DateTime,
    }
}

/// The id of what was changed.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AuditObjectVariables {
    /// Opaque.
    pub id: Id,
}

fragment! {
    /// What a filter by an object is about: one of these, or none where it is something else or hidden.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AuditObjectVariables")]
    pub struct AuditObjectQuery {
        /// Where it is an organization.
        #[arguments(id: $id)]
        pub organization: Option<OrganizationRef>,
        /// Where it is a person.
        #[arguments(id: $id)]
        pub person: Option<PersonRef>,
        /// Where it is an account.
        #[arguments(id: $id)]
        pub account: Option<AccountRef>,
    }

    /// An account by its name.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Account")]
    pub struct AccountRef {
        /// Sign-in name.
        pub name: String,
    }
}
