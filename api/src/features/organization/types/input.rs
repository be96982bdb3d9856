//! What the mutations of organizations take and answer.
use async_graphql::{ID, InputObject, MaybeUndefined, SimpleObject};

use super::{BranchForm, Organization, OrganizationKind, OrganizationLevel, Sector};
use crate::graphql::{UserError, scalar::Date};

/// A new organization below `parent`.
#[derive(InputObject)]
pub struct OrganizationCreateInput {
    /// The organization above.
    pub parent: ID,
    /// Official full name.
    pub name: String,
    /// Short code, unique among siblings.
    pub code: String,
    /// ASCII pinyin to sort by; worked out from the name where left out.
    pub sort_key: Option<String>,
    /// Legal kind; the parent must be able to contain it.
    pub kind: OrganizationKind,
    /// Where it stands.
    pub level: OrganizationLevel,
    /// How a branch is set up.
    pub branch_form: Option<BranchForm>,
    /// Field of work.
    pub sector: Sector,
    /// Administrative division.
    pub division: Option<ID>,
    /// Day of its founding.
    pub founded_on: Option<Date>,
    /// Telephone of the office.
    pub office_phone: Option<String>,
    /// Address of the office.
    pub office_address: Option<String>,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `organizationCreate`.
#[derive(SimpleObject)]
pub struct OrganizationCreatePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Leave a field out to keep it; null clears it where it may be empty.
#[derive(InputObject)]
pub struct OrganizationUpdateInput {
    /// The organization.
    pub organization: ID,
    /// The version the caller saw.
    pub version: i32,
    /// Official full name.
    pub name: Option<String>,
    /// Short code, unique among siblings.
    pub code: Option<String>,
    /// ASCII pinyin to sort by.
    pub sort_key: Option<String>,
    /// How a branch is set up.
    pub branch_form: MaybeUndefined<BranchForm>,
    /// Field of work.
    pub sector: Option<Sector>,
    /// Administrative division.
    pub division: MaybeUndefined<ID>,
    /// Day of its founding.
    pub founded_on: MaybeUndefined<Date>,
    /// Telephone of the office.
    pub office_phone: MaybeUndefined<String>,
    /// Address of the office.
    pub office_address: MaybeUndefined<String>,
}

/// What became of `organizationUpdate`.
#[derive(SimpleObject)]
pub struct OrganizationUpdatePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Another organization above.
#[derive(InputObject)]
pub struct OrganizationMoveInput {
    /// The organization.
    pub organization: ID,
    /// The new organization above.
    pub to: ID,
    /// First day of the new place, not after today.
    pub effective_on: Date,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationMove`.
#[derive(SimpleObject)]
pub struct OrganizationMovePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// `source` becomes part of `into`.
#[derive(InputObject)]
pub struct OrganizationMergeInput {
    /// The organization that ends.
    pub source: ID,
    /// The organization that takes over.
    pub into: ID,
    /// First day of the new state, not after today.
    pub effective_on: Date,
    /// Why; kept in the history.
    pub reason: String,
    /// The version of `source` the caller saw.
    pub source_version: i32,
    /// The version of `into` the caller saw.
    pub into_version: i32,
}

/// What became of `organizationMerge`.
#[derive(SimpleObject)]
pub struct OrganizationMergePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An organization that no longer works.
#[derive(InputObject)]
pub struct OrganizationArchiveInput {
    /// The organization.
    pub organization: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationArchive`.
#[derive(SimpleObject)]
pub struct OrganizationArchivePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An archived organization works again.
#[derive(InputObject)]
pub struct OrganizationRestoreInput {
    /// The organization.
    pub organization: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `organizationRestore`.
#[derive(SimpleObject)]
pub struct OrganizationRestorePayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A reelection: the running term ends and the next begins.
#[derive(InputObject)]
pub struct TermRecordInput {
    /// The organization.
    pub organization: ID,
    /// Day of the election.
    pub from: Date,
    /// Day the new term ends.
    pub until: Date,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `termRecord`.
#[derive(SimpleObject)]
pub struct TermRecordPayload {
    /// The organization after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub organization: Option<Organization>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
