//! Who sends a request, by what he shows: an access token of a sign-in, or an API token of a service.
use std::sync::Arc;

use entity::{AccountId, Timestamp};

use crate::{
    app::App,
    authz::{Actor, Credential},
    features::api_token::Secret,
};

/// An account and by what it acts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Caller {
    /// The account.
    pub account: AccountId,
    /// By what it acts.
    pub credential: Credential,
}

impl Caller {
    /// Who shows `text`, and until when it works; none where it is not valid now.
    pub(super) fn of(app: &App, text: &str) -> Option<(Self, Timestamp)> {
        let now = app.ambient.now();
        if !Secret::is_meant(text) {
            let (bearer, until) = app.tokens.verify_until(text, now).ok()?;
            let credential = Credential::Session(bearer.session);
            return Some((Self { account: bearer.account, credential }, until));
        }
        let authority = app.authority.current();
        let secret = Secret::parse(text).filter(|secret| secret.opens(&authority))?;
        let token = authority.tokens.get(&secret.id).filter(|token| now < token.expires_at)?;
        Some((Self { account: token.account, credential: Credential::Token(secret.id) }, token.expires_at))
    }

    /// The account for which a link was made, with what it acted by then; none where that no longer holds.
    pub(super) fn linked(app: &App, account: AccountId, credential: Option<Credential>) -> Option<Actor> {
        let (authority, today) = (app.authority.current(), app.ambient.today());
        let engine = app.db.engine();
        match credential {
            None => Actor::new(&authority, account, None, today, engine),
            Some(Credential::Token(id)) if authority.tokens.get(&id)?.expires_at <= app.ambient.now() => None,
            Some(credential) => Actor::by(&authority, account, credential, today, engine),
        }
    }

    /// The account with its rights of this moment; none where it may not act.
    pub(super) fn actor(self, app: &App) -> Option<Arc<Actor>> {
        let (authority, today) = (app.authority.current(), app.ambient.today());
        Actor::by(&authority, self.account, self.credential, today, app.db.engine()).map(Arc::new)
    }
}
