//! The due list: what must be done for whom until when, each item one action from done.

mod actions;
mod list;
mod model;
pub mod operations;
mod snooze;

pub use list::DueList;
