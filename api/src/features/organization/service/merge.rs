//! One organization becomes part of another.
use entity::{Date, OrganizationId, OrganizationKind, OrganizationStatus, organization};
use sea_orm::DbErr;
use serde_json::json;

use super::{archive::set_status, containable, relocate::reparent, snapshot};
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::{Tx, violated},
    features::{
        affiliation, member,
        organization::{policy, repo},
        post,
    },
};

/// What is to be merged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationMerge {
    /// The organization that ends.
    pub source: OrganizationId,
    /// The organization that takes over.
    pub into: OrganizationId,
    /// First day of the new state.
    pub effective_on: Date,
    /// Why.
    pub reason: String,
    /// The version of `source` that the caller saw.
    pub source_version: i32,
    /// The version of `into` that the caller saw.
    pub into_version: i32,
}

/// Why organizations were not merged.
#[derive(Debug)]
pub enum OrganizationMergeError {
    /// The right is missing.
    Denied(Denied),
    /// The organization that ends is missing or hidden.
    SourceNotFound,
    /// The organization that takes over is missing or hidden.
    IntoNotFound,
    /// Both are the same.
    Same,
    /// The organization that takes over lies below the one that ends.
    Cycle,
    /// The organization that ends is archived.
    SourceArchived,
    /// The organization that takes over is archived.
    IntoArchived,
    /// It cannot contain what belongs to the one that ends.
    NotContainable {
        /// Kind of a child that has no place there.
        child: OrganizationKind,
    },
    /// People are counted here, and the other kind is nobody's home.
    CannotHouse,
    /// The day lies in the future, or before something that runs began.
    DayOutOfRange,
    /// No reason was given.
    ReasonEmpty,
    /// A child of both has the same code.
    CodeTaken,
    /// Somebody else changed the one that ends; this is how the one that takes over stands.
    SourceConflict(Box<organization::Model>),
    /// Somebody else changed the one that takes over; this is how it stands.
    IntoConflict(Box<organization::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for OrganizationMergeError {
    fn from(error: DbErr) -> Self {
        match violated(&error) {
            Some("uq_organization_sibling_code") => Self::CodeTaken,
            Some("no_overlap_organization_parent" | "no_overlap_member_home") => Self::DayOutOfRange,
            _ => Self::Db(error),
        }
    }
}

/// Merges `source` into `into`: children, members and affiliations move, posts end, `source` is archived.
pub async fn merge(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationMerge,
) -> Result<organization::Model, OrganizationMergeError> {
    use OrganizationMergeError as Error;
    let (source, into) = validate(tx, actor, &command).await?;
    let on = command.effective_on;
    let source_conflict = || Error::SourceConflict(Box::new(into.clone()));
    let into_conflict = || Error::IntoConflict(Box::new(into.clone()));
    // Both rows are written first: whoever joins meanwhile waits for them.
    let grown = repo::update(tx, into.clone(), command.into_version).await?.ok_or_else(into_conflict)?;
    let ended = set_status(tx, actor, &source, OrganizationStatus::Archived).await?.ok_or_else(source_conflict)?;
    for child in repo::children(tx, source.id).await? {
        reparent(tx, &child, into.id, on).await?.ok_or_else(source_conflict)?;
    }
    let members = member::service::rehome_all(tx, source.id, into.id, on).await?;
    affiliation::service::move_all(tx, source.id, into.id, on).await?;
    post::service::end_all(tx, source.id, on).await?;
    let mut after = snapshot(&ended);
    after.insert("mergedInto", json!(grown.name));
    after.insert("movedMembers", json!(members));
    let change = Change {
        action: "organizationMerge",
        object_type: "Organization",
        object_id: grown.id.0,
        organization: Some(grown.id),
        person: None,
        before: snapshot(&source),
        after,
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(grown)
}

async fn validate(
    tx: &Tx,
    actor: &Actor,
    command: &OrganizationMerge,
) -> Result<(organization::Model, organization::Model), OrganizationMergeError> {
    use OrganizationMergeError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let source = repo::get(tx.conn(), &readable, command.source).await?.ok_or(Error::SourceNotFound)?;
    let into = repo::get(tx.conn(), &readable, command.into).await?.ok_or(Error::IntoNotFound)?;
    policy::can_merge(actor, source.id, into.id).map_err(Error::Denied)?;
    if source.version != command.source_version {
        return Err(Error::SourceConflict(Box::new(into)));
    }
    if into.version != command.into_version {
        return Err(Error::IntoConflict(Box::new(into)));
    }
    if source.id == into.id {
        return Err(Error::Same);
    }
    if source.status == OrganizationStatus::Archived {
        return Err(Error::SourceArchived);
    }
    if into.status == OrganizationStatus::Archived {
        return Err(Error::IntoArchived);
    }
    if repo::lies_below(tx, source.id, into.id).await? {
        return Err(Error::Cycle);
    }
    let children = repo::children(tx, source.id).await?;
    if let Some(child) = children.iter().find(|child| !containable(into.kind).contains(&child.kind)) {
        return Err(Error::NotContainable { child: child.kind });
    }
    if repo::count_members(tx, source.id).await? > 0 && into.kind != OrganizationKind::Branch {
        return Err(Error::CannotHouse);
    }
    if command.effective_on > tx.today() {
        return Err(Error::DayOutOfRange);
    }
    if command.reason.trim().is_empty() {
        return Err(Error::ReasonEmpty);
    }
    Ok((source, into))
}
