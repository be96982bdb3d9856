//! Rule sets (规则): drafted, published for a day to come, superseded by the next one.
//!
//! Invariants: one draft a family; a published set never changes; periods of a family neither overlap nor begin in the
//! past, so that what began under a set keeps it. Published sets are readable by everybody who is signed in, drafts
//! by those who make them.
//!
//! Permissions: `rule:edit` on the whole tree.

mod mutation;
pub mod policy;
mod query;
pub(crate) mod repo;
pub mod service;
mod types;

pub use mutation::RuleSetMutation;
pub use query::{RuleSetQuery, rule_set};
pub use types::*;
