//! Browsers that signed in before: a cookie that proves it, so that the failures of others do not concern them.
//!
//! The cookie proves nothing but that; it opens no account. It holds a mark for each name, newest first. The idea is
//! OWASP's "slow down online guessing attacks with device cookies".
use std::fmt;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};

use crate::{clock::Ambient, db::seal::Vault};

/// Names that one browser is known for, as in an office with one computer.
const MOST: usize = 8;
const NONCE: usize = 12;
const PROOF: usize = 16;

/// One browser as known for one name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Device([u8; NONCE]);

impl fmt::Display for Device {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&hex::encode(self.0))
    }
}

/// What a browser has to show.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DeviceMarks(Vec<[u8; NONCE + PROOF]>);

impl DeviceMarks {
    /// Reads a cookie; what is no mark is left out.
    pub fn parse(cookie: &str) -> Self {
        let marks = cookie.split('.').take(MOST).filter_map(|mark| BASE64.decode(mark).ok()?.try_into().ok());
        Self(marks.collect())
    }

    /// The text of the cookie.
    pub fn text(&self) -> String {
        self.0.iter().map(|mark| BASE64.encode(mark)).collect::<Vec<_>>().join(".")
    }

    /// The browser, where it shows a mark for `name`.
    pub fn known_for(&self, vault: &Vault, name: &str) -> Option<Device> {
        self.0.iter().find_map(|mark| {
            let (nonce, shown) = mark.split_first_chunk::<NONCE>()?;
            (proof(vault, *nonce, name) == *shown).then_some(Device(*nonce))
        })
    }

    /// These marks with a fresh one for `name` in front.
    #[must_use]
    pub fn with(mut self, vault: &Vault, ambient: &Ambient, name: &str) -> Self {
        self.0.retain(|mark| {
            mark.split_first_chunk::<NONCE>().is_some_and(|(nonce, shown)| proof(vault, *nonce, name) != *shown)
        });
        let nonce: [u8; NONCE] = ambient.bytes();
        let mut mark = [0; NONCE + PROOF];
        for (place, byte) in mark.iter_mut().zip(nonce.into_iter().chain(proof(vault, nonce, name))) {
            *place = byte;
        }
        self.0.insert(0, mark);
        self.0.truncate(MOST);
        self
    }
}

/// Only this instance can make it. The index is a keyed hash, so comparing it byte by byte gives nothing away that
/// helps to make another.
fn proof(vault: &Vault, nonce: [u8; NONCE], name: &str) -> [u8; PROOF] {
    let index = vault.blind_index("sign_in_device", &format!("{}\0{name}", hex::encode(nonce)));
    index.first_chunk().copied().unwrap_or_default()
}
