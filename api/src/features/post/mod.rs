//! Posts (职务): who holds which post of a leading body, from–until.
//!
//! Invariants: nobody holds the same post of an organization twice at a time; an organization has one secretary at a
//! time. Posts are seen with the organization; their holder only by those who may see the person. A running post
//! lets the readers of persons at its organization see the holder.
//!
//! Grants that are bound to a post end with it.
//!
//! Permissions: `organization:read`, `post:assign`.

mod loader;
mod mutation;
pub mod policy;
mod repo;
pub mod service;
mod types;

pub use loader::{organizations_for_rights, post, posts_of_organization, posts_of_person};
pub use mutation::PostMutation;
pub use types::*;
