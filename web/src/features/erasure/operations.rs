//! Reading the proposals that wait.

use crate::api::fragments::fragment;
use crate::api::schema;
use crate::api::types::DateTime;
use cynic::Id;

fragment! {
    /// Those on persons whom the viewer may erase, oldest first.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct ErasureProposalsQuery {
        /// At most 100.
        pub erasure_proposals: Vec<WaitingErasure>,
    }

    /// One proposal.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "ErasureProposal")]
    pub struct WaitingErasure {
        /// Whose record.
        pub person: Option<ErasedPerson>,
        /// Why.
        pub reason: String,
        /// Who proposed it, by the sign-in name.
        pub proposed_by: String,
        /// When.
        pub proposed_at: DateTime,
        /// Whether the viewer did.
        pub is_own: bool,
    }

    /// Whose record.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person")]
    pub struct ErasedPerson {
        /// Opaque.
        pub id: Id,
        /// Name.
        pub name: String,
        /// Seen by the next change.
        pub version: i32,
    }
}
