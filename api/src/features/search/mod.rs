//! Finding organizations and members by name, initials or code: the search of every page and of pickers.
//!
//! Permissions: `organization:read` and `person:read`, each for its kind of match.

mod query;
mod types;

pub use query::SearchQuery;
pub use types::*;
