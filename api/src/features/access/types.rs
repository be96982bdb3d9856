//! GraphQL types of explanations and previews.
use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::RoleId;

use super::service::Begun;
use crate::{
    authz::{Cause, Finding, Permission},
    features::{
        account::Account,
        grant::Grant,
        organization::{self, Organization, OrganizationLevel},
        role::{self, Role},
    },
    graphql::{Result, UserError, request, scalar::DateTime},
};

/// Whether an account may do something to an object, and why.
#[derive(SimpleObject)]
pub struct AccessExplanation {
    /// Who is asked about.
    pub account: Account,
    /// What it is about.
    pub action: Permission,
    /// Whether it is allowed, from the same code that enforces it.
    pub allowed: bool,
    /// What decided.
    pub cause: Cause,
    /// Whether the object is archived, so that it must be restored before it changes.
    pub archived: bool,
    /// Both in one sentence, in the language of the request, with the way out where it is not allowed.
    pub sentence: String,
    /// What the account's grants say, the nearest to a yes first, as far as the viewer may see them.
    pub findings: Vec<AccessFinding>,
}

/// What one grant says.
#[derive(SimpleObject)]
pub struct AccessFinding {
    /// What it says.
    pub outcome: Finding,
    /// The grant.
    pub grant: Grant,
}

/// Who can see a person, beside the person.
#[derive(SimpleObject)]
pub struct AccessHolders {
    /// Accounts that the viewer may see, those whose grants reach least far first, at most 200.
    pub accounts: Vec<AccessHolder>,
    /// All others, counted by role and level.
    pub counts: Vec<AccessHolderCount>,
}

/// An account that can see a person.
#[derive(SimpleObject)]
pub struct AccessHolder {
    /// The account.
    pub account: Account,
    /// By which grant; null where the viewer may not see it.
    pub grant: Option<Grant>,
}

/// How many accounts of a role can see a person.
pub struct AccessHolderCount {
    pub(super) role: RoleId,
    pub(super) level: entity::OrganizationLevel,
    pub(super) count: Option<i64>,
}

/// How many accounts of a role can see a person.
#[Object]
impl AccessHolderCount {
    /// Name of the role in the language of the request.
    async fn role(&self, ctx: &Context<'_>) -> Result<String> {
        role_name(ctx, self.role).await
    }

    /// The level that the grants reach from.
    async fn level(&self) -> OrganizationLevel {
        self.level.into()
    }

    /// The number, cut to a multiple of five; null for one to four.
    async fn count(&self) -> Option<i64> {
        self.count
    }
}

/// The name of the role `id` in the language of the request.
pub(super) async fn role_name(ctx: &Context<'_>, id: RoleId) -> Result<String> {
    let role = role::role(ctx, id).await?;
    let name = |role: &role::Role| request(ctx).locale.pick(role.0.row.name.clone(), role.0.row.name_en.clone());
    Ok(role.as_ref().map(name).unwrap_or_default())
}

/// What an account could not do any more without a grant.
#[derive(SimpleObject)]
pub struct GrantEffect {
    /// Whether the grant is in force today; where it is not, nothing is lost with it.
    pub in_force: bool,
    /// What is lost.
    pub losses: Vec<GrantLoss>,
}

/// A permission that is lost with a grant.
#[derive(SimpleObject)]
pub struct GrantLoss {
    /// The permission.
    pub permission: Permission,
    /// Top of the subtree in which it is lost; null where that is oneself, and where the viewer may not see it.
    pub organization: Option<Organization>,
    /// Tops of the parts below in which it stays by other grants, as far as the viewer may see them.
    pub kept: Vec<Organization>,
}

/// A role to look through.
#[derive(InputObject)]
pub struct PreviewBeginInput {
    /// The role.
    pub role: ID,
    /// Top of the subtree on which somebody would have it.
    pub organization: ID,
}

/// What became of `previewBegin`.
#[derive(SimpleObject)]
pub struct PreviewBeginPayload {
    /// The preview; null where there are user errors.
    pub preview: Option<AccessPreview>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A preview that has begun.
pub struct AccessPreview(pub(super) Begun);

/// A preview that has begun.
#[Object]
impl AccessPreview {
    /// What is sent in the header `X-Preview` with every request while the preview lasts.
    async fn token(&self) -> &str {
        &self.0.token
    }

    /// The role.
    async fn role(&self, ctx: &Context<'_>) -> Result<Option<Role>> {
        role::role(ctx, self.0.preview.role).await
    }

    /// Top of the subtree.
    async fn organization(&self, ctx: &Context<'_>) -> Result<Option<Organization>> {
        organization::organization(ctx, self.0.preview.organization).await
    }

    /// When it is over.
    async fn until(&self) -> DateTime {
        DateTime(self.0.until)
    }
}
