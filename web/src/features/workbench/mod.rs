//! The pages that roles open: each begins with what is due.

mod administrator;
mod model;
mod organizer;
mod secretary;

pub use administrator::AdministratorWorkbench;
pub use organizer::OrganizerWorkbench;
pub use secretary::SecretaryWorkbench;
