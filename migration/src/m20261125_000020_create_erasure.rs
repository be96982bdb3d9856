//! Proposals to erase what is personal about somebody, and the erasures.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE erasure_proposal (
    id {uuid} NOT NULL CONSTRAINT pk_erasure_proposal PRIMARY KEY,
    person_id {uuid} NOT NULL CONSTRAINT fk_erasure_proposal_person REFERENCES person (id),
    reason text NOT NULL,
    proposed_by {uuid} NOT NULL CONSTRAINT fk_erasure_proposal_proposed_by REFERENCES account (id),
    proposed_at bigint NOT NULL,
    closed_by {uuid} CONSTRAINT fk_erasure_proposal_closed_by REFERENCES account (id),
    closed_at bigint,
    outcome text,
    CONSTRAINT ck_erasure_proposal_closed CHECK ((closed_at IS NULL) = (outcome IS NULL) AND (closed_at IS NULL) = (closed_by IS NULL)),
    CONSTRAINT ck_erasure_proposal_two CHECK (outcome IS NULL OR outcome <> 'CONFIRMED' OR closed_by <> proposed_by)
)",
    "CREATE UNIQUE INDEX uq_erasure_proposal_open ON erasure_proposal (person_id) WHERE closed_at IS NULL",
    "CREATE TABLE erasure (
    person_id {uuid} NOT NULL CONSTRAINT pk_erasure PRIMARY KEY CONSTRAINT fk_erasure_person REFERENCES person (id),
    at bigint NOT NULL,
    token text NOT NULL,
    confirmed_by {uuid} CONSTRAINT fk_erasure_confirmed_by REFERENCES account (id)
)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::append_only(manager, "erasure").await
    }
}
