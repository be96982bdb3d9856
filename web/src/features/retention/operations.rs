//! Reading the register.

use crate::api::fragments::fragment;
use crate::api::schema;

fragment! {
    /// The register.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query")]
    pub struct RetentionRulesQuery {
        /// One entry for every table.
        pub retention_rules: Vec<RetentionRule>,
    }

    /// What is kept in one table.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct RetentionRule {
        /// Name in the database.
        pub table: String,
        /// What people call its rows.
        pub name: String,
        /// For what they are kept.
        pub purpose: String,
        /// Whether they say something about a person.
        pub personal: bool,
        /// For how long.
        pub sentence: String,
    }
}
