//! Grants: the list of who has which role where and until when, extending, and what ends soon.

pub mod actions;
mod dialogs;
mod ending;
mod filters;
mod list;
mod model;
pub mod operations;
mod renew;

pub use dialogs::ExtendDialog;
pub use ending::EndingGrants;
pub use filters::{changed, select};
pub use list::GrantsPage;
