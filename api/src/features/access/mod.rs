//! Access: who may do what to an object and why, who can see a person, what ends with a grant.
//!
//! Invariants: every answer comes from the predicates that enforcement is made of; what the viewer may not read
//! explains the same as what never was; accounts that he may not see are counted by role and level, never named.
//! A preview shows what both its viewer and a holder of the role may see, and changes nothing.
//! Permissions: `access:explain`, `access:preview`. Everybody may ask about himself.

mod loader;
mod mutation;
pub mod policy;
mod query;
mod repo;
pub mod service;
pub mod token;
mod types;
mod words;

pub use mutation::AccessMutation;
pub use query::AccessQuery;
pub use types::*;
