//! What is new, told to everybody in this process by one reader of the database.
use std::{
    sync::{
        Arc,
        atomic::{AtomicI64, Ordering},
    },
    time::Duration,
};

use sea_orm::DbErr;
use tokio::sync::{Notify, broadcast, watch};

use super::{Fact, after, head, sequence};
use crate::{clock::Ambient, db::Database};

/// Time between two looks, unless somebody says that there is something. What other replicas have done is seen by then.
const LOOK: Duration = Duration::from_secs(1);
/// Shortest time between two looks, so that many changes are told together.
const PAUSE: Duration = Duration::from_millis(50);
/// Facts that are read at a time.
const BATCH: u64 = 500;
/// Batches that a listener may be behind before it is told only that it missed some.
const BEHIND: usize = 64;
/// No look yet.
const NOWHERE: i64 = -1;

/// The facts of one process as they come.
pub struct Outbox {
    bell: Notify,
    facts: broadcast::Sender<Arc<[Fact]>>,
    position: AtomicI64,
}

impl Default for Outbox {
    fn default() -> Self {
        Self { bell: Notify::new(), facts: broadcast::channel(BEHIND).0, position: AtomicI64::new(NOWHERE) }
    }
}

impl Outbox {
    /// Says that there is something new, after the transaction that changed it. It would be seen within a second anyway.
    pub fn ring(&self) {
        self.bell.notify_one();
    }

    /// Everything that is told from now on. Who is too slow learns that he missed something, and asks the database.
    pub fn listen(&self) -> broadcast::Receiver<Arc<[Fact]>> {
        self.facts.subscribe()
    }

    /// Looks and tells until `stop` says so.
    pub async fn follow(&self, db: Database, ambient: Ambient, mut stop: watch::Receiver<bool>) {
        while !*stop.borrow() {
            if let Err(error) = self.look(&db, &ambient).await {
                tracing::warn!(%error, "what is new could not be looked at; the next look is in a second");
            }
            tokio::time::sleep(PAUSE).await;
            tokio::select! {
                () = self.bell.notified() => {}
                () = tokio::time::sleep(LOOK) => {}
                _ = stop.changed() => {}
            }
        }
    }

    /// One look: gives positions to what is committed and tells what is new. The first look tells what had no position.
    pub async fn look(&self, db: &Database, ambient: &Ambient) -> Result<(), DbErr> {
        let mut position = self.position.load(Ordering::Relaxed);
        if position == NOWHERE {
            position = head(db.read()).await?;
        }
        sequence(db, ambient).await?;
        loop {
            let facts = after(db.read(), position, BATCH).await?;
            let Some(last) = facts.last() else { break };
            position = last.position;
            // Nobody may be listening, which is no mistake.
            let _ = self.facts.send(facts.into());
        }
        self.position.store(position, Ordering::Relaxed);
        Ok(())
    }
}
