//! Facts about changes, written by the database itself with the change, and who has read how far.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE outbox (
    id {counter} CONSTRAINT pk_outbox PRIMARY KEY,
    position bigint CONSTRAINT uq_outbox_position UNIQUE CONSTRAINT ck_outbox_position CHECK (position > 0),
    kind text NOT NULL,
    object_type text NOT NULL,
    object_id {uuid} NOT NULL,
    organization_id {uuid},
    at bigint,
    CONSTRAINT ck_outbox_at CHECK ((position IS NULL) = (at IS NULL))
)",
    "CREATE INDEX ix_outbox_waiting ON outbox (id) WHERE position IS NULL",
    "CREATE TABLE outbox_head (
    id integer NOT NULL CONSTRAINT pk_outbox_head PRIMARY KEY CONSTRAINT ck_outbox_head_single CHECK (id = 1),
    position bigint NOT NULL
)",
    "INSERT INTO outbox_head (id, position) VALUES (1, 0)",
    "CREATE TABLE outbox_cursor (
    reader text NOT NULL CONSTRAINT pk_outbox_cursor PRIMARY KEY,
    position bigint NOT NULL
)",
];

/// Every change writes an audit row, so every change is told.
const RECORD: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    VALUES ('RECORD', NEW.object_type, NEW.object_id, NEW.organization_id)";
const OBLIGATION: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    VALUES ('OBLIGATION', 'Obligation', NEW.id, NEW.organization_id)";
/// A duty that goes to another organization is a change for the one that had it too.
const OBLIGATION_LEFT: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    SELECT 'OBLIGATION', 'Obligation', OLD.id, OLD.organization_id WHERE OLD.organization_id <> NEW.organization_id";
const JOB: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    VALUES ('JOB', 'Job', NEW.id, NULL)";
/// What people see of a job; that its worker is alive is none of it.
const JOB_CHANGE: &str = "UPDATE OF state, done, total, cancel_asked_at, result, reason";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::after_insert(manager, "audit", "outbox_tells_audit", RECORD).await?;
        sql::after_insert(manager, "obligation", "outbox_tells_obligation_opened", OBLIGATION).await?;
        let changed = format!("{OBLIGATION}; {OBLIGATION_LEFT}");
        sql::after(manager, "UPDATE", "obligation", "outbox_tells_obligation_changed", &changed).await?;
        sql::after_insert(manager, "job", "outbox_tells_job_queued", JOB).await?;
        sql::after(manager, JOB_CHANGE, "job", "outbox_tells_job_changed", JOB).await
    }
}
