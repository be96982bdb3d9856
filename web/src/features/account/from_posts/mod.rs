//! Accounts for those who hold posts: who would get one, opening them, and the slips that each is handed.

mod model;
pub mod operations;
mod page;
mod preview;
mod results;
mod slip;

pub use page::FromPostsPage;
