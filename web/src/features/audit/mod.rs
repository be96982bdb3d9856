//! The audit trail: who changed what, for whom, when. Read only; sensitive fields only say that they changed.

mod filters;
mod history;
mod list;
pub mod model;
mod object;
pub mod operations;
mod root;
mod words;

pub use history::history_list;
pub use list::AuditPage;
pub use object::{ObjectHistory, object_history};
