//! Organizations: the tree that everything hangs on.
//!
//! Invariants: one root; a kind contains only the kinds of [`service::containable`]; codes are unique among siblings;
//! parent, status and term are period rows beside the current value; the closure table follows `parent_id` in the
//! same transaction under the authority lock. Nothing is deleted: an organization is archived when nothing belongs
//! to it any more.
//!
//! Permissions: `organization:*`, `term:record`.

mod loader;
mod mutation;
pub mod obligation;
pub mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod subscription;
mod types;

pub use loader::{OrganizationSource, matching, organization, organizations, organizations_by_id};
pub use mutation::OrganizationMutation;
pub use query::OrganizationQuery;
pub use repo::in_sectors;
pub use subscription::OrganizationSubscription;
pub use types::*;
