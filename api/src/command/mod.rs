//! The commands of `jianghai`.

mod admin;
mod audit;
mod backup;
mod check;
mod demo;
mod failure;
mod migrate;
mod open;
mod rekey;
mod restore;
mod serve;

pub use admin::{PasswordFrom, create_admin};
pub use audit::{audit_root, audit_verify};
pub use backup::backup;
pub use check::{Report, check};
pub use demo::{DEMO_PASSWORD, Demo, demo};
pub use failure::CommandError;
pub use migrate::migrate;
pub use rekey::{NOTICE, Rekeyed, rekey};
pub use restore::{Erasures, Restore, Restored, restore};
pub use serve::serve;

/// The schema of the API in the GraphQL schema language.
pub fn schema() -> String {
    crate::graphql::schema::build().sdl()
}
