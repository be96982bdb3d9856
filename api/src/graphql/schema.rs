//! THE registry: every feature's queries and mutations, one line each.
use async_graphql::{EmptyMutation, EmptySubscription, MergedObject, Schema};

/// Everything that can be read.
#[derive(MergedObject, Default)]
pub struct Query(super::rate::RateQuery);

/// The schema of the API. It has no extension: one would put every field on a slow path.
pub type ApiSchema = Schema<Query, EmptyMutation, EmptySubscription>;

/// Builds the schema. Limits are checked before it sees a document.
pub fn build() -> ApiSchema {
    Schema::build(Query::default(), EmptyMutation, EmptySubscription)
        .disable_suggestions()
        .limit_recursive_depth(64)
        .finish()
}
