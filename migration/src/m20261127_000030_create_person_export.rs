//! What is stored about a person, put together for that person.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &["CREATE TABLE person_export (
    person_id {uuid} NOT NULL CONSTRAINT pk_person_export PRIMARY KEY
        CONSTRAINT fk_person_export_person REFERENCES person (id),
    requested_at bigint NOT NULL,
    requested_by {uuid} NOT NULL CONSTRAINT fk_person_export_requested_by REFERENCES account (id),
    job_id {uuid} NOT NULL,
    finished_at bigint,
    content_sealed {bytes},
    CONSTRAINT ck_person_export_finished CHECK ((finished_at IS NULL) = (content_sealed IS NULL))
)"];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
