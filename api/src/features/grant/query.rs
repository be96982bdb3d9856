//! Reading grants.
use async_graphql::{Context, ID, Object};
use entity::{AccountId, RoleId};
use uuid::Uuid;

use super::{Grant, GrantConnection, GrantFilter, loader, repo};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    features::account,
    graphql::{Result, ids, request},
};

/// Queries on grants.
#[derive(Default)]
pub struct GrantQuery;

#[Object]
impl GrantQuery {
    /// Grants that wait for the viewer as second holder, oldest first, at most 500: those which he could have given and
    /// neither gave nor gets.
    async fn grants_to_confirm(&self, ctx: &Context<'_>) -> Result<Vec<Grant>> {
        loader::waiting(ctx).await
    }

    /// Grants that the viewer may see, those that end first at the beginning: his own, and those in the scope of
    /// `grant:read`.
    async fn grants(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<GrantFilter>,
    ) -> Result<GrantConnection> {
        let request = request(ctx);
        let filter = decode(ctx, filter.unwrap_or_default()).await?;
        let all = repo::list(request.actor()?, &filter);
        let (sort, place) = repo::sort(filter.standing == Some(repo::Standing::Ended));
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(GrantConnection::new(page, move || all.clone()))
    }
}

/// The filter with the keys of objects. A hidden account or role is as good as none: it finds nothing.
async fn decode(ctx: &Context<'_>, filter: GrantFilter) -> Result<repo::Filter> {
    let account = match filter.account {
        Some(id) => {
            let found = account::account(ctx, ids::decode_or_nil(&id)).await?;
            Some(found.map_or(AccountId(Uuid::nil()), |account| account.0.id))
        }
        None => None,
    };
    let reads_roles = request(ctx).actor()?.may_somewhere(Permission::RoleRead);
    let role = |id: ID| if reads_roles { ids::decode_or_nil(&id) } else { RoleId(Uuid::nil()) };
    Ok(repo::Filter {
        account,
        role: filter.role.map(role),
        organization: filter.organization.map(|id| ids::decode_or_nil(&id)),
        standing: filter.status.map(Into::into),
        ends_by: filter.ends_by.map(|day| day.0),
    })
}
