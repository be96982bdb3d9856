//! When work runs by itself.
use chrono::Days;
use entity::Timestamp;

use crate::clock::Ambient;

/// Once a day at a local time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Daily {
    /// Hour, 0 to 23.
    pub hour: i64,
    /// Minute, 0 to 59.
    pub minute: i64,
}

impl Daily {
    /// The last moment at `now` or before at which it was to run. What was missed while nothing ran is made up for
    /// once, not day by day.
    pub fn latest(self, ambient: &Ambient, now: Timestamp) -> Timestamp {
        let at = |day| ambient.start_of(day).plus_seconds(self.hour * 3_600 + self.minute * 60);
        let today = ambient.date_of(now);
        let latest = at(today);
        if latest <= now { latest } else { at(today - Days::new(1)) }
    }
}
