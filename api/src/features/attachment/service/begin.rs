//! An upload begins, or is given up.
use entity::{AttachmentId, attachment_upload};
use sea_orm::DbErr;

use super::{NAME, Owner, STALE, UNFINISHED, readable, record, snapshot};
use crate::{
    audit::Snapshot,
    authz::{Actor, Denied},
    config::Attachments,
    db::Tx,
    features::attachment::{content::FileType, policy, repo},
};

/// What is to be uploaded.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttachmentUploadBegin {
    /// To whom it will belong; none where the id is neither of an organization nor of a person.
    pub owner: Option<Owner>,
    /// File name.
    pub name: String,
    /// Bytes.
    pub size: i64,
}

/// A mistake in name or size.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// There is no name.
    NameEmpty,
    /// The name is too long.
    NameTooLong,
    /// The name has signs that a file name cannot have.
    NameInvalid,
    /// Files with such an ending cannot be attached.
    TypeUnknown,
    /// The file has no bytes.
    Empty,
    /// The file is larger than this number of bytes.
    TooLarge(u32),
}

/// Why an upload did not begin, or was not given up.
#[derive(Debug)]
pub enum AttachmentUploadBeginError {
    /// The right is missing.
    Denied(Denied),
    /// The owner is missing or hidden.
    NotFound,
    /// The upload is missing, over, or of somebody else.
    UploadNotFound,
    /// The owner is archived.
    Archived,
    /// Mistakes in name and size.
    Faults(Vec<Fault>),
    /// The owner has this number of files already.
    TooMany(u32),
    /// The account has too many uploads that are not finished.
    TooManyUnfinished,
    /// No storage is configured.
    NoStorage,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AttachmentUploadBeginError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Begins an upload of no bytes yet.
pub async fn begin(
    tx: &Tx,
    actor: &Actor,
    limits: &Attachments,
    storage: bool,
    command: AttachmentUploadBegin,
) -> Result<attachment_upload::Model, AttachmentUploadBeginError> {
    use AttachmentUploadBeginError as Error;
    let owner = command.owner.ok_or(Error::NotFound)?;
    let owner = readable(tx, actor, owner).await?.ok_or(Error::NotFound)?;
    policy::can_add(actor, owner.owner, &owner.anchors).map_err(Error::Denied)?;
    let name = command.name.trim();
    let faults = faults(name, command.size, limits);
    let since = tx.now().plus_seconds(-STALE);
    match () {
        () if !storage => return Err(Error::NoStorage),
        () if owner.archived => return Err(Error::Archived),
        () if !faults.is_empty() => return Err(Error::Faults(faults)),
        () if repo::count(tx, owner.owner, None, since).await? >= u64::from(limits.per_owner) => {
            return Err(Error::TooMany(limits.per_owner));
        }
        () if repo::count_uploads(tx, actor.account(), since).await? >= UNFINISHED => {
            return Err(Error::TooManyUnfinished);
        }
        () => {}
    }
    let (organization_id, person_id) = owner.owner.columns();
    let row = attachment_upload::Model {
        id: tx.new_id(),
        organization_id,
        person_id,
        name: name.to_owned(),
        size: command.size,
        received: 0,
        account_id: actor.account(),
        created_at: tx.now(),
        touched_at: tx.now(),
    };
    let row = repo::insert_upload(tx, row).await?;
    let after = snapshot(owner.owner, &row.name, row.size, Snapshot::new());
    record(tx, actor, "attachmentUploadBegin", row.id, &owner, (Snapshot::new(), after), None).await?;
    Ok(row)
}

/// Gives up an upload of one's own; its bytes go with the next collection.
pub async fn cancel(
    tx: &Tx,
    actor: &Actor,
    id: AttachmentId,
) -> Result<attachment_upload::Model, AttachmentUploadBeginError> {
    use AttachmentUploadBeginError as Error;
    let row = repo::upload(tx.conn(), actor.account(), id).await?.ok_or(Error::UploadNotFound)?;
    let owner = readable(tx, actor, Owner::of_upload(&row)).await?.ok_or(Error::UploadNotFound)?;
    if !repo::remove_upload(tx, id).await? {
        return Err(Error::UploadNotFound);
    }
    let before = snapshot(owner.owner, &row.name, row.size, Snapshot::new());
    record(tx, actor, "attachmentUploadCancel", row.id, &owner, (before, Snapshot::new()), None).await?;
    Ok(row)
}

fn faults(name: &str, size: i64, limits: &Attachments) -> Vec<Fault> {
    let invalid = |sign: char| sign.is_control() || "/\\:*?\"<>|".contains(sign);
    let named = match () {
        () if name.is_empty() => Some(Fault::NameEmpty),
        () if name.chars().count() > NAME => Some(Fault::NameTooLong),
        () if name.starts_with('.') || name.contains(invalid) => Some(Fault::NameInvalid),
        () if FileType::of_name(name).is_none() => Some(Fault::TypeUnknown),
        () => None,
    };
    let sized = match size {
        ..=0 => Some(Fault::Empty),
        _ if size > i64::from(limits.file_bytes) => Some(Fault::TooLarge(limits.file_bytes)),
        _ => None,
    };
    named.into_iter().chain(sized).collect()
}
