//! Following organizations.
use async_graphql::{Context, ID, Subscription};
use entity::{FactKind, OrganizationId};
use futures_util::Stream;

use super::{Organization, organization};
use crate::{
    authz::Permission,
    graphql::{
        Result, ids,
        live::{About, Interest, answer, wait_for},
    },
};

/// Subscriptions on organizations.
#[derive(Default)]
pub struct OrganizationSubscription;

#[Subscription]
impl OrganizationSubscription {
    /// The organization now and after each change of it; null, and the end, where it is missing or hidden.
    async fn organization_changed(
        &self,
        ctx: &Context<'_>,
        id: ID,
    ) -> Result<impl Stream<Item = Option<Organization>>> {
        let id: OrganizationId = ids::decode_or_nil(&id);
        let found = organization(ctx, id).await?;
        if found.is_some() {
            let right = Some((Permission::OrganizationRead, id));
            wait_for(ctx, Interest { kind: FactKind::Record, about: About::Object(id.0), right });
        }
        answer(found)
    }
}
