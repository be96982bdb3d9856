//! GraphQL types of accounts and sign-in sessions.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{account, sign_in_event, sign_in_session};

use super::{loader, policy, repo, service::Slip};
use crate::{
    authz::{Actor, Permission},
    connection,
    features::{
        api_token::{self, ApiToken},
        grant::{self, Grant},
        organization::{self, Organization},
        person::{self, Person},
        post::{self, OrganizationPost},
        role::{Permission as PermissionEntry, Workbench},
    },
    graphql::{
        Result, UserError, ids, request,
        scalar::{Date, DateTime},
    },
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

/// One browser or device that is signed in.
#[derive(Clone)]
pub struct SignInSession(pub Arc<sign_in_session::Model>);

impl From<sign_in_session::Model> for SignInSession {
    fn from(row: sign_in_session::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// One browser or device that is signed in.
#[Object]
impl SignInSession {
    /// Global id.
    pub async fn id(&self) -> ID {
        ids::encode(self.0.id)
    }

    /// Who is signed in.
    async fn account(&self, ctx: &Context<'_>) -> Result<Option<Account>> {
        loader::account(ctx, self.0.account_id).await
    }

    /// Time of sign-in.
    async fn created_at(&self) -> DateTime {
        DateTime(self.0.created_at)
    }

    /// Time of the last refresh.
    async fn last_seen_at(&self) -> DateTime {
        DateTime(self.0.last_seen_at)
    }

    /// Network address at sign-in.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// Browser as it named itself.
    async fn user_agent(&self) -> &str {
        &self.0.user_agent
    }

    /// True for the session that asks.
    async fn current(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(request(ctx).actor()?.session() == Some(self.0.id))
    }

    /// Time it was ended; null while it runs.
    async fn ended_at(&self) -> Option<DateTime> {
        self.0.ended_at.map(DateTime)
    }
}

connection!(SignInSessionConnection, SignInSessionEdge, SignInSession, sign_in_session::Entity, sign_in_session::Model);

/// Who is signed in, and what opens to him.
pub struct Viewer(pub(super) Arc<Actor>);

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

/// What a list of accounts may be narrowed by.
#[derive(InputObject, Default)]
pub struct AccountFilter {
    /// Beginning of the name.
    pub text: Option<String>,
    /// Statuses.
    pub status: Option<Vec<AccountStatus>>,
    /// Kinds.
    pub kind: Option<Vec<AccountKind>>,
}

impl From<AccountFilter> for repo::Filter {
    fn from(filter: AccountFilter) -> Self {
        Self {
            text: filter.text,
            status: filter.status.map(|statuses| statuses.into_iter().map(Into::into).collect()),
            kind: filter.kind.map(|kinds| kinds.into_iter().map(Into::into).collect()),
        }
    }
}

/// A new account.
#[derive(InputObject)]
pub struct AccountCreateInput {
    /// Sign-in name: letters, digits, full stop, underscore, hyphen; kept in lower case.
    pub name: String,
    /// Person or service.
    pub kind: AccountKind,
    /// The person behind it; left out for services.
    pub person: Option<ID>,
    /// The first password; its owner changes it.
    #[graphql(secret)]
    pub password: String,
    /// Makes a repeated call work once.
    pub idempotency_key: Option<String>,
}

/// What became of `accountCreate`.
#[derive(SimpleObject)]
pub struct AccountCreatePayload {
    /// The new account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account that may no longer sign in.
#[derive(InputObject)]
pub struct AccountDisableInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountDisable`.
#[derive(SimpleObject)]
pub struct AccountDisablePayload {
    /// The account after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account that may sign in again.
#[derive(InputObject)]
pub struct AccountEnableInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountEnable`.
#[derive(SimpleObject)]
pub struct AccountEnablePayload {
    /// The account after the change; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// Another password for one's own account.
#[derive(InputObject)]
pub struct AccountPasswordChangeInput {
    /// The password so far.
    #[graphql(secret)]
    pub current_password: String,
    /// The password from now on.
    #[graphql(secret)]
    pub new_password: String,
}

/// What became of `accountPasswordChange`.
#[derive(SimpleObject)]
pub struct AccountPasswordChangePayload {
    /// The account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// A sign-in session to end.
#[derive(InputObject)]
pub struct SignInSessionEndInput {
    /// The session.
    pub session: ID,
}

/// What became of `signInSessionEnd`.
#[derive(SimpleObject)]
pub struct SignInSessionEndPayload {
    /// The session with its end; null where there are user errors.
    pub session: Option<SignInSession>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What is written on the slip that a person is given to sign in for the first time. It is shown this once.
#[derive(SimpleObject)]
pub struct OneTimeSlip {
    /// Sign-in name.
    pub name: String,
    /// The secret part of the link `/start/<code>`.
    pub code: String,
    /// Until when the link works.
    pub valid_until: DateTime,
}

impl From<Slip> for OneTimeSlip {
    fn from(slip: Slip) -> Self {
        Self { name: slip.account.name, code: slip.code, valid_until: DateTime(slip.valid_until) }
    }
}

/// An account to reset.
#[derive(InputObject)]
pub struct AccountResetInput {
    /// The account.
    pub account: ID,
    /// Why; kept in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `accountReset`.
#[derive(SimpleObject)]
pub struct AccountResetPayload {
    /// The account; on `CONFLICT` its current state; null where there are other user errors.
    pub account: Option<Account>,
    /// What its person is given; null where there are user errors.
    pub slip: Option<OneTimeSlip>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// An account whose pause ends.
#[derive(InputObject)]
pub struct AccountUnlockInput {
    /// The account.
    pub account: ID,
}

/// What became of `accountUnlock`.
#[derive(SimpleObject)]
pub struct AccountUnlockPayload {
    /// The account; null where there are user errors.
    pub account: Option<Account>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What came of a sign-in.
#[derive(Enum, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "entity::SignInOutcome")]
pub enum SignInOutcome {
    /// It worked.
    SignedIn,
    /// The password was wrong.
    BadCredentials,
    /// It was not looked at, after too many failures.
    Throttled,
    /// The account was disabled.
    Disabled,
    /// A used refresh token came back; the session was ended.
    TokenReused,
    /// The password was right, and a code was asked for.
    CodeAsked,
    /// The password was right and the code was wrong.
    BadCode,
}

/// A sign-in that worked or failed.
#[derive(Clone)]
pub struct SignInEvent(pub Arc<sign_in_event::Model>);

impl From<sign_in_event::Model> for SignInEvent {
    fn from(row: sign_in_event::Model) -> Self {
        Self(Arc::new(row))
    }
}

/// A sign-in that worked or failed.
#[Object]
impl SignInEvent {
    /// When.
    async fn at(&self) -> DateTime {
        DateTime(self.0.at)
    }

    /// Network address.
    async fn address(&self) -> &str {
        &self.0.address
    }

    /// What came of it.
    async fn outcome(&self) -> SignInOutcome {
        self.0.outcome.into()
    }
}

connection!(SignInEventConnection, SignInEventEdge, SignInEvent, sign_in_event::Entity, sign_in_event::Model);
