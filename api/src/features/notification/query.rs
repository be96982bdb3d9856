//! Reading one's own inbox.
use async_graphql::{Context, Object};
use entity::NotificationId;

use super::{Notification, NotificationConnection, NotificationFilter, NotificationSetting, repo, service};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on notifications.
#[derive(Default)]
pub struct NotificationQuery;

#[Object]
impl NotificationQuery {
    /// The viewer's own inbox, newest first, without the kinds that he does not want to see.
    async fn notifications(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<NotificationFilter>,
    ) -> Result<NotificationConnection> {
        let request = request(ctx);
        let all = repo::list(request.actor()?.account(), &filter.unwrap_or_default().into());
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(NotificationConnection::new(page, move || all.clone()))
    }

    /// How many notifications of the viewer's inbox are not read.
    async fn notification_unread_count(&self, ctx: &Context<'_>) -> Result<i32> {
        unread(ctx).await
    }

    /// What the viewer wants to be told, for every kind.
    async fn notification_settings(&self, ctx: &Context<'_>) -> Result<Vec<NotificationSetting>> {
        let request = request(ctx);
        let settings = service::all_settings(request.app.db.read(), request.actor()?.account()).await?;
        Ok(settings.into_iter().map(NotificationSetting::from).collect())
    }
}

/// How many of the viewer's inbox are not read.
pub(super) async fn unread(ctx: &Context<'_>) -> Result<i32> {
    let request = request(ctx);
    let unread = repo::unread(request.app.db.read(), request.actor()?.account()).await?;
    Ok(i32::try_from(unread).unwrap_or(i32::MAX))
}

/// The notification `id` of the viewer's inbox.
pub async fn notification(ctx: &Context<'_>, id: NotificationId) -> Result<Option<Notification>> {
    let request = request(ctx);
    Ok(repo::get(request.app.db.read(), request.actor()?.account(), id).await?.map(Notification::from))
}
