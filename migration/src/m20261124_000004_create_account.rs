//! Accounts, roles, grants, sign-in sessions and what guards them.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "CREATE TABLE account (
    id {uuid} NOT NULL CONSTRAINT pk_account PRIMARY KEY,
    name {sorted} NOT NULL CONSTRAINT uq_account_name UNIQUE CONSTRAINT ck_account_name CHECK (name <> ''),
    kind text NOT NULL,
    person_id {uuid} CONSTRAINT uq_account_person UNIQUE CONSTRAINT fk_account_person REFERENCES person (id),
    password_hash text NOT NULL,
    status text NOT NULL,
    last_sign_in_at bigint,
    created_at bigint NOT NULL,
    updated_at bigint NOT NULL,
    version integer NOT NULL
)",
    "CREATE TABLE role (
    id {uuid} NOT NULL CONSTRAINT pk_role PRIMARY KEY,
    code text NOT NULL CONSTRAINT uq_role_code UNIQUE,
    name text NOT NULL,
    name_en text NOT NULL,
    workbench text NOT NULL,
    template boolean NOT NULL,
    version integer NOT NULL
)",
    "CREATE TABLE role_permission (
    role_id {uuid} NOT NULL CONSTRAINT fk_role_permission_role REFERENCES role (id),
    permission text NOT NULL,
    uses boolean NOT NULL,
    passes_on boolean NOT NULL,
    CONSTRAINT pk_role_permission PRIMARY KEY (role_id, permission),
    CONSTRAINT ck_role_permission_some CHECK (uses OR passes_on)
)",
    r#"CREATE TABLE role_grant (
    id {uuid} NOT NULL CONSTRAINT pk_role_grant PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_role_grant_account REFERENCES account (id),
    role_id {uuid} NOT NULL CONSTRAINT fk_role_grant_role REFERENCES role (id),
    scope text NOT NULL,
    organization_id {uuid} CONSTRAINT fk_role_grant_organization REFERENCES organization (id),
    "from" {date} NOT NULL,
    "until" {date},
    reason text NOT NULL,
    granted_by {uuid} CONSTRAINT fk_role_grant_granted_by REFERENCES account (id),
    created_at bigint NOT NULL,
    ended_at bigint,
    CONSTRAINT ck_role_grant_period CHECK ("until" IS NULL OR "from" <= "until"),
    CONSTRAINT ck_role_grant_scope CHECK ((scope = 'SUBTREE') = (organization_id IS NOT NULL))
)"#,
    "CREATE INDEX ix_role_grant_account ON role_grant (account_id)",
    "CREATE TABLE sign_in_session (
    id {uuid} NOT NULL CONSTRAINT pk_sign_in_session PRIMARY KEY,
    account_id {uuid} NOT NULL CONSTRAINT fk_sign_in_session_account REFERENCES account (id),
    created_at bigint NOT NULL,
    last_seen_at bigint NOT NULL,
    expires_at bigint NOT NULL,
    address text NOT NULL,
    user_agent text NOT NULL,
    ended_at bigint,
    end_reason text
)",
    "CREATE INDEX ix_sign_in_session_account ON sign_in_session (account_id, created_at)",
    "CREATE INDEX ix_sign_in_session_ended ON sign_in_session (ended_at)",
    "CREATE TABLE refresh_token (
    hash {bytes} NOT NULL CONSTRAINT pk_refresh_token PRIMARY KEY,
    session_id {uuid} NOT NULL CONSTRAINT fk_refresh_token_session REFERENCES sign_in_session (id),
    issued_at bigint NOT NULL,
    used_at bigint
)",
    "CREATE INDEX ix_refresh_token_session ON refresh_token (session_id)",
    "CREATE TABLE sign_in_event (
    id {uuid} NOT NULL CONSTRAINT pk_sign_in_event PRIMARY KEY,
    at bigint NOT NULL,
    account_id {uuid} CONSTRAINT fk_sign_in_event_account REFERENCES account (id),
    address text NOT NULL,
    outcome text NOT NULL
)",
    "CREATE INDEX ix_sign_in_event_account ON sign_in_event (account_id, at)",
    "CREATE TABLE sign_in_throttle (
    key text NOT NULL CONSTRAINT pk_sign_in_throttle PRIMARY KEY,
    failures integer NOT NULL,
    last_at bigint NOT NULL,
    blocked_until bigint NOT NULL
)",
];

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await
    }
}
