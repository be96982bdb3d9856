//! GraphQL types of those who could get an account.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::organization_post;

use super::{Account, OneTimeSlip};
use crate::{
    connection,
    features::{
        account::{policy, repo::candidate},
        grant::Grant,
        post::{OrganizationPost, PostTitle},
        role::{self, Role},
    },
    graphql::{Result, UserError, ids, request, scalar::Date},
};

/// A row of the list with the name that is proposed on its page.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The row.
    pub row: candidate::Row,
    /// The sign-in name.
    pub name: String,
}

/// Somebody who holds a post and has no account.
#[derive(Clone)]
pub struct AccountCandidate(Arc<Proposal>);

impl From<Proposal> for AccountCandidate {
    fn from(proposal: Proposal) -> Self {
        Self(Arc::new(proposal))
    }
}

/// Somebody who holds a post and has no account. Nothing of the person is shown but the name.
#[Object]
impl AccountCandidate {
    /// Global id of the post.
    async fn id(&self) -> ID {
        ids::encode(self.0.row.post.id)
    }

    /// The post.
    async fn post(&self) -> OrganizationPost {
        self.0.row.post.clone().into()
    }

    /// Name of the holder.
    async fn person_name(&self) -> &str {
        &self.0.row.person_name
    }

    /// A sign-in name made of the name's letters, other than those of the page before it and of accounts that the viewer may
    /// see.
    async fn proposed_name(&self) -> &str {
        &self.0.name
    }

    /// The role that is usual for the post; null where none is, and where the viewer may not give it there.
    async fn proposed_role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        let actor = request(ctx).actor()?;
        let post = &self.0.row.post;
        let Some(code) = policy::usual_role(post.title) else { return Ok(None) };
        let role = role::template(ctx, code).await?;
        Ok(role.filter(|role| policy::can_propose(actor, role.0.row.id, post.organization_id, post.until)))
    }
}

connection!(AccountCandidateConnection, AccountCandidateEdge, AccountCandidate, organization_post::Entity, Proposal);

/// What a list of those who could get an account may be narrowed by.
#[derive(InputObject, Default)]
pub struct AccountCandidateFilter {
    /// On this organization or below it.
    pub organization: Option<ID>,
    /// Posts.
    pub titles: Option<Vec<PostTitle>>,
}

impl From<AccountCandidateFilter> for candidate::Filter {
    fn from(filter: AccountCandidateFilter) -> Self {
        Self {
            organization: filter.organization.map(|id| ids::decode_or_nil(&id)),
            titles: filter.titles.map(|titles| titles.into_iter().map(Into::into).collect()),
        }
    }
}

/// An account for whoever holds a post.
#[derive(InputObject)]
pub struct AccountForPostInput {
    /// The post.
    pub post: ID,
    /// Sign-in name: letters, digits, full stop, underscore, hyphen; kept in lower case.
    pub name: String,
    /// The role, given on the organization of the post; it ends with the post at the latest.
    pub role: ID,
}

/// Accounts for those who hold posts.
#[derive(InputObject)]
pub struct AccountOpenForPostsInput {
    /// One each, at most 100.
    pub rows: Vec<AccountForPostInput>,
    /// First day after of all grants; left out where they end with the posts.
    pub until: Option<Date>,
    /// Why; kept in the history of each account and grant.
    pub reason: String,
    /// Makes a repeated call work once. The repeated one names what was opened, without the links.
    pub idempotency_key: Option<String>,
}

/// An account that was opened for the holder of a post.
#[derive(SimpleObject)]
pub struct AccountForPost {
    /// The account.
    pub account: Account,
    /// The role, in force or waiting for a second holder; null where the viewer may not see it.
    pub grant: Option<Grant>,
    /// What its person is given; null in the answer to a repeated call.
    pub slip: Option<OneTimeSlip>,
}

/// What became of `accountOpenForPosts`.
#[derive(SimpleObject)]
pub struct AccountOpenForPostsPayload {
    /// For each row of the input the account; null where none was opened, and an error at `input.rows.N` says why. Null
    /// where nothing was tried.
    pub opened: Option<Vec<Option<AccountForPost>>>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
