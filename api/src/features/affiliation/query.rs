//! Reading affiliations.
use async_graphql::{Context, Object};

use super::{AffiliationConnection, AffiliationFilter, repo};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    graphql::{Result, request},
};

/// Queries on affiliations.
#[derive(Default)]
pub struct AffiliationQuery;

#[Object]
impl AffiliationQuery {
    /// Running ties of persons to organizations in the viewer's scope, by the person's name. Here are the persons
    /// without a membership, and those whose membership lies elsewhere.
    async fn affiliations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AffiliationFilter>,
    ) -> Result<AffiliationConnection> {
        let request = request(ctx);
        let actor = request.actor()?;
        let filter = filter.unwrap_or_default().into();
        let all = repo::list(&actor.scope(Permission::PersonRead), &filter, actor.today());
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(AffiliationConnection::new(page, move || all.clone()))
    }
}
