//! An account is a login of a person or of a service; a sign-in session is one browser or device of it.
//!
//! Invariants: names are lower case and unique; a disabled account has no running session; a refresh token is used
//! once; nobody disables himself, and the last active administrator of the whole tree stays.
//! A one-time link sets a password once, within 72 hours, and tells nothing to whoever has none.
//! Whoever may open accounts at an organization learns, for that alone, who holds a post there and has none: the name and
//! the post.
//! Permissions: `account:read`, `account:create`, `account:disable`, `account:reset`.

mod device;
mod loader;
mod mutation;
mod password;
pub mod policy;
mod query;
mod repo;
pub mod service;
mod throttle;
mod types;

#[cfg(test)]
mod tests;

pub use device::DeviceMarks;
pub use loader::{account, accounts, session};
pub use mutation::{AccountMutation, proof_problem, throttled, weak_words};
#[cfg(any(test, feature = "testing"))]
pub use password::hash_for_tests;
pub use password::{HashingFailed, Passwords, WeakPassword, check_strength};
pub use query::AccountQuery;
pub use repo::{all_visible, visible_among};
pub use throttle::Doorkeeper;
pub use types::*;
