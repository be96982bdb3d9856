//! GraphQL types of accounts and sign-in sessions.
mod candidate;
mod change;
mod session;
mod viewer;

use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::account;

pub use candidate::*;
pub use change::*;
pub use session::*;
pub use viewer::*;

use super::{loader, policy, repo};
use crate::{
    authz::Permission,
    connection,
    features::{
        api_token::{self, ApiToken},
        grant::{self, Grant},
        person::{self, Person},
        post::{self, OrganizationPost},
        role::Permission as PermissionEntry,
    },
    graphql::{Result, ids, request, scalar::DateTime},
};

/// Whose account it is.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::AccountKind")]
pub enum AccountKind {
    /// Of a person.
    Person,
    /// Of another system.
    Service,
}

/// Whether an account may sign in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::AccountStatus")]
pub enum AccountStatus {
    /// It may.
    Active,
    /// It may not.
    Disabled,
}

/// How the one-time link of an account without a password stands.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "repo::LinkState")]
pub enum AccountLinkState {
    /// It waits for its person.
    Open,
    /// It ran out unused; a reset makes another one.
    Expired,
}

/// The one-time link of an account without a password.
#[derive(SimpleObject)]
pub struct AccountLink {
    /// How it stands.
    pub state: AccountLinkState,
    /// When it ends or ended; null where that is no longer kept.
    pub valid_until: Option<DateTime>,
}

impl From<repo::OneTimeLink> for AccountLink {
    fn from(link: repo::OneTimeLink) -> Self {
        Self { state: link.state.into(), valid_until: link.valid_until.map(DateTime) }
    }
}

/// A login of a person or of a service.
#[derive(Clone)]
pub struct Account(pub Arc<account::Model>);

impl From<account::Model> for Account {
    fn from(row: account::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A login of a person or of a service.
#[Object]
impl Account {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Sign-in name.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// Person or service.
    async fn kind(&self) -> AccountKind {
        self.0.kind.into()
    }

    /// Active or disabled.
    async fn status(&self) -> AccountStatus {
        self.0.status.into()
    }

    /// Whose account it is; null for services and where the viewer may not see the person.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.person_id {
            Some(id) => person::person(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Grants that have not ended, waiting ones too, as far as the viewer may see them.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<Grant>> {
        grant::grants_of(ctx, self.0.id).await
    }

    /// Running posts of the account's person with which a grant could end: those at organizations where the viewer may give
    /// roles.
    async fn posts(&self, ctx: &Context<'_>) -> Result<Vec<OrganizationPost>> {
        let actor = request(ctx).actor()?;
        let Some(person) = self.0.person_id.filter(|_| actor.may_somewhere(Permission::GrantCreate)) else {
            return Ok(Vec::new());
        };
        let mut posts = post::posts_of_person(ctx, person, None).await?;
        posts.retain(|post| actor.may(Permission::GrantCreate, post.0.organization_id));
        Ok(posts)
    }

    /// Running sign-in sessions, newest first.
    async fn sessions(&self, ctx: &Context<'_>) -> Result<Vec<SignInSession>> {
        loader::sessions_of(ctx, self.0.id).await
    }

    /// The one-time link by which its person is to set a password; null where it has one, or may not sign in.
    async fn link(&self, ctx: &Context<'_>) -> Result<Option<AccountLink>> {
        Ok(loader::link_of(ctx, &self.0).await?.map(AccountLink::from))
    }

    /// Whether it has a second factor; null where it is neither the viewer's own nor one that he may reset.
    async fn second_factor(&self, ctx: &Context<'_>) -> Result<Option<bool>> {
        let actor = request(ctx).actor()?;
        let shown = actor.account() == self.0.id || policy::can_reset(actor, self.0.id).is_ok();
        let known = actor.authority().accounts.get(&self.0.id).filter(|_| shown);
        Ok(known.map(|known| known.second_factor))
    }

    /// Tokens by which a service asks, newest first; none where the viewer may not see all that the account may do.
    async fn api_tokens(&self, ctx: &Context<'_>) -> Result<Vec<ApiToken>> {
        api_token::tokens_of(ctx, self.0.id).await
    }

    /// Permissions that a token of this account may carry; none where the viewer may not issue one.
    async fn token_permissions(&self, ctx: &Context<'_>) -> Result<Vec<PermissionEntry>> {
        let found = api_token::policy::issuable(request(ctx).actor()?, self.0.id);
        Ok(found.iter().map(PermissionEntry).collect())
    }

    /// Time of the last successful sign-in.
    async fn last_sign_in_at(&self) -> Option<DateTime> {
        self.0.last_sign_in_at.map(DateTime)
    }

    /// Time of creation.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Version to hand back with a change; see `CONFLICT`.
    async fn version(&self) -> i32 {
        self.0.version
    }

    /// What the viewer may do here, from the same code that enforces it.
    pub async fn viewer_can(&self, ctx: &Context<'_>) -> Result<Vec<Permission>> {
        Ok(policy::viewer_can(request(ctx).actor()?, self.0.id))
    }
}

connection!(AccountConnection, AccountEdge, Account, account::Entity, account::Model);

/// What a list of accounts may be narrowed by.
#[derive(InputObject, Default)]
pub struct AccountFilter {
    /// Beginning of the name.
    pub text: Option<String>,
    /// Statuses.
    pub status: Option<Vec<AccountStatus>>,
    /// Kinds.
    pub kind: Option<Vec<AccountKind>>,
    /// How the one-time link of those without a password stands.
    pub link: Option<AccountLinkState>,
}

impl From<AccountFilter> for repo::Filter {
    fn from(filter: AccountFilter) -> Self {
        Self {
            text: filter.text,
            status: filter.status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
            kind: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
            link: filter.link.map(Into::into),
        }
    }
}
