//! Reading accounts: decode, call, encode.
use std::sync::Arc;

use async_graphql::{Context, ID, Object};

use super::{
    Account, AccountCandidateConnection, AccountCandidateFilter, AccountConnection, AccountFilter, Proposal,
    SignInEventConnection, SignInSessionConnection, Viewer, loader, repo,
    service::{self, LONGEST_IDLE},
};
use crate::{
    db::page::{self, Page, PageArgs},
    graphql::{Result, ids, request},
};

/// Queries on accounts.
#[derive(Default)]
pub struct AccountQuery;

#[Object]
impl AccountQuery {
    /// Who is signed in; null when nobody is.
    async fn viewer(&self, ctx: &Context<'_>) -> Option<Viewer> {
        request(ctx).actor.as_ref().map(|actor| Viewer(Arc::clone(actor)))
    }

    /// The account with this id; null where it is missing or hidden.
    async fn account(&self, ctx: &Context<'_>, id: ID) -> Result<Option<Account>> {
        loader::account(ctx, ids::decode_or_nil(&id)).await
    }

    /// Accounts that the viewer may see, by name: his own, and those in the scope of `account:read`.
    async fn accounts(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AccountFilter>,
    ) -> Result<AccountConnection> {
        let request = request(ctx);
        let now = request.app.ambient.now();
        let all = repo::list(request.actor()?, &filter.unwrap_or_default().into(), now);
        let (sort, place) = repo::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(AccountConnection::new(page, move || all.clone()))
    }

    /// Those who hold a post now and have no account, by organization: at organizations that the viewer reads and where he
    /// may open accounts. Needs `account:create`.
    async fn account_candidates(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
        filter: Option<AccountCandidateFilter>,
    ) -> Result<AccountCandidateConnection> {
        let request = request(ctx);
        let (actor, conn) = (request.actor()?, request.app.db.read());
        let all = repo::candidate::list(actor, &filter.unwrap_or_default().into());
        let (sort, place) = repo::candidate::sort();
        let args = PageArgs { first, after, last, before };
        let Page { rows, has_next, has_previous } =
            page::read(conn, &request.app.vault, all.clone(), sort, &args, place).await?;
        let keys: Vec<&str> = rows.iter().map(|(_, row)| row.person_sort_key.as_str()).collect();
        let names = service::propose(conn, actor, &keys).await?;
        let proposals = rows.into_iter().zip(names).map(|((cursor, row), name)| (cursor, Proposal { row, name }));
        let page = Page { rows: proposals.collect(), has_next, has_previous };
        Ok(AccountCandidateConnection::new(page, move || all.clone()))
    }

    /// Running sign-in sessions of the accounts that the viewer may see, newest first.
    async fn sign_in_sessions(
        &self,
        ctx: &Context<'_>,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<SignInSessionConnection> {
        let request = request(ctx);
        let now = request.app.ambient.now();
        let all = repo::session::list(request.actor()?, now, now.plus_seconds(-LONGEST_IDLE));
        let (sort, place) = repo::session::sort();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(SignInSessionConnection::new(page, move || all.clone()))
    }

    /// Sign-ins of an account that the viewer may see, those that failed too, newest first. They are kept for 200 days.
    async fn sign_in_events(
        &self,
        ctx: &Context<'_>,
        account: ID,
        first: Option<i32>,
        after: Option<String>,
        last: Option<i32>,
        before: Option<String>,
    ) -> Result<SignInEventConnection> {
        let request = request(ctx);
        let all = repo::session::events(request.actor()?, ids::decode_or_nil(&account));
        let (sort, place) = repo::session::newest_event();
        let args = PageArgs { first, after, last, before };
        let page = page::read(request.app.db.read(), &request.app.vault, all.clone(), sort, &args, place).await?;
        Ok(SignInEventConnection::new(page, move || all.clone()))
    }
}
