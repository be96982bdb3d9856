//! The bytes of an upload arrive, a chunk at a time.
use std::sync::Arc;

use actix_web::web::Bytes;
use entity::{AttachmentId, attachment_upload};
use sea_orm::DbErr;

use crate::{
    app::App,
    authz::Actor,
    db::Tx,
    features::attachment::{
        content::{self, FileType},
        repo,
    },
    storage::{Kind, StorageError},
};

/// Most bytes of one chunk.
pub const CHUNK: usize = 8 * 1024 * 1024;

/// Why bytes were not taken.
#[derive(Debug)]
pub enum ReceiveError {
    /// The upload is missing, over, or of somebody else.
    NotFound,
    /// The upload goes on elsewhere: at this byte.
    Offset(i64),
    /// There are more bytes than the upload announced.
    TooLong,
    /// The file is not what its name claims.
    Refused(FileType),
    /// The storage failed.
    Storage(StorageError),
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for ReceiveError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

impl From<StorageError> for ReceiveError {
    fn from(error: StorageError) -> Self {
        Self::Storage(error)
    }
}

/// The upload `id` of `actor`.
pub async fn seen(app: &App, actor: &Actor, id: AttachmentId) -> Result<attachment_upload::Model, ReceiveError> {
    repo::upload(app.db.read(), actor.account(), id).await?.ok_or(ReceiveError::NotFound)
}

/// Takes `chunk` at `offset` of the upload `id`; answers where it goes on. The bytes are in the storage before the
/// database says so: whatever stops the process in between, the upload goes on where it was acknowledged. Of two
/// chunks for the same place one counts, and the other belongs to nothing.
pub async fn receive(
    app: &Arc<App>,
    request_id: &str,
    actor: &Actor,
    id: AttachmentId,
    offset: i64,
    chunk: Bytes,
) -> Result<i64, ReceiveError> {
    use ReceiveError as Error;
    let upload = seen(app, actor, id).await?;
    let size = i64::try_from(chunk.len()).unwrap_or(i64::MAX);
    if offset != upload.received {
        return Err(Error::Offset(upload.received));
    }
    if size > upload.size - upload.received {
        return Err(Error::TooLong);
    }
    if size == 0 {
        return Ok(upload.received);
    }
    if offset == 0
        && let Some(claimed) = FileType::of_name(&upload.name)
        && !content::may_become(claimed, &chunk)
    {
        let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
        repo::remove_upload(&tx, id).await?;
        tx.commit().await?;
        return Err(Error::Refused(claimed));
    }
    let object = app.ambient.uuid();
    app.storage.put(Kind::Chunk, object, chunk).await?;
    let tx = Tx::begin(&app.db, &app.ambient, &app.vault, request_id).await?;
    if !repo::append(&tx, &upload, size, object).await? {
        drop(tx);
        app.storage.remove(Kind::Chunk, object).await?;
        return Err(Error::Offset(seen(app, actor, id).await?.received));
    }
    tx.commit().await?;
    Ok(upload.received + size)
}
