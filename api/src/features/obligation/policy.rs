//! Who sees duties, may put them off, and ask for them to be worked out again. Pure: no database, no waiting.
use entity::{ObligationKind, OrganizationId};

use crate::authz::{Actor, Denied, Permission};

/// The rights by which duties are read: each kind by one of them.
pub const READS: &[Permission] = &[Permission::ObligationRead, Permission::GrantRead];

/// The right by which duties of `kind` are read. A duty tells of its record, so it is hidden from whom that is hidden.
pub fn reads(kind: ObligationKind) -> Permission {
    match kind {
        ObligationKind::GrantEnding => Permission::GrantRead,
        ObligationKind::ReelectionDue
        | ObligationKind::MemberWithoutContact
        | ObligationKind::IncompleteRecord
        | ObligationKind::TransferAsked => Permission::ObligationRead,
    }
}

/// The right of whoever carries out duties of `kind`.
pub fn carries_out(kind: ObligationKind) -> Permission {
    match reads(kind) {
        Permission::GrantRead => Permission::GrantCreate,
        _ => Permission::ObligationSnooze,
    }
}

/// The obligations of the subtree of `organization` are worked out again.
pub fn can_recompute(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::ObligationRecompute, organization)
}

/// What a viewer may do with an obligation.
pub const CANDIDATES: &[Permission] = &[Permission::ObligationSnooze];

/// A duty of `organization` is put off, or taken up again.
pub fn can_snooze(actor: &Actor, organization: OrganizationId) -> Result<(), Denied> {
    actor.require(Permission::ObligationSnooze, organization)
}
