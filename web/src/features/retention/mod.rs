//! What is kept for what and how long, and what the nights took away.

mod list;
pub mod operations;

pub use list::RetentionPage;
