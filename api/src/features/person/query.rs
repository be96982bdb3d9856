//! Reading persons.
use async_graphql::{Context, ID, Object};

use super::{Person, loader};
use crate::graphql::{Result, ids};

/// Queries on persons.
#[derive(Default)]
pub struct PersonQuery;

#[Object]
impl PersonQuery {
    /// The person with this id; null where it is missing or hidden.
    async fn person(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Person>> {
        loader::person(ctx, ids::decode_or_nil(&id)).await
    }
}
