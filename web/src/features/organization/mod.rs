//! Organizations: the tree, the page of each, its form, and what is done to it.
//!
//! Kinds contain only the kinds that the server names; a merged organization is archived, never deleted.

pub mod actions;
mod change_dialogs;
mod detail;
mod form;
mod leadership;
mod model;
mod name;
pub mod operations;
mod overview;
mod parts;
mod structure_dialogs;
mod tree;

pub use change_dialogs::TermDialogById;
pub use detail::OrganizationPage;
pub use form::{OrganizationEditPage, OrganizationNewPage};
pub use model::{counts_of, figure, known, sentence, total};
pub use name::use_organization_name;
pub use overview::duties;
pub use parts::stage_legend;
