//! Reading memberships: decode, call, encode.
use std::sync::Arc;

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
    let filter = filter.unwrap_or_default().under_the_rules(request(ctx)).await?;
    if let PageArgs { first, after: None, last: None, before: None } = args
        && first.is_none_or(|first| (1..=page::LARGEST).contains(&u64::try_from(first).unwrap_or(0)))
    {
        return first_page(ctx, organization, include_descendants, first, filter, order).await;
    }
    list(ctx, args, &filter.of(organization, include_descendants), order).await
}

/// The first page of [`members_of`], read together with those of the other organizations that are answered.
async fn first_page(
    ctx: &Context<'_>,
    organization: OrganizationId,
    descendants: bool,
    first: Option<i32>,
    filter: repo::Filter,
    order: Option<MemberOrder>,
) -> Result<MemberConnection> {
    let actor = Arc::clone(request(ctx).actor()?);
    let (by, descending) = sorted(order);
    let people = asks_for_people(ctx);
    let asked = loader::FirstPage { filter: filter.clone(), by, descending, first, descendants, people };
    let page = loader::first_page(ctx, asked, organization).await?;
    let filter = filter.of(organization, descendants);
    Ok(MemberConnection::new(page, move || repo::list(&actor.scope(Permission::PersonRead), &filter, actor.today())))
}

/// Whether the rows of the list that is being answered are asked for their persons.
fn asks_for_people(ctx: &Context<'_>) -> bool {
    let asked = ctx.look_ahead();
    asked.field("nodes").field("person").exists() || asked.field("edges").field("node").field("person").exists()
}

async fn list(
    ctx: &Context<'_>,
    args: PageArgs,
    filter: &repo::Filter,
    order: Option<MemberOrder>,
) -> Result<MemberConnection> {
    let request = request(ctx);
    let actor = request.actor()?;
    let scope = actor.scope(Permission::PersonRead);
    let all = repo::list(&scope, filter, actor.today());
    let (by, descending) = sorted(order);
    let select = repo::along(all.clone(), &scope, filter, by);
    let (sort, place) = repo::sort(by, descending);
    let (conn, vault) = (request.app.db.read(), &request.app.vault);
    let page = if asks_for_people(ctx) {
        let select = repo::with_people(select);
        let page = page::read(conn, vault, select, sort, &args, |row: &repo::RowWithPerson| place(&row.row)).await?;
        loader::without_people(ctx, page).await?
    } else {
        page::read(conn, vault, select, sort, &args, place).await?
    };
    Ok(MemberConnection::new(page, move || all.clone()))
}

fn sorted(order: Option<MemberOrder>) -> (repo::Order, bool) {
    let Some(MemberOrder { field, direction }) = order else { return (repo::Order::Name, false) };
    let by = match field {
        MemberOrderField::Name => repo::Order::Name,
        MemberOrderField::Stage => repo::Order::Stage,
        MemberOrderField::AppliedOn => repo::Order::AppliedOn,
        MemberOrderField::FullOn => repo::Order::FullOn,
        MemberOrderField::UpdatedAt => repo::Order::UpdatedAt,
    };
    (by, direction == OrderDirection::Desc)
}
