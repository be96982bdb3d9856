//! The GraphQL endpoint over a WebSocket: graphql-transport-ws, for operations that are answered more than once.
//!
//! Beside the protocol: `connection_init` carries `{ "accessToken", "language" }`; a token is renewed on the open
//! connection by a `ping` with `{ "accessToken" }`, since the protocol forbids a second `connection_init`;
//! `connection_ack` and the `pong` to such a ping say when it runs out. The codes are listed in `message.rs`.

mod connection;
mod message;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use actix_web::{
    FromRequest, HttpRequest, HttpResponse, dev,
    http::{
        Method,
        header::{SEC_WEBSOCKET_PROTOCOL, UPGRADE},
    },
    rt,
    web::{self, Bytes},
};
use entity::AccountId;
use futures_util::StreamExt;
use tokio::sync::watch;

use super::client;
use crate::app::App;
use connection::Connection;
use message::PROTOCOL;

/// The open connections of one process.
pub struct Sockets {
    of_accounts: Mutex<HashMap<AccountId, u32>>,
    stop: watch::Sender<bool>,
}

impl Default for Sockets {
    fn default() -> Self {
        Self { of_accounts: Mutex::default(), stop: watch::channel(false).0 }
    }
}

impl Sockets {
    /// Closes all connections, with a code that tells the clients to connect again; those that come later too.
    pub fn close(&self) {
        self.stop.send_replace(true);
    }

    /// Connections whose clients have said who they are.
    pub fn len(&self) -> u32 {
        self.counts().values().sum()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    fn counts(&self) -> std::sync::MutexGuard<'_, HashMap<AccountId, u32>> {
        self.of_accounts.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// The place of one connection among those of its account; given back when dropped.
struct Place {
    app: Arc<App>,
    account: AccountId,
}

impl Place {
    /// A place; none where the account has as many as it may.
    fn take(app: &Arc<App>, account: AccountId) -> Option<Self> {
        let mut counts = app.sockets.counts();
        let count = counts.entry(account).or_default();
        if *count >= app.config.limits.sockets_per_account {
            return None;
        }
        *count += 1;
        drop(counts);
        app.metrics.socket_opened();
        Some(Self { app: Arc::clone(app), account })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        self.app.metrics.socket_left();
        let mut counts = self.app.sockets.counts();
        if let Some(count) = counts.get_mut(&self.account) {
            *count -= 1;
            if *count == 0 {
                counts.remove(&self.account);
            }
        }
    }
}

/// Whether `request` asks for a WebSocket.
pub(super) fn is_asked_for(request: &HttpRequest) -> bool {
    let upgrade = request.headers().get(UPGRADE).and_then(|value| value.to_str().ok());
    *request.method() == Method::GET && upgrade.is_some_and(|to| to.eq_ignore_ascii_case("websocket"))
}

/// Opens the connection; none where the handshake is not whole.
pub(super) fn open(request: &HttpRequest, payload: web::Payload, app: Arc<App>) -> Option<HttpResponse> {
    let payload = apart(request, payload)?;
    let (response, session, messages) = actix_ws::handle_with_protocols(request, payload, &[PROTOCOL]).ok()?;
    let connection = Connection::new(app, session, messages, client::locale(request));
    if response.headers().contains_key(SEC_WEBSOCKET_PROTOCOL) {
        rt::spawn(connection.run());
    } else {
        rt::spawn(connection.refuse());
    }
    Some(response)
}

/// What the client sends, in memory of its own: the library keeps the last piece, and with it the whole buffer that the
/// server read into, as long as the connection is idle.
fn apart(request: &HttpRequest, payload: web::Payload) -> Option<web::Payload> {
    let copied = payload.map(|piece| piece.map(|bytes| Bytes::copy_from_slice(&bytes)));
    let mut stream: dev::Payload = dev::Payload::Stream { payload: Box::pin(copied) };
    web::Payload::from_request(request, &mut stream).into_inner().ok()
}
