//! What tests that draw their cases have in common. `JIANGHAI_SOAK` multiplies the cases and draws others each time; a
//! failure shows the seed, and `JIANGHAI_SEED` draws the same again.
use std::hash::{BuildHasher, Hasher, RandomState};

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

fn number<T: std::str::FromStr>(name: &str) -> Option<T> {
    let text = std::env::var(name).ok()?;
    Some(text.parse().unwrap_or_else(|_| panic!("{name} is a number, not {text:?}")))
}

/// How many times the usual number of cases there are.
pub fn times() -> usize {
    number("JIANGHAI_SOAK").unwrap_or(1)
}

/// Draws cases; the same ones in every run, unless it is a long one.
pub fn runner() -> TestRunner {
    let fresh = || if times() > 1 { RandomState::new().build_hasher().finish() } else { 0 };
    let seed: u64 = number("JIANGHAI_SEED").unwrap_or_else(fresh);
    println!("to draw the same again: JIANGHAI_SOAK={} JIANGHAI_SEED={seed}", times());
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    TestRunner::new_with_rng(Config::default(), TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
