//! GraphQL types of sign-in sessions and of sign-ins.
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, InputObject, Object, SimpleObject};
use entity::{sign_in_event, sign_in_session};

use super::Account;
use crate::{
    connection,
    features::account::loader,
    graphql::{Result, UserError, ids, request, scalar::DateTime},
};

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
