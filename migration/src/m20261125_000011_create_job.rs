//! Background work: jobs that are claimed by lease.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE job (
    id {uuid} NOT NULL CONSTRAINT pk_job PRIMARY KEY,
    kind text NOT NULL,
    payload text NOT NULL,
    state text NOT NULL,
    actor_id {uuid} CONSTRAINT fk_job_actor REFERENCES account (id),
    scheduled_for bigint,
    run_after bigint NOT NULL,
    lease_owner {uuid},
    lease_until bigint,
    attempts integer NOT NULL,
    checkpoint text,
    done bigint NOT NULL,
    total bigint,
    result text,
    reason text,
    cancel_asked_at bigint,
    created_at bigint NOT NULL,
    started_at bigint,
    finished_at bigint,
    CONSTRAINT uq_job_schedule UNIQUE (kind, scheduled_for),
    CONSTRAINT ck_job_lease CHECK ((state = 'RUNNING') = (lease_owner IS NOT NULL AND lease_until IS NOT NULL)),
    CONSTRAINT ck_job_finished CHECK ((state IN ('DONE', 'PARKED', 'CANCELLED')) = (finished_at IS NOT NULL))
)",
    "CREATE INDEX ix_job_waiting ON job (run_after) WHERE state = 'QUEUED'",
    "CREATE INDEX ix_job_running ON job (lease_until) WHERE state = 'RUNNING'",
    "CREATE INDEX ix_job_actor ON job (actor_id, id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
