//! An API token lets a service account ask without signing in, confined to some of its permissions and to a time.
//!
//! Invariants: only service accounts have tokens; a token never carries more than the grants of its account, nor more
//! than its issuer may pass on there and for so long, and hands nothing on; its secret is shown once and kept as a hash;
//! a revoked one works on no replica a second later. Permission: `token:issue`.

mod loader;
mod mutation;
pub mod policy;
mod repo;
mod secret;
pub mod service;
mod types;

pub use loader::{token, tokens_of};
pub use mutation::ApiTokenMutation;
pub use secret::Secret;
pub use types::*;
