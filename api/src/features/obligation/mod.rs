//! Obligations: dated duties, worked out from rules and fulfilled by the record itself, never ticked by hand.
//!
//! A feature contributes kinds in its `obligation.rs` and calls [`service::settle`] whenever the facts change. A duty
//! is open from the moment it exists, with its date; "due this week" and "overdue" are questions to the date.
//!
//! Permission: `obligation:read`.

mod loader;
mod query;
pub(crate) mod repo;
pub mod service;
mod types;

pub use loader::obligation_count;
pub use query::{ObligationQuery, obligation};
pub use types::*;
