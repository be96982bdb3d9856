//! Reading organizations: decode, call, encode.
use async_graphql::{Context, ID, Object};

use super::{
    OrderDirection, Organization, OrganizationConnection, OrganizationFilter, OrganizationOrder,
    OrganizationOrderField, OrganizationTree, OrganizationTreeRow, loader, repo, service::tree,
};
use crate::{
    authz::Permission,
    db::page::{self, PageArgs},
    graphql::{Result, ids, request},
};

/// Queries on organizations.
#[derive(Default)]
pub struct OrganizationQuery;

#[Object]
impl OrganizationQuery {
    /// The organization with this id; null where it is missing or hidden.
    async fn organization(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Organization>> {
        loader::organization(ctx, ids::decode_or_nil(&id)).await
    }

    /// Organizations in the viewer's scope.
    #[expect(clippy::too_many_arguments, reason = "the arguments of a connection")]
    async fn organizations(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<OrganizationFilter>,
        order_by: Option<OrganizationOrder>,
    ) -> Result<OrganizationConnection> {
        list(ctx, PageArgs { first, after, last, before }, &filter.unwrap_or_default().into(), order_by).await
    }

    /// The visible part of the tree in one call, depth first; made for tree views.
    async fn organization_tree(
        &self,
        ctx: &Context<'_>,
        #[graphql(desc = "Top of the part asked for; all visible roots where left out.")] root: Option<ID>,
        #[graphql(desc = "Steps below the top; as many as fit where left out.")] depth: Option<i32>,
    ) -> Result<OrganizationTree> {
        let request = request(ctx);
        let actor = request.actor()?;
        let read = actor.scope(Permission::OrganizationRead);
        let scope = match root {
            Some(root) => read.within(ids::decode_or_nil(&root)),
            None => read,
        };
        let counts = repo::member_counts(request.app.db.read()).await?;
        let visible = tree::visible(actor, &scope, depth.map(|depth| u32::try_from(depth).unwrap_or(0)), &counts);
        let rows = visible.rows.into_iter().map(|row| OrganizationTreeRow {
            id: ids::encode(row.id),
            parent_id: row.parent.map(ids::encode),
            name: row.name,
            sort_key: row.sort_key,
            kind: row.kind.into(),
            level: row.level.into(),
            depth: i32::try_from(row.depth).unwrap_or(i32::MAX),
            member_count: row.members.map(|n| i32::try_from(n).unwrap_or(i32::MAX)),
            child_count: i32::try_from(row.children).unwrap_or(i32::MAX),
        });
        Ok(OrganizationTree { rows: rows.collect(), has_more: visible.has_more })
    }
}

/// A page of the organizations that match `filter`.
pub(super) async fn list(
    ctx: &Context<'_>,
    args: PageArgs,
    filter: &repo::Filter,
    order: Option<OrganizationOrder>,
) -> Result<OrganizationConnection> {
    let request = request(ctx);
    let all = repo::list(&request.scope(Permission::OrganizationRead)?, filter);
    let (by, descending) = match order {
        None => (repo::Order::Name, false),
        Some(OrganizationOrder { field, direction }) => (
            match field {
                OrganizationOrderField::Name => repo::Order::Name,
                OrganizationOrderField::Code => repo::Order::Code,
                OrganizationOrderField::UpdatedAt => repo::Order::UpdatedAt,
            },
            direction == OrderDirection::Desc,
        ),
    };
    let (sort, place) = repo::sort(by, descending);
    let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
    Ok(OrganizationConnection::new(page, move || all.clone()))
}
