//! Following one's own inbox.
use async_graphql::{Context, Subscription};
use entity::FactKind;
use futures_util::Stream;

use super::query;
use crate::graphql::{
    Result,
    live::{About, Interest, answer, wait_for},
    request,
};

/// Subscriptions on notifications.
#[derive(Default)]
pub struct NotificationSubscription;

#[Subscription]
impl NotificationSubscription {
    /// How many notifications of the viewer's inbox are not read, now and whenever one comes or is read: the moment to ask
    /// for `notifications` again.
    async fn notifications_changed(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = i32>> {
        let unread = query::unread(ctx).await?;
        let own = About::Object(request(ctx).actor()?.account().0);
        wait_for(ctx, Interest { kind: FactKind::Notification, about: own, right: None });
        answer(unread)
    }
}
