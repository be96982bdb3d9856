//! Sealing of sensitive values, blind indexes and cursors.
//!
//! Every person has a data key, kept wrapped by the instance key; destroying it makes the sealed values unreadable.
//! A sealed value is `key id ‖ nonce ‖ AES-256-GCM`, bound to table, column and row by the associated data.
use aes_gcm::{
    Aes256Gcm, KeyInit, Nonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use crate::clock::Ambient;

/// The setting that keeps [`Vault::fingerprint`].
pub const FINGERPRINT: &str = "vault_fingerprint";

const NONCE: usize = 12;

/// A sealed value that cannot be opened: another key, another place, or damage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a sealed value does not open with the keys of this instance")]
pub struct Unsealable;

/// The secret keys of one instance.
#[derive(Clone)]
pub struct Vault {
    key_id: u8,
    instance: [u8; 32],
    index: [u8; 32],
    cursor: [u8; 32],
}

/// The key of one person, unwrapped.
pub struct DataKey([u8; 32]);

impl Vault {
    /// A vault whose keys are derived from one secret of at least 32 bytes.
    pub fn new(secret: &[u8]) -> Self {
        let derive = |purpose: &str| hmac(secret, purpose.as_bytes());
        Self { key_id: 1, instance: derive("instance"), index: derive("index"), cursor: derive("cursor") }
    }

    /// A value that only this secret produces; kept in the database to recognise a wrong key.
    pub fn fingerprint(&self) -> String {
        hex::encode(hmac(&self.index, b"fingerprint"))
    }

    /// A fresh data key, and its wrapped form for the database.
    pub fn new_data_key(&self, ambient: &Ambient, person: Uuid) -> (DataKey, Vec<u8>) {
        let key: [u8; 32] = ambient.bytes();
        let wrapped = seal(&self.instance, self.key_id, ambient.bytes(), &bound("person", "data_key", person), &key);
        (DataKey(key), wrapped)
    }

    /// Unwraps the data key of `person`.
    pub fn open_data_key(&self, person: Uuid, wrapped: &[u8]) -> Result<DataKey, Unsealable> {
        let key = open(&self.instance, &bound("person", "data_key", person), wrapped)?;
        key.try_into().map(DataKey).map_err(|_| Unsealable)
    }

    /// Seals `value` of `column` in `person`'s row.
    pub fn seal(&self, ambient: &Ambient, key: &DataKey, person: Uuid, column: &str, value: &str) -> Vec<u8> {
        seal(&key.0, self.key_id, ambient.bytes(), &bound("person", column, person), value.as_bytes())
    }

    /// Opens a value sealed by [`Vault::seal`].
    pub fn open(&self, key: &DataKey, person: Uuid, column: &str, sealed: &[u8]) -> Result<String, Unsealable> {
        String::from_utf8(open(&key.0, &bound("person", column, person), sealed)?).map_err(|_| Unsealable)
    }

    /// The blind index of `value` in `column`: equal values, equal index, nothing else to learn.
    pub fn blind_index(&self, column: &str, value: &str) -> Vec<u8> {
        hmac(&self.index, format!("{column}\0{value}").as_bytes()).to_vec()
    }

    /// Seals a page cursor. The nonce follows from the text, so that equal pages have equal cursors.
    pub fn seal_cursor(&self, text: &[u8]) -> Vec<u8> {
        let mut nonce = [0; NONCE];
        nonce.copy_from_slice(hmac(&self.cursor, text).get(..NONCE).unwrap_or(&[0; NONCE]));
        seal(&self.cursor, self.key_id, nonce, b"cursor", text)
    }

    /// Opens a page cursor.
    pub fn open_cursor(&self, sealed: &[u8]) -> Result<Vec<u8>, Unsealable> {
        open(&self.cursor, b"cursor", sealed)
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
