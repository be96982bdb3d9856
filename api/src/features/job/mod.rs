//! Background work as people see it: what runs, how far it has come, what came of it.
//!
//! Everybody sees, cancels and retries what he asked for himself; `job:read` on the whole tree sees everything,
//! `job:manage` cancels and retries it, and begins what may be begun on demand. The work itself is done by
//! [`crate::job`].

mod loader;
mod mutation;
mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod subscription;
mod types;

pub use mutation::JobMutation;
pub use query::{JobQuery, job};
pub use subscription::JobSubscription;
pub use types::*;
