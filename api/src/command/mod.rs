//! The commands of `jianghai`.

mod failure;
mod migrate;
mod open;
mod serve;

pub use failure::CommandError;
pub use migrate::migrate;
pub use serve::serve;

/// The schema of the API in the GraphQL schema language.
pub fn schema() -> String {
    crate::graphql::schema::build().sdl()
}
