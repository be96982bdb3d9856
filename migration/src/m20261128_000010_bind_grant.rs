//! A grant can be bound to a post, and can extend another one.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE role_grant ADD COLUMN post_id {uuid} CONSTRAINT fk_role_grant_post REFERENCES organization_post (id)
     CONSTRAINT ck_role_grant_post CHECK (post_id IS NULL OR organization_id IS NOT NULL)",
    "ALTER TABLE role_grant ADD COLUMN extends_id {uuid} CONSTRAINT fk_role_grant_extends REFERENCES role_grant (id)",
    "CREATE INDEX ix_role_grant_post ON role_grant (post_id) WHERE post_id IS NOT NULL",
    "CREATE UNIQUE INDEX uq_role_grant_extends ON role_grant (extends_id) WHERE extends_id IS NOT NULL AND ended_at IS NULL",
    "CREATE INDEX ix_role_grant_organization ON role_grant (organization_id) WHERE ended_at IS NULL",
    r#"CREATE INDEX ix_role_grant_until ON role_grant ("until") WHERE ended_at IS NULL"#,
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
