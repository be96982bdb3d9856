//! Following what is due.
use async_graphql::{Context, ID, Subscription};
use entity::{FactKind, OrganizationId};
use futures_util::Stream;

use crate::{
    authz::Permission,
    features::organization::{self, Organization},
    graphql::{
        Result, ids,
        live::{About, Interest, answer, wait_for},
        request,
    },
};

/// Subscriptions on obligations.
#[derive(Default)]
pub struct ObligationSubscription;

#[Subscription]
impl ObligationSubscription {
    /// The organization now and whenever a duty in it or below it arises, moves or is fulfilled: the moment to ask for
    /// `obligations` again. Null, and the end, where it is missing or its duties are hidden.
    async fn obligations_changed(
        &self,
        ctx: &Context<'_>,
        organization: ID,
    ) -> Result<impl Stream<Item = Option<Organization>>> {
        let id: OrganizationId = ids::decode_or_nil(&organization);
        let allowed = request(ctx).actor()?.may(Permission::ObligationRead, id);
        let found = if allowed { organization::organization(ctx, id).await? } else { None };
        if found.is_some() {
            let right = Some((Permission::ObligationRead, id));
            wait_for(ctx, Interest { kind: FactKind::Obligation, about: About::Subtree(id), right });
        }
        answer(found)
    }
}
