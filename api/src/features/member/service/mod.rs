//! Use cases of memberships.

mod contact_assign;
mod create;
mod hits;
mod rehome;
mod transfer;
mod update;

use std::collections::HashSet;

use entity::{Date, MemberId, MemberStage, OrganizationId, OrganizationKind, PersonId, member};
use sea_orm::DbErr;
use serde_json::json;

pub use contact_assign::{MemberContactAssign, MemberContactAssignError, assign_contacts};
pub use create::{MemberCreate, MemberCreateError, create};
pub use hits::{incomplete, without_contact};
pub use rehome::rehome_all;
pub use transfer::{MemberTransfer, MemberTransferError, transfer};
pub use update::{MemberUpdate, MemberUpdateError, update};

use super::repo;
use crate::{
    audit::Snapshot,
    authz::{Actor, Permission},
    db::Tx,
};

/// Whether a membership in `stage` still runs: on the way or in the Party.
pub fn runs(stage: MemberStage) -> bool {
    stage <= MemberStage::Full
}

/// Whether an organization of `kind` can be somebody's home organization.
pub fn houses(kind: OrganizationKind) -> bool {
    kind == OrganizationKind::Branch
}

/// Whether the period from `from` until `until` covers `day`.
pub fn covers(from: Date, until: Option<Date>, day: Date) -> bool {
    from <= day && until.is_none_or(|until| day < until)
}

/// The membership `id`, where `actor` may read it.
pub async fn readable(tx: &Tx, actor: &Actor, id: MemberId) -> Result<Option<member::Model>, DbErr> {
    repo::get(tx.conn(), &actor.scope(Permission::PersonRead), id).await
}

/// The membership of `person`, whoever may see it: for deciding on rights, never for showing.
pub async fn of_person(tx: &Tx, person: PersonId) -> Result<Option<member::Model>, DbErr> {
    repo::of_person(tx, person).await
}

/// Those of `persons` whose home is `organization`, whoever may see them.
pub async fn at_home(tx: &Tx, organization: OrganizationId, persons: &[PersonId]) -> Result<HashSet<PersonId>, DbErr> {
    repo::at_home(tx, organization, persons).await
}

/// What history shows of a membership.
fn snapshot(row: &member::Model) -> Snapshot {
    Snapshot::from([
        ("stage", json!(row.stage)),
        ("homeOrganization", json!(row.home_organization_id)),
        ("appliedOn", json!(row.applied_on)),
        ("admittedOn", json!(row.admitted_on)),
        ("fullOn", json!(row.full_on)),
    ])
}
