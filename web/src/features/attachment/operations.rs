//! Operations on attachments.

use cynic::Id;

use crate::api::fragments::{changed, fragment, mutation};
use crate::api::schema;
use crate::api::types::{AttachmentState, DateTime, OrganizationStatus, PermissionCode, RecordStatus};

/// The owner, an organization or a person.
#[derive(cynic::QueryVariables, Clone, Debug, PartialEq)]
pub struct AttachmentsVariables {
    /// Opaque.
    pub id: Id,
    /// Those in use, or those that were put away.
    pub state: AttachmentState,
}

fragment! {
    /// The files of an owner; one of these is there.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Query", variables = "AttachmentsVariables")]
    pub struct AttachmentsQuery {
        /// Where it is an organization.
        #[arguments(id: $id)]
        pub organization: Option<OrganizationFiles>,
        /// Where it is a person.
        #[arguments(id: $id)]
        pub person: Option<PersonFiles>,
    }

    /// Files of an organization.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Organization", variables = "AttachmentsVariables")]
    pub struct OrganizationFiles {
        /// Active or archived.
        pub status: OrganizationStatus,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
        /// Newest first.
        #[arguments(first: 100, state: $state)]
        pub attachments: AttachmentConnection,
    }

    /// Files of a person.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "Person", variables = "AttachmentsVariables")]
    pub struct PersonFiles {
        /// Active or archived.
        pub status: RecordStatus,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
        /// Newest first.
        #[arguments(first: 100, state: $state)]
        pub attachments: AttachmentConnection,
    }

    /// A page of files.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct AttachmentConnection {
        /// Rows.
        pub nodes: Vec<Attachment>,
    }

    /// A file.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    pub struct Attachment {
        /// Opaque.
        pub id: Id,
        /// File name.
        pub name: String,
        /// Bytes.
        pub size: i32,
        /// Who uploaded it.
        pub uploaded_by: String,
        /// When.
        pub created_at: DateTime,
        /// Where it can be fetched for a few minutes.
        pub url: String,
        /// Where a small picture of it can be.
        pub thumbnail_url: Option<String>,
        /// Goes back with a change.
        pub version: i32,
        /// What the viewer may do.
        pub viewer_can: Vec<PermissionCode>,
    }

    /// An upload that has begun.
    #[derive(cynic::QueryFragment, Clone, Debug, PartialEq)]
    #[cynic(graphql_type = "AttachmentUpload")]
    pub struct BegunUpload {
        /// Opaque.
        pub id: Id,
        /// Where the bytes go.
        pub url: String,
    }
}

impl AttachmentsQuery {
    /// The files, whoever owns them.
    pub fn files(&self) -> &[Attachment] {
        let files = self.organization.as_ref().map(|owner| &owner.attachments);
        files.or(self.person.as_ref().map(|owner| &owner.attachments)).map_or(&[], |files| &files.nodes)
    }
}

changed! {
    /// A changed attachment.
    ChangedAttachment "Attachment",
    /// An upload that was given up.
    CancelledUpload "AttachmentUpload",
}

/// A file that is to be attached.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AttachmentUploadBeginInput {
    pub owner: Id,
    pub name: String,
    pub size: i32,
}

mutation!($
    /// Begins an upload.
    AttachmentUploadBegin = attachment_upload_begin(AttachmentUploadBeginInput) -> "AttachmentUploadBeginPayload" { upload: BegunUpload }
);

/// An upload whose bytes have all been sent.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AttachmentUploadFinishInput {
    pub upload: Id,
}

mutation!($
    /// Makes an attachment of an upload.
    AttachmentUploadFinish = attachment_upload_finish(AttachmentUploadFinishInput) -> "AttachmentUploadFinishPayload" { attachment: ChangedAttachment }
);

/// An upload that is given up.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AttachmentUploadCancelInput {
    pub upload: Id,
}

mutation!($
    /// Gives an upload up.
    AttachmentUploadCancel = attachment_upload_cancel(AttachmentUploadCancelInput) -> "AttachmentUploadCancelPayload" { upload: CancelledUpload }
);

/// An attachment that is put away.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AttachmentArchiveInput {
    pub attachment: Id,
    pub version: i32,
}

mutation!($
    /// Puts an attachment away.
    AttachmentArchive = attachment_archive(AttachmentArchiveInput) -> "AttachmentArchivePayload" { attachment: ChangedAttachment }
);

/// An attachment that is brought back.
#[derive(cynic::InputObject, Clone, Debug, PartialEq)]
pub struct AttachmentRestoreInput {
    pub attachment: Id,
    pub version: i32,
}

mutation!($
    /// Brings an attachment back.
    AttachmentRestore = attachment_restore(AttachmentRestoreInput) -> "AttachmentRestorePayload" { attachment: ChangedAttachment }
);
