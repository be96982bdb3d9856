//! GraphQL types of erasures.
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, SimpleObject};
use entity::erasure_proposal;

use crate::{
    features::person::{self, Person},
    graphql::{Result, UserError, request, scalar::DateTime},
};

/// A proposal to erase what is personal about somebody, which somebody else must confirm.
#[derive(Clone)]
pub struct ErasureProposal(pub Arc<erasure_proposal::Model>);

/// A proposal to erase what is personal about somebody, which somebody else must confirm.
#[Object]
impl ErasureProposal {
    /// Whose record; null where the viewer may not read it any more.
    async fn person(&self, ctx: &Context<'_>) -> Result<Option<Person>> {
        person::person(ctx, self.0.person_id).await
    }

    /// Why.
    async fn reason(&self) -> &str {
        &self.0.reason
    }

    /// Account name of the one who proposed it.
    async fn proposed_by(&self, ctx: &Context<'_>) -> Result<String> {
        let accounts = &request(ctx).actor()?.authority().accounts;
        Ok(accounts.get(&self.0.proposed_by).map(|account| account.name.clone()).unwrap_or_default())
    }

    /// When.
    async fn proposed_at(&self) -> DateTime {
        DateTime(self.0.proposed_at)
    }

    /// Whether the viewer proposed it; then somebody else confirms.
    async fn is_own(&self, ctx: &Context<'_>) -> Result<bool> {
        Ok(request(ctx).actor()?.account() == self.0.proposed_by)
    }
}

/// A proposal to erase what is personal about somebody.
#[derive(InputObject)]
pub struct PersonEraseProposeInput {
    /// The person; the record is archived.
    pub person: ID,
    /// Why, without naming anybody: it stays in the history.
    pub reason: String,
    /// The version the caller saw.
    pub version: i32,
}

/// The consent of a second person to an erasure. It cannot be undone.
#[derive(InputObject)]
pub struct PersonEraseConfirmInput {
    /// The person.
    pub person: ID,
    /// The version the caller saw.
    pub version: i32,
}

/// A proposal is taken back.
#[derive(InputObject)]
pub struct PersonEraseWithdrawInput {
    /// The person.
    pub person: ID,
    /// The version the caller saw.
    pub version: i32,
}

/// What became of `personErasePropose`.
#[derive(SimpleObject)]
pub struct PersonEraseProposePayload {
    /// The person; on `CONFLICT` the current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What became of `personEraseConfirm`.
#[derive(SimpleObject)]
pub struct PersonEraseConfirmPayload {
    /// What is left of the person; on `CONFLICT` the current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}

/// What became of `personEraseWithdraw`.
#[derive(SimpleObject)]
pub struct PersonEraseWithdrawPayload {
    /// The person; on `CONFLICT` the current state; null where there are other user errors.
    pub person: Option<Person>,
    /// Mistakes to mend.
    pub user_errors: Vec<UserError>,
}
