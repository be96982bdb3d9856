//! Marking notifications as read.
use entity::{NotificationId, notification};
use sea_orm::DbErr;
use serde_json::json;

use crate::{
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
    features::notification::repo,
};

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotificationRead {
    /// The notification.
    pub notification: NotificationId,
    /// Whether everything that was made before it was read as well.
    pub and_older: bool,
}

/// Why nothing was marked.
#[derive(Debug)]
pub enum NotificationReadError {
    /// The notification is missing, or in somebody else's inbox.
    NotFound,
    /// The database failed.
    Db(DbErr),
}

impl From<DbErr> for NotificationReadError {
    fn from(error: DbErr) -> Self {
        Self::Db(error)
    }
}

/// Marks as read. What is read already stays as it is and leaves nothing in history.
pub async fn read(
    tx: &Tx,
    actor: &Actor,
    command: NotificationRead,
) -> Result<notification::Model, NotificationReadError> {
    let NotificationRead { notification, and_older } = command;
    let found = async || repo::get(tx.conn(), actor.account(), notification).await;
    let old = found().await?.ok_or(NotificationReadError::NotFound)?;
    let read = repo::read(tx, actor.account(), notification, !and_older).await?;
    if read == 0 {
        return Ok(old);
    }
    let change = Change {
        action: if and_older { "notificationReadAll" } else { "notificationRead" },
        object_type: "Notification",
        object_id: notification.0,
        organization: None,
        person: None,
        before: Snapshot::new(),
        after: Snapshot::from([("read", json!(read))]),
        reason: None,
    };
    audit::record(tx, Some(actor.account()), change).await?;
    found().await?.ok_or(NotificationReadError::NotFound)
}
