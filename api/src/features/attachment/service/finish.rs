//! An upload becomes an attachment.
use std::sync::Arc;

use actix_web::web::Bytes;
use entity::{AttachmentId, AttachmentState, attachment, attachment_upload};
use sea_orm::DbErr;
use serde_json::json;
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{Owner, STALE, readable, record, snapshot};
use crate::{
    app::App,
    audit::Snapshot,
    authz::{Actor, Denied},
    config::Attachments,
    db::Tx,
    features::attachment::{
        content::{self, FileType},
        policy,
        repo::{self, Reach},
    },
    storage::{Kind, StorageError},
};

/// Why an upload did not become an attachment.
#[derive(Debug)]
pub enum AttachmentUploadFinishError {
    /// The right is missing.
    Denied(Denied),
    /// The upload is missing, was given up, or is of somebody else; or its owner is hidden now.
    NotFound,
    /// The owner was archived meanwhile.
    Archived,
    /// Bytes are missing: only this number came.
    Incomplete(i64),
    /// The file is not what its name claims.
    Refused(FileType),
    /// The owner has this number of files already.
    TooMany(u32),
    /// The storage failed.
    Storage(StorageError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for AttachmentUploadFinishError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<StorageError> for AttachmentUploadFinishError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// What an upload has become so far.
pub enum Assembled {
    /// A whole file, to which no row belongs yet.
    Fresh(Box<Whole>),
    /// This upload was finished before, or never was: the transaction knows.
    Unknown(AttachmentId),
}

/// A whole file in the storage.
pub struct Whole {
    upload: attachment_upload::Model,
    object: Uuid,
    file_type: FileType,
    sha256: Vec<u8>,
    has_thumbnail: bool,
    chunks: Vec<Uuid>,
}

impl Whole {
    /// The chunks that nobody needs once the attachment is there.
    pub fn chunks(&self) -> &[Uuid] {
        &self.chunks
    }
}

/// Puts the chunks of the upload `id` together, looks at what they are, and writes the file and its thumbnail to the
/// storage, outside of any transaction. A file that lies ends the upload.
pub async fn assemble(
    app: &Arc<App>,
    request_id: &str,
    actor: &Actor,
    id: AttachmentId,
) -> Result<Assembled, AttachmentUploadFinishError> {
    use AttachmentUploadFinishError as Error;
    let Some(upload) = repo::upload(app.db.read(), actor.account(), id).await? else {
        return Ok(Assembled::Unknown(id));
    };
    if upload.received < upload.size {
        return Err(Error::Incomplete(upload.received));
    }
    let claimed = FileType::of_name(&upload.name).ok_or(Error::NotFound)?;
    let _room = app.storage.room.acquire().await.map_err(|error| StorageError::Failed(error.to_string()))?;
    let (bytes, chunks) = match gather(app, &upload).await {
        Ok(gathered) => gathered,
        // Somebody finished it meanwhile, and the chunks are gone.
        Err(_) if repo::upload(app.db.read(), actor.account(), id).await?.is_none() => {
            return Ok(Assembled::Unknown(id));
        }
        Err(error) => return Err(error),
    };
    let sha256 = Sha256::digest(&bytes).to_vec();
    let looked = tokio::task::spawn_blocking(move || {
        let honest = content::is(claimed, &bytes);
        let small = honest.then(|| content::thumbnail(claimed, &bytes)).flatten();
        (honest, small, Bytes::from(bytes))
    });
    let (honest, small, bytes) = looked.await.map_err(|error| StorageError::Failed(error.to_string()))?;
    if !honest {
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
        repo::remove_upload(&tx, id).await?;
        tx.commit().await?;
        return Err(Error::Refused(claimed));
    }
    let object = app.ambient.uuid();
    app.storage.put(Kind::File, object, bytes).await?;
    let has_thumbnail = small.is_some();
    if let Some(small) = small {
        app.storage.put(Kind::Thumbnail, object, Bytes::from(small)).await?;
    }
    Ok(Assembled::Fresh(Box::new(Whole { upload, object, file_type: claimed, sha256, has_thumbnail, chunks })))
}

/// The file that the chunks of `upload` make, and their objects.
async fn gather(
    app: &App,
    upload: &attachment_upload::Model,
) -> Result<(Vec<u8>, Vec<Uuid>), AttachmentUploadFinishError> {
    let mut bytes = Vec::with_capacity(usize::try_from(upload.size).unwrap_or(0));
    let mut chunks = Vec::new();
    for chunk in repo::chunks(app.db.read(), upload.id).await? {
        bytes.extend_from_slice(&app.storage.get(Kind::Chunk, chunk.object).await?);
        chunks.push(chunk.object);
    }
    if i64::try_from(bytes.len()) != Ok(upload.size) {
        return Err(StorageError::Failed(format!("the chunks of the upload {} are not its file", upload.id.0)).into());
    }
    Ok((bytes, chunks))
}

/// Makes the attachment of a whole file, once: who asks again gets the same one.
pub async fn finish(
    tx: &Tx,
    actor: &Actor,
    limits: &Attachments,
    assembled: &Assembled,
) -> Result<attachment::Model, AttachmentUploadFinishError> {
    use AttachmentUploadFinishError as Error;
    let Whole { upload, object, file_type, sha256, has_thumbnail, .. } = match assembled {
        Assembled::Fresh(whole) => &**whole,
        Assembled::Unknown(id) => return finished(tx, actor, *id).await,
    };
    let owner = readable(tx, actor, Owner::of_upload(upload)).await?.ok_or(Error::NotFound)?;
    policy::can_add(actor, owner.owner, &owner.anchors).map_err(Error::Denied)?;
    if owner.archived {
        return Err(Error::Archived);
    }
    let since = tx.now().plus_seconds(-STALE);
    if repo::count(tx, owner.owner, Some(upload.id), since).await? >= u64::from(limits.per_owner) {
        return Err(Error::TooMany(limits.per_owner));
    }
    if !repo::remove_upload(tx, upload.id).await? {
        return finished(tx, actor, upload.id).await;
    }
    let row = attachment::Model {
        id: upload.id,
        organization_id: upload.organization_id,
        person_id: upload.person_id,
        name: upload.name.clone(),
        media_type: file_type.media_type().to_owned(),
        size: upload.size,
        sha256: sha256.clone(),
        object: *object,
        has_thumbnail: *has_thumbnail,
        state: AttachmentState::Stored,
        uploaded_by: actor.account(),
        created_at: tx.now(),
        updated_at: tx.now(),
        version: 1,
    };
    let row = repo::insert(tx, row).await?;
    let mut rest = Snapshot::from([("mediaType", json!(row.media_type))]);
    // History outlives an erasure, and a hash would prove what a person's file was to whoever can guess it.
    if row.person_id.is_none() {
        rest.insert("sha256", json!(hex::encode(&row.sha256)));
    }
    let after = snapshot(owner.owner, &row.name, row.size, rest);
    record(tx, actor, "attachmentUploadFinish", row.id, &owner, (Snapshot::new(), after), None).await?;
    Ok(row)
}

/// The attachment that the upload `id` of `actor` has become before.
async fn finished(tx: &Tx, actor: &Actor, id: AttachmentId) -> Result<attachment::Model, AttachmentUploadFinishError> {
    let found = repo::get(tx.conn(), &Reach::of(actor), id).await?;
    found.filter(|row| row.uploaded_by == actor.account()).ok_or(AttachmentUploadFinishError::NotFound)
}
