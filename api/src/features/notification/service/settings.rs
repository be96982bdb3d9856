//! What an account wants to be told.
use std::collections::BTreeMap;

use entity::{AccountId, NotificationKind, notification_setting};
use sea_orm::{ConnectionTrait, DbErr, Iterable};
use serde_json::json;

use crate::{
    audit::{self, Change, Snapshot},
    authz::Actor,
    db::Tx,
    features::notification::repo,
};

/// Whether an account wants to be told of one kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// The kind.
    pub kind: NotificationKind,
    /// Whether the app shows it.
    pub in_app: bool,
    /// Whether the daily digest counts it; a digest does not count digests.
    pub in_digest: bool,
}

impl From<notification_setting::Model> for Setting {
    fn from(row: notification_setting::Model) -> Self {
        Self { kind: row.kind, in_app: row.in_app, in_digest: row.in_digest }
    }
}

/// The settings of `account` for every kind, in the order of the kinds; everything is told unless somebody said otherwise.
pub async fn all_settings(conn: &impl ConnectionTrait, account: AccountId) -> Result<Vec<Setting>, DbErr> {
    let usual = |kind| (kind, Setting { kind, in_app: true, in_digest: kind != NotificationKind::DailyDigest });
    let mut settings: BTreeMap<NotificationKind, Setting> = NotificationKind::iter().map(usual).collect();
    settings.extend(repo::settings(conn, &[account]).await?.into_iter().map(|row| (row.kind, row.into())));
    Ok(settings.into_values().collect())
}

/// Changes the settings of `actor` for the kinds in `wanted`.
pub async fn update_settings(tx: &Tx, actor: &Actor, wanted: Vec<Setting>) -> Result<Vec<Setting>, DbErr> {
    let before = all_settings(tx.conn(), actor.account()).await?;
    let wanted: BTreeMap<NotificationKind, Setting> =
        wanted.into_iter().map(|setting| (setting.kind, setting)).collect();
    let changed: Vec<Setting> = wanted.into_values().filter(|setting| !before.contains(setting)).collect();
    if changed.is_empty() {
        return Ok(before);
    }
    let account_id = actor.account();
    let row = |Setting { kind, in_app, in_digest }: &Setting| notification_setting::Model {
        account_id,
        kind: *kind,
        in_app: *in_app,
        in_digest: *in_digest && *kind != NotificationKind::DailyDigest,
    };
    repo::set(tx, changed.iter().map(row).collect()).await?;
    let shown = |setting: &Setting| json!([setting.kind, setting.in_app, setting.in_digest]);
    let change = Change {
        action: "notificationSettingsUpdate",
        object_type: "Account",
        object_id: account_id.0,
        organization: None,
        person: actor.person(),
        before: Snapshot::new(),
        after: Snapshot::from([("notifications", changed.iter().map(shown).collect())]),
        reason: None,
    };
    audit::record(tx, Some(account_id), change).await?;
    all_settings(tx.conn(), account_id).await
}
