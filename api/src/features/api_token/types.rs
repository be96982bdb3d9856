//! GraphQL types of API tokens.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::api_token;

use super::{secret, service};
use crate::{
    authz::Permission,
    features::account::{self, Account},
    graphql::{Result, UserError, ids, scalar::DateTime},
};

/// A token by which a service account asks.
#[derive(Clone)]
pub struct ApiToken(pub Arc<api_token::Model>);

impl From<api_token::Model> for ApiToken {
    fn from(row: api_token::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A token by which a service account asks. Its secret is shown once, when it is issued.
#[Object]
impl ApiToken {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// The account that asks by it.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        account::account(ctx, self.0.account_id).await
    }

    /// What it is for.
    async fn name(&self) -> &str {
        &self.0.name
    }

    /// The public part, by which a token is recognised.
    async fn prefix(&self) -> String {
        secret::prefix(self.0.id)
    }

    /// The permissions that it is confined to. It carries those of them that the grants of the account carry.
    async fn permissions(&self) -> Vec<Permission> {
        service::permissions(&self.0).iter().collect()
    }

    /// Time of issue.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Who issued it; null where the viewer may not see that account.
    async fn created_by(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        account::account(ctx, self.0.created_by).await
    }

    /// It does not work from then on.
    async fn expires_at(&self) -> DateTime {
        DateTime(self.0.expires_at)
    }

    /// Time of the last use, to a minute; null where it was never used.
    async fn last_used_at(&self) -> Option<DateTime> {
        self.0.last_used_at.map(DateTime)
    }

    /// Time it was revoked; null where it was not.
    async fn revoked_at(&self) -> Option<DateTime> {
        self.0.revoked_at.map(DateTime)
    }
}

/// How long a token works.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
pub enum ApiTokenLife {
    /// A week.
    #[graphql(name = "DAYS_7")]
    Days7,
    /// A month.
    #[graphql(name = "DAYS_30")]
    Days30,
    /// Three months.
    #[graphql(name = "DAYS_90")]
    Days90,
    /// A year.
    #[graphql(name = "DAYS_365")]
    Days365,
}

impl ApiTokenLife {
    /// The number of days.
    pub fn days(self) -> u16 {
        match self {
            Self::Days7 => 7,
            Self::Days30 => 30,
            Self::Days90 => 90,
            Self::Days365 => 365,
        }
    }
}

/// A new token.
#[derive(InputObject)]
pub struct ApiTokenIssueInput {
    /// The service account that asks by it.
    pub account: ID,
    /// What it is for.
    pub name: String,
    /// The permissions that it is confined to.
    pub permissions: Vec<Permission>,
    /// How long it works.
    pub life: ApiTokenLife,
    /// Makes a repeated call work once. The secret is not shown again.
    pub idempotency_key: Option<String>,
}

/// What became of `apiTokenIssue`.
#[derive(SimpleObject)]
pub struct ApiTokenIssuePayload {
    /// The token; null where there are user errors.
    pub token: Option<ApiToken>,
    /// What callers send after `Authorization: Bearer`. It is shown this once; null for a repeated call.
    pub secret: Option<String>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A token to revoke.
#[derive(InputObject)]
pub struct ApiTokenRevokeInput {
    /// The token.
    pub token: ID,
}

/// What became of `apiTokenRevoke`.
#[derive(SimpleObject)]
pub struct ApiTokenRevokePayload {
    /// The token; null where there are user errors.
    pub token: Option<ApiToken>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
