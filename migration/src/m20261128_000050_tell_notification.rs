//! What comes into an inbox, and what was read in it, is told to whoever follows it.
use sea_orm_migration::prelude::*;

use crate::sql;

/// The fact names the account, so that an inbox is followed and not one notification.
const NOTIFICATION: &str = "INSERT INTO outbox (kind, object_type, object_id, organization_id)
    VALUES ('NOTIFICATION', 'Account', NEW.account_id, NULL)";

#[derive(DeriveMigrationName)]
pub struct Migration;

#[async_trait::async_trait]
impl MigrationTrait for Migration {
    async fn up(&self, manager: &SchemaManager) -> Result<(), DbErr> {
        sql::after_insert(manager, "notification", "outbox_tells_notification_made", NOTIFICATION).await?;
        sql::after(manager, "UPDATE OF read_at", "notification", "outbox_tells_notification_read", NOTIFICATION).await
    }
}
