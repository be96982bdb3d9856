//! Subscriptions as a program meets them: a real server, a real WebSocket.
mod bounds;
mod events;
mod protocol;
mod slow;
mod token;

use std::{net::SocketAddr, sync::Arc, time::Duration};

use actix_web::dev::ServerHandle;
use entity::SessionId;
use futures_util::{SinkExt, StreamExt};
use jianghai::{
    app::App,
    http::{self, tokens::Bearer},
    testing::{Answer, TestApp},
};
use serde_json::{Value, json};
use tokio::{
    net::{TcpSocket, TcpStream},
    sync::watch,
    task::JoinHandle,
};
use tokio_tungstenite::{
    WebSocketStream, client_async,
    tungstenite::{Message, client::IntoClientRequest, http::HeaderValue},
};
use uuid::Uuid;

/// Longest time that anything may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// A running server over an instance.
struct Server {
    app: Arc<App>,
    address: SocketAddr,
    handle: ServerHandle,
    stop: watch::Sender<bool>,
    follower: JoinHandle<()>,
}

impl Server {
    async fn start(app: &Arc<App>) -> Self {
        app.outbox.look(&app.db, &app.ambient).await.unwrap();
        let (stop, stopped) = watch::channel(false);
        let feed = Arc::clone(app);
        tokio::spawn(async move { feed.outbox.follow(feed.db.clone(), feed.ambient.clone(), stopped).await });
        let follower = tokio::spawn(Arc::clone(app).follow_authority());
        let listener = http::listen(SocketAddr::from(([127, 0, 0, 1], 0))).unwrap();
        let address = listener.local_addr().unwrap();
        let running = http::server(app, 1, listener, None).unwrap();
        let handle = running.handle();
        tokio::spawn(running);
        Self { app: Arc::clone(app), address, handle, stop, follower }
    }

    /// A token of the account `name` for `seconds`.
    fn token(&self, app: &TestApp, name: &str, seconds: i64) -> String {
        let bearer = Bearer { account: app.account(name), session: SessionId(Uuid::from_u128(7)) };
        let now = self.app.ambient.now();
        self.app.tokens.sign(bearer, now, now.plus_seconds(seconds)).unwrap().text
    }

    /// A connection of the account `name`, ready for operations.
    async fn client(&self, app: &TestApp, name: &str) -> Client {
        let mut client = Client::connect(self.address, Some("graphql-transport-ws")).await;
        client.hello(&self.token(app, name, 300)).await;
        client
    }

    async fn end(self) {
        self.stop.send_replace(true);
        self.follower.abort();
        self.app.sockets.close();
        self.handle.stop(true).await;
    }
}

/// One end of a WebSocket.
struct Client(WebSocketStream<TcpStream>);

impl Client {
    async fn connect(address: SocketAddr, protocol: Option<&str>) -> Self {
        let socket = TcpSocket::new_v4().unwrap();
        // So that it takes little to be slow.
        socket.set_recv_buffer_size(4_096).unwrap();
        let stream = socket.connect(address).await.unwrap();
        let mut request = format!("ws://{address}/graphql").into_client_request().unwrap();
        if let Some(protocol) = protocol {
            request.headers_mut().insert("sec-websocket-protocol", HeaderValue::from_str(protocol).unwrap());
        }
        Self(client_async(request, stream).await.unwrap().0)
    }

    async fn send(&mut self, message: Message) {
        self.0.send(message).await.unwrap();
    }

    async fn say(&mut self, message: Value) {
        self.send(Message::text(message.to_string())).await;
    }

    async fn hello(&mut self, token: &str) {
        self.say(json!({ "type": "connection_init", "payload": { "accessToken": token, "language": "en" } })).await;
        assert_eq!(self.hear().await["type"], "connection_ack");
    }

    async fn subscribe(&mut self, id: &str, document: &str, variables: Value) {
        let payload = json!({ "query": document, "variables": variables });
        self.say(json!({ "id": id, "type": "subscribe", "payload": payload })).await;
    }

    /// The next message, or how the connection was closed.
    async fn next(&mut self) -> Result<Value, (u16, String)> {
        loop {
            let message = tokio::time::timeout(PATIENCE, self.0.next()).await.expect("nothing is heard");
            match message.expect("the connection broke off").expect("the connection broke") {
                Message::Text(text) => return Ok(serde_json::from_str(&text).unwrap()),
                Message::Close(frame) => {
                    let frame = frame.expect("a reason");
                    return Err((frame.code.into(), frame.reason.to_string()));
                }
                _ => {}
            }
        }
    }

    async fn hear(&mut self) -> Value {
        self.next().await.unwrap_or_else(|closed| panic!("closed: {closed:?}"))
    }

    /// The next answer to `id`.
    async fn answer(&mut self, id: &str) -> Answer {
        let message = self.hear().await;
        assert_eq!((&message["id"], &message["type"]), (&json!(id), &json!("next")), "{message}");
        Answer(message["payload"].clone())
    }

    /// How the connection is closed, whatever is heard before.
    async fn closed(&mut self) -> (u16, String) {
        loop {
            if let Err(closed) = self.next().await {
                return closed;
            }
        }
    }
}
