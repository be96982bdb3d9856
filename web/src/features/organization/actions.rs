//! Mutations on organizations.

use cynic::Id;

use crate::api::fragments::{changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{BranchForm, Date, OrganizationKind, OrganizationLevel, PostTitle, Sector};

changed! {
    /// A changed organization.
    ChangedOrganization "Organization",
    /// A changed post.
    ChangedPost "OrganizationPost",
}

fragment! {
    /// A new organization, to open its page.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization")]
    pub struct CreatedOrganization {
        /// Opaque.
        pub id: Id,
    }
}

/// A new organization.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationCreateInput {
    pub parent: Id,
    pub name: String,
    pub code: String,
    pub kind: OrganizationKind,
    pub level: OrganizationLevel,
    pub branch_form: Option<BranchForm>,
    pub sector: Sector,
    pub division: Option<Id>,
    pub founded_on: Option<Date>,
    pub office_phone: Option<String>,
    pub office_address: Option<String>,
    pub idempotency_key: Option<String>,
}

mutation!($
    /// Creates an organization below another.
    OrganizationCreate = organization_create(OrganizationCreateInput) -> "OrganizationCreatePayload" { organization: CreatedOrganization }
);

/// Changed fields; null clears those that may be empty.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationUpdateInput {
    pub organization: Id,
    pub version: i32,
    pub name: Option<String>,
    pub code: Option<String>,
    pub branch_form: Option<BranchForm>,
    pub sector: Option<Sector>,
    pub division: Option<Id>,
    pub founded_on: Option<Date>,
    pub office_phone: Option<String>,
    pub office_address: Option<String>,
}

mutation!($
    /// Changes an organization.
    OrganizationUpdate = organization_update(OrganizationUpdateInput) -> "OrganizationUpdatePayload" { organization: ChangedOrganization }
);

/// Where to, from when and why.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationMoveInput {
    pub organization: Id,
    pub to: Id,
    pub effective_on: Date,
    pub reason: String,
    pub version: i32,
}

mutation!($
    /// Moves an organization below another.
    OrganizationMove = organization_move(OrganizationMoveInput) -> "OrganizationMovePayload" { organization: ChangedOrganization }
);

/// Both organizations with the versions seen.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationMergeInput {
    pub source: Id,
    pub into: Id,
    pub effective_on: Date,
    pub reason: String,
    pub source_version: i32,
    pub into_version: i32,
}

mutation!($
    /// Merges an organization into another and archives it.
    OrganizationMerge = organization_merge(OrganizationMergeInput) -> "OrganizationMergePayload" { organization: ChangedOrganization }
);

/// Which and why.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationArchiveInput {
    pub organization: Id,
    pub reason: String,
    pub version: i32,
}

mutation!($
    /// Takes an organization out of use.
    OrganizationArchive = organization_archive(OrganizationArchiveInput) -> "OrganizationArchivePayload" { organization: ChangedOrganization }
);

/// Which and why.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct OrganizationRestoreInput {
    pub organization: Id,
    pub reason: String,
    pub version: i32,
}

mutation!($
    /// Takes an archived organization into use again.
    OrganizationRestore = organization_restore(OrganizationRestoreInput) -> "OrganizationRestorePayload" { organization: ChangedOrganization }
);

/// Who gets which post.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PostAssignInput {
    pub organization: Id,
    pub person: Id,
    pub title: PostTitle,
    pub full_time: bool,
    pub from: Date,
    pub idempotency_key: Option<String>,
}

mutation!($
    /// Gives a post to a person.
    PostAssign = post_assign(PostAssignInput) -> "PostAssignPayload" { post: ChangedPost }
);

/// Which and when.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct PostEndInput {
    pub post: Id,
    pub until: Date,
}

mutation!($
    /// Ends a post.
    PostEnd = post_end(PostEndInput) -> "PostEndPayload" { post: ChangedPost }
);

/// The next term.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct TermRecordInput {
    pub organization: Id,
    pub from: Date,
    pub until: Date,
    pub version: i32,
}

mutation!($
    /// Records a reelection.
    TermRecord = term_record(TermRecordInput) -> "TermRecordPayload" { organization: ChangedOrganization }
);
