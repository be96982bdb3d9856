//! Erasures: what is personal about somebody is made unreadable for good.
//!
//! Invariants: one person proposes with a reason, another confirms; only archived records; the data key is destroyed,
//! the name becomes a token, all personal columns and search tokens are emptied, the account is closed and loses its
//! name. Head counts, periods, history and looks stay. Nothing brings the data back: each erasure is also kept in a
//! file outside the database, from which a restore of an older backup repeats it.
//!
//! Permissions: `person:erase`.

mod loader;
pub mod log;
mod mutation;
mod query;
mod repo;
pub mod service;
mod types;

pub use loader::proposal;
pub use mutation::ErasureMutation;
pub use query::ErasureQuery;
pub use types::*;
