//! How many requests are worked on at a time, and how many wait for their turn: what comes beyond is sent away at once.
//!
//! Work that piles up makes every answer late; work that is sent away is asked for again when there is room.
use std::time::Duration;

use tokio::{
    sync::{Semaphore, SemaphorePermit},
    time::timeout,
};

use crate::config::Config;

/// Seconds after which one who was sent away may come again.
pub(super) const COME_AGAIN: u64 = 1;
/// Longest time that a request waits for its turn, where those before it are slow.
const PATIENCE: Duration = Duration::from_secs(1);

/// The turns of one process.
pub struct Admission {
    running: Semaphore,
    /// A place for each request that runs or waits.
    places: Semaphore,
    /// Subscribers have turns of their own: a change that concerns thousands of them keeps nobody else waiting.
    live: Semaphore,
}

/// A turn; given back when dropped.
pub(crate) struct Turn<'a> {
    _place: Option<SemaphorePermit<'a>>,
    _running: Option<SemaphorePermit<'a>>,
}

impl Admission {
    /// As many turns as `config` says.
    pub fn new(config: &Config) -> Self {
        let (running, waiting) = (config.requests_running(), config.limits.requests_waiting);
        let count = |n: u32| usize::try_from(n).unwrap_or(Semaphore::MAX_PERMITS).min(Semaphore::MAX_PERMITS);
        Self {
            running: Semaphore::new(count(running)),
            places: Semaphore::new(count(running.saturating_add(waiting))),
            live: Semaphore::new(count(running.div_ceil(2))),
        }
    }

    /// Whether a request that comes now is sent away.
    pub(super) fn is_full(&self) -> bool {
        self.places.available_permits() == 0
    }

    /// A turn for a request; none where too many wait already, or those before it are too slow.
    pub(super) async fn turn(&self) -> Option<Turn<'_>> {
        let place = self.places.try_acquire().ok()?;
        let running = timeout(PATIENCE, self.running.acquire()).await.ok()?.ok()?;
        Some(Turn { _place: Some(place), _running: Some(running) })
    }

    /// A turn for the answer to a subscriber, who waits as long as it takes.
    pub(crate) async fn live_turn(&self) -> Turn<'_> {
        Turn { _place: None, _running: self.live.acquire().await.ok() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn admission(running: u32, waiting: u32) -> Admission {
        let mut config = Config::default();
        (config.limits.requests_running, config.limits.requests_waiting) = (Some(running), waiting);
        Admission::new(&config)
    }

    #[tokio::test]
    async fn some_run_some_wait_and_the_rest_is_sent_away_at_once() {
        let admission = admission(2, 1);
        let first = admission.turn().await.unwrap();
        let _second = admission.turn().await.unwrap();
        let mut third = Box::pin(admission.turn());
        assert!(timeout(Duration::from_millis(1), &mut third).await.is_err(), "it waits");
        assert!(admission.is_full());
        assert!(admission.turn().await.is_none(), "a fourth is sent away");
        let subscriber = admission.live_turn().await;
        assert!(admission.is_full(), "a subscriber takes nobody's place");
        drop(first);
        assert!(third.await.is_some());
        assert!(!admission.is_full());
        drop(subscriber);
    }

    #[tokio::test]
    async fn nobody_waits_longer_than_a_second_and_his_place_is_given_back() {
        let admission = admission(1, 5);
        let _slow = admission.turn().await.unwrap();
        let begun = tokio::time::Instant::now();
        assert!(admission.turn().await.is_none());
        assert!(begun.elapsed() >= PATIENCE);
        assert_eq!(admission.places.available_permits(), 5);
    }
}
