//! Finding organizations and people by name, initials or code: over the whole site and inside forms.

mod site_search;
mod operations;
mod picker;

pub use site_search::SearchBox;
pub use picker::{OrganizationPicker, PersonPicker};
