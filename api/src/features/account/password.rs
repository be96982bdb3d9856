//! Hashing passwords, off the async workers, and what a new password must be like.
use std::{num::NonZero, sync::Arc, thread::available_parallelism};

use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use tokio::{sync::Semaphore, task::spawn_blocking};

use crate::clock::Ambient;

/// Memory in KiB, passes, lanes: OWASP's first recommendation for argon2id.
const COST: (u32, u32, u32) = (47_104, 1, 1);

/// What an unknown name is checked against, so that it takes as long as a known one. No password has this hash.
const NOBODY: &str =
    "$argon2id$v=19$m=47104,t=1,p=1$bm9ib2R5bm9ib2R5bm9ib2R5$AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA";

/// Shortest password.
pub const SHORTEST: usize = 10;
/// Longest password in characters.
pub const LONGEST: usize = 200;

/// A password that could not be hashed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a password could not be hashed")]
pub struct HashingFailed;

/// Hashes and checks passwords, as many at a time as there are cores.
pub struct Passwords {
    permits: Arc<Semaphore>,
}

impl Default for Passwords {
    fn default() -> Self {
        Self { permits: Arc::new(Semaphore::new(available_parallelism().map_or(1, NonZero::get))) }
    }
}

impl Passwords {
    /// The hash of `password` as a PHC string.
    pub async fn hash(&self, ambient: &Ambient, password: String) -> Result<String, HashingFailed> {
        let salt: [u8; 16] = ambient.bytes();
        self.blocking(move |argon2| {
            argon2.hash_password_with_salt(password.as_bytes(), &salt).map(|hash| hash.to_string()).ok()
        })
        .await?
        .ok_or(HashingFailed)
    }

    /// Whether `password` has the hash `known`. Without one it takes as long and is wrong.
    pub async fn verify(&self, password: String, known: Option<&str>) -> Result<bool, HashingFailed> {
        let exists = known.is_some();
        let hash = known.unwrap_or(NOBODY).to_owned();
        let right =
            self.blocking(move |argon2| argon2.verify_password(password.as_bytes(), hash.as_str()).is_ok()).await?;
        Ok(right && exists)
    }

    async fn blocking<T: Send + 'static>(
        &self,
        work: impl FnOnce(Argon2<'static>) -> T + Send + 'static,
    ) -> Result<T, HashingFailed> {
        let (memory, passes, lanes) = COST;
        let params = Params::new(memory, passes, lanes, None).map_err(|_| HashingFailed)?;
        let permit = Arc::clone(&self.permits).acquire_owned().await.map_err(|_| HashingFailed)?;
        spawn_blocking(move || {
            let done = work(Argon2::new(Algorithm::Argon2id, Version::V0x13, params));
            drop(permit);
            done
        })
        .await
        .map_err(|_| HashingFailed)
    }
}

/// The hash of `password` for the accounts of tests: quick, and worth nothing outside.
#[cfg(any(test, feature = "testing"))]
pub fn hash_for_tests(password: &str) -> String {
    let params = Params::new(Params::MIN_M_COST, 1, 1, None).unwrap_or_default();
    let argon2 = Argon2::new(Algorithm::Argon2id, Version::V0x13, params);
    argon2
        .hash_password_with_salt(password.as_bytes(), b"only for the tests")
        .map(|hash| hash.to_string())
        .unwrap_or_default()
}

/// Why a new password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum WeakPassword {
    /// Fewer than 10 characters.
    #[error("the password needs at least {SHORTEST} characters")]
    Short,
    /// More than 200 characters.
    #[error("the password has at most {LONGEST} characters")]
    Long,
    /// Made of fewer than five different characters.
    #[error("the password repeats the same few characters")]
    Monotonous,
    /// Contains the sign-in name.
    #[error("the password contains the sign-in name")]
    ContainsName,
    /// Among the passwords that everybody tries first.
    #[error("the password begins like those that everybody tries first")]
    Common,
}

/// The beginnings of passwords that are tried first.
const COMMON: &[&str] = &["password", "passw0rd", "12345678", "qwertyui", "abcd1234", "admin123", "jianghai", "woaini"];

/// Refuses a password that is easily guessed. Composition rules are left out on purpose: length is what helps.
pub fn check_strength(password: &str, name: &str) -> Result<(), WeakPassword> {
    let length = password.chars().count();
    let lower = password.to_lowercase();
    let mut different: Vec<char> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    match () {
        () if length < SHORTEST => Err(WeakPassword::Short),
        () if length > LONGEST => Err(WeakPassword::Long),
        () if different.len() < 5 => Err(WeakPassword::Monotonous),
        () if name.chars().count() >= 3 && lower.contains(&name.to_lowercase()) => Err(WeakPassword::ContainsName),
        () if length < 16 && COMMON.iter().any(|common| lower.starts_with(common)) => Err(WeakPassword::Common),
        () => Ok(()),
    }
}
