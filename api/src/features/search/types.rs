//! GraphQL types of searching.
use async_graphql::SimpleObject;

use crate::features::{member::Member, organization::Organization};

/// The best matches of a text.
#[derive(SimpleObject, Default)]
pub struct SearchResult {
    /// Organizations, by name.
    pub organizations: Vec<Organization>,
    /// Members, by name.
    pub members: Vec<Member>,
}
