//! Dated rule sets. A published one never changes; the next one ends its period.
use sea_orm_migration::prelude::*;
use sea_orm_migration::sea_orm::DbBackend;

use crate::sql;

const TABLES: &[&str] = &[
    "CREATE TABLE rule_set (
    id {uuid} NOT NULL CONSTRAINT pk_rule_set PRIMARY KEY,
    family text NOT NULL,
    rules text NOT NULL,
    note text NOT NULL,
    created_at bigint NOT NULL,
    created_by {uuid} CONSTRAINT fk_rule_set_created_by REFERENCES account (id),
    published_at bigint,
    published_by {uuid} CONSTRAINT fk_rule_set_published_by REFERENCES account (id),
    discarded_at bigint,
    version integer NOT NULL,
    CONSTRAINT ck_rule_set_end CHECK (published_at IS NULL OR discarded_at IS NULL)
)",
    "CREATE UNIQUE INDEX uq_rule_set_draft ON rule_set (family) WHERE published_at IS NULL AND discarded_at IS NULL",
    "CREATE TABLE rule_set_period (
    id {uuid} NOT NULL CONSTRAINT pk_rule_set_period PRIMARY KEY,
    rule_set_id {uuid} NOT NULL CONSTRAINT fk_rule_set_period_set REFERENCES rule_set (id),
    family text NOT NULL,
    \"from\" {date} NOT NULL,
    \"until\" {date},
    CONSTRAINT ck_rule_set_period_order CHECK (\"until\" IS NULL OR \"until\" > \"from\")
)",
    "CREATE UNIQUE INDEX uq_rule_set_period_set ON rule_set_period (rule_set_id)",
];

/// What holds until an authority publishes rules of its own.
const FIRST: &str = r#"[{"kind":"CONTACT_PERSON","stages":["ACTIVIST","CANDIDATE"],"days":7},{"kind":"COMPLETE_RECORD","days":14},{"kind":"TRANSFER_QUESTION","days":14,"lapseDays":16}]"#;

/// Key of the first set, and of its period.
const FIRST_ID: &str = "01900000000070008000000000000001";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        sql::run(manager, TABLES).await?;
        sql::no_overlap(manager, "rule_set_period", &["family"]).await?;
        let id = if postgres { format!("'{FIRST_ID}'") } else { format!("X'{FIRST_ID}'") };
        let first = format!(
            "INSERT INTO rule_set (id, family, rules, note, created_at, published_at, version)
             VALUES ({id}, 'OBLIGATION', '{FIRST}', '', 0, 0, 1)"
        );
        let period = format!(
            "INSERT INTO rule_set_period (id, rule_set_id, family, \"from\") VALUES ({id}, {id}, 'OBLIGATION', '1921-07-01')"
        );
        sql::run(manager, &[&first, &period]).await?;
        sql::refuse(manager, "published_rule_set", "rule_set", "OLD.published_at IS NOT NULL").await
    }
}
