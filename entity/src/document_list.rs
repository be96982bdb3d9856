//! A list of documents that a web app of this instance was built with.
use sea_orm::entity::prelude::*;

use crate::value::Timestamp;

/// A list of documents that a web app of this instance was built with.
#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "document_list")]
pub struct Model {
    /// SHA-256 of `documents`.
    #[sea_orm(primary_key, auto_increment = false)]
    pub hash: Vec<u8>,
    /// When a replica with this list was started last.
    pub served_at: Timestamp,
    /// JSON object: SHA-256 of a document to its text.
    pub documents: String,
}

impl ActiveModelBehavior for ActiveModel {}
