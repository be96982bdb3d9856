//! Sealing of sensitive values, blind indexes and cursors.
//!
//! Every person has a data key, kept wrapped by the instance key; destroying it makes the sealed values unreadable.
//! A sealed value is `key id ‖ nonce ‖ AES-256-GCM`, bound to table, column and row by the associated data.
use std::sync::Arc;

use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use arc_swap::ArcSwap;
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Ambient;

const NONCE: usize = 12;

/// A sealed value that cannot be opened: another key, another place, or damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open with the keys of this instance")]
pub struct Unsealable;

/// What the first byte of a value or a cursor says: its form. Of a wrapped data key it names the instance key.
const FORM: u8 = 1;

/// The keys that follow from one secret.
#[derive(Clone)]
struct Keys {
    /// Recognises what the instance key wrapped.
    id: u8,
    instance: [u8; 32],
    index: [u8; 32],
    cursor: [u8; 32],
    link: [u8; 32],
}

impl Keys {
    fn new(secret: &[u8]) -> Self {
        let derive = |purpose: &str| hmac(secret, purpose.as_bytes());
        let [id, ..] = derive("id");
        Self {
            id,
            instance: derive("instance"),
            index: derive("index"),
            cursor: derive("cursor"),
            link: derive("link"),
        }
    }

    fn fingerprint(&self) -> String {
        hex::encode(hmac(&self.index, b"fingerprint"))
    }

    fn blind_index(&self, column: &str, value: &str) -> Vec<u8> {
        hmac(&self.index, format!("{column}\0{value}").as_bytes()).to_vec()
    }
}

struct Keyring {
    current: Keys,
    /// Opens what was written before the secret was changed, or will be the current one after it.
    other: Option<Keys>,
}

impl Keyring {
    fn all(&self) -> impl Iterator<Item = &Keys> {
        std::iter::once(&self.current).chain(&self.other)
    }
}

/// The secret keys of one instance. Everything is written under the current ones; what an earlier or coming secret
/// sealed opens too, as long as that secret is at hand. Clones share their keys.
#[derive(Clone)]
pub struct Vault(Arc<ArcSwap<Keyring>>);

/// The key of one person, unwrapped.
pub struct DataKey([u8; 32]);

impl Vault {
    /// A vault whose keys are derived from one secret of at least 32 bytes.
    pub fn new(secret: &[u8]) -> Self {
        Self::with_other(secret, None)
    }

    /// A vault that opens what another secret sealed, too.
    pub fn with_other(secret: &[u8], other: Option<&[u8]>) -> Self {
        let keyring = Keyring { current: Keys::new(secret), other: other.map(Keys::new) };
        Self(Arc::new(ArcSwap::from_pointee(keyring)))
    }

    /// A value that only the current secret produces; kept in the database to recognise a wrong key.
    pub fn fingerprint(&self) -> String {
        self.0.load().current.fingerprint()
    }

    /// The same of the other secret.
    pub fn other_fingerprint(&self) -> Option<String> {
        self.0.load().other.as_ref().map(Keys::fingerprint)
    }

    /// Makes the secret with this fingerprint the current one; false where it is not at hand.
    pub fn adopt(&self, fingerprint: &str) -> bool {
        let keyring = self.0.load_full();
        if keyring.current.fingerprint() == fingerprint {
            return true;
        }
        match &keyring.other {
            Some(other) if other.fingerprint() == fingerprint => {
                let swapped = Keyring { current: other.clone(), other: Some(keyring.current.clone()) };
                self.0.store(Arc::new(swapped));
                true
            }
            _ => false,
        }
    }

    /// Takes over the keys of `newer`.
    pub fn replace(&self, newer: &Self) {
        self.0.store(newer.0.load_full());
    }

    /// A fresh data key, and its wrapped form for the database.
    pub fn new_data_key(&self, ambient: &Ambient, person: Uuid) -> (DataKey, Vec<u8>) {
        let key = DataKey(ambient.bytes());
        let wrapped = self.wrap(ambient, &key, person);
        (key, wrapped)
    }

    /// The wrapped form of `key` under the current instance key.
    pub fn wrap(&self, ambient: &Ambient, key: &DataKey, person: Uuid) -> Vec<u8> {
        let keyring = self.0.load();
        let place = bound("person", "data_key", person);
        seal(&keyring.current.instance, keyring.current.id, ambient.bytes(), &place, &key.0)
    }

    /// Whether `wrapped` says that the current instance key wrapped it.
    pub fn is_current(&self, wrapped: &[u8]) -> bool {
        wrapped.first() == Some(&self.0.load().current.id)
    }

    /// Whether the two secrets can be told apart by what they wrapped.
    pub fn tells_apart(&self) -> bool {
        let keyring = self.0.load();
        keyring.other.as_ref().is_none_or(|other| other.id != keyring.current.id)
    }

    /// Unwraps the data key of `person`.
    pub fn open_data_key(&self, person: Uuid, wrapped: &[u8]) -> Result<DataKey, Unsealable> {
        let place = bound("person", "data_key", person);
        let key = self.0.load().all().find_map(|keys| open(&keys.instance, &place, wrapped).ok()).ok_or(Unsealable)?;
        key.try_into().map(DataKey).map_err(|_| Unsealable)
    }

    /// Seals `value` of `column` in `person`'s row.
    pub fn seal(&self, ambient: &Ambient, key: &DataKey, person: Uuid, column: &str, value: &str) -> Vec<u8> {
        seal(&key.0, FORM, ambient.bytes(), &bound("person", column, person), value.as_bytes())
    }

    /// Opens a value sealed by [`Vault::seal`].
    pub fn open(&self, key: &DataKey, person: Uuid, column: &str, sealed: &[u8]) -> Result<String, Unsealable> {
        String::from_utf8(open(&key.0, &bound("person", column, person), sealed)?).map_err(|_| Unsealable)
    }

    /// Seals `value` in the row `row` at `place`, table and column, under the instance key: for what belongs to no person.
    pub fn seal_own(&self, ambient: &Ambient, place: (&str, &str), row: Uuid, value: &[u8]) -> Vec<u8> {
        let keyring = self.0.load();
        let bound = bound(place.0, place.1, row);
        seal(&keyring.current.instance, keyring.current.id, ambient.bytes(), &bound, value)
    }

    /// Opens a value sealed by [`Vault::seal_own`].
    pub fn open_own(&self, place: (&str, &str), row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        let bound = bound(place.0, place.1, row);
        self.0.load().all().find_map(|keys| open(&keys.instance, &bound, sealed).ok()).ok_or(Unsealable)
    }

    /// The blind index of `value` in `column`: equal values, equal index, nothing else to learn.
    pub fn blind_index(&self, column: &str, value: &str) -> Vec<u8> {
        self.0.load().current.blind_index(column, value)
    }

    /// Every blind index that `value` may have in `column` while the secret is being changed.
    pub fn blind_indexes(&self, column: &str, value: &str) -> Vec<Vec<u8>> {
        self.0.load().all().map(|keys| keys.blind_index(column, value)).collect()
    }

    /// The signature of a link that says `text`.
    pub fn sign_link(&self, text: &str) -> String {
        hex::encode(hmac(&self.0.load().current.link, text.as_bytes()))
    }

    /// Whether `signature` is one of a link that says `text`; takes the same time wherever they differ.
    pub fn is_signed(&self, text: &str, signature: &str) -> bool {
        let Ok(signature) = hex::decode(signature) else { return false };
        self.0.load().all().any(|keys| {
            <Hmac<Sha256> as KeyInit>::new_from_slice(&keys.link).is_ok_and(|mut mac| {
                mac.update(text.as_bytes());
                mac.verify_slice(&signature).is_ok()
            })
        })
    }

    /// Seals a page cursor. The nonce follows from the text, so that equal pages have equal cursors.
    pub fn seal_cursor(&self, text: &[u8]) -> Vec<u8> {
        let key = self.0.load().current.cursor;
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(hmac(&key, text).get(..NONCE).unwrap_or(&[0; NONCE]));
        seal(&key, FORM, nonce, b"cursor", text)
    }

    /// Opens a page cursor.
    pub fn open_cursor(&self, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        self.0.load().all().find_map(|keys| open(&keys.cursor, b"cursor", sealed).ok()).ok_or(Unsealable)
    }
}

/// SHA-256 of `bytes`.
pub fn sha256(bytes: &[u8]) -> [u8; 32] {
    Sha256::digest(bytes).into()
}

fn bound(table: &str, column: &str, row: Uuid) -> Vec<u8> {
    format!("{table}\0{column}\0{row}").into_bytes()
}

fn hmac(key: &[u8], message: &[u8]) -> [u8; 32] {
    let Ok(mut mac) = <Hmac<Sha256> as KeyInit>::new_from_slice(key) else {
        return [0; 32];
    };
    mac.update(message);
    mac.finalize().into_bytes().into()
}

fn seal(key: &[u8; 32], key_id: u8, nonce: [u8; NONCE], aad: &[u8], message: &[u8]) -> Vec<u8> {
    let sealed =
        Aes256Gcm::new(key.into()).encrypt(&Nonce::from(nonce), Payload { msg: message, aad }).unwrap_or_default();
    [&[key_id][..], &nonce, &sealed].concat()
}

fn open(key: &[u8; 32], aad: &[u8], sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
    let (nonce, message) = sealed.get(1..).and_then(|rest| rest.split_at_checked(NONCE)).ok_or(Unsealable)?;
    let nonce: [u8; NONCE] = nonce.try_into().map_err(|_| Unsealable)?;
    Aes256Gcm::new(key.into()).decrypt(&Nonce::from(nonce), Payload { msg: message, aad }).map_err(|_| Unsealable)
}
