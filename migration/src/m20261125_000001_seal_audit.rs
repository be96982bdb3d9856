//! The chain over audit rows, and since when one organization lies below another.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE audit_seal (
    position bigint NOT NULL CONSTRAINT pk_audit_seal PRIMARY KEY CONSTRAINT ck_audit_seal_position CHECK (position > 0),
    audit_id {uuid} NOT NULL CONSTRAINT uq_audit_seal_audit UNIQUE
        CONSTRAINT fk_audit_seal_audit REFERENCES audit (id),
    row_hash {bytes} NOT NULL,
    hash {bytes} NOT NULL,
    at bigint NOT NULL
)",
    "CREATE TABLE audit_pending (
    audit_id {uuid} NOT NULL CONSTRAINT pk_audit_pending PRIMARY KEY
        CONSTRAINT fk_audit_pending_audit REFERENCES audit (id)
)",
    "CREATE TABLE audit_sealer (
    id integer NOT NULL CONSTRAINT pk_audit_sealer PRIMARY KEY CONSTRAINT ck_audit_sealer_single CHECK (id = 1),
    owner {uuid},
    until bigint NOT NULL,
    position bigint NOT NULL,
    hash {bytes}
)",
    "INSERT INTO audit_sealer (id, owner, until, position, hash) VALUES (1, NULL, 0, 0, NULL)",
    "INSERT INTO audit_pending (audit_id) SELECT id FROM audit",
    "CREATE INDEX ix_audit_object ON audit (object_id, id)",
    "CREATE INDEX ix_audit_at ON audit (at)",
    "ALTER TABLE organization_closure ADD COLUMN since bigint NOT NULL DEFAULT 0",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::append_only(manager, "audit_seal").await?;
        sql::after_insert(manager, "audit", "audit_awaits_seal", "INSERT INTO audit_pending (audit_id) VALUES (NEW.id)")
            .await
    }
}
