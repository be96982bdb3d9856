//! Ties of persons to organizations beside the home one: couriers and owners without a membership, members who report in.

mod list;
pub mod operations;

pub use list::PeoplePage;
