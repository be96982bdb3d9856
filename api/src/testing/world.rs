//! Time and randomness that tests decide.
use std::sync::{
    Arc, Mutex, PoisonError,
    atomic::{AtomicI64, Ordering},
};

use chrono::FixedOffset;
use entity::Timestamp;

use crate::clock::{Ambient, Clock, Randomness};

/// 2026-09-09 16:00 in Nantong, when every test begins.
pub const NOW: Timestamp = Timestamp(1_788_940_800_000_000);

/// A clock that stands still until it is moved.
pub struct TestClock(AtomicI64);

impl TestClock {
    /// A clock that shows `now`.
    pub fn at(now: Timestamp) -> Arc<Self> {
        Arc::new(Self(AtomicI64::new(now.0)))
    }

    /// Moves the clock by `seconds`.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds * 1_000_000, Ordering::Relaxed);
    }
}

impl Clock for TestClock {
    fn now(&self) -> Timestamp {
        Timestamp(self.0.load(Ordering::Relaxed))
    }
}

/// Reproducible bytes: `SplitMix64`.
struct Seeded(Mutex<u64>);

impl Randomness for Seeded {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(8) {
            *state = state.wrapping_add(0x9E37_79B9_7F4A_7C15);
            let mut z = *state;
            z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
            let word = (z ^ (z >> 31)).to_le_bytes();
            for (byte, value) in chunk.iter_mut().zip(word) {
                *byte = value;
            }
        }
    }
}

/// The outside world of a test, with `clock` and randomness from `seed`, in the time zone of Nantong.
pub fn test_ambient(clock: Arc<TestClock>, seed: u64) -> Ambient {
    let offset = FixedOffset::east_opt(8 * 3600).unwrap_or_else(unreachable_offset);
    Ambient::new(clock, Arc::new(Seeded(Mutex::new(seed))), offset)
}

fn unreachable_offset() -> FixedOffset {
    unreachable!("eight hours east is an offset")
}
