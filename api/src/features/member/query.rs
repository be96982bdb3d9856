//! Reading memberships: decode, call, encode.
use async_graphql::{Context, ID, Object};
use entity::OrganizationId;

use super::{Member, MemberConnection, MemberFilter, MemberOrder, MemberOrderField, loader, repo};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    features::organization::OrderDirection,
    graphql::{Result, ids, request},
};

/// Queries on memberships.
#[derive(Default)]
pub struct MemberQuery;

#[Object]
impl MemberQuery {
    /// The membership with this id; null where it is missing or hidden.
    async fn member(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Member>> {
        loader::member(ctx, ids::decode_or_nil(&id)).await
    }

    /// Members in the viewer's scope, by name where nothing else is said.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn members(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<MemberFilter>,
        order_by: Option<MemberOrder>,
    ) -> Result<MemberConnection> {
        let filter = filter.unwrap_or_default().under_the_rules(request(ctx)).await?;
        list(ctx, PageArgs { first, after, last, before }, &filter, order_by).await
    }
}

/// A page of the members whose home organization is `organization`, or lies below it.
pub async fn members_of(
    ctx: &Context<'_>,
    organization: OrganizationId,
    include_descendants: bool,
    args: PageArgs,
    filter: Option<MemberFilter>,
    order: Option<MemberOrder>,
) -> Result<MemberConnection> {
    let mut filter = filter.unwrap_or_default().under_the_rules(request(ctx)).await?;
    if include_descendants {
        filter.under.push(organization);
    } else {
        filter.home = Some(organization);
    }
    list(ctx, args, &filter, order).await
}

async fn list(
    ctx: &Context<'_>,
    args: PageArgs,
    filter: &repo::Filter,
    order: Option<MemberOrder>,
) -> Result<MemberConnection> {
    let request = request(ctx);
    let actor = request.actor()?;
    let all = repo::list(&actor.scope(Permission::PersonRead), filter, actor.today());
    let (by, descending) = match order {
        None => (repo::Order::Name, false),
        Some(MemberOrder { field, direction }) => (
            match field {
                MemberOrderField::Name => repo::Order::Name,
                MemberOrderField::Stage => repo::Order::Stage,
                MemberOrderField::AppliedOn => repo::Order::AppliedOn,
                MemberOrderField::FullOn => repo::Order::FullOn,
                MemberOrderField::UpdatedAt => repo::Order::UpdatedAt,
            },
            direction == OrderDirection::Desc,
        ),
    };
    let (sort, place) = repo::sort(by, descending);
    let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
    Ok(MemberConnection::new(page, all))
}
