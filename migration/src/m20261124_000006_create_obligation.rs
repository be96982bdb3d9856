//! Dated duties.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE obligation (
    id {uuid} NOT NULL CONSTRAINT pk_obligation PRIMARY KEY,
    kind text NOT NULL,
    organization_id {uuid} NOT NULL CONSTRAINT fk_obligation_organization REFERENCES organization (id),
    person_id {uuid} CONSTRAINT fk_obligation_person REFERENCES person (id),
    due_on {date} NOT NULL,
    opened_at bigint NOT NULL,
    closed_at bigint
)",
    "CREATE UNIQUE INDEX uq_obligation_organization_open ON obligation (kind, organization_id) WHERE closed_at IS NULL AND person_id IS NULL",
    "CREATE UNIQUE INDEX uq_obligation_person_open ON obligation (kind, person_id) WHERE closed_at IS NULL AND person_id IS NOT NULL",
    "CREATE INDEX ix_obligation_due ON obligation (organization_id, due_on) WHERE closed_at IS NULL",
    "CREATE INDEX ix_obligation_person ON obligation (person_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
