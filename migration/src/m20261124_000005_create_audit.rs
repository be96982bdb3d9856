//! Audit rows, idempotency keys, looks at sensitive fields, problem reports.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE audit (
    id {uuid} NOT NULL CONSTRAINT pk_audit PRIMARY KEY,
    at bigint NOT NULL,
    actor_id {uuid} CONSTRAINT fk_audit_actor REFERENCES account (id),
    action text NOT NULL,
    object_type text NOT NULL,
    object_id {uuid} NOT NULL,
    organization_id {uuid} CONSTRAINT fk_audit_organization REFERENCES organization (id),
    person_id {uuid} CONSTRAINT fk_audit_person REFERENCES person (id),
    request_id text NOT NULL,
    body text NOT NULL,
    hash {bytes} NOT NULL
)",
    "CREATE INDEX ix_audit_organization ON audit (organization_id, id)",
    "CREATE INDEX ix_audit_person ON audit (person_id, id)",
    "CREATE INDEX ix_audit_actor ON audit (actor_id, id)",
    "CREATE TABLE idempotency_key (
    actor_id {uuid} NOT NULL CONSTRAINT fk_idempotency_key_actor REFERENCES account (id),
    key text NOT NULL,
    request_hash {bytes} NOT NULL,
    object_id {uuid} NOT NULL,
    created_at bigint NOT NULL,
    CONSTRAINT pk_idempotency_key PRIMARY KEY (actor_id, key)
)",
    "CREATE INDEX ix_idempotency_key_created ON idempotency_key (created_at)",
    "CREATE TABLE unmask_event (
    id {uuid} NOT NULL CONSTRAINT pk_unmask_event PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_unmask_event_account REFERENCES account (id),
    person_id {uuid} NOT NULL CONSTRAINT fk_unmask_event_person REFERENCES person (id),
    field text NOT NULL,
    reason text NOT NULL,
    at bigint NOT NULL
)",
    "CREATE INDEX ix_unmask_event_account ON unmask_event (account_id, at)",
    "CREATE INDEX ix_unmask_event_person ON unmask_event (person_id, at)",
    "CREATE TABLE problem_report (
    id {uuid} NOT NULL CONSTRAINT pk_problem_report PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_problem_report_account REFERENCES account (id),
    page text NOT NULL,
    text text NOT NULL,
    created_at bigint NOT NULL
)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::append_only(manager, "audit").await?;
        sql::append_only(manager, "unmask_event").await?;
        Ok(())
    }
}
