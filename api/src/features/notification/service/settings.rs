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

/// Changes what `actor` is told of one kind.
pub async fn update_setting(tx: &Tx, actor: &Actor, wanted: Setting) -> Result<Setting, DbErr> {
    let in_digest = wanted.in_digest && wanted.kind != NotificationKind::DailyDigest;
    let (account_id, wanted) = (actor.account(), Setting { in_digest, ..wanted });
    let old = all_settings(tx.conn(), account_id).await?.into_iter().find(|setting| setting.kind == wanted.kind);
    let Some(old) = old.filter(|old| *old != wanted) else { return Ok(wanted) };
    let Setting { kind, in_app, in_digest } = wanted;
    repo::set(tx, notification_setting::Model { account_id, kind, in_app, in_digest }).await?;
    let shown = |setting: Setting| {
        let Setting { kind, in_app, in_digest } = setting;
        Snapshot::from([("notification", json!(kind)), ("inApp", json!(in_app)), ("inDigest", json!(in_digest))])
    };
    let change = Change {
        action: "notificationSettingUpdate",
        object_type: "Account",
        object_id: account_id.0,
        organization: None,
        person: actor.person(),
        before: shown(old),
        after: shown(wanted),
        reason: None,
    };
    audit::record(tx, Some(account_id), change).await?;
    Ok(wanted)
}
