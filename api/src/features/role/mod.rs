//! A role is a named set of permissions: to use, and to pass on.
//!
//! Invariants: a template is shipped with the product and written by nobody else. A role can be seen through every grant
//! that can be seen; the catalogue needs `role:read`.
//! Permissions: `role:read`.

mod loader;
mod query;
mod repo;
mod types;

pub use loader::role;
pub use query::RoleQuery;
pub use types::*;
