//! A duty can be put off until a day, by somebody, for a reason.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE obligation ADD COLUMN snoozed_until {date}",
    "ALTER TABLE obligation ADD COLUMN snoozed_by {uuid} CONSTRAINT fk_obligation_snoozed_by REFERENCES account (id)",
    "ALTER TABLE obligation ADD COLUMN snoozed_at bigint",
    "ALTER TABLE obligation ADD COLUMN snooze_reason text
     CONSTRAINT ck_obligation_snooze CHECK ((snoozed_until IS NULL) = (snoozed_by IS NULL)
       AND (snoozed_until IS NULL) = (snoozed_at IS NULL) AND (snoozed_until IS NULL) = (snooze_reason IS NULL))",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
