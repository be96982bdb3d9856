//! A role is a named set of permissions: to use, and to pass on.
//!
//! Invariants: a template is shipped with the product and written by nobody else, but can be copied. What somebody adds to
//! a role lies within what he may pass on, on the whole tree and for every grant that carries the role; nobody adds to a
//! role of his own; a sensitive permission is not added to a role that others have. An archived role is held by nobody.
//! One administrator of the whole tree stays. A role can be seen through every grant that can be seen; the catalogue
//! needs `role:read`.
//! Permissions: `role:read`, `role:edit`.

mod loader;
mod mutation;
pub mod policy;
pub mod preview;
mod query;
mod repo;
mod service;
#[cfg(test)]
mod tests;
mod types;

pub use loader::{role, template};
pub use mutation::RoleMutation;
pub use query::RoleQuery;
pub use types::*;
