//! "Report a problem" on every page: a sentence and the page it is about, read by administrators.
//!
//! Whoever is signed in may report; `problem:read` on the whole tree reads.

mod mutation;
mod query;
pub(crate) mod repo;
pub mod service;
mod types;

pub use mutation::ProblemReportMutation;
pub use query::{ProblemReportQuery, report};
pub use types::*;
