//! The audit trail: who changed what, for whom, when. Read only; sensitive fields only say that they changed.

mod history;
mod list;
pub mod model;
pub mod operations;

pub use history::history_list;
pub use list::AuditPage;
