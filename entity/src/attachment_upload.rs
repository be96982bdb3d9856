//! A file on its way to becoming an attachment.
use sea_orm::entity::prelude::*;

use crate::{
    id::{AccountId, AttachmentId, OrganizationId, PersonId},
    value::Timestamp,
};

/// A file on its way to becoming an attachment. The row ends with the upload.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment_upload")]
pub struct Model {
    /// Key; the attachment takes it over.
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: AttachmentId,
    /// The organization that will own it.
    pub organization_id: Option<OrganizationId>,
    /// The person that will own it.
    pub person_id: Option<PersonId>,
    /// File name.
    pub name: String,
    /// Bytes in all.
    pub size: i64,
    /// Bytes that are safe.
    pub received: i64,
    /// Who uploads; nobody else sees it.
    pub account_id: AccountId,
    /// When it began.
    pub created_at: Timestamp,
    /// When the last bytes came.
    pub touched_at: Timestamp,
}

impl ActiveModelBehavior for ActiveModel {}
