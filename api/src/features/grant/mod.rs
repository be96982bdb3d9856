//! A grant gives a role to an account for a scope and a period.
//!
//! Invariants: what is handed on lies within the giver's pass-on set, subtree and period; nobody grants to himself; one
//! active administrator of the whole tree stays. A grant that reaches others and carries a sensitive permission waits until
//! a second holder, who could have given it and neither gave nor gets it, confirms it. Grants are never changed, only
//! confirmed and ended: history keeps them. A longer one is another grant that follows it and ends with it; one that is bound
//! to a post ends with the post, and every grant on an organization with the work of that organization.
//! Permissions: `grant:read`, `grant:create`.

mod loader;
mod mutation;
pub mod obligation;
pub mod policy;
mod query;
mod repo;
pub mod service;
mod types;

pub use loader::{grant, grants_of, holder};
pub use mutation::GrantMutation;
pub use query::GrantQuery;
pub use types::*;
