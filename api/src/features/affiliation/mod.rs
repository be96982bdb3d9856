//! Affiliations (组织关联): dated ties of a person to an organization beside the home one.
//!
//! Invariants: at most one running tie of a kind between the two; never counted in a head count. A running
//! affiliation lets the readers of its organization see the person, not his membership elsewhere.
//!
//! Permissions: `person:create` for a new person's tie, `person:update` at the organization for any other.

mod loader;
mod mutation;
pub mod policy;
mod query;
mod repo;
pub mod service;
mod types;

pub use loader::{affiliation, affiliations, organizations_for_rights};
pub use mutation::AffiliationMutation;
pub use query::AffiliationQuery;
pub use types::*;
