//! Who may do what to a person. Pure: no database, no waiting.
//!
//! `anchors` are the organizations that answer for the person: the home organization where there is a membership,
//! else those of the running affiliations. A right at one of them is enough; a right to oneself needs none.
use entity::{OrganizationId, PersonId, SensitiveField};

use crate::authz::{Actor, Denied, Permission};

/// The permissions that a person can be asked about, beside reading.
const PERMISSIONS: &[Permission] = &[
    Permission::PersonUpdate,
    Permission::PersonArchive,
    Permission::AttachmentAdd,
    Permission::PersonErase,
    Permission::PersonReadContact,
    Permission::PersonReadIdentity,
    Permission::PersonReadBirthDate,
    Permission::PersonUnmask,
    Permission::AuditRead,
];

/// Whether `permission` may be used on `person`.
pub fn may(actor: &Actor, permission: Permission, person: PersonId, anchors: &[OrganizationId]) -> bool {
    actor.may_own(permission, person) || anchors.iter().any(|anchor| actor.may(permission, *anchor))
}

fn require(actor: &Actor, permission: Permission, person: PersonId, anchors: &[OrganizationId]) -> Result<(), Denied> {
    if may(actor, permission, person, anchors) { Ok(()) } else { Err(Denied(permission)) }
}

/// Bring a person within the reach of others by `permission`: where somebody answers for the person, it is needed there.
pub fn can_bring(
    actor: &Actor,
    permission: Permission,
    person: PersonId,
    anchors: &[OrganizationId],
) -> Result<(), Denied> {
    if anchors.is_empty() { Ok(()) } else { require(actor, permission, person, anchors) }
}

/// What `actor` may do with a person that he reads.
pub fn viewer_can(actor: &Actor, person: PersonId, anchors: &[OrganizationId]) -> Vec<Permission> {
    let held = PERMISSIONS.iter().copied().filter(|permission| match permission {
        Permission::PersonErase => can_erase(actor, person, anchors).is_ok(),
        permission => may(actor, *permission, person, anchors),
    });
    std::iter::once(Permission::PersonRead).chain(held).collect()
}

/// The right that reading `field` in full asks for, beside `person:unmask`.
pub fn right_to(field: SensitiveField) -> Permission {
    match field {
        SensitiveField::Phone | SensitiveField::Address => Permission::PersonReadContact,
        SensitiveField::IdentityNumber => Permission::PersonReadIdentity,
        SensitiveField::BirthDate => Permission::PersonReadBirthDate,
    }
}

/// A new person tied to `organization`.
pub fn can_create(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::PersonCreate, organization)
}

/// Other values. `replaced` are the protected fields that have a value already and get another or none: whoever
/// replaces a value must be allowed to read it; filling in an empty field asks for nothing more.
pub fn can_update(
    actor: &Actor,
    person: PersonId,
    anchors: &[OrganizationId],
    replaced: &[SensitiveField],
) -> Result<(), Denied> {
    require(actor, Permission::PersonUpdate, person, anchors)?;
    replaced.iter().try_for_each(|field| require(actor, right_to(*field), person, anchors))
}

/// Archive or restore.
pub fn can_archive(actor: &Actor, person: PersonId, anchors: &[OrganizationId]) -> Result<(), Denied> {
    require(actor, Permission::PersonArchive, person, anchors)
}

/// Propose, confirm or withdraw the erasure of a person; nobody erases himself.
pub fn can_erase(actor: &Actor, person: PersonId, anchors: &[OrganizationId]) -> Result<(), Denied> {
    let reaches = anchors.iter().any(|anchor| actor.may(Permission::PersonErase, *anchor));
    if reaches && actor.person() != Some(person) { Ok(()) } else { Err(Denied(Permission::PersonErase)) }
}

/// A look at `field` in full.
pub fn can_unmask(
    actor: &Actor,
    person: PersonId,
    anchors: &[OrganizationId],
    field: SensitiveField,
) -> Result<(), Denied> {
    require(actor, Permission::PersonUnmask, person, anchors)?;
    require(actor, right_to(field), person, anchors)
}

/// Who looked at the protected fields of `person`, where that is not oneself.
pub fn can_see_looks(actor: &Actor, person: PersonId, anchors: &[OrganizationId]) -> Result<(), Denied> {
    require(actor, Permission::PersonUnmask, person, anchors)?;
    require(actor, Permission::AuditRead, person, anchors)
}
