//! Settings of the database and the epoch of tree and grants.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE setting (key text NOT NULL CONSTRAINT pk_setting PRIMARY KEY, value text NOT NULL)",
    "CREATE TABLE epoch (name text NOT NULL CONSTRAINT pk_epoch PRIMARY KEY, n bigint NOT NULL)",
    "INSERT INTO epoch (name, n) VALUES ('authority', 1)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
