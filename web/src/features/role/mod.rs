//! Roles: the list, the editor with the catalogue of permissions, and the matrix of all of them.

mod catalogue;
mod dialogs;
mod editor;
mod form;
mod list;
mod matrix;
mod model;
pub mod operations;
mod save;

pub use editor::{RoleNewPage, RolePage};
pub use list::RolesPage;
pub use matrix::RoleMatrixPage;
