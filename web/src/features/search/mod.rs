//! Finding organizations and people by name, initials or code: over the whole site and inside forms.

pub mod operations;
mod picker;
mod site_search;

pub use picker::{OrganizationPicker, PersonPicker};
pub use site_search::{SearchBox, use_matches};
