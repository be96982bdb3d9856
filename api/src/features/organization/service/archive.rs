//! An organization that no longer works, and its return.
use entity::{OrganizationId, OrganizationStatus, organization};
use sea_orm::DbErr;

use super::snapshot;
use crate::{
    audit::{self, Change},
    authz::{Actor, Denied, Permission},
    db::Tx,
    features::{
        grant,
        organization::{obligation, policy, repo},
    },
};

/// What is to be archived or restored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrganizationArchive {
    /// The organization.
    pub organization: OrganizationId,
    /// Why.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// Why an organization was not archived or restored.
#[derive(Debug)]
pub enum OrganizationArchiveError {
    /// The right is missing.
    Denied(Denied),
    /// The organization is missing or hidden.
    NotFound,
    /// It is the root.
    Root,
    /// It has that status already.
    Already,
    /// Children or members still belong to it.
    NotEmpty {
        /// Active direct children.
        children: u64,
        /// Members counted here.
        members: i64,
    },
    /// The organization above is archived.
    ParentArchived,
    /// No reason was given.
    ReasonEmpty,
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<organization::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for OrganizationArchiveError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Archives an organization that nothing belongs to any more.
pub async fn archive(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationArchive,
) -> Result<organization::Model, OrganizationArchiveError> {
    use OrganizationArchiveError as Error;
    let old = begin(tx, actor, &command, OrganizationStatus::Archived).await?;
    if old.parent_id.is_none() {
        return Err(Error::Root);
    }
    let new = end(tx, actor, "organizationArchive", old, OrganizationStatus::Archived, command).await?;
    // Counted after the row is written: whoever joins meanwhile waits for it, and then meets an archived organization.
    let (children, members) = (repo::count_children(tx, new.id).await?, repo::count_members(tx, new.id).await?);
    if children > 0 || members > 0 {
        return Err(Error::NotEmpty { children, members });
    }
    Ok(new)
}

/// Brings an archived organization back to work.
pub async fn restore(
    tx: &Tx,
    actor: &Actor,
    command: OrganizationArchive,
) -> Result<organization::Model, OrganizationArchiveError> {
    use OrganizationArchiveError as Error;
    let old = begin(tx, actor, &command, OrganizationStatus::Active).await?;
    let parent = old.parent_id.and_then(|parent| actor.tree().get(parent));
    if parent.is_some_and(|parent| parent.status == OrganizationStatus::Archived) {
        return Err(Error::ParentArchived);
    }
    end(tx, actor, "organizationRestore", old, OrganizationStatus::Active, command).await
}

async fn begin(
    tx: &Tx,
    actor: &Actor,
    command: &OrganizationArchive,
    status: OrganizationStatus,
) -> Result<organization::Model, OrganizationArchiveError> {
    use OrganizationArchiveError as Error;
    let readable = actor.scope(Permission::OrganizationRead);
    let old = repo::get(tx.conn(), &readable, command.organization).await?.ok_or(Error::NotFound)?;
    policy::can_archive(actor, old.id).map_err(Error::Denied)?;
    if old.version != command.version {
        return Err(Error::Conflict(Box::new(old)));
    }
    if old.status == status {
        return Err(Error::Already);
    }
    if command.reason.trim().is_empty() {
        return Err(Error::ReasonEmpty);
    }
    Ok(old)
}

async fn end(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: organization::Model,
    status: OrganizationStatus,
    command: OrganizationArchive,
) -> Result<organization::Model, OrganizationArchiveError> {
    let conflict = OrganizationArchiveError::Conflict(Box::new(old.clone()));
    let new = set_status(tx, actor, &old, status).await?.ok_or(conflict)?;
    let change = Change {
        action,
        object_type: "Organization",
        object_id: new.id.0,
        organization: Some(new.id),
        person: None,
        before: snapshot(&old),
        after: snapshot(&new),
        reason: Some(command.reason.trim().to_owned()),
    };
    audit::record(tx, Some(actor.account()), change).await?;
    Ok(new)
}

/// Gives `old` a status from today; none where somebody else changed it meanwhile. The grants on an archived one end, so
/// that its return gives nobody anything.
pub(super) async fn set_status(
    tx: &Tx,
    actor: &Actor,
    old: &organization::Model,
    status: OrganizationStatus,
) -> Result<Option<organization::Model>, DbErr> {
    let new = organization::Model { status, ..old.clone() };
    let Some(new) = repo::update(tx, new, old.version).await? else { return Ok(None) };
    repo::end_status_period(tx, new.id, tx.today()).await?;
    repo::insert_status_period(tx, new.id, status, tx.today()).await?;
    if status == OrganizationStatus::Archived {
        repo::end_term(tx, new.id, tx.today()).await?;
        grant::service::end_on(tx, actor, new.id).await?;
    }
    obligation::settle(tx, &new).await?;
    Ok(Some(new))
}
