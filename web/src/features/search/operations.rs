//! The search operation.

use cynic::Id;

use crate::api::fragments::{OrganizationItem, OrganizationRef, PersonRef, fragment};
use crate::api::schema;
use crate::api::types::{AffiliationKind, MemberStage};

/// What to look for.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct SearchVariables {
    /// Name, initials or code.
    pub text: String,
    /// At most so many of each kind.
    pub first: Option<i32>,
}

fragment! {
    /// Best matches.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "SearchVariables")]
    pub struct SearchQuery {
        /// Of each kind.
        #[arguments(text: $text, first: $first)]
        pub search: SearchResult,
    }

    /// Matches by kind.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct SearchResult {
        /// Organizations.
        pub organizations: Vec<OrganizationItem>,
        /// Members.
        pub members: Vec<FoundMember>,
        /// Persons whom a tie or a post shows to the viewer, and no membership.
        pub persons: Vec<FoundPerson>,
    }

    /// A member with what tells him from others.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Member")]
    pub struct FoundMember {
        /// The person.
        pub person: PersonRef,
        /// Stage of development.
        pub stage: MemberStage,
        /// Where he belongs.
        pub home_organization: Option<OrganizationRef>,
    }

    /// A person without a membership in sight, with what tells him from others.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct FoundPerson {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Ties to organizations.
        pub affiliations: Vec<FoundTie>,
    }

    /// A tie of a found person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Affiliation")]
    pub struct FoundTie {
        /// Of what kind.
        pub kind: AffiliationKind,
        /// To whom.
        pub organization: Option<OrganizationRef>,
    }
}
