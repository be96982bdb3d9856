use chrono::FixedOffset;
use entity::Timestamp;

use super::{Daily, worker::pause};
use crate::clock::Ambient;

#[test]
fn pauses_grow_and_end_with_the_sixth_attempt() {
    let pauses: Vec<Option<i64>> = (1..=6).map(pause).collect();
    assert_eq!(pauses, [Some(10), Some(20), Some(40), Some(80), Some(160), None]);
}

#[test]
fn a_daily_time_is_local_and_the_latest_one_is_made_up_for_alone() {
    let ambient = Ambient::system(FixedOffset::east_opt(8 * 3_600).unwrap());
    let at = |text: &str| Timestamp::from(text.parse::<chrono::DateTime<chrono::Utc>>().unwrap());
    let daily = Daily { hour: 2, minute: 10 };
    assert_eq!(daily.latest(&ambient, at("2026-09-08T18:10:00Z")), at("2026-09-08T18:10:00Z"));
    assert_eq!(daily.latest(&ambient, at("2026-09-08T18:09:59Z")), at("2026-09-07T18:10:00Z"));
    assert_eq!(daily.latest(&ambient, at("2026-09-09T12:00:00Z")), at("2026-09-08T18:10:00Z"));
}
