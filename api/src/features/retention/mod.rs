//! Retention: for what every table is kept, whether it says something about people, and for how long.
//!
//! Invariants: every table of the database has one entry in the [`REGISTER`], and a law compares the two; what an
//! entry lets go is taken away by the daily job and by nothing else; append-only tables let nothing go. Records of the
//! work itself are never removed here: they are archived, and what is personal in them is erased by two people.
//!
//! Permissions: none. The register says what the product does, and everybody who is signed in may know that.

pub mod job;
mod query;
mod register;
mod repo;
mod types;

pub use query::RetentionQuery;
pub use register::{Entry, REGISTER, Rule, Words};
pub use types::*;
