//! Divisions, organizations, their tree, periods, posts and counts.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE division (
    id {uuid} NOT NULL CONSTRAINT pk_division PRIMARY KEY,
    code text NOT NULL CONSTRAINT uq_division_code UNIQUE,
    name text NOT NULL,
    level text NOT NULL,
    parent_id {uuid} CONSTRAINT fk_division_parent REFERENCES division (id)
)",
    "CREATE INDEX ix_division_parent ON division (parent_id)",
    "CREATE TABLE organization (
    id {uuid} NOT NULL CONSTRAINT pk_organization PRIMARY KEY,
    parent_id {uuid} CONSTRAINT fk_organization_parent REFERENCES organization (id),
    code text NOT NULL CONSTRAINT ck_organization_code CHECK (code <> ''),
    name text NOT NULL CONSTRAINT ck_organization_name CHECK (name <> ''),
    sort_key {sorted} NOT NULL,
    kind text NOT NULL,
    level text NOT NULL,
    branch_form text,
    sector text NOT NULL,
    division_id {uuid} CONSTRAINT fk_organization_division REFERENCES division (id),
    statutory boolean NOT NULL,
    status text NOT NULL,
    founded_on {date},
    office_phone text,
    office_address text,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT uq_organization_sibling_code UNIQUE (parent_id, code),
    CONSTRAINT ck_organization_statutory CHECK (statutory = (kind NOT IN ('GROUP', 'MEMBER_HOUSEHOLD')))
)",
    "CREATE UNIQUE INDEX uq_organization_root ON organization ((parent_id IS NULL)) WHERE parent_id IS NULL",
    "CREATE INDEX ix_organization_sorted ON organization (sort_key, id)",
    "CREATE INDEX ix_organization_children ON organization (parent_id, sort_key, id)",
    "CREATE TABLE organization_closure (
    ancestor_id {uuid} NOT NULL CONSTRAINT fk_organization_closure_ancestor REFERENCES organization (id),
    descendant_id {uuid} NOT NULL CONSTRAINT fk_organization_closure_descendant REFERENCES organization (id),
    depth integer NOT NULL,
    CONSTRAINT pk_organization_closure PRIMARY KEY (ancestor_id, descendant_id)
)",
    "CREATE INDEX ix_organization_closure_descendant ON organization_closure (descendant_id, depth)",
    r#"CREATE TABLE organization_parent (
    id {uuid} NOT NULL CONSTRAINT pk_organization_parent PRIMARY KEY,
    organization_id {uuid} NOT NULL CONSTRAINT fk_organization_parent_organization REFERENCES organization (id),
    parent_id {uuid} CONSTRAINT fk_organization_parent_parent REFERENCES organization (id),
    "from" {date} NOT NULL,
    "until" {date},
    CONSTRAINT ck_organization_parent_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_organization_parent_organization ON organization_parent (organization_id)",
    r#"CREATE TABLE organization_status_period (
    id {uuid} NOT NULL CONSTRAINT pk_organization_status_period PRIMARY KEY,
    organization_id {uuid} NOT NULL CONSTRAINT fk_organization_status_period_organization REFERENCES organization (id),
    status text NOT NULL,
    "from" {date} NOT NULL,
    "until" {date},
    CONSTRAINT ck_organization_status_period_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_organization_status_period_organization ON organization_status_period (organization_id)",
    r#"CREATE TABLE organization_term (
    id {uuid} NOT NULL CONSTRAINT pk_organization_term PRIMARY KEY,
    organization_id {uuid} NOT NULL CONSTRAINT fk_organization_term_organization REFERENCES organization (id),
    "from" {date} NOT NULL,
    "until" {date} NOT NULL,
    ended_on {date},
    CONSTRAINT ck_organization_term_period CHECK ("from" < "until")
)"#,
    "CREATE UNIQUE INDEX uq_organization_term_running ON organization_term (organization_id) WHERE ended_on IS NULL",
    "CREATE TABLE organization_count (
    organization_id {uuid} NOT NULL CONSTRAINT fk_organization_count_organization REFERENCES organization (id),
    stage integer NOT NULL,
    n bigint NOT NULL CONSTRAINT ck_organization_count_n CHECK (n >= 0),
    CONSTRAINT pk_organization_count PRIMARY KEY (organization_id, stage)
)",
    "CREATE TABLE search_token (
    subject text NOT NULL,
    token {sorted} NOT NULL,
    subject_id {uuid} NOT NULL,
    CONSTRAINT pk_search_token PRIMARY KEY (subject, token, subject_id)
)",
    "CREATE INDEX ix_search_token_subject ON search_token (subject_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::no_overlap(manager, "organization_parent", &["organization_id"]).await?;
        sql::no_overlap(manager, "organization_status_period", &["organization_id"]).await?;
        Ok(())
    }
}
