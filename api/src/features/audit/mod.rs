//! The audit trail as people read it: who changed what, before and after.
//!
//! Rows are written by [`crate::audit::record`]. A row is seen by those whose `audit:read` reaches the organization
//! that the object belonged to when it was changed, and reached it at that time already: a member or an organization
//! that comes into a subtree leaves its history behind. Rows of no organization (accounts, roles) are seen by those
//! whose right reaches the whole tree, and so is the root of the chain, which counts everybody's changes.

mod loader;
pub mod policy;
mod query;
pub(crate) mod repo;
mod types;

pub use query::{AuditQuery, entry, history};
pub use types::*;
