//! Memberships (党员、发展对象): stage, home organization and dates of a person on the way and in the Party.
//!
//! Invariants: one membership a person; the home organization is an active branch and alone counts the member;
//! stage, home and contacts are period rows beside the current value; `organization_count` changes in the member's
//! transaction. A member is seen where the home organization lies in scope, and by oneself.
//!
//! Permissions: `person:read`, `member:*`.

mod loader;
mod mutation;
pub mod obligation;
pub mod policy;
mod query;
mod repo;
pub mod service;
#[cfg(test)]
mod tests;
mod types;

pub use loader::{home_for_rights, matching, member, membership};
pub use mutation::MemberMutation;
pub use query::{MemberQuery, members_of};
pub use types::*;
