//! GraphQL types of grants.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::role_grant;

use super::{loader, policy, repo};
use crate::{
    connection,
    features::{
        account::{self, Account},
        organization::{self, Organization},
        post::{self, OrganizationPost},
        role::{self, Role},
    },
    graphql::{Result, UserError, ids, request, scalar::Date},
};

/// What a grant reaches.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::GrantScope")]
pub enum GrantScope {
    /// An organization and everything below it.
    Subtree,
    /// The person behind the account alone.
    #[graphql(name = "SELF")]
    Own,
}

/// How a grant stands today.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "repo::Standing")]
pub enum GrantStatus {
    /// It waits for a second holder.
    Waiting,
    /// It has not begun.
    Upcoming,
    /// It works.
    InForce,
    /// It is over.
    Ended,
}

/// A role given to an account for a scope and a period.
#[derive(Clone)]
pub struct Grant(pub Arc<role_grant::Model>);

impl From<role_grant::Model> for Grant {
    fn from(row: role_grant::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A role given to an account for a scope and a period.
#[Object]
impl Grant {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// The role.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        role::role(ctx, self.0.role_id).await
    }

    /// What it reaches.
    async fn scope(&self) -> GrantScope {
        self.0.scope.into()
    }

    /// Top of the subtree; null for `SELF` and where the viewer may not see it.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        match self.0.organization_id {
            Some(id) => organization::organization(ctx, id).await,
            None => Ok(None),
        }
    }

    /// First day.
    async fn from(&self) -> Date {
        Date(self.0.from)
    }

    /// First day after; null while open.
    async fn until(&self) -> Option<Date> {
        self.0.until.map(Date)
    }

    /// Why it was given.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Account name of the giver; null for the command line.
    async fn granted_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(self.0.granted_by.and_then(|id| accounts.get(&id)).map(|account| account.name.clone()))
    }

    /// Whose it is; null where the viewer may not see the account.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        account::account(ctx, self.0.account_id).await
    }

    /// Whether it waits for a second holder. It is not in force until then.
    async fn waiting(&self) -> bool {
        self.0.confirmed_at.is_none()
    }

    /// Account name of the second holder; null where none was needed, and while it waits.
    async fn confirmed_by(&self, ctx: &Context<'_>) -> Result<Option<String>> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(self.0.confirmed_by.and_then(|id| accounts.get(&id)).map(|account| account.name.clone()))
    }

    /// How it stands today.
    async fn status(&self, ctx: &Context<'_>) -> Result<GrantStatus> {
        Ok(repo::Standing::of(&self.0, request(ctx).actor()?.today()).into())
    }

    /// The post with which it ends; null where it is bound to none, and where the viewer may not see the post.
    async fn post(&self, ctx: &Context<'_>) -> Result<Option<OrganizationPost>> {
        match self.0.post_id {
            Some(id) => post::post(ctx, id).await,
            None => Ok(None),
        }
    }

    /// The grant that it extends; null where it extends none, and where the viewer may not see that one.
    async fn extends(&self, ctx: &Context<'_>) -> Result<Option<Grant>> {
        match self.0.extends_id {
            Some(id) => loader::grant(ctx, id).await,
            None => Ok(None),
        }
    }

    /// What extends it and has not ended, waiting or not.
    async fn extension(&self, ctx: &Context<'_>) -> Result<Option<Grant>> {
        loader::extension(ctx, self.0.id).await
    }

    /// Whether the viewer may extend it now, from the same code that enforces it; for how long depends on his own rights.
    async fn extendable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(policy::is_extendable(request(ctx).actor()?, &self.0))
    }

    /// Whether the viewer may end it now, from the same code that enforces it.
    async fn endable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(policy::is_endable(request(ctx).actor()?, &self.0))
    }

    /// Whether the viewer may confirm it now, from the same code that enforces it.
    async fn confirmable(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(policy::is_confirmable(request(ctx).actor()?, &self.0))
    }
}

connection!(GrantConnection, GrantEdge, Grant, role_grant::Entity, role_grant::Model);

/// What a list of grants may be narrowed by.
#[derive(InputObject, Default)]
pub struct GrantFilter {
    /// Whose they are.
    pub account: Option<ID>,
    /// The role.
    pub role: Option<ID>,
    /// On this organization or below it.
    pub organization: Option<ID>,
    /// How they stand; left out for all that are not over.
    pub status: Option<GrantStatus>,
    /// Over on this day or before it, and nobody has extended them.
    pub ends_by: Option<Date>,
}

/// A role for an account.
#[derive(InputObject)]
pub struct RoleGrantInput {
    /// Who gets it.
    pub account: ID,
    /// The role.
    pub role: ID,
    /// What it reaches.
    pub scope: GrantScope,
    /// Top of the subtree; left out for `SELF`.
    pub organization: Option<ID>,
    /// First day, today or later.
    pub from: Date,
    /// First day after; left out where it stays open, or ends with the post.
    pub until: Option<Date>,
    /// A running post of the account's person at the organization, with which the grant ends at the latest.
    pub post: Option<ID>,
    /// Why; kept in the history.
    pub reason: String,
    /// Makes a repeated call work once.
    pub idempotency_key: Option<String>,
}

/// What became of `roleGrant`.
#[derive(SimpleObject)]
pub struct RoleGrantPayload {
    /// The new grant; null where there are user errors.
    pub grant: Option<Grant>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A grant that waits for a second holder.
#[derive(InputObject)]
pub struct RoleGrantConfirmInput {
    /// The grant.
    pub grant: ID,
}

/// What became of `roleGrantConfirm`.
#[derive(SimpleObject)]
pub struct RoleGrantConfirmPayload {
    /// The grant, now in force from today at the earliest; null where there are user errors.
    pub grant: Option<Grant>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An earlier end of a grant.
#[derive(InputObject)]
pub struct RoleGrantEndInput {
    /// The grant.
    pub grant: ID,
    /// First day without it: today, or later but before its end.
    pub until: Date,
    /// Why; kept in the history.
    pub reason: String,
}

/// What became of `roleGrantEnd`.
#[derive(SimpleObject)]
pub struct RoleGrantEndPayload {
    /// The grant with its end; null where there are user errors.
    pub grant: Option<Grant>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A later end of a grant.
#[derive(InputObject)]
pub struct RoleGrantExtendInput {
    /// The grant, in force and with an end.
    pub grant: ID,
    /// The new first day after, later than the present one; left out where it is to stay open.
    pub until: Option<Date>,
    /// Why; kept in the history.
    pub reason: String,
}

/// What became of `roleGrantExtend`.
#[derive(SimpleObject)]
pub struct RoleGrantExtendPayload {
    /// The grant for the days that follow; null where there are user errors.
    pub grant: Option<Grant>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Grants that are extended together.
#[derive(InputObject)]
pub struct RoleGrantRenewInput {
    /// The grants, at most 100.
    pub grants: Vec<ID>,
    /// The new first day after of all of them; left out where they are to stay open.
    pub until: Option<Date>,
    /// Why; kept in the history of each.
    pub reason: String,
}

/// What became of `roleGrantRenew`.
#[derive(SimpleObject)]
pub struct RoleGrantRenewPayload {
    /// For each grant of the input the one for the days that follow; null where it was not extended, and an error at
    /// `input.grants.N` says why. Null where nothing was tried.
    pub grants: Option<Vec<Option<Grant>>>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
