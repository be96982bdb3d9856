//! GraphQL types of attachments.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{attachment, attachment_upload};

use super::{
    Owner,
    link::{self, Target},
    loader, policy, service,
};
use crate::{
    authz::Permission,
    connection,
    features::{
        organization::{self, Organization},
        person::{self, Person},
    },
    graphql::{Result, UserError, ids, request, scalar::DateTime},
};

/// Whether an attachment is in use.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::AttachmentState")]
pub enum AttachmentState {
    /// It is in use.
    Stored,
    /// It was put away and is listed no more.
    Archived,
}

/// A file of an organization or a person (附件).
#[derive(Clone)]
pub struct Attachment(pub Arc<attachment::Model>);

impl From<attachment::Model> for Attachment {
    fn from(row: attachment::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A file of an organization or a person (附件). It is seen by those who see its owner.
#[Object]
impl Attachment {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// The organization that owns it; null where a person does.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.organization_id {
            Some(id) => organization::organization(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The person that owns it; null where an organization does.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.person_id {
            Some(id) => person::person(ctx, id).await,
            None => Ok(None),
        }
    }

    /// File name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Media type, by the content.
    async fn media_type(&self) -> &str {
        &self.0.media_type
    }

    /// Bytes.
    async fn size(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// SHA-256 of the content in hexadecimal digits.
    async fn sha256(&self) -> String {
        hex::encode(&self.0.sha256)
    }

    /// Whether it is in use.
    async fn state(&self) -> AttachmentState {
        self.0.state.into()
    }

    /// Account name of the one who uploaded it.
    async fn uploaded_by(&self, ctx: &Context<'_>) -> Result<String> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(accounts.get(&self.0.uploaded_by).map(|account| account.name.clone()).unwrap_or_default())
    }

    /// When it was complete.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Where the viewer can fetch it; holds for five minutes, and only for the viewer.
    async fn url(&self, ctx: &Context<'_>) -> Result<String> {
        self.link(ctx, Target::File)
    }

    /// Where the viewer can fetch a small JPEG of a picture, like `url`; null where there is none.
    async fn thumbnail_url(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        self.0.has_thumbnail.then(|| self.link(ctx, Target::Thumbnail)).transpose()
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer may do here, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        let owner = Owner::of_attachment(&self.0);
        let anchors = loader::anchors(ctx, owner).await?;
        let may = policy::can_archive(request(ctx).actor()?, owner, &anchors).is_ok();
        Ok(if may { vec![Permission::AttachmentArchive] } else { Vec::new() })
    }
}

impl Attachment {
    fn link(&self, ctx: &Context<'_>, target: Target) -> Result<String> {
        let request = request(ctx);
        let app = &request.app;
        Ok(link::make(&app.vault, request.actor()?, &self.0, target, app.ambient.now()))
    }
}

connection!(AttachmentConnection, AttachmentEdge, Attachment, attachment::Entity, attachment::Model);

/// An upload that has begun. Send its bytes from `offset` on with `PATCH` to `url`, each request with at most
/// `chunkBytes` and an `Upload-Offset`; after a break `HEAD` tells where to go on. Then call `attachmentUploadFinish`.
pub struct AttachmentUpload(pub attachment_upload::Model);

/// An upload that has begun. Send its bytes from `offset` on with `PATCH` to `url`, each request with at most
/// `chunkBytes` and an `Upload-Offset`; after a break `HEAD` tells where to go on. Then call `attachmentUploadFinish`.
#[Object]
impl AttachmentUpload {
    /// Global id; the attachment will have the same.
    async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// File name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Bytes in all.
    async fn size(&self) -> i32 {
        i32::try_from(self.0.size).unwrap_or(i32::MAX)
    }

    /// Bytes that are safe.
    async fn offset(&self) -> i32 {
        i32::try_from(self.0.received).unwrap_or(i32::MAX)
    }

    /// Where the bytes go.
    async fn url(&self) -> String {
        format!("/files/upload/{}", self.0.id.0)
    }

    /// Most bytes of one request.
    async fn chunk_bytes(&self) -> i32 {
        i32::try_from(service::CHUNK).unwrap_or(i32::MAX)
    }

    /// When it is given up, if no further bytes come.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.touched_at.plus_seconds(service::STALE))
    }
}

/// A file that is to be attached.
#[derive(InputObject)]
pub struct AttachmentUploadBeginInput {
    /// The organization or person that will own it.
    pub owner: ID,
    /// File name; its ending says what it is: pdf, png, jpg, jpeg, webp, docx, xlsx, txt or csv.
    pub name: String,
    /// Bytes.
    pub size: i32,
    /// The same key twice has the effect once and gets the same answer.
    pub idempotency_key: Option<String>,
}

/// What became of `attachmentUploadBegin`.
#[derive(SimpleObject)]
pub struct AttachmentUploadBeginPayload {
    /// The upload; null where there are user errors.
    pub upload: Option<AttachmentUpload>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An upload whose bytes have all been sent.
#[derive(InputObject)]
pub struct AttachmentUploadFinishInput {
    /// The upload.
    pub upload: ID,
}

/// What became of `attachmentUploadFinish`.
#[derive(SimpleObject)]
pub struct AttachmentUploadFinishPayload {
    /// The attachment; null where there are user errors.
    pub attachment: Option<Attachment>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An upload that is given up.
#[derive(InputObject)]
pub struct AttachmentUploadCancelInput {
    /// The upload.
    pub upload: ID,
}

/// What became of `attachmentUploadCancel`.
#[derive(SimpleObject)]
pub struct AttachmentUploadCancelPayload {
    /// The upload as it was; null where there are user errors.
    pub upload: Option<AttachmentUpload>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An attachment that is put away.
#[derive(InputObject)]
pub struct AttachmentArchiveInput {
    /// The attachment.
    pub attachment: ID,
    /// The version that was seen.
    pub version: i32,
}

/// What became of `attachmentArchive`.
#[derive(SimpleObject)]
pub struct AttachmentArchivePayload {
    /// The attachment after the change, or as it stands where the version was old.
    pub attachment: Option<Attachment>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An attachment that is brought back.
#[derive(InputObject)]
pub struct AttachmentRestoreInput {
    /// The attachment.
    pub attachment: ID,
    /// The version that was seen.
    pub version: i32,
}

/// What became of `attachmentRestore`.
#[derive(SimpleObject)]
pub struct AttachmentRestorePayload {
    /// The attachment after the change, or as it stands where the version was old.
    pub attachment: Option<Attachment>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
