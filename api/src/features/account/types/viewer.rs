//! GraphQL type of who is signed in.
use std::sync::Arc;

use async_graphql::{Context, Object};

use super::Account;
use crate::{
    authz::{Actor, Permission},
    features::{
        account::loader,
        grant::{self, Grant},
        organization::{self, Organization},
        person::{self, Person},
        role::Workbench,
    },
    graphql::{Result, scalar::Date},
};

/// Who is signed in, and what opens to him.
pub struct Viewer(pub(in crate::features::account) Arc<Actor>);

/// Who is signed in, and what opens to him.
#[Object]
impl Viewer {
    /// The account.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        loader::account(ctx, self.0.account()).await
    }

    /// The person behind the account, as far as the viewer's own rights show it.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        match self.0.person() {
            Some(id) => person::person(ctx, id).await,
            None => Ok(None),
        }
    }

    /// Grants in force and those yet to begin.
    async fn grants(&self, ctx: &Context<'_>) -> Result<Vec<Grant>> {
        let grants = grant::grants_of(ctx, self.0.account()).await?;
        Ok(grants.into_iter().filter(|grant| grant.0.confirmed_at.is_some()).collect())
    }

    /// Permissions held anywhere, for navigation; objects carry their own `viewerCan`.
    async fn permissions(&self) -> Vec<Permission> {
        self.0.permissions().iter().collect()
    }

    /// Workbenches that the viewer's roles open, most specific first.
    async fn workbenches(&self) -> Vec<Workbench> {
        self.0.workbenches().into_iter().map(Into::into).collect()
    }

    /// Whether a grant does not work because its role demands a second factor that the viewer has not set up.
    async fn lacks_second_factor(&self) -> bool {
        self.0.lacks_second_factor()
    }

    /// Topmost organizations of the viewer's scope.
    async fn organizations(&self, ctx: &Context<'_>) -> Result<Vec<Organization>> {
        let roots = self.0.scope(Permission::OrganizationRead).roots().to_vec();
        organization::organizations(ctx, roots).await
    }

    /// Today in the city's calendar.
    async fn today(&self) -> Date {
        Date(self.0.today())
    }
}
