//! Background work as people see it: what runs, how far it has come, what came of it.
//!
//! Everybody sees, cancels and retries what he asked for himself; `job:read` on the whole tree sees everything,
//! `job:manage` cancels and retries it. The work itself is done by [`crate::job`].

mod loader;
mod mutation;
mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod types;

pub use mutation::JobMutation;
pub use query::{JobQuery, job};
pub use types::*;
