//! A problem report can be answered.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE problem_report ADD COLUMN version integer NOT NULL DEFAULT 1",
    "ALTER TABLE problem_report ADD COLUMN answered_by {uuid}
     CONSTRAINT fk_problem_report_answered_by REFERENCES account (id)",
    "ALTER TABLE problem_report ADD COLUMN answered_at bigint",
    "ALTER TABLE problem_report ADD COLUMN answer text
     CONSTRAINT ck_problem_report_answer CHECK ((answer IS NULL) = (answered_by IS NULL)
       AND (answer IS NULL) = (answered_at IS NULL))",
    "CREATE INDEX ix_problem_report_account ON problem_report (account_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
