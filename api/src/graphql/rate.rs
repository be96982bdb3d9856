//! What one account may ask for in a minute, and how much of it is left.
use std::{
    collections::HashMap,
    sync::{Mutex, PoisonError},
};

use async_graphql::{Context, Object, SimpleObject};
use entity::{AccountId, Timestamp};

use super::scalar::DateTime;

/// A budget is full again after this long.
const WINDOW_MICROS: i64 = 60_000_000;
/// Budgets that are full again are forgotten when there are more than this many.
const KEPT: usize = 10_000;

/// How much the viewer may still ask for.
#[derive(SimpleObject, Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimit {
    /// Objects that this request asks for at most.
    pub cost: i32,
    /// Objects that may still be asked for now.
    pub remaining: i32,
    /// When the budget is full again.
    pub reset_at: DateTime,
}

/// A request that asks for more than the budget holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RateLimited {
    /// Seconds until the budget holds enough.
    pub retry_after_seconds: u64,
}

#[derive(Clone, Copy)]
struct Bucket {
    left: f64,
    at: Timestamp,
}

/// The budgets of all accounts of this process. They refill evenly.
#[derive(Default)]
pub struct RateBudget(Mutex<HashMap<AccountId, Bucket>>);

impl RateBudget {
    /// Takes `cost` from the budget of `account`, which holds `capacity` a minute.
    pub fn take(
        &self,
        account: Option<AccountId>,
        cost: u32,
        capacity: u32,
        now: Timestamp,
    ) -> Result<RateLimit, RateLimited> {
        let cost = cost.max(1);
        let whole = f64::from(capacity);
        let per_micro = whole / 60_000_000.0;
        let Some(account) = account else {
            return Ok(limit(cost, whole, now, per_micro, whole));
        };
        let mut buckets = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if buckets.len() > KEPT {
            buckets.retain(|_, bucket| now.0 - bucket.at.0 < WINDOW_MICROS);
        }
        let bucket = buckets.entry(account).or_insert(Bucket { left: whole, at: now });
        bucket.left = (bucket.left + micros(now.0 - bucket.at.0) * per_micro).min(whole);
        bucket.at = now;
        let wanted = f64::from(cost);
        if bucket.left < wanted {
            let seconds = (wanted.min(whole) - bucket.left) / per_micro / 1_000_000.0;
            return Err(RateLimited { retry_after_seconds: u64::from(rounded(seconds.ceil()).unsigned_abs()).max(1) });
        }
        bucket.left -= wanted;
        Ok(limit(cost, bucket.left, now, per_micro, whole))
    }
}

fn limit(cost: u32, left: f64, now: Timestamp, per_micro: f64, whole: f64) -> RateLimit {
    let until_full = i64::from(rounded(((whole - left) / per_micro / 1_000_000.0).ceil()));
    RateLimit {
        cost: i32::try_from(cost).unwrap_or(i32::MAX),
        remaining: rounded(left.floor()),
        reset_at: DateTime(now.plus_seconds(until_full)),
    }
}

#[expect(clippy::cast_precision_loss, reason = "a minute of microseconds is exact in an f64")]
fn micros(passed: i64) -> f64 {
    passed.clamp(0, WINDOW_MICROS) as f64
}

#[expect(clippy::cast_possible_truncation, reason = "the conversion saturates")]
fn rounded(value: f64) -> i32 {
    value as i32
}

/// The field that tells the budget.
#[derive(Default)]
pub struct RateQuery;

#[Object]
impl RateQuery {
    /// What this request costs and what is left for the running minute.
    async fn rate_limit(&self, ctx: &Context<'_>) -> RateLimit {
        *ctx.data_unchecked::<RateLimit>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: Timestamp = Timestamp(1_700_000_000_000_000);

    #[test]
    fn a_budget_is_used_up_and_refills() {
        let budget = RateBudget::default();
        let account = Some(AccountId(uuid::Uuid::from_u128(1)));
        let first = budget.take(account, 400, 600, NOW).unwrap();
        assert_eq!(first, RateLimit { cost: 400, remaining: 200, reset_at: DateTime(NOW.plus_seconds(40)) });
        assert_eq!(budget.take(account, 400, 600, NOW), Err(RateLimited { retry_after_seconds: 20 }));
        assert_eq!(budget.take(account, 400, 600, NOW.plus_seconds(20)).unwrap().remaining, 0);
        let other = Some(AccountId(uuid::Uuid::from_u128(2)));
        assert_eq!(budget.take(other, 1, 600, NOW).unwrap().remaining, 599);
    }

    #[test]
    fn a_clock_that_goes_back_takes_nothing_away() {
        let budget = RateBudget::default();
        let account = Some(AccountId(uuid::Uuid::from_u128(1)));
        budget.take(account, 100, 600, NOW).unwrap();
        assert_eq!(budget.take(account, 100, 600, NOW.plus_seconds(-30)).unwrap().remaining, 400);
    }
}
