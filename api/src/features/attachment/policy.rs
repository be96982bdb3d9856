//! Who may attach files and archive them. Pure: no database, no waiting.
//!
//! `anchors` are the organizations that answer for a person who owns the file; see [`person::policy`].
use entity::OrganizationId;

use super::Owner;
use crate::{
    authz::{Actor, Denied, Permission},
    features::person,
};

fn require(actor: &Actor, permission: Permission, owner: Owner, anchors: &[OrganizationId]) -> Result<(), Denied> {
    match owner {
        Owner::Organization(organization) => actor.require(permission, organization),
        Owner::Person(id) if person::policy::may(actor, permission, id, anchors) => Ok(()),
        Owner::Person(_) => Err(Denied(permission)),
    }
}

/// A new file of a readable `owner`.
pub fn can_add(actor: &Actor, owner: Owner, anchors: &[OrganizationId]) -> Result<(), Denied> {
    require(actor, Permission::AttachmentAdd, owner, anchors)
}

/// A file of a readable `owner` is put away, or brought back.
pub fn can_archive(actor: &Actor, owner: Owner, anchors: &[OrganizationId]) -> Result<(), Denied> {
    require(actor, Permission::AttachmentArchive, owner, anchors)
}
