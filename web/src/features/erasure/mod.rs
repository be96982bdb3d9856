//! Proposals to erase what is personal about somebody, which wait for a second person.

mod list;
pub mod operations;

pub use list::ErasuresPage;
