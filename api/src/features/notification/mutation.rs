//! Marking one's notifications as read, and choosing what one is told.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::notification;
use sea_orm::DbErr;

use super::{Notification, NotificationKind, NotificationSetting, service};
use crate::graphql::{Call, Explain, Explained, Lock, Problem, Result, UserError, ids};

/// A notification that was read.
#[derive(InputObject)]
pub struct NotificationReadInput {
    /// The notification.
    pub notification: ID,
}

/// What became of `notificationRead`.
#[derive(SimpleObject)]
pub struct NotificationReadPayload {
    /// The notification; null where there are user errors.
    pub notification: Option<Notification>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Notifications that were read.
#[derive(InputObject)]
pub struct NotificationReadAllInput {
    /// The newest one that was seen; what was made after it stays unread.
    pub notification: ID,
}

/// What became of `notificationReadAll`.
#[derive(SimpleObject)]
pub struct NotificationReadAllPayload {
    /// The newest one; null where there are user errors.
    pub notification: Option<Notification>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What is wanted of one kind.
#[derive(InputObject)]
pub struct NotificationSettingUpdateInput {
    /// The kind.
    pub kind: NotificationKind,
    /// Whether the app shows it.
    pub in_app: bool,
    /// Whether the daily digest counts it.
    pub in_digest: bool,
}

/// What became of `notificationSettingUpdate`.
#[derive(SimpleObject)]
pub struct NotificationSettingUpdatePayload {
    /// What the viewer is told of this kind now.
    pub setting: Option<NotificationSetting>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Mutations on notifications.
#[derive(Default)]
pub struct NotificationMutation;

#[Object]
impl NotificationMutation {
    /// Marks a notification of one's own inbox as read. Codes: `NOT_FOUND`.
    async fn notification_read(
        &self,
        ctx: &Context<'_>,
        input: NotificationReadInput,
    ) -> Result<NotificationReadPayload> {
        let (notification, user_errors) = mark(ctx, &input.notification, false).await?;
        Ok(NotificationReadPayload { notification, user_errors })
    }

    /// Marks everything in one's own inbox as read, up to the newest one that was seen. Codes: `NOT_FOUND`.
    async fn notification_read_all(
        &self,
        ctx: &Context<'_>,
        input: NotificationReadAllInput,
    ) -> Result<NotificationReadAllPayload> {
        let (notification, user_errors) = mark(ctx, &input.notification, true).await?;
        Ok(NotificationReadAllPayload { notification, user_errors })
    }

    /// Changes what one is told of one kind.
    async fn notification_setting_update(
        &self,
        ctx: &Context<'_>,
        input: NotificationSettingUpdateInput,
    ) -> Result<NotificationSettingUpdatePayload> {
        let call = Call::begin(ctx, Lock::None).await?;
        let NotificationSettingUpdateInput { kind, in_app, in_digest } = input;
        let wanted = service::Setting { kind: kind.into(), in_app, in_digest };
        let outcome = service::update_setting(&call.tx, &call.actor, wanted).await;
        let (setting, user_errors) = call.finish(outcome.map_err(Failed)).await?;
        Ok(NotificationSettingUpdatePayload { setting: setting.map(NotificationSetting::from), user_errors })
    }
}

async fn mark(ctx: &Context<'_>, id: &ID, and_older: bool) -> Result<(Option<Notification>, Vec<UserError>)> {
    let call = Call::begin(ctx, Lock::None).await?;
    let command = service::NotificationRead { notification: ids::decode_or_nil(id), and_older };
    let outcome = service::read(&call.tx, &call.actor, command).await;
    let (notification, user_errors) = call.finish(outcome).await?;
    Ok((notification.map(Notification::from), user_errors))
}

impl Explain<notification::Model> for service::NotificationReadError {
    fn explain(self) -> Explained {
        match self {
            Self::NotFound => Problem::not_found(&["notification"], "通知", "notification").into(),
            Self::Db(error) => error.into(),
        }
    }
}

/// A setting can only fail with the database.
struct Failed(DbErr);

impl Explain<service::Setting> for Failed {
    fn explain(self) -> Explained {
        self.0.into()
    }
}
