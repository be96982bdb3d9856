//! Reading obligations.
use std::sync::Arc;

use async_graphql::{Context, Object};
use entity::ObligationId;

use super::{Obligation, ObligationConnection, ObligationFilter, loader::ObligationSource, repo};
use crate::{
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on obligations.
#[derive(Default)]
pub struct ObligationQuery;

#[Object]
impl ObligationQuery {
    /// Obligations that the viewer may see, the most urgent first; fulfilled ones newest first.
    async fn obligations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<ObligationFilter>,
    ) -> Result<ObligationConnection> {
        let request = request(ctx);
        let filter: repo::Filter = filter.unwrap_or_default().into();
        let all = repo::list(request.actor()?, &filter);
        let (sort, place) = repo::sort(filter.closed);
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(ObligationConnection::new(page, move || all.clone()))
    }
}

/// The obligation `id`; none where it is missing or hidden.
pub async fn obligation(ctx: &Context<'_>, id: ObligationId) -> Result<Option<Obligation>> {
    let loader =
        request(ctx).loader(|app, actor| ObligationSource { conn: app.db.read().clone(), actor: Arc::clone(actor) })?;
    Ok(loader.load(id).await?.map(Obligation))
}
