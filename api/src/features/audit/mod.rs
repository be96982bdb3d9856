//! The audit trail as people read it: who changed what, before and after.
//!
//! Rows are written by [`crate::audit::record`]. A row is seen by those whose `audit:read` reaches the organization
//! that the object belonged to when it was changed; rows of no organization (accounts, roles) by those whose right
//! reaches the whole tree.

mod query;
pub(crate) mod repo;
mod types;

pub use query::{AuditQuery, entry, history};
pub use types::*;
