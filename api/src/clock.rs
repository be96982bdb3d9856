//! Time, keys and randomness. They reach code as parameters, so that tests decide them.
use std::sync::Arc;

use chrono::{DateTime, FixedOffset, NaiveTime};
use entity::{Date, Timestamp};
use uuid::{Builder, Uuid};

/// Where the present moment comes from.
pub trait Clock: Send + Sync {
    /// The present moment, cut to microseconds.
    fn now(&self) -> Timestamp;
}

/// Where unpredictable bytes come from.
pub trait Randomness: Send + Sync {
    /// Fills `bytes` with unpredictable values.
    fn fill(&self, bytes: &mut [u8]);
}

/// The clock of the machine.
pub struct SystemClock;

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that reads the clock")]
    fn now(&self) -> Timestamp {
        chrono::Utc::now().into()
    }
}

/// The random generator of the operating system.
pub struct SystemRandomness;

impl Randomness for SystemRandomness {
    #[expect(clippy::disallowed_methods, reason = "this is the one place that draws randomness")]
    fn fill(&self, bytes: &mut [u8]) {
        use rand::Rng as _;
        rand::rng().fill_bytes(bytes);
    }
}

/// What code may know of the outside world: time, the local calendar, randomness.
#[derive(Clone)]
pub struct Ambient {
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    offset: FixedOffset,
}

impl Ambient {
    /// The real world, with local dates `offset` east of UTC.
    pub fn system(offset: FixedOffset) -> Self {
        Self { clock: Arc::new(SystemClock), randomness: Arc::new(SystemRandomness), offset }
    }

    /// A world made of the given parts.
    pub fn new(clock: Arc<dyn Clock>, randomness: Arc<dyn Randomness>, offset: FixedOffset) -> Self {
        Self { clock, randomness, offset }
    }

    /// The present moment.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// The local calendar date of the present moment.
    pub fn today(&self) -> Date {
        self.date_of(self.now())
    }

    /// The local calendar date of `at`.
    pub fn date_of(&self, at: Timestamp) -> Date {
        self.local(at).date_naive()
    }

    /// `at` as clocks show it here.
    pub fn local(&self, at: Timestamp) -> DateTime<FixedOffset> {
        at.to_utc().with_timezone(&self.offset)
    }

    /// The first moment of the local date `day`.
    pub fn start_of(&self, day: Date) -> Timestamp {
        let local = day.and_time(NaiveTime::MIN);
        local.and_local_timezone(self.offset).single().map_or(Timestamp(0), |at| at.to_utc().into())
    }

    /// A fresh `UUIDv7`.
    pub fn uuid(&self) -> Uuid {
        let millis = u64::try_from(self.now().0 / 1_000).unwrap_or_default();
        Builder::from_unix_timestamp_millis(millis, &self.bytes()).into_uuid()
    }

    /// Unpredictable bytes.
    pub fn bytes<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.randomness.fill(&mut bytes);
        bytes
    }
}
