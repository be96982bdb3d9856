//! Use cases of organizations.

mod archive;
mod create;
mod fields;
mod merge;
mod relocate;
mod term;
pub mod tree;
mod update;

use std::collections::BTreeMap;

use entity::{MemberStage, OrganizationId, OrganizationKind, OrganizationStatus, organization};
use sea_orm::DbErr;
use serde_json::json;

pub use archive::{OrganizationArchive, OrganizationArchiveError, archive, restore};
pub use create::{OrganizationCreate, OrganizationCreateError, create};
pub use fields::{Fault, OrganizationFields};
pub use merge::{OrganizationMerge, OrganizationMergeError, merge};
pub use relocate::{OrganizationMove, OrganizationMoveError, relocate};
pub use term::{TermRecord, TermRecordError, record_term};
pub use update::{OrganizationPatch, OrganizationUpdate, OrganizationUpdateError, update};

use super::repo;
use crate::{
    audit::Snapshot,
    authz::{Actor, Permission},
    db::{TreeNode, Tx},
};

/// Cells smaller than this are hidden from those who may not read the people behind them; larger ones are cut to a
/// multiple of it, so that two counts a day or a level apart do not give one person away by their difference.
const SMALLEST_CELL: i64 = 5;

/// Kinds that an organization of `kind` may contain.
pub fn containable(kind: OrganizationKind) -> &'static [OrganizationKind] {
    use OrganizationKind::{Branch, Committee, GeneralBranch, Group, MemberHousehold, WorkingCommittee};
    match kind {
        Committee | WorkingCommittee => &[Committee, WorkingCommittee, GeneralBranch, Branch],
        GeneralBranch => &[Branch],
        Branch => &[Group, MemberHousehold],
        Group => &[MemberHousehold],
        MemberHousehold => &[],
    }
}

/// Whether `kind` is an organization in law.
pub fn statutory(kind: OrganizationKind) -> bool {
    !matches!(kind, OrganizationKind::Group | OrganizationKind::MemberHousehold)
}

/// Whether the leading body of `kind` is elected for a term.
pub fn elected(kind: OrganizationKind) -> bool {
    matches!(kind, OrganizationKind::Committee | OrganizationKind::GeneralBranch | OrganizationKind::Branch)
}

/// The number `n` as somebody may see it who may read the people behind it (`exact`) or not.
pub fn shown(n: i64, exact: bool) -> Option<i64> {
    if exact { Some(n) } else { (n == 0 || n >= SMALLEST_CELL).then_some(n - n % SMALLEST_CELL) }
}

/// The five stages of the way, each with its number, as far as it may be shown.
pub fn stage_counts(counts: &[(MemberStage, i64)], exact: bool) -> Vec<(MemberStage, Option<i64>)> {
    use MemberStage::{Activist, Applicant, Candidate, Full, Probationary};
    [Applicant, Activist, Candidate, Probationary, Full]
        .into_iter()
        .map(|stage| (stage, counts.iter().filter(|(counted, _)| *counted == stage).map(|(_, n)| n).sum()))
        .map(|(stage, n)| (stage, shown(n, exact)))
        .collect()
}

/// Active statutory organizations by kind.
pub fn kind_counts<'a>(nodes: impl Iterator<Item = &'a TreeNode>) -> BTreeMap<OrganizationKind, usize> {
    let mut counts = BTreeMap::new();
    for node in nodes.filter(|node| node.status == OrganizationStatus::Active && statutory(node.kind)) {
        *counts.entry(node.kind).or_default() += 1;
    }
    counts
}

/// The organization `id`, where `actor` may read it, kept from being archived or merged until `tx` ends.
pub async fn hold(tx: &Tx, actor: &Actor, id: OrganizationId) -> Result<Option<organization::Model>, DbErr> {
    repo::hold(tx, &actor.scope(Permission::OrganizationRead), id).await
}

/// Changes the direct head count of `id` in `stage` by `by`; call it in the member's transaction.
pub async fn change_count(tx: &Tx, id: OrganizationId, stage: MemberStage, by: i64) -> Result<(), DbErr> {
    repo::change_count(tx, id, stage, by).await
}

/// Adds the direct head counts of `from` to those of `into`; call it when all members move.
pub async fn move_counts(tx: &Tx, from: OrganizationId, into: OrganizationId) -> Result<(), DbErr> {
    repo::move_counts(tx, from, into).await
}

/// What history shows of an organization.
pub(super) fn snapshot(row: &organization::Model) -> Snapshot {
    Snapshot::from([
        ("name", json!(row.name)),
        ("code", json!(row.code)),
        ("sortKey", json!(row.sort_key)),
        ("kind", json!(row.kind)),
        ("level", json!(row.level)),
        ("branchForm", json!(row.branch_form)),
        ("sector", json!(row.sector)),
        ("status", json!(row.status)),
        ("foundedOn", json!(row.founded_on)),
        ("officePhone", json!(row.office_phone)),
        ("officeAddress", json!(row.office_address)),
        ("division", json!(row.division_id)),
        ("parent", json!(row.parent_id)),
    ])
}
