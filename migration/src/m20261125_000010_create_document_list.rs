//! The last lists of documents that web apps of this instance were built with.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &["CREATE TABLE document_list (
    hash {bytes} NOT NULL CONSTRAINT pk_document_list PRIMARY KEY,
    served_at bigint NOT NULL,
    documents text NOT NULL
)"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
