//! Slowing down those who guess passwords: by name and by network address, with a growing pause.
//!
//! Only failures count. They are forgotten one by one as time passes, and a success forgets those of the name. A
//! browser that signed in with the name before is counted by itself ([`super::device`]), so that nobody can keep
//! another person, or an office behind one address, from signing in by guessing wrongly.
use std::{
    hash::{DefaultHasher, Hash, Hasher},
    net::IpAddr,
};

use entity::Timestamp;
use tokio::sync::{Mutex, MutexGuard};

use super::device::Device;
use crate::db::seal::Vault;

/// Longest pause in seconds.
const LONGEST_PAUSE: i64 = 15 * 60;

/// How failures of one kind are counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// The failure that brings the first pause.
    pub allowed: i32,
    /// Seconds after which one failure is forgotten.
    pub forget_after: i64,
    /// Seconds of the first pause; each further failure doubles it.
    pub first_pause: i64,
}

/// Failures with one name.
pub const NAME: Rule = Rule { allowed: 5, forget_after: 12 * 60, first_pause: 30 };
/// Failures from one address: 50 in ten minutes.
pub const ADDRESS: Rule = Rule { allowed: 50, forget_after: 12, first_pause: 30 };

/// Failures so far.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Failures {
    /// How many are remembered.
    pub count: i32,
    /// Time of the last one.
    pub last_at: Timestamp,
    /// No attempt is looked at before.
    pub blocked_until: Timestamp,
}

impl Failures {
    /// These failures after one more at `now`.
    #[must_use]
    pub fn with_one_more(self, rule: Rule, now: Timestamp) -> Self {
        let quiet = (now.0 - self.last_at.0).max(0) / 1_000_000;
        let forgotten = i32::try_from(quiet / rule.forget_after).unwrap_or(i32::MAX);
        let count = self.count.saturating_sub(forgotten).max(0).saturating_add(1);
        let beyond = count - rule.allowed;
        let pause = match u32::try_from(beyond) {
            Ok(doublings) => rule.first_pause.saturating_mul(1 << doublings.min(10)).min(LONGEST_PAUSE),
            Err(_) => 0,
        };
        Self { count, last_at: now, blocked_until: now.plus_seconds(pause) }
    }

    /// Seconds until the next attempt is looked at; none where it is looked at now.
    pub fn wait(self, now: Timestamp) -> Option<u32> {
        let micros = self.blocked_until.0 - now.0;
        (micros > 0).then(|| u32::try_from((micros + 999_999) / 1_000_000).unwrap_or(u32::MAX))
    }

    /// Attempts that are left before a pause.
    pub fn left(self, rule: Rule) -> u32 {
        u32::try_from(rule.allowed - self.count).unwrap_or(0)
    }
}

/// Under which keys the failures of one attempt are kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keys {
    /// Of the name, as a blind index, since people type all kinds of things there; or of the browser that is known.
    pub name: String,
    /// Of the address, where a whole /64 network counts as one; none for a browser that is known.
    pub address: Option<String>,
}

impl Keys {
    /// The keys of an attempt by a browser that signed in with the name before.
    pub fn of_device(device: Device) -> Self {
        Self { name: format!("device:{device}"), address: None }
    }

    /// The keys of an attempt with `name` from `address`.
    pub fn new(vault: &Vault, name: &str, address: IpAddr) -> Self {
        let address = match address.to_canonical() {
            IpAddr::V4(address) => address.to_string(),
            IpAddr::V6(address) => {
                let [a, b, c, d, ..] = address.segments();
                format!("{a:x}:{b:x}:{c:x}:{d:x}::/64")
            }
        };
        Self {
            name: format!("name:{}", hex::encode(vault.blind_index("sign_in_throttle", name))),
            address: Some(format!("address:{address}")),
        }
    }
}

/// Attempts with one name or from one address pass one after another, so that many at once do not see the same count
/// of failures, and one address cannot keep all cores busy.
pub struct Doorkeeper {
    names: [Mutex<()>; PLACES],
    addresses: [Mutex<()>; PLACES],
}

/// Number of queues; attempts that share one by chance only wait for each other.
const PLACES: usize = 64;

impl Default for Doorkeeper {
    fn default() -> Self {
        let queues = || std::array::from_fn(|_| Mutex::new(()));
        Self { names: queues(), addresses: queues() }
    }
}

impl Doorkeeper {
    /// Waits until no other attempt with these keys is under way; the turn lasts until the answer is dropped.
    pub async fn turn(&self, keys: &Keys) -> (Option<MutexGuard<'_, ()>>, Option<MutexGuard<'_, ()>>) {
        // Always in this order, so that two attempts never wait for each other.
        let address = match keys.address.as_deref().and_then(|address| place(&self.addresses, address)) {
            Some(queue) => Some(queue.lock().await),
            None => None,
        };
        let name = match place(&self.names, &keys.name) {
            Some(queue) => Some(queue.lock().await),
            None => None,
        };
        (address, name)
    }
}

fn place<'a>(queues: &'a [Mutex<()>; PLACES], key: &str) -> Option<&'a Mutex<()>> {
    let mut hasher = DefaultHasher::new();
    key.hash(&mut hasher);
    let place = usize::try_from(hasher.finish()).unwrap_or(usize::MAX) % PLACES;
    queues.get(place)
}
