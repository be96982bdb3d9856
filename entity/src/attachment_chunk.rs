//! A piece of an upload that is safe in the storage.
use sea_orm::entity::prelude::*;

use crate::id::AttachmentId;

/// A piece of an upload that is safe in the storage.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "attachment_chunk")]
pub struct Model {
    /// The upload.
    #[sea_orm(primary_key, auto_increment = false)]
    pub upload_id: AttachmentId,
    /// Where it begins in the file.
    #[sea_orm(primary_key, auto_increment = false)]
    pub from: i64,
    /// Bytes.
    pub size: i64,
    /// Where it lies in the storage; ordered by time.
    pub object: Uuid,
}

impl ActiveModelBehavior for ActiveModel {}
