//! A role says in a sentence what it is for, and can be archived.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE role ADD COLUMN sentence text NOT NULL DEFAULT ''",
    "ALTER TABLE role ADD COLUMN sentence_en text NOT NULL DEFAULT ''",
    "ALTER TABLE role ADD COLUMN archived_at bigint
     CONSTRAINT ck_role_template_stays CHECK (archived_at IS NULL OR NOT template)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
