//! Persons: human beings with their sensitive fields, posts and affiliations, with or without a membership.
//!
//! Invariants: sensitive fields lie sealed under the person's own data key; an identity number occurs once; the
//! year of birth, for age bands, follows the birth date. A person is seen where the home organization, a running
//! affiliation or a running post lies in scope, and by oneself. Rights to write are anchored at the home
//! organization where there is a membership, else at the running affiliations. Nothing is deleted: a record is
//! archived when nothing runs any more.
//!
//! Permissions: `person:*`.

mod loader;
mod mutation;
pub mod policy;
mod query;
mod repo;
pub mod service;
#[cfg(test)]
mod tests;
mod types;

pub use loader::{anchors, learn, matching, person, persons};
pub use mutation::{PersonMutation, note_held_elsewhere, record_problems};
pub use query::PersonQuery;
pub use repo::readable_among;
pub use types::*;
