//! "Report a problem" on every page: a sentence and the page it is about, read by administrators.
//!
//! Whoever is signed in may report, and sees his own reports with their answers; `problem:read` on the whole tree reads
//! all of them, `problem:answer` answers them and may better an answer.

mod loader;
mod mutation;
pub mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod types;

pub use mutation::ProblemReportMutation;
pub use query::{ProblemReportQuery, report};
pub use types::*;
