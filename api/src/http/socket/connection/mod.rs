//! One connection: one task that reads, runs and answers, one thing after another.
//!
//! What waits is bounded: at most one answer is due for each subscription, always of the newest state, and a client
//! that does not take what is sent to it within some seconds is dropped.
mod answer;

use std::{sync::Arc, time::Duration};

use actix_http::ws::Message;
use actix_web::web::Bytes;
use chrono::Days;
use entity::Timestamp;
use tokio::{
    sync::{broadcast, broadcast::error::RecvError, watch},
    time::{Instant, sleep_until, timeout},
};

use answer::Subscription;

use super::{
    Place,
    message::{self, ClientMessage, Close, Hello},
    wire::{Heard, Unheard, Wire},
};
use crate::{
    app::App,
    authz::Actor,
    features::api_token::service::touch,
    graphql::{Locale, live::Interest},
    http::bearer::Caller,
    outbox::Fact,
};

/// Time between two signs of life that a client is asked for. Two that are not answered end the connection.
const BEAT: Duration = Duration::from_secs(30);
/// Time that a client has to close its side as well.
const FAREWELL: Duration = Duration::from_secs(2);

type Facts = Arc<[Fact]>;

/// A connection is over.
enum End {
    /// The client is told why.
    Close(Close),
    /// The client is gone.
    Gone,
}

impl From<Close> for End {
    fn from(close: Close) -> Self {
        Self::Close(close)
    }
}

/// Who has said who he is.
struct Client {
    caller: Caller,
    until: Timestamp,
    actor: Arc<Actor>,
    _place: Place,
}

/// One connection.
pub(super) struct Connection {
    app: Arc<App>,
    wire: Wire,
    locale: Locale,
    stop: watch::Receiver<bool>,
    authority: watch::Receiver<()>,
    facts: Option<broadcast::Receiver<Facts>>,
    client: Option<Client>,
    /// Few, so that a list is found through as fast as a map and takes less room.
    subscriptions: Vec<Subscription>,
    opened: Instant,
    beat: Instant,
    /// Beats since the client was last heard.
    unanswered: u8,
}

enum Event {
    Stop,
    Authority,
    Message(Result<Heard, Unheard>),
    Facts(Result<Facts, RecvError>),
    Timer,
}

impl Connection {
    pub(super) fn new(app: Arc<App>, wire: Wire, locale: Locale) -> Self {
        let now = Instant::now();
        Self {
            stop: app.sockets.stop.subscribe(),
            authority: app.authority.watch(),
            app,
            wire,
            locale,
            facts: None,
            client: None,
            subscriptions: Vec::new(),
            opened: now,
            beat: now + BEAT,
            unanswered: 0,
        }
    }

    /// Works until the connection is over. What is done now and then lies in memory of its own while it is done, so that
    /// an idle connection holds only what it waits with.
    pub(super) async fn run(mut self) {
        loop {
            let event = self.event().await;
            match Box::pin(self.act(event)).await {
                Ok(()) => {}
                Err(End::Close(close)) => return Box::pin(self.close(close)).await,
                Err(End::Gone) => return,
            }
        }
    }

    /// Closes a connection to a client that speaks another protocol.
    pub(super) async fn refuse(self) {
        self.close(Close::SubprotocolUnknown).await;
    }

    async fn close(self, close: Close) {
        let code = close.code();
        let account = self.client.as_ref().map(|client| client.caller.account.0.to_string());
        tracing::info!(socket.code = code, account.id = account, "a socket is closed with {code}");
        self.app.metrics.socket_closed(code);
        let patience = self.patience();
        let Self { mut wire, .. } = self;
        let said = async {
            wire.send(Message::Close(Some(close.reason()))).await?;
            wire.shut().await;
            Ok::<_, Unheard>(())
        };
        if let Ok(Ok(())) = timeout(patience, said).await {
            // Whoever leaves while the other side still writes makes the last words unreadable.
            let _ = timeout(FAREWELL, async { while wire.next().await.is_ok() {} }).await;
        }
    }

    /// Waits for the next thing.
    async fn event(&mut self) -> Event {
        let wake = self.wake();
        let Self { stop, authority, wire, facts, .. } = self;
        tokio::select! {
            biased;
            _ = stop.wait_for(|stop| *stop) => Event::Stop,
            Ok(()) = authority.changed() => Event::Authority,
            message = wire.next() => Event::Message(message),
            facts = hear(facts) => Event::Facts(facts),
            () = sleep_until(wake) => Event::Timer,
        }
    }

    /// Does what is to be done about `event`.
    async fn act(&mut self, event: Event) -> Result<(), End> {
        self.check()?;
        match event {
            Event::Stop => return Err(Close::GoingAway.into()),
            Event::Authority => self.mark(|interest, actor| !interest.is_allowed(actor)),
            Event::Facts(Ok(facts)) => {
                self.mark(|interest, actor| facts.iter().any(|fact| interest.is_met(fact, actor)));
            }
            // Some were missed: whatever they were, the answer is made from the newest state.
            Event::Facts(Err(RecvError::Lagged(_))) => self.mark(|_, _| true),
            Event::Facts(Err(RecvError::Closed)) => self.facts = None,
            Event::Message(message) => self.message(message).await?,
            Event::Timer => self.beat().await?,
        }
        self.answer_due().await
    }

    /// When something is to be done though nothing happens.
    fn wake(&self) -> Instant {
        let due = self.subscriptions.iter().filter_map(|subscription| subscription.due).min();
        let wake = due.map_or(self.beat, |due| due.min(self.beat));
        match &self.client {
            Some(client) => {
                let ambient = &self.app.ambient;
                let midnight = ambient.start_of(client.actor.today() + Days::new(1));
                let left = u64::try_from(client.until.0.min(midnight.0) - ambient.now().0).unwrap_or_default();
                wake.min(Instant::now() + Duration::from_micros(left))
            }
            None => wake.min(self.init_deadline()),
        }
    }

    fn init_deadline(&self) -> Instant {
        self.opened + Duration::from_secs(self.app.config.limits.socket_init_seconds)
    }

    /// Whether the client may still be here; his rights are those of this moment from then on.
    fn check(&mut self) -> Result<(), Close> {
        let Some(client) = &mut self.client else {
            return if Instant::now() < self.init_deadline() { Ok(()) } else { Err(Close::InitTimeout) };
        };
        if self.app.ambient.now() >= client.until {
            return Err(Close::Forbidden("the access token has run out"));
        }
        let current = self.app.authority.current();
        let turned = client.actor.today() != self.app.ambient.today();
        if turned || !Arc::ptr_eq(client.actor.authority(), &current) {
            client.actor = client.caller.actor(&self.app).ok_or(Close::Forbidden("the account may no longer act"))?;
        }
        if turned {
            // Grants run out with the day, and nobody does anything for that.
            self.mark(|interest, actor| !interest.is_allowed(actor));
        }
        Ok(())
    }

    fn mark(&mut self, concerned: impl Fn(&Interest, &Actor) -> bool) {
        let Some(client) = &self.client else { return };
        for subscription in &mut self.subscriptions {
            if concerned(&subscription.interest, &client.actor) {
                subscription.mark();
            }
        }
    }

    /// Asks for a sign of life where it is time to.
    async fn beat(&mut self) -> Result<(), End> {
        if Instant::now() < self.beat {
            return Ok(());
        }
        if self.unanswered >= 2 {
            return Err(End::Gone);
        }
        self.unanswered += 1;
        self.beat = Instant::now() + BEAT;
        let patience = self.patience();
        taken(patience, self.wire.send(Message::Ping(Bytes::new()))).await
    }

    fn patience(&self) -> Duration {
        Duration::from_secs(self.app.config.limits.socket_send_seconds)
    }

    async fn send(&mut self, text: String) -> Result<(), End> {
        let patience = self.patience();
        taken(patience, self.wire.send(Message::Text(text.into()))).await
    }

    async fn message(&mut self, message: Result<Heard, Unheard>) -> Result<(), End> {
        self.unanswered = 0;
        match message {
            Ok(Heard::Text(text)) => match serde_json::from_slice(&text) {
                Ok(message) => self.handle(message).await,
                Err(_) => Err(Close::BadMessage.into()),
            },
            Ok(Heard::Ping(bytes)) => {
                let patience = self.patience();
                taken(patience, self.wire.send(Message::Pong(bytes))).await
            }
            Ok(Heard::Pong) => Ok(()),
            Err(Unheard::TooLarge) => Err(Close::TooLarge.into()),
            Ok(Heard::Binary) | Err(Unheard::Malformed) => Err(Close::BadMessage.into()),
            Err(Unheard::Gone) => Err(End::Gone),
        }
    }

    async fn handle(&mut self, message: ClientMessage) -> Result<(), End> {
        match message {
            ClientMessage::ConnectionInit { payload } => self.init(payload.unwrap_or_default()).await,
            ClientMessage::Ping { payload } => {
                let until = match message::renewed_token(payload.as_ref()) {
                    Some(token) => Some(self.renew(token)?),
                    None => None,
                };
                self.send(message::pong(until)).await
            }
            ClientMessage::Pong {} => Ok(()),
            ClientMessage::Subscribe { id, payload } => self.subscribe(id, payload).await,
            ClientMessage::Complete { id } => {
                self.subscriptions.retain(|subscription| subscription.id != id);
                Ok(())
            }
        }
    }

    async fn init(&mut self, hello: Hello) -> Result<(), End> {
        if self.client.is_some() {
            return Err(Close::TooManyInits.into());
        }
        let token = hello.access_token.unwrap_or_default();
        let (caller, until, actor) = self.admit(&token)?;
        if let Some(token) = actor.token() {
            touch(&self.app, token).await;
        }
        let place = Place::take(&self.app, caller.account).ok_or(Close::TooMany)?;
        if hello.language.is_some() {
            self.locale = Locale::from_header(hello.language.as_deref());
        }
        self.client = Some(Client { caller, until, actor, _place: place });
        self.send(message::ack(until)).await
    }

    fn admit(&self, token: &str) -> Result<(Caller, Timestamp, Arc<Actor>), Close> {
        let refused = Close::Forbidden("the access token is not valid");
        let (caller, until) = Caller::of(&self.app, token).ok_or(refused)?;
        let actor = caller.actor(&self.app).ok_or(Close::Forbidden("the access token is not valid"))?;
        Ok((caller, until, actor))
    }

    /// Takes a newer token of the same sign-in; answers until when it holds.
    fn renew(&mut self, token: &str) -> Result<Timestamp, Close> {
        let (caller, until, actor) = self.admit(token)?;
        let client = self.client.as_mut().ok_or(Close::Unauthorized)?;
        if client.caller != caller {
            return Err(Close::Forbidden("the access token belongs to another sign-in"));
        }
        (client.until, client.actor) = (until.max(client.until), actor);
        Ok(client.until)
    }
}

/// The next facts; never where nobody listens.
async fn hear(facts: &mut Option<broadcast::Receiver<Facts>>) -> Result<Facts, RecvError> {
    match facts {
        Some(facts) => facts.recv().await,
        None => std::future::pending().await,
    }
}

/// Sends something that the client has to take in time.
async fn taken(patience: Duration, sending: impl Future<Output = Result<(), Unheard>>) -> Result<(), End> {
    match timeout(patience, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) => Err(End::Gone),
        Err(_) => Err(Close::TooSlow.into()),
    }
}
