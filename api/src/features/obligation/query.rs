//! Reading obligations.
use async_graphql::{Context, Object};
use entity::ObligationId;

use super::{Obligation, ObligationConnection, ObligationFilter, loader::ObligationSource, repo};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on obligations.
#[derive(Default)]
pub struct ObligationQuery;

#[Object]
impl ObligationQuery {
    /// Obligations of organizations in the viewer's scope, the most urgent first; fulfilled ones newest first.
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
        let scope = request.scope(Permission::ObligationRead)?;
        let all = repo::list(&scope, &filter, request.actor()?.today());
        let (sort, place) = repo::sort(filter.closed);
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(ObligationConnection::new(page, all))
    }
}

/// The obligation `id`; none where it is missing or hidden.
pub async fn obligation(ctx: &Context<'_>, id: ObligationId) -> Result<Option<Obligation>> {
    let loader = request(ctx).loader(|app, actor| ObligationSource {
        conn: app.db.read().clone(),
        scope: actor.scope(Permission::ObligationRead),
    })?;
    Ok(loader.load(id).await?.map(Obligation))
}
