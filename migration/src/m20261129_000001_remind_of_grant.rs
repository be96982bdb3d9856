//! Grants that end soon are duties of their own, which only whoever sees grants is told of.
use sea_orm_migration::prelude::*;

use crate::sql;

const STATEMENTS: &[&str] = &[
    "ALTER TABLE obligation ADD COLUMN grant_id {uuid} CONSTRAINT fk_obligation_grant REFERENCES role_grant (id)",
    "DROP INDEX uq_obligation_organization_open",
    "CREATE UNIQUE INDEX uq_obligation_organization_open ON obligation (kind, organization_id)
    WHERE closed_at IS NULL AND person_id IS NULL AND grant_id IS NULL",
    "CREATE UNIQUE INDEX uq_obligation_grant_open ON obligation (kind, grant_id) WHERE closed_at IS NULL AND grant_id IS NOT NULL",
];

/// That a duty arose is told to whoever sees the duties of the organization, who need not see its grants: what becomes of
/// a grant is told by its own history.
const OBLIGATION: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    SELECT 'OBLIGATION', 'Obligation', NEW.id, NEW.organization_id WHERE NEW.grant_id IS NULL";
const OBLIGATION_LEFT: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    SELECT 'OBLIGATION', 'Obligation', OLD.id, OLD.organization_id
    WHERE OLD.organization_id <> NEW.organization_id AND OLD.grant_id IS NULL";
const OPENED: &str = "outbox_tells_obligation_opened";
const CHANGED: &str = "outbox_tells_obligation_changed";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::run(manager, STATEMENTS).await?;
        for name in [OPENED, CHANGED] {
            sql::drop_after(manager, "obligation", name).await?;
        }
        sql::after_insert(manager, "obligation", OPENED, OBLIGATION).await?;
        sql::after(manager, "UPDATE", "obligation", CHANGED, &format!("{OBLIGATION}; {OBLIGATION_LEFT}")).await
    }
}
