//! Authority: what may be done (`permission`), by whom (`actor`), on what (`Scope`), kept in memory (`memory`).
//!
//! A permission is used within the scope of the grants that carry it. Everything that reads takes a scope from
//! [`Actor::scope`]; everything that writes asks a `policy.rs`, which asks [`Actor::require`].

mod actor;
mod explain;
mod install;
mod memory;
mod permission;
mod templates;

pub use actor::{Actor, Credential, Denied, Preview};
pub use explain::{Bid, Cause, Finding, Place, cause, examine};
pub use install::{install_templates, replace_permissions};
pub use memory::{AccountInfo, Authority, AuthorityStore, GrantInfo, RoleInfo, TokenInfo, read_epoch};
pub use permission::{Permission, Permissions};
pub use templates::{RoleTemplate, TEMPLATES};
