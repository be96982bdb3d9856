//! Obligations: dated duties, worked out from rules and fulfilled by the record itself, never ticked by hand.
//!
//! Each kind is read, and counted, by the right to which its record belongs.
//!
//! A feature contributes kinds in its `obligation.rs` and calls [`service::settle`] whenever the facts change. A duty
//! is open from the moment it exists, with its date; "due this week" and "overdue" are questions to the date.
//!
//! What follows from the records is worked out again every night, and for a subtree whenever somebody asks for it, by a
//! job; nothing differs then unless rows were changed behind the back of the features.
//!
//! Who carries a duty out may put it off until a day, with a reason. It goes to the end of his list and comes back by
//! itself; every count still has it, so that nothing vanishes for those above.
//!
//! Permissions: `obligation:read`, `obligation:recompute`, `obligation:snooze`.

pub mod job;
mod loader;
mod mutation;
pub mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod subscription;
mod types;

pub use loader::{obligation_count, obligation_count_by_kind};
pub use mutation::*;
pub use query::{ObligationQuery, obligation};
pub use subscription::ObligationSubscription;
pub use types::*;
