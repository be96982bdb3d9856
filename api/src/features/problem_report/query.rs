//! Reading problem reports.
use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::ProblemReportId;

use super::{ProblemReport, ProblemReportConnection, loader::ProblemReportSource, repo};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on problem reports.
#[derive(Default)]
pub struct ProblemReportQuery;

#[Object]
impl ProblemReportQuery {
    /// Reported problems, newest first: the viewer's own, and with `problem:read` on the whole tree everybody's.
    async fn problem_reports(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<ProblemReportConnection> {
        let request = request(ctx);
        let all = repo::list(request.actor()?);
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(ProblemReportConnection::new(page, move || all.clone()))
    }
}

/// The report `id`; none where it is missing or hidden.
pub async fn report(ctx: &Context<'_>, id: ProblemReportId) -> Result<Option<ProblemReport>> {
    let loader = request(ctx)
        .loader(|app, actor| ProblemReportSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(ProblemReport))
}
