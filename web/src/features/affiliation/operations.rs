//! Operations on ties.

use cynic::Id;

use crate::api::fragments::{OrganizationRef, PageInfo, fragment};
use crate::api::schema;
use crate::api::types::{AffiliationKind, Date, MemberStage, RecordStatus};
use crate::features::person::operations::SensitiveText;

/// Which ties.
#[derive(cynic::InputObject, Clone, Debug, Default, PartialEq)]
pub struct AffiliationFilter {
    /// Name or initials of the person.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub text: Option<String>,
    /// The organization and what is below it.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub organization: Option<Id>,
    /// Kinds of tie.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub kind: Option<Vec<AffiliationKind>>,
    /// On record or archived.
    #[cynic(skip_serializing_if = "Option::is_none")]
    pub status: Option<Vec<RecordStatus>>,
}

/// A page of ties.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AffiliationsVariables {
    /// Rows from the start or after the cursor.
    pub first: Option<i32>,
    /// Cursor.
    pub after: Option<String>,
    /// Rows before the cursor.
    pub last: Option<i32>,
    /// Cursor.
    pub before: Option<String>,
    /// Which ties.
    pub filter: Option<AffiliationFilter>,
}

fragment! {
    /// The list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AffiliationsVariables")]
    pub struct AffiliationsQuery {
        /// By name.
        #[arguments(first: $first, after: $after, last: $last, before: $before, filter: $filter)]
        pub affiliations: AffiliationConnection,
    }

    /// A page of ties.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AffiliationConnection {
        /// Rows.
        pub nodes: Vec<TieRow>,
        /// Where the page stands.
        pub page_info: PageInfo,
        /// Rows in all.
        pub total_count: i32,
        /// Whether counting stopped.
        pub total_count_is_capped: bool,
    }

    /// One row of the list.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Affiliation")]
    pub struct TieRow {
        /// Opaque.
        pub id: Id,
        /// Of what kind.
        pub kind: AffiliationKind,
        /// To whom; null where the viewer may not see it.
        pub organization: Option<OrganizationRef>,
        /// First day.
        pub from: Date,
        /// Who.
        pub person: Option<TiedPerson>,
    }

    /// The person of a tie.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct TiedPerson {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Masked unless it is oneself.
        pub phone: Option<SensitiveText>,
        /// On record or archived.
        pub status: RecordStatus,
        /// Membership, where the viewer may see one.
        pub membership: Option<TiedMember>,
    }

    /// The membership of a tied person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct TiedMember {
        /// Stage of development.
        pub stage: MemberStage,
    }
}
