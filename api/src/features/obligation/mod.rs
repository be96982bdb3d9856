//! Obligations: dated duties, worked out from rules and fulfilled by the record itself, never ticked by hand.
//!
//! A feature contributes kinds in its `obligation.rs` and calls [`service::settle`] whenever the facts change. A duty
//! is open from the moment it exists, with its date; "due this week" and "overdue" are questions to the date.
//!
//! What follows from the records is worked out again every night, and for a subtree whenever somebody asks for it, by a
//! job; nothing differs then unless rows were changed behind the back of the features.
//!
//! Permissions: `obligation:read`, `obligation:recompute`.

pub mod job;
mod loader;
mod mutation;
pub mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod subscription;
mod types;

pub use loader::obligation_count;
pub use mutation::{ObligationMutation, ObligationRecomputeInput, ObligationRecomputePayload};
pub use query::{ObligationQuery, obligation};
pub use subscription::ObligationSubscription;
pub use types::*;
