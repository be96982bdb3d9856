//! A person's own export: everything that is stored about somebody, for that person alone.
//!
//! Invariants: only the person asks for it and fetches it; a table that the [register](super::retention) calls
//! personal is in it with every column, or is named in it with the reason why not; the content lies sealed under the
//! data key of the person, so that an erasure takes it along; a new one takes the place of the last, and the daily job
//! removes it after a week. Asking for it and fetching it both are in the trail.
//!
//! Permissions: none. What is stored about oneself everybody may have.

mod content;
mod document;
pub mod job;
pub mod link;
mod loader;
mod mutation;
mod policy;
mod repo;
pub mod service;
mod types;
mod words;

pub use document::html;
pub use loader::export;
pub use mutation::PersonExportMutation;
pub use repo::WITHHELD;
pub use types::*;
pub use words::column;
