//! Tokens by which other systems ask.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE api_token (
    id {uuid} NOT NULL CONSTRAINT pk_api_token PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_api_token_account REFERENCES account (id),
    name text NOT NULL CONSTRAINT ck_api_token_name CHECK (name <> ''),
    permissions text NOT NULL,
    secret_hash {bytes} NOT NULL,
    created_at bigint NOT NULL,
    created_by {uuid} NOT NULL CONSTRAINT fk_api_token_created_by REFERENCES account (id),
    expires_at bigint NOT NULL,
    last_used_at bigint,
    revoked_at bigint,
    revoked_by {uuid} CONSTRAINT fk_api_token_revoked_by REFERENCES account (id)
)",
    "CREATE INDEX ix_api_token_account ON api_token (account_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
