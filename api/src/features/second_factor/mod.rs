//! A second factor: beside the password, a code that an app on the person's phone works out (TOTP, RFC 6238), or one of
//! ten recovery codes.
//!
//! Invariants: it works only after a first code; a code opens once; the seed is sealed, recovery codes are hashed; wrong
//! codes count like wrong passwords; grants of roles that demand a second factor do not work without one, except by a
//! token. Permission: `account:reset` takes another account's second factor away, and says which roles demand one.

mod code;
mod mutation;
mod policy;
mod repo;
pub mod service;
pub mod totp;
mod types;

pub use mutation::SecondFactorMutation;
pub use types::*;
