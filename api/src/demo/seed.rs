//! The one source of everything that looks like chance in the demonstration: same seed and same date, same data.
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};

use chrono::{Days, FixedOffset, Months, NaiveTime};
use entity::{Date, Timestamp};
use uuid::{Builder, Uuid};

use crate::{
    clock::{Ambient, Clock, Randomness},
    rule::Basis,
};

/// The seed of all demonstration data.
const SEED: u64 = 0x6A69_616E_6768_6169;

/// `SplitMix64`. Reproducible, therefore not for secrets: it serves fictitious people only.
struct SplitMix64(AtomicU64);

impl SplitMix64 {
    fn next(&self) -> u64 {
        const GAMMA: u64 = 0x9E37_79B9_7F4A_7C15;
        let mut mixed = self.0.fetch_add(GAMMA, Ordering::Relaxed).wrapping_add(GAMMA);
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
}

impl Randomness for SplitMix64 {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            for (byte, random) in chunk.iter_mut().zip(self.next().to_le_bytes()) {
                *byte = random;
            }
        }
    }
}

/// A clock that stands still.
struct Standing(Timestamp);

impl Clock for Standing {
    fn now(&self) -> Timestamp {
        self.0
    }
}

/// Dice, keys and dates from one seed.
pub(super) struct Seed {
    source: Arc<SplitMix64>,
    ambient: Ambient,
    today: Date,
    basis: Basis,
    keys: AtomicU64,
}

impl Seed {
    /// The source for data that is loaded on `today`, with duties by the rules of `basis`.
    pub(super) fn new(today: Date, basis: Basis) -> Self {
        let source = Arc::new(SplitMix64(AtomicU64::new(SEED)));
        let clock = Arc::new(Standing(moment(days_before(today, 1), 0)));
        let offset = FixedOffset::east_opt(0).unwrap_or(chrono::Offset::fix(&chrono::Utc));
        let ambient = Ambient::new(clock, Arc::clone(&source) as Arc<dyn Randomness>, offset);
        Self { source, ambient, today, basis, keys: AtomicU64::new(0) }
    }

    /// The day of loading.
    pub(super) fn today(&self) -> Date {
        self.today
    }

    /// The rules by which duties arise.
    pub(super) fn basis(&self) -> &Basis {
        &self.basis
    }

    /// Standing clock and seeded bytes, for sealing.
    pub(super) fn ambient(&self) -> &Ambient {
        &self.ambient
    }

    /// The next key. Keys rise, so that rows are appended to their indexes.
    pub(super) fn id<T: From<Uuid>>(&self) -> T {
        let n = self.keys.fetch_add(1, Ordering::Relaxed);
        let start = u64::try_from(self.ambient.now().0 / 1_000).unwrap_or_default();
        let mut bytes: [u8; 10] = self.ambient.bytes();
        // The 12 bits after the version count within the millisecond.
        let [high, low] = u16::try_from(n & 0xFFF).unwrap_or_default().to_be_bytes();
        let [first, second, ..] = &mut bytes;
        (*first, *second) = (high, low);
        Builder::from_unix_timestamp_millis(start + (n >> 12), &bytes).into_uuid().into()
    }

    /// A number below `end`, which is at least 1.
    pub(super) fn below(&self, end: usize) -> usize {
        let end = u64::try_from(end).unwrap_or(u64::MAX).max(1);
        usize::try_from(self.source.next() % end).unwrap_or_default()
    }

    /// A number from `low` to `high`, both included.
    pub(super) fn between(&self, low: i64, high: i64) -> i64 {
        let width = usize::try_from(high - low + 1).unwrap_or(1);
        low + i64::try_from(self.below(width)).unwrap_or_default()
    }

    /// True in `permille` of 1,000 cases.
    pub(super) fn chance(&self, permille: usize) -> bool {
        self.below(1_000) < permille
    }

    /// One of `choices`.
    #[expect(clippy::indexing_slicing, reason = "the choices are constant lists and never empty")]
    pub(super) fn pick<T: Copy>(&self, choices: &[T]) -> T {
        choices[self.below(choices.len())]
    }

    /// One of `choices` by weight.
    #[expect(clippy::indexing_slicing, reason = "the choices are constant lists and never empty")]
    pub(super) fn weighted<T: Copy>(&self, choices: &[(T, usize)]) -> T {
        let mut drawn = self.below(choices.iter().map(|(_, weight)| weight).sum());
        for (choice, weight) in choices {
            if drawn < *weight {
                return *choice;
            }
            drawn -= weight;
        }
        choices[0].0
    }
}

/// `days` days before `date`.
pub(super) fn days_before(date: Date, days: i64) -> Date {
    let days = Days::new(days.unsigned_abs());
    date.checked_sub_days(days).unwrap_or(date)
}

/// `days` days after `date`.
pub(super) fn days_after(date: Date, days: i64) -> Date {
    let days = Days::new(days.unsigned_abs());
    date.checked_add_days(days).unwrap_or(date)
}

/// `years` years before `date`.
pub(super) fn years_before(date: Date, years: u32) -> Date {
    date.checked_sub_months(Months::new(12 * years)).unwrap_or(date)
}

/// `years` years after `date`.
pub(super) fn years_after(date: Date, years: u32) -> Date {
    date.checked_add_months(Months::new(12 * years)).unwrap_or(date)
}

/// A moment in working hours of `date`, `minutes` after nine o'clock in Nantong.
pub(super) fn moment(date: Date, minutes: i64) -> Timestamp {
    Timestamp::from(date.and_time(NaiveTime::MIN).and_utc()).plus_seconds(3_600 + 60 * minutes)
}
