//! Running the operations of one connection and sending what comes of them.
use std::{sync::Arc, time::Duration};

use tokio::time::Instant;

use super::{Connection, End};
use crate::{
    graphql::{
        execute::{GraphqlRequest, Refusal, Verdict, execute_live},
        live::Interest,
    },
    http::socket::message::{self, Close},
};

/// Shortest time between two answers to one subscription.
const PAUSE: Duration = Duration::from_millis(200);

/// An operation that is answered for every change of its interest.
pub(super) struct Subscription {
    /// The client's name for it.
    pub(super) id: String,
    /// The request as JSON, which takes a fraction of the room of what is read from it.
    asked: String,
    pub(super) interest: Interest,
    /// When the last answer was sent.
    answered: Instant,
    /// When the next answer is due; none while nothing has changed.
    pub(super) due: Option<Instant>,
}

impl Subscription {
    /// Something has changed. What changes quickly is answered some times a second, with the newest state.
    pub(super) fn mark(&mut self) {
        if self.due.is_none() {
            self.due = Some(Instant::now().max(self.answered + PAUSE));
        }
    }
}

/// What becomes of an operation after an answer.
enum Next {
    /// Nothing more.
    Over,
    /// It is answered again for each change of this.
    On(Interest),
    /// It was not answered, and is after this time.
    Later(Duration),
}

impl Connection {
    pub(super) async fn subscribe(&mut self, id: String, asked: GraphqlRequest) -> Result<(), End> {
        if self.client.is_none() {
            return Err(Close::Unauthorized.into());
        }
        if id.is_empty() {
            return Err(Close::BadMessage.into());
        }
        if self.subscriptions.iter().any(|subscription| subscription.id == id) {
            return Err(Close::SubscriberExists(id).into());
        }
        let most = self.app.config.limits.subscriptions_per_socket;
        if self.subscriptions.len() >= usize::try_from(most).unwrap_or(usize::MAX) {
            let message = format!("a connection has at most {most} subscriptions");
            let refused = Refusal::new("SUBSCRIPTIONS_EXCEEDED", message).response();
            return self.send(message::error(&id, &refused.errors)).await;
        }
        // Listened to before the first answer is made, so that no change falls between that answer and the next.
        if self.facts.is_none() {
            self.facts = Some(self.app.outbox.listen());
        }
        let kept = serde_json::to_string(&asked).map_err(|_| Close::BadMessage)?;
        if let Next::On(interest) = self.answer(&id, asked, false).await? {
            self.subscriptions.reserve_exact(1);
            self.subscriptions.push(Subscription { id, asked: kept, interest, answered: Instant::now(), due: None });
        }
        Ok(())
    }

    /// Answers what is due by now.
    pub(super) async fn answer_due(&mut self) -> Result<(), End> {
        let now = Instant::now();
        let is_due = |subscription: &Subscription| subscription.due.is_some_and(|due| due <= now);
        while let Some(place) = self.subscriptions.iter().position(is_due) {
            let mut subscription = self.subscriptions.swap_remove(place);
            self.check()?;
            let asked = serde_json::from_str(&subscription.asked).map_err(|_| Close::BadMessage)?;
            match self.answer(&subscription.id, asked, true).await? {
                Next::Over => continue,
                Next::On(interest) => {
                    subscription = Subscription { interest, answered: Instant::now(), due: None, ..subscription };
                }
                Next::Later(pause) => subscription.due = Some(Instant::now() + pause),
            }
            self.subscriptions.push(subscription);
        }
        Ok(())
    }

    /// Runs an operation once and sends what came of it. Where it is run `again` and the budget of the account is used
    /// up, the answer waits until there is one: by then it shows the newest state anyway.
    async fn answer(&mut self, id: &str, asked: GraphqlRequest, again: bool) -> Result<Next, End> {
        let Some(client) = &self.client else { return Err(Close::Unauthorized.into()) };
        let request_id = self.app.ambient.uuid().to_string();
        let running = Box::pin(async {
            let _turn = self.app.admission.live_turn().await;
            execute_live(&self.app, Arc::clone(&client.actor), self.locale, &request_id, asked).await
        });
        let (verdict, response, interest) = tokio::select! {
            answer = running => answer,
            _ = self.stop.wait_for(|stop| *stop) => return Err(Close::GoingAway.into()),
        };
        self.app.metrics.operation(verdict, !response.errors.is_empty());
        match (verdict, interest) {
            (Verdict::Answered, Some(interest)) => {
                self.send(message::next(id, &response)).await?;
                Ok(Next::On(interest))
            }
            (Verdict::Answered, None) => {
                self.send(message::next(id, &response)).await?;
                self.send(message::complete(id)).await?;
                Ok(Next::Over)
            }
            (Verdict::RateLimited(seconds), _) if again => Ok(Next::Later(Duration::from_secs(seconds))),
            (Verdict::Refused | Verdict::QueryExpected | Verdict::RateLimited(_) | Verdict::TimedOut, _) => {
                self.send(message::error(id, &response.errors)).await?;
                Ok(Next::Over)
            }
        }
    }
}
