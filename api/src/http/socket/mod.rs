//! The GraphQL endpoint over a WebSocket: graphql-transport-ws, for operations that are answered more than once.
//!
//! Beside the protocol: `connection_init` carries `{ "accessToken", "language" }`; a token is renewed on the open
//! connection by a `ping` with `{ "accessToken" }`, since the protocol forbids a second `connection_init`;
//! `connection_ack` and the `pong` to such a ping say when it runs out. The codes are listed in `message.rs`.

mod connection;
mod message;
mod wire;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use actix_http::ws;
use actix_web::{
    HttpMessage, HttpRequest, HttpResponse,
    http::{
        Method,
        header::{SEC_WEBSOCKET_PROTOCOL, UPGRADE},
    },
    web::BytesMut,
};
use entity::AccountId;
use tokio::sync::watch;

use super::{client, transport::Transport};
use crate::{app::App, graphql::Locale};
use connection::Connection;
use message::PROTOCOL;
use wire::Wire;

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

/// Marks a request whose connection can be handed over.
pub(super) struct Upgradable;

/// Goes with the answer that agrees to a WebSocket, and takes the connection over once that answer is sent.
pub(super) struct Handed {
    speaks: bool,
    locale: Locale,
}

impl Handed {
    /// Serves the connection until it is over. `read` was read from it already.
    pub(super) async fn run(self, app: Arc<App>, transport: Transport, read: BytesMut) {
        // In memory of its own size: what the server read into is much larger.
        let read = BytesMut::from(&read[..]);
        let wire = Wire::new(transport.into_inner(), read, app.config.limits.body_bytes);
        let connection = Connection::new(app, wire, self.locale);
        if self.speaks { connection.run().await } else { connection.refuse().await }
    }
}

/// Agrees to a WebSocket; none where the handshake is not whole.
pub(super) fn agree(request: &HttpRequest) -> Option<HttpResponse> {
    request.extensions().get::<Upgradable>()?;
    let mut answer = ws::handshake(request.head()).ok()?;
    let offered = request.headers().get_all(SEC_WEBSOCKET_PROTOCOL).filter_map(|value| value.to_str().ok());
    let speaks = offered.flat_map(|value| value.split(',')).any(|protocol| protocol.trim() == PROTOCOL);
    if speaks {
        answer.insert_header((SEC_WEBSOCKET_PROTOCOL, PROTOCOL));
    }
    let mut response = HttpResponse::from(answer.finish().map_into_boxed_body());
    response.extensions_mut().insert(Handed { speaks, locale: client::locale(request) });
    Some(response)
}
