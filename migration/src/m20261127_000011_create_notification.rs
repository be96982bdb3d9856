//! What accounts are told, and what they want to be told.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE notification (
    id {uuid} NOT NULL CONSTRAINT pk_notification PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_notification_account REFERENCES account (id),
    kind text NOT NULL,
    subject_id {uuid} NOT NULL,
    occasion text NOT NULL,
    digest text,
    made_at bigint NOT NULL,
    read_at bigint
)",
    "CREATE UNIQUE INDEX uq_notification_once ON notification (account_id, kind, subject_id, occasion)",
    "CREATE INDEX ix_notification_account ON notification (account_id, id)",
    "CREATE INDEX ix_notification_unread ON notification (account_id) WHERE read_at IS NULL",
    "CREATE INDEX ix_notification_read ON notification (read_at)",
    "CREATE TABLE notification_setting (
    account_id {uuid} NOT NULL CONSTRAINT fk_notification_setting_account REFERENCES account (id),
    kind text NOT NULL,
    in_app boolean NOT NULL,
    in_digest boolean NOT NULL,
    CONSTRAINT pk_notification_setting PRIMARY KEY (account_id, kind)
)",
    "CREATE INDEX ix_obligation_overdue ON obligation (due_on) WHERE closed_at IS NULL",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
