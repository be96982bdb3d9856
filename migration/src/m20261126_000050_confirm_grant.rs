//! A grant that carries a sensitive permission waits for a second holder.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE role_grant ADD COLUMN confirmed_at bigint",
    "ALTER TABLE role_grant ADD COLUMN confirmed_by {uuid} CONSTRAINT fk_role_grant_confirmed_by REFERENCES account (id)
     CONSTRAINT ck_role_grant_second CHECK (confirmed_by IS NULL OR (confirmed_at IS NOT NULL AND confirmed_by <> account_id
       AND (granted_by IS NULL OR confirmed_by <> granted_by)))",
    "UPDATE role_grant SET confirmed_at = created_at",
    "CREATE INDEX ix_role_grant_waiting ON role_grant (created_at) WHERE confirmed_at IS NULL AND ended_at IS NULL",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
