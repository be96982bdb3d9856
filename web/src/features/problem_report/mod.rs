//! "Report a problem" on every page, and the list of what was reported for those who may read it.

mod answer;
mod form;
mod list;
mod newest;
pub mod operations;

pub use form::ProblemReportDialog;
pub use list::ProblemsPage;
pub use newest::NewestProblems;
