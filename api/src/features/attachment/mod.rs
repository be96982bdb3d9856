//! Attachments (附件): files of an organization or a person.
//!
//! Invariants: the type is what the content says, and the name agrees with it; a file that exists is whole, with its
//! size and SHA-256, under a key that says nothing about it; bytes that were acknowledged are safe; an upload becomes
//! one attachment or none, however often its end is asked for. An attachment is seen by those who see its owner, and
//! an upload by the one who uploads. A link holds for five minutes, for one account, and only while that account may
//! still read the owner.
//!
//! Permissions: `organization:read` or `person:read` of the owner, `attachment:add`, `attachment:archive`.

pub mod content;
pub mod job;
pub mod link;
mod loader;
mod mutation;
mod policy;
mod query;
mod repo;
pub mod service;
#[cfg(test)]
mod tests;
mod types;

pub use loader::attachment;
pub use mutation::{AttachmentMutation, refused};
pub use query::attachments_of;
pub use service::Owner;
pub use types::*;
