//! A stored file with its owner record (附件).
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, AttachmentId, OrganizationId, PersonId},
    value::{AttachmentState, Timestamp},
};

/// A stored file with its owner record (附件). It belongs to an organization or to a person.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment")]
pub struct Model {
    /// Key, the one of the upload that made it.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttachmentId,
    /// The organization that owns it.
    pub organization_id: Option<OrganizationId>,
    /// The person that owns it.
    pub person_id: Option<PersonId>,
    /// File name as people see it.
    pub name: String,
    /// Media type, by content.
    pub media_type: String,
    /// Bytes.
    pub size: i64,
    /// SHA-256 of the content.
    pub sha256: Vec<u8>,
    /// Where the content lies in the storage; ordered by time.
    pub object: Uuid,
    /// Whether a small picture was made of it.
    pub has_thumbnail: bool,
    /// In use or archived.
    pub state: AttachmentState,
    /// Who uploaded it.
    pub uploaded_by: AccountId,
    /// When it was complete.
    pub created_at: Timestamp,
    /// Time of the last change.
    pub updated_at: Timestamp,
    /// Grows with each change.
    pub version: i32,
}

impl ActiveModelBehavior for ActiveModel {}
