//! GraphQL types of searching.
use async_graphql::SimpleObject;

use crate::features::{member::Member, organization::Organization, person::Person};

/// The best matches of a text.
#[derive(SimpleObject, Default)]
pub struct SearchResult {
    /// Organizations, by name.
    pub organizations: Vec<Organization>,
    /// Members, by name.
    pub members: Vec<Member>,
    /// Persons whom an affiliation or a post shows to the viewer, and no membership; by name.
    pub persons: Vec<Person>,
}
