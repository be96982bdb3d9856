//! Administrative divisions: city, county, town or street, village or community, with their official codes.
//!
//! They are public reference data: whoever is signed in may read them.

mod loader;
mod query;
pub(crate) mod repo;
mod types;

pub use loader::division;
pub use query::DivisionQuery;
pub use repo::exists;
pub use types::*;
