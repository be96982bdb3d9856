//! Files of organizations and persons, and uploads that are not finished yet.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE attachment (
    id {uuid} NOT NULL CONSTRAINT pk_attachment PRIMARY KEY,
    organization_id {uuid} CONSTRAINT fk_attachment_organization REFERENCES organization (id),
    person_id {uuid} CONSTRAINT fk_attachment_person REFERENCES person (id),
    name text NOT NULL,
    media_type text NOT NULL,
    size bigint NOT NULL,
    sha256 {bytes} NOT NULL,
    object {uuid} NOT NULL,
    has_thumbnail boolean NOT NULL,
    state text NOT NULL,
    uploaded_by {uuid} NOT NULL CONSTRAINT fk_attachment_uploaded_by REFERENCES account (id),
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT uq_attachment_object UNIQUE (object),
    CONSTRAINT ck_attachment_owner CHECK ((organization_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT ck_attachment_size CHECK (size > 0)
)",
    "CREATE INDEX ix_attachment_organization ON attachment (organization_id, id) WHERE organization_id IS NOT NULL",
    "CREATE INDEX ix_attachment_person ON attachment (person_id, id) WHERE person_id IS NOT NULL",
    "CREATE TABLE attachment_upload (
    id {uuid} NOT NULL CONSTRAINT pk_attachment_upload PRIMARY KEY,
    organization_id {uuid} CONSTRAINT fk_attachment_upload_organization REFERENCES organization (id),
    person_id {uuid} CONSTRAINT fk_attachment_upload_person REFERENCES person (id),
    name text NOT NULL,
    size bigint NOT NULL,
    received bigint NOT NULL,
    account_id {uuid} NOT NULL CONSTRAINT fk_attachment_upload_account REFERENCES account (id),
    created_at bigint NOT NULL,
    touched_at bigint NOT NULL,
    CONSTRAINT ck_attachment_upload_owner CHECK ((organization_id IS NULL) <> (person_id IS NULL)),
    CONSTRAINT ck_attachment_upload_received CHECK (received >= 0 AND received <= size)
)",
    "CREATE INDEX ix_attachment_upload_account ON attachment_upload (account_id)",
    "CREATE INDEX ix_attachment_upload_organization ON attachment_upload (organization_id)",
    "CREATE INDEX ix_attachment_upload_person ON attachment_upload (person_id)",
    "CREATE INDEX ix_attachment_upload_touched ON attachment_upload (touched_at)",
    "CREATE TABLE attachment_chunk (
    upload_id {uuid} NOT NULL CONSTRAINT fk_attachment_chunk_upload REFERENCES attachment_upload (id) ON DELETE CASCADE,
    \"from\" bigint NOT NULL,
    size bigint NOT NULL,
    object {uuid} NOT NULL,
    CONSTRAINT pk_attachment_chunk PRIMARY KEY (upload_id, \"from\"),
    CONSTRAINT ck_attachment_chunk_size CHECK (size > 0)
)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
