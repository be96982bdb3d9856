//! Persons, memberships, their periods, posts and affiliations.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE person (
    id {uuid} NOT NULL CONSTRAINT pk_person PRIMARY KEY,
    name text NOT NULL CONSTRAINT ck_person_name CHECK (name <> ''),
    sort_key {sorted} NOT NULL,
    sex text,
    ethnicity text,
    native_place text,
    education text,
    employer text,
    occupation_group text,
    birth_year integer,
    data_key {bytes},
    birth_sealed {bytes},
    phone_sealed {bytes},
    phone_index {bytes},
    identity_sealed {bytes},
    identity_index {bytes} CONSTRAINT uq_person_identity UNIQUE,
    address_sealed {bytes},
    status text NOT NULL,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL
)",
    "CREATE INDEX ix_person_sorted ON person (sort_key, id)",
    "CREATE INDEX ix_person_phone ON person (phone_index)",
    "CREATE TABLE member (
    id {uuid} NOT NULL CONSTRAINT pk_member PRIMARY KEY,
    person_id {uuid} NOT NULL CONSTRAINT uq_member_person UNIQUE CONSTRAINT fk_member_person REFERENCES person (id),
    stage integer NOT NULL,
    home_organization_id {uuid} NOT NULL CONSTRAINT fk_member_home_organization REFERENCES organization (id),
    applied_on {date},
    admitted_on {date},
    full_on {date},
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL,
    CONSTRAINT ck_member_dates CHECK ((applied_on IS NULL OR admitted_on IS NULL OR applied_on <= admitted_on) AND (admitted_on IS NULL OR full_on IS NULL OR admitted_on <= full_on))
)",
    "CREATE INDEX ix_member_home ON member (home_organization_id, stage)",
    "CREATE INDEX ix_member_updated ON member (updated_at, id)",
    r#"CREATE TABLE member_stage (
    id {uuid} NOT NULL CONSTRAINT pk_member_stage PRIMARY KEY,
    member_id {uuid} NOT NULL CONSTRAINT fk_member_stage_member REFERENCES member (id),
    stage integer NOT NULL,
    "from" {date} NOT NULL,
    "until" {date},
    CONSTRAINT ck_member_stage_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_member_stage_member ON member_stage (member_id)",
    r#"CREATE TABLE member_home (
    id {uuid} NOT NULL CONSTRAINT pk_member_home PRIMARY KEY,
    member_id {uuid} NOT NULL CONSTRAINT fk_member_home_member REFERENCES member (id),
    organization_id {uuid} NOT NULL CONSTRAINT fk_member_home_organization REFERENCES organization (id),
    "from" {date} NOT NULL,
    "until" {date},
    CONSTRAINT ck_member_home_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_member_home_member ON member_home (member_id)",
    "CREATE INDEX ix_member_home_organization ON member_home (organization_id)",
    r#"CREATE TABLE member_contact (
    id {uuid} NOT NULL CONSTRAINT pk_member_contact PRIMARY KEY,
    member_id {uuid} NOT NULL CONSTRAINT fk_member_contact_member REFERENCES member (id),
    person_id {uuid} NOT NULL CONSTRAINT fk_member_contact_person REFERENCES person (id),
    "from" {date} NOT NULL,
    "until" {date},
    CONSTRAINT ck_member_contact_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_member_contact_member ON member_contact (member_id)",
    "CREATE INDEX ix_member_contact_person ON member_contact (person_id)",
    r#"CREATE TABLE affiliation (
    id {uuid} NOT NULL CONSTRAINT pk_affiliation PRIMARY KEY,
    person_id {uuid} NOT NULL CONSTRAINT fk_affiliation_person REFERENCES person (id),
    organization_id {uuid} NOT NULL CONSTRAINT fk_affiliation_organization REFERENCES organization (id),
    kind text NOT NULL,
    "from" {date} NOT NULL,
    "until" {date},
    version integer NOT NULL,
    CONSTRAINT ck_affiliation_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_affiliation_person ON affiliation (person_id)",
    "CREATE INDEX ix_affiliation_organization ON affiliation (organization_id, person_id)",
    r#"CREATE TABLE organization_post (
    id {uuid} NOT NULL CONSTRAINT pk_organization_post PRIMARY KEY,
    organization_id {uuid} NOT NULL CONSTRAINT fk_organization_post_organization REFERENCES organization (id),
    person_id {uuid} NOT NULL CONSTRAINT fk_organization_post_person REFERENCES person (id),
    title text NOT NULL,
    full_time boolean NOT NULL,
    "from" {date} NOT NULL,
    "until" {date},
    version integer NOT NULL,
    CONSTRAINT ck_organization_post_period CHECK ("until" IS NULL OR "from" <= "until")
)"#,
    "CREATE INDEX ix_organization_post_organization ON organization_post (organization_id)",
    r#"CREATE UNIQUE INDEX uq_organization_post_secretary ON organization_post (organization_id) WHERE title = 'SECRETARY' AND "until" IS NULL"#,
    "CREATE INDEX ix_organization_post_person ON organization_post (person_id)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        sql::no_overlap(manager, "member_stage", &["member_id"]).await?;
        sql::no_overlap(manager, "member_home", &["member_id"]).await?;
        sql::no_overlap(manager, "member_contact", &["member_id", "person_id"]).await?;
        sql::no_overlap(manager, "affiliation", &["person_id", "organization_id", "kind"]).await?;
        sql::no_overlap(manager, "organization_post", &["organization_id", "person_id", "title"]).await?;
        Ok(())
    }
}
