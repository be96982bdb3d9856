//! Changing attachments: decode → call → encode.

mod explain;

use async_graphql::{Context, ID, Object};
use entity::{AttachmentId, OrganizationId, PersonId};

pub use explain::refused;

use super::{
    Attachment, AttachmentArchiveInput, AttachmentArchivePayload, AttachmentRestoreInput, AttachmentRestorePayload,
    AttachmentUpload, AttachmentUploadBeginInput, AttachmentUploadBeginPayload, AttachmentUploadCancelInput,
    AttachmentUploadCancelPayload, AttachmentUploadFinishInput, AttachmentUploadFinishPayload, Owner,
    service::{self, Assembled},
};
use crate::{
    graphql::{Begun, Call, Explain, Explained, Lock, Result, ids, ids::GlobalId, replayed, request},
    storage::Kind,
};

/// Mutations on attachments.
#[derive(Default)]
pub struct AttachmentMutation;

#[Object]
impl AttachmentMutation {
    /// Begins an upload. Codes: `NOT_FOUND`, ARCHIVED, REQUIRED, `TOO_LONG`, INVALID, `OUT_OF_RANGE`,
    /// `IDEMPOTENCY_MISMATCH`.
    async fn attachment_upload_begin(
        &self,
        ctx: &Context<'_>,
        input: AttachmentUploadBeginInput,
    ) -> Result<AttachmentUploadBeginPayload> {
        let app = &request(ctx).app;
        let call = match Call::begin_keyed(ctx, Lock::None, input.idempotency_key.as_deref()).await? {
            Begun::Fresh(call) => call,
            Begun::Mismatch(user_errors) => return Ok(AttachmentUploadBeginPayload { upload: None, user_errors }),
            Begun::Replayed(id) => {
                let id: AttachmentId = replayed(id);
                // An upload that is over has nothing to go on with.
                let upload = service::seen(app, request(ctx).actor()?, id).await.ok().map(AttachmentUpload);
                return Ok(AttachmentUploadBeginPayload { upload, user_errors: Vec::new() });
            }
        };
        let AttachmentUploadBeginInput { owner, name, size, .. } = input;
        let command = service::AttachmentUploadBegin { owner: self::owner(&owner), name, size: size.into() };
        let (limits, storage) = (&app.config.attachments, app.storage.is_configured());
        let outcome = service::begin(&call.tx, &call.actor, limits, storage, command).await;
        let (upload, user_errors) = call.finish_keyed(outcome, |row| row.id.0).await?;
        Ok(AttachmentUploadBeginPayload { upload: upload.map(AttachmentUpload), user_errors })
    }

    /// Makes the attachment of an upload whose bytes have all been sent. Asked again, it answers the same. Codes:
    /// `NOT_FOUND`, ARCHIVED, INVALID, `OUT_OF_RANGE`.
    async fn attachment_upload_finish(
        &self,
        ctx: &Context<'_>,
        input: AttachmentUploadFinishInput,
    ) -> Result<AttachmentUploadFinishPayload> {
        let request = request(ctx);
        let app = &request.app;
        let id = ids::decode_or_nil(&input.upload);
        let assembled = match service::assemble(app, &request.id, request.actor()?, id).await {
            Ok(assembled) => assembled,
            Err(error) => match error.explain() {
                Explained::Problems(problems) => {
                    let said = problems.into_iter().map(|problem| problem.into_user_error(request.locale));
                    return Ok(AttachmentUploadFinishPayload { attachment: None, user_errors: said.collect() });
                }
                Explained::Failure(failure) => return Err(failure),
            },
        };
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::finish(&call.tx, &call.actor, &app.config.attachments, &assembled).await;
        let (attachment, user_errors) = call.finish(outcome).await?;
        if let (Some(_), Assembled::Fresh(whole)) = (&attachment, &assembled) {
            // What cannot be removed now goes with the next collection.
            for chunk in whole.chunks() {
                if let Err(error) = app.storage.remove(Kind::Chunk, *chunk).await {
                    tracing::warn!(%error, "a chunk of the finished upload {} stays for the collection", id.0);
                }
            }
        }
        Ok(AttachmentUploadFinishPayload { attachment: attachment.map(Attachment::from), user_errors })
    }

    /// Gives up an upload of one's own. Codes: `NOT_FOUND`.
    async fn attachment_upload_cancel(
        &self,
        ctx: &Context<'_>,
        input: AttachmentUploadCancelInput,
    ) -> Result<AttachmentUploadCancelPayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let outcome = service::cancel(&call.tx, &call.actor, ids::decode_or_nil(&input.upload)).await;
        let (upload, user_errors) = call.finish(outcome).await?;
        Ok(AttachmentUploadCancelPayload { upload: upload.map(AttachmentUpload), user_errors })
    }

    /// Puts an attachment away: it is listed no more, and its content stays. Codes: `NOT_FOUND`, ARCHIVED, CONFLICT.
    async fn attachment_archive(
        &self,
        ctx: &Context<'_>,
        input: AttachmentArchiveInput,
    ) -> Result<AttachmentArchivePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let AttachmentArchiveInput { attachment, version } = input;
        let command = service::AttachmentArchive { attachment: ids::decode_or_nil(&attachment), version };
        let outcome = service::archive(&call.tx, &call.actor, command).await;
        let (attachment, user_errors) = call.finish(outcome).await?;
        Ok(AttachmentArchivePayload { attachment: attachment.map(Attachment::from), user_errors })
    }

    /// Brings an archived attachment back. Codes: `NOT_FOUND`, `NOT_ARCHIVED`, `OUT_OF_RANGE`, CONFLICT.
    async fn attachment_restore(
        &self,
        ctx: &Context<'_>,
        input: AttachmentRestoreInput,
    ) -> Result<AttachmentRestorePayload> {
        let limits = &request(ctx).app.config.attachments;
        let call = Call::begin(ctx, Lock::None).await?;
        let AttachmentRestoreInput { attachment, version } = input;
        let command = service::AttachmentArchive { attachment: ids::decode_or_nil(&attachment), version };
        let outcome = service::restore(&call.tx, &call.actor, limits, command).await;
        let (attachment, user_errors) = call.finish(outcome).await?;
        Ok(AttachmentRestorePayload { attachment: attachment.map(Attachment::from), user_errors })
    }
}

/// The owner that a global id names; none where it is of neither type.
fn owner(id: &ID) -> Option<Owner> {
    match ids::decode_tagged(id)? {
        (OrganizationId::TAG, id) => Some(Owner::Organization(id.into())),
        (PersonId::TAG, id) => Some(Owner::Person(id.into())),
        _ => None,
    }
}
