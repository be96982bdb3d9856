//! THE registry: every feature's queries and mutations, one line each.
use async_graphql::{EmptySubscription, MergedObject, Schema};

use crate::features::{affiliation, division, member, obligation, organization, person, post, search};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(
    organization::OrganizationQuery,
    person::PersonQuery,
    member::MemberQuery,
    division::DivisionQuery,
    obligation::ObligationQuery,
    search::SearchQuery,
);

/// Every business action.
#[derive(MergedObject, Default)]
pub struct Mutation(
    organization::OrganizationMutation,
    post::PostMutation,
    person::PersonMutation,
    member::MemberMutation,
    affiliation::AffiliationMutation,
);

/// The schema of the API. It has no extension: one would put every field on a slow path.
pub type ApiSchema = Schema<Query, Mutation, EmptySubscription>;

/// Builds the schema. Limits are checked before it sees a document.
pub fn build() -> ApiSchema {
    Schema::build(Query::default(), Mutation::default(), EmptySubscription)
        .disable_suggestions()
        .limit_recursive_depth(64)
        .finish()
}
