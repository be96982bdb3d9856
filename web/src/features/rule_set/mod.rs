//! Rule sets: which rules hold and held, and the draft of the next ones.

mod draft;
mod list;
mod model;
pub mod operations;
mod publish;

pub use list::RulesPage;
