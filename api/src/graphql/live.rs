//! What a subscription waits for.
//!
//! A subscription is answered like a query, once at its beginning and again for every change that matters to it: each
//! time it is run anew with the rights and the loaders of that moment, so that an event shows nothing that a query
//! would not. Its resolver looks the object up and says by [`wait_for`] when to ask again; where there is nothing to
//! wait for, because the object is missing or hidden, the answer was the last one.
use std::sync::OnceLock;

use async_graphql::Context;
use entity::{FactKind, OrganizationId};
use futures_util::{Stream, stream};
use uuid::Uuid;

use super::Result;
use crate::{
    authz::{Actor, Permission},
    outbox::Fact,
};

/// What a change must be about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum About {
    /// One object.
    Object(Uuid),
    /// An organization or one below it.
    Subtree(OrganizationId),
}

/// The changes that a subscription is answered for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interest {
    /// What facts tell.
    pub kind: FactKind,
    /// What they are about.
    pub about: About,
    /// The right on which the answer rests; none where it rests on being oneself. Once it has ended no change is told,
    /// only its end.
    pub right: Option<(Permission, OrganizationId)>,
}

impl Interest {
    /// Whether the right still holds.
    pub fn is_allowed(&self, actor: &Actor) -> bool {
        self.right.is_none_or(|(permission, organization)| actor.may(permission, organization))
    }

    /// Whether `fact` is one of these changes.
    pub fn is_met(&self, fact: &Fact, actor: &Actor) -> bool {
        let about = match self.about {
            About::Object(id) => fact.object_id == id,
            About::Subtree(top) => fact.organization.is_some_and(|below| actor.tree().contains(top, below)),
        };
        fact.kind == self.kind && about && self.is_allowed(actor)
    }
}

/// Where a resolver leaves what its subscription waits for.
#[derive(Debug, Default)]
pub struct Waiting(OnceLock<Interest>);

impl Waiting {
    /// What the subscription waits for; none where it is over.
    pub fn interest(&self) -> Option<Interest> {
        self.0.get().copied()
    }
}

/// The subscription behind `ctx` is asked again for each change of `interest`.
pub fn wait_for(ctx: &Context<'_>, interest: Interest) {
    if let Ok(waiting) = ctx.data::<std::sync::Arc<Waiting>>() {
        // A subscription has one field, so nobody was here before.
        let _ = waiting.0.set(interest);
    }
}

/// The answer of this moment, in the form that the library wants of a subscription.
pub fn answer<T: Send>(value: T) -> Result<impl Stream<Item = T> + Send> {
    Ok(stream::iter([value]))
}
