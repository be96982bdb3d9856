//! Reading jobs.
use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::JobId;

use super::{Job, JobConnection, JobFilter, loader::JobSource, repo};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on jobs.
#[derive(Default)]
pub struct JobQuery;

#[Object]
impl JobQuery {
    /// Background work, newest first: what the viewer asked for, and with `job:read` on the whole tree everything.
    async fn jobs(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<JobFilter>,
    ) -> Result<JobConnection> {
        let request = request(ctx);
        let all = repo::list(request.actor()?, &filter.unwrap_or_default().into());
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(JobConnection::new(page, move || all.clone()))
    }
}

/// The job `id`; none where it is missing or hidden.
pub async fn job(ctx: &Context<'_>, id: JobId) -> Result<Option<Job>> {
    let loader =
        request(ctx).loader(|app, actor| JobSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(Job))
}
