//! Second factors, recovery codes, roles that demand one; one-time links to a first password.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE second_factor (
    account_id {uuid} NOT NULL CONSTRAINT pk_second_factor PRIMARY KEY
        CONSTRAINT fk_second_factor_account REFERENCES account (id),
    seed {bytes} NOT NULL,
    created_at bigint NOT NULL,
    confirmed_at bigint,
    last_step bigint NOT NULL
)",
    "CREATE TABLE recovery_code (
    code_hash {bytes} NOT NULL CONSTRAINT pk_recovery_code PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_recovery_code_account REFERENCES account (id),
    created_at bigint NOT NULL,
    used_at bigint
)",
    "CREATE INDEX ix_recovery_code_account ON recovery_code (account_id)",
    "ALTER TABLE role ADD COLUMN requires_second_factor boolean NOT NULL DEFAULT FALSE",
    "CREATE TABLE one_time_link (
    code_hash {bytes} NOT NULL CONSTRAINT pk_one_time_link PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_one_time_link_account REFERENCES account (id),
    created_at bigint NOT NULL,
    created_by {uuid} NOT NULL CONSTRAINT fk_one_time_link_created_by REFERENCES account (id),
    expires_at bigint NOT NULL,
    used_at bigint,
    ended_at bigint
)",
    "CREATE INDEX ix_one_time_link_account ON one_time_link (account_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
