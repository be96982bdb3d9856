//! A file is put away, or brought back.
use entity::{AttachmentId, AttachmentState, attachment};
use sea_orm::DbErr;
use serde_json::json;

use super::{Owner, Readable, readable, record, snapshot};
use crate::{
    audit::Snapshot,
    authz::{Actor, Denied},
    config::Attachments,
    db::Tx,
    features::attachment::{
        policy,
        repo::{self, Reach},
    },
};

/// What is to be archived or restored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AttachmentArchive {
    /// The attachment.
    pub attachment: AttachmentId,
    /// The version the caller saw.
    pub version: i32,
}

/// Why a file was neither archived nor restored.
#[derive(Debug)]
pub enum AttachmentArchiveError {
    /// The right is missing.
    Denied(Denied),
    /// The attachment is missing or hidden.
    NotFound,
    /// It is archived already.
    Archived,
    /// It is not archived.
    NotArchived,
    /// The owner has this number of files already.
    TooMany(u32),
    /// Somebody else changed it; this is how it stands.
    Conflict(Box<attachment::Model>),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AttachmentArchiveError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Puts a file away: it is listed no more, and its content stays.
pub async fn archive(
    tx: &Tx,
    actor: &Actor,
    command: AttachmentArchive,
) -> Result<attachment::Model, AttachmentArchiveError> {
    let (old, owner) = find(tx, actor, command).await?;
    if old.state == AttachmentState::Archived {
        return Err(AttachmentArchiveError::Archived);
    }
    change(tx, actor, "attachmentArchive", old, &owner, AttachmentState::Archived).await
}

/// Brings an archived file back.
pub async fn restore(
    tx: &Tx,
    actor: &Actor,
    limits: &Attachments,
    command: AttachmentArchive,
) -> Result<attachment::Model, AttachmentArchiveError> {
    let (old, owner) = find(tx, actor, command).await?;
    if old.state == AttachmentState::Stored {
        return Err(AttachmentArchiveError::NotArchived);
    }
    if repo::count(tx, owner.owner, None, tx.now().plus_seconds(-super::STALE)).await? >= u64::from(limits.per_owner) {
        return Err(AttachmentArchiveError::TooMany(limits.per_owner));
    }
    change(tx, actor, "attachmentRestore", old, &owner, AttachmentState::Stored).await
}

async fn find(
    tx: &Tx,
    actor: &Actor,
    command: AttachmentArchive,
) -> Result<(attachment::Model, Readable), AttachmentArchiveError> {
    use AttachmentArchiveError as Error;
    let old = repo::get(tx.conn(), &Reach::of(actor), command.attachment).await?.ok_or(Error::NotFound)?;
    let owner = readable(tx, actor, Owner::of_attachment(&old)).await?.ok_or(Error::NotFound)?;
    policy::can_archive(actor, owner.owner, &owner.anchors).map_err(Error::Denied)?;
    if old.version == command.version { Ok((old, owner)) } else { Err(Error::Conflict(Box::new(old))) }
}

async fn change(
    tx: &Tx,
    actor: &Actor,
    action: &'static str,
    old: attachment::Model,
    owner: &Readable,
    state: AttachmentState,
) -> Result<attachment::Model, AttachmentArchiveError> {
    let new = attachment::Model { state, ..old.clone() };
    let new = repo::update(tx, new, old.version)
        .await?
        .ok_or_else(|| AttachmentArchiveError::Conflict(Box::new(old.clone())))?;
    let shown = |row: &attachment::Model| {
        snapshot(owner.owner, &row.name, row.size, Snapshot::from([("state", json!(row.state))]))
    };
    record(tx, actor, action, new.id, owner, (shown(&old), shown(&new)), None).await?;
    Ok(new)
}
